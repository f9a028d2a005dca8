using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lays down what holds for the whole floor: duty gate, desks' lease, standard and togglers, limits of states, reasons of breaks.</summary>
internal sealed partial class ChangeFloorSettings(RuleBook book, CurrentAccess current)
{
    private const int Day = 86_400, MostReasons = 30;

    /// <param name="CatchUpMinutes">The most effort anyone owes or is owed under fair share.</param>
    /// <param name="IgnoresBeforePause">Offers in a row that may be ignored.</param>
    /// <param name="EarlyMinutes">How long before a duty one may sign in.</param>
    /// <param name="GraceMinutes">How long before its end one may sign off without approval.</param>
    /// <param name="ApprovalMinutes">How long a leader's approval may be used.</param>
    /// <param name="BeatSeconds">Time between two beats of a desk.</param>
    /// <param name="MissedBeats">Beats missed that make an agent unreachable.</param>
    /// <param name="StateLimits">State → seconds it may last; one that is left out or null has no limit.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request([Range(0, 480)] int CatchUpMinutes, [Range(1, 20)] int IgnoresBeforePause, [Range(0, 240)] int EarlyMinutes, [Range(0, 240)] int GraceMinutes, [Range(1, 1440)] int ApprovalMinutes,
        [Range(2, 300)] int BeatSeconds, [Range(1, 20)] int MissedBeats, [Range(1, 10_000)] int ToggleChanges, [Range(1, 10_000)] int ToggleShortSpells, [Range(1, 3600)] int ToggleBriefSeconds,
        [Range(0, 100)] int LeastOnDutyPercent, [Range(0, 100)] int MostOnBreakPercent, [Range(0, 1440)] int MostUnreachableMinutes,
        IReadOnlyDictionary<string, int?>? StateLimits, [MaxLength(MostReasons)] IReadOnlyList<Reason>? BreakReasons, int? Version = null)
    {
        internal static Request Of(FloorSettings s, int version) => new(s.CatchUpMinutes, s.IgnoresBeforePause, s.EarlyMinutes, s.GraceMinutes, s.ApprovalMinutes, s.BeatSeconds, s.MissedBeats,
            s.ToggleChanges, s.ToggleShortSpells, s.ToggleBriefSeconds, s.LeastOnDutyPercent, s.MostOnBreakPercent, s.MostUnreachableMinutes,
            FloorSettings.LimitedStates.ToDictionary(state => state, state => s.StateLimits.TryGetValue(state, out var seconds) ? seconds : (int?)null),
            [.. s.BreakReasons.Select(r => new Reason(r.Code, r.Zh, r.En, (int?)r.Limit?.TotalMinutes))], version);
    }

    /// <summary>Why somebody may take a break.</summary>
    /// <param name="Code">Lower-case letters, digits and hyphens.</param>
    /// <param name="LimitMinutes">How long; null for the team's longest.</param>
    public sealed record Reason(string Code, string Zh, string En, int? LimitMinutes = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules/floor", async (ChangeFloorSettings slice, CancellationToken cancel) => TypedResults.Ok(await slice.Read(cancel)))
            .WithName("ShowFloorSettings").WithSummary("What holds for the whole floor").Needs(Rights.Rules);
        api.MapPut("/rules/floor", async (Request request, ChangeFloorSettings slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ChangeFloorSettings)).WithSummary("What holds for the whole floor, from now on").Needs(Rights.Configure);
    }

    /// <summary>What holds now, as it would be sent to change it.</summary>
    public async Task<Request> Read(CancellationToken cancel)
    {
        var there = await book.Read(RuleKind.Floor, Guid.Empty, FloorSettings.Usual, cancel);
        return Request.Of(there.Definition, there.Version);
    }

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var before = await book.Read(RuleKind.Floor, Guid.Empty, FloorSettings.Usual, cancel);
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        var (limits, reasons) = (request.StateLimits ?? new Dictionary<string, int?>(), request.BreakReasons ?? []);
        if ((Problem(limits) ?? Problem(reasons)) is { } problem) return problem;
        book.Write(RuleKind.Floor, Guid.Empty, before, new FloorSettings
        {
            CatchUpMinutes = request.CatchUpMinutes, IgnoresBeforePause = request.IgnoresBeforePause, EarlyMinutes = request.EarlyMinutes, GraceMinutes = request.GraceMinutes, ApprovalMinutes = request.ApprovalMinutes,
            BeatSeconds = request.BeatSeconds, MissedBeats = request.MissedBeats, ToggleChanges = request.ToggleChanges, ToggleShortSpells = request.ToggleShortSpells, ToggleBriefSeconds = request.ToggleBriefSeconds,
            LeastOnDutyPercent = request.LeastOnDutyPercent, MostOnBreakPercent = request.MostOnBreakPercent, MostUnreachableMinutes = request.MostUnreachableMinutes,
            StateLimits = FloorSettings.LimitedStates.Where(s => limits.GetValueOrDefault(s) is not null).ToDictionary(s => s, s => limits[s]!.Value),
            BreakReasons = [.. reasons.Select(r => new BreakReason(r.Code, r.Zh.Trim(), r.En.Trim(), r.LimitMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null))],
        });
        return await book.Save(cancel);
    }

    private static Refusal? Problem(IReadOnlyDictionary<string, int?> limits)
    {
        foreach (var (state, seconds) in limits)
        {
            if (!FloorSettings.LimitedStates.Contains(state)) return new Refusal("routing.limit-state-unknown", state, string.Join(", ", FloorSettings.LimitedStates));
            if (seconds is < 1 or > Day) return new Refusal("routing.limit-unfit", state);
        }
        return null;
    }

    private static Refusal? Problem(IReadOnlyList<Reason> reasons)
    {
        if (reasons.Count == 0) return new Refusal("routing.reasons-none");
        var seen = new HashSet<string>(FloorSettings.LimitedStates);
        foreach (var reason in reasons)
        {
            if (!Code().IsMatch(reason.Code) || string.IsNullOrWhiteSpace(reason.Zh) || string.IsNullOrWhiteSpace(reason.En) || reason.Zh.Length > 50 || reason.En.Length > 50 || reason.LimitMinutes is < 1 or > 480)
                return new Refusal("routing.reason-unfit", reason.Code);
            if (!seen.Add(reason.Code)) return new Refusal("routing.reason-twice", reason.Code);
        }
        return null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,49}$")]
    private static partial Regex Code();
}
