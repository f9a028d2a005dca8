using System.ComponentModel.DataAnnotations;
using Evenhand.Analytics.ControlCharts;
using Evenhand.Analytics.Diagnosis;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>The three steps over a period: occupancy, breaks, handling time. A step waits for the one before it; what was not recorded is not judged.</summary>
internal sealed class Diagnose(DiagnosisFacts facts, ListEvents events, IOrganisation organisation, CurrentAccess current)
{
    public const string Permission = "measurement.diagnose";

    /// <summary>The longest period that can be looked at, in days.</summary>
    public const int LongestDays = 400;

    /// <summary>The rule sets to choose from, the default first.</summary>
    public static IReadOnlyList<RuleSet> RuleSets { get; } = [RuleSet.WesternElectric, RuleSet.Nelson, RuleSet.SixNineTwelve()];

    /// <param name="From">First day.</param>
    /// <param name="To">First day no longer looked at.</param>
    /// <param name="Unit">Code of a unit, to look at its teams only.</param>
    /// <param name="Rules">`western-electric` (default), `nelson` or `six-nine-twelve`.</param>
    public sealed record Request(DateOnly From, DateOnly To, [property: MaxLength(100)] string? Unit = null, [property: MaxLength(40)] string? Rules = null);

    /// <param name="Unit">The unit looked at; null for all the reader may see.</param>
    /// <param name="Rules">The rules the handling time was held against.</param>
    /// <param name="Limits">The limits of the steps.</param>
    /// <param name="Report">What was found.</param>
    /// <param name="Input">The figures it was found in.</param>
    /// <param name="Definitions">How they are defined.</param>
    /// <param name="HandlingCode">AHT; ATT where after-contact work was not recorded.</param>
    /// <param name="PeakHours">The clock hours taken as the peak.</param>
    /// <param name="Centre">The organisation, for names.</param>
    public sealed record Diagnosed(DateOnly From, DateOnly To, Unit? Unit, RuleSet Rules, DiagnosisSettings Limits, DiagnosisReport Report, DiagnosisInput Input,
        IReadOnlyList<FigureDefinition> Definitions, string HandlingCode, IReadOnlyList<int> PeakHours, OrganisationSnapshot Centre)
    {
        public string TeamName(string? code, string none) => code is null or "" ? none : Centre.Units.Values.FirstOrDefault(u => u.Code == code)?.Name ?? code;

        public string AgentName(string code) => Centre.Agents.Values.FirstOrDefault(a => a.Code == code) is { } agent && agent.Name != code ? $"{agent.Name} {code}" : code;

        public FigureDefinition? Definition(string code) => Definitions.FirstOrDefault(d => d.Code == code);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/diagnosis",
        async ([AsParameters] Request request, Diagnose slice, DiagnosisWords words, CancellationToken cancel) =>
        {
            var outcome = await slice.Run(request, cancel);
            return (outcome.Refused(out var refusal) ? (Outcome<DiagnosisReply>)refusal : DiagnosisReply.Of(outcome.Value, words)).ToReply();
        })
        .Needs(Permission).WithName(nameof(Diagnose));

    public async Task<Outcome<Diagnosed>> Run(Request request, CancellationToken cancel)
    {
        if (request.To <= request.From) return new Refusal("measurement.period-empty", $"{request.From:O}", $"{request.To:O}");
        if (request.To.DayNumber - request.From.DayNumber > LongestDays) return new Refusal("measurement.period-too-long", LongestDays);
        var rules = request.Rules is null ? RuleSets[0] : RuleSets.FirstOrDefault(r => r.Code == request.Rules);
        if (rules is null) return new Refusal("measurement.rules-unknown", request.Rules, string.Join(", ", RuleSets.Select(r => r.Code)));

        var centre = await organisation.Read(cancel);
        var unit = request.Unit is null ? null : centre.Units.Values.FirstOrDefault(u => u.Code == request.Unit);
        if (unit is null && request.Unit is not null) return new Refusal("measurement.unit.not-found", request.Unit);
        var gathered = await facts.Gather(request.From, request.To, unit is null || unit.Kind == UnitKind.Centre ? null : [.. centre.Below(unit.Id)], current.Access.ScopeOf(Permission), cancel);

        var settings = new DiagnosisSettings { Rules = rules };
        var listed = await events.Run(new ListEvents.Request(request.From.AddDays(-settings.EventDays), request.To.AddDays(settings.EventDays), request.Unit), cancel);
        if (listed.Refused(out var refusal)) return refusal;
        var input = gathered.Input with { Events = [.. listed.Value.Rows.Select(e => new KnownEvent(e.Day, e.Kind, e.UnitName is null ? e.Title : $"{e.Title} ({e.UnitName})"))] };
        return new Diagnosed(request.From, request.To, unit, rules, settings, ThreeStepDiagnosis.Judge(input, settings), input, gathered.Definitions, gathered.HandlingCode, gathered.Hours, centre);
    }
}
