using System.Text.Json;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Intervals;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Measurement.Kpis;

/// <summary>Drafts a KPI of the centre's own and tries it on the last month with figures; nobody sees it until it is published.</summary>
internal sealed class DefineKpi(EvenhandDb db, OwnKpis own, StoreFigures figures, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    private static readonly string[] Dimensions = ["queue", "team"];

    /// <summary>One group's figure in the trial: the centre as a whole has no queue.</summary>
    public sealed record Tried(string? Queue, double? Value, string? Withheld);

    /// <summary>The draft, and what it would have said.</summary>
    public sealed record Draft(string Code, int Version, string? From, string? To, IReadOnlyList<Tried> Figures);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/kpis",
        async (JsonElement definition, DefineKpi slice, CancellationToken cancel) => (await slice.Run(definition.GetRawText(), cancel)).ToReply())
        .WithName(nameof(DefineKpi)).WithSummary("Drafts a KPI: {code, version, zh, en, unit, formula, parameters?, filters?}; answers what it would have said last month").Needs(Rights.Define);

    /// <summary>Checks, saves and tries the definition.</summary>
    /// <param name="json">The definition as the KPI dictionary writes them.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<Outcome<Draft>> Run(string json, CancellationToken cancel)
    {
        if (!current.Access.May(Rights.Define)) return new Refusal("measurement.define.not-allowed");
        var parsed = KpiDefinition.TryParse(json);
        if (parsed.Value is not { } kpi) return Unreadable(parsed.Errors);
        var with = (await own.Dictionary(cancel)).With(kpi);
        if (with.Value is not { } dictionary) return Unreadable(with.Errors);
        var people = await organisation.Read(cancel);
        if (UnknownFilter(kpi, people) is { } unknown) return unknown;
        await db.OwnKpis.Where(k => k.Code == kpi.Code && k.Version == kpi.Version && k.PublishedAt == null).ExecuteDeleteAsync(cancel);
        db.Add(new OwnKpi { Id = Guid.CreateVersion7(), Code = kpi.Code, Version = kpi.Version, Definition = json, DefinedAt = clock.GetUtcNow(), DefinedBy = current.Access.Name });
        await db.SaveChangesAsync(cancel);
        return await Try(kpi, dictionary, people, cancel);
    }

    private async Task<Draft> Try(KpiDefinition kpi, KpiDictionary dictionary, OrganisationSnapshot people, CancellationToken cancel)
    {
        if (await figures.Span(cancel) is not { } span) return new(kpi.Code, kpi.Version, null, null, []);
        var grid = new IntervalGrid(CellStore.Seconds, people.Zone);
        var last = grid.LocalDay(span.To - 1);
        var request = new FigureRequest(grid.DayOf(last.AddMonths(-1).AddDays(1)).Start, span.To, [], [kpi.Code]);
        var whole = await figures.Ask(request, current.Access.ScopeOf(Rights.Define), dictionary, cancel);
        var queues = await figures.Ask(request with { By = [FigureGroup.Queue] }, current.Access.ScopeOf(Rights.Define), dictionary, cancel);
        return new(kpi.Code, kpi.Version, FigureQuestion.Shown(request.From, grid), FigureQuestion.Shown(request.To, grid),
            [.. whole.Rows.Concat(queues.Rows).Select(r => new Tried(r.Key.Queue is { } q ? people.Queues.GetValueOrDefault(q)?.Code : null, r.Figures[0].Value, r.Figures[0].WithheldReason))]);
    }

    private static Refusal? UnknownFilter(KpiDefinition kpi, OrganisationSnapshot people)
    {
        foreach (var (dimension, names) in kpi.Filters)
        {
            if (!Dimensions.Contains(dimension)) return new("measurement.kpi-filter-unknown", dimension, string.Join(", ", Dimensions));
            var known = dimension == "queue" ? people.Queues.Values.Select(q => q.Code) : people.Units.Values.Select(u => u.Code);
            if (names.Except(known).FirstOrDefault() is { } missing) return new("measurement.kpi-filter-unknown", $"{dimension}={missing}", string.Join(", ", known.Order(StringComparer.Ordinal)));
        }
        return null;
    }

    private static Refusal Unreadable(IReadOnlyList<KpiError> errors) => new("measurement.kpi-unreadable", string.Join(" ", errors));
}
