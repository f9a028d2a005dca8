using Evenhand.Analytics.Baselines;
using Evenhand.Analytics.Dispersion;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Incentives.Plans;

/// <summary>The baseline of past months: who counts, who does not and why, what the distribution says, and the tiers that follow.</summary>
internal sealed class ComputeBaseline(MeasuredWork measured, CurrentAccess current)
{
    /// <summary>Up to this CV of the monthly means, volume counts as stable and a longer look back is suggested.</summary>
    private const double Stable = 0.05;

    private const int LongestLookBack = 6;

    /// <param name="From">First month counted.</param>
    /// <param name="Until">Last month counted.</param>
    /// <param name="HoursKnown">Whether the least work was judged by hours; else by days with contacts.</param>
    /// <param name="SuggestedMonths">2, or more months when volume was stable over them.</param>
    /// <param name="Baseline">As computed, before any correction.</param>
    /// <param name="Tiers">By the chosen method, on the corrected baseline; null when it cannot be applied.</param>
    /// <param name="NoTiers">Why there are no tiers.</param>
    /// <param name="Begins">The first day there are figures of, when the first months are not whole because of it; else null.</param>
    /// <param name="Months">Every agent's months, those who do not count included.</param>
    public sealed record Found(DateOnly From, DateOnly Until, bool HoursKnown, int SuggestedMonths, Baseline Baseline, Tiers? Tiers, Refusal? NoTiers, DateOnly? Begins, IReadOnlyList<AgentMonth> Months);

    public static void Map(RouteGroupBuilder plans) => plans.MapPost("/baseline", async (PlanChoices choices, ComputeBaseline slice, CancellationToken cancel) =>
        (await slice.Run(choices, cancel)).Answer(found => PlanJson.Of(found))).Needs(Rights.Plan).WithName(nameof(ComputeBaseline));

    public async Task<Outcome<Found>> Run(PlanChoices choices, CancellationToken cancel)
    {
        if (current.MissingOverAll(Rights.Plan) is { } missing) return missing;
        if (choices.Problem() is { } problem) return problem;
        if ((await measured.MonthOr(choices.Until, cancel)).Refused(out var refusal, out var until)) return refusal;
        var from = until.AddMonths(1 - choices.Months);
        var seen = await measured.Read(until.AddMonths(1 - Math.Max(choices.Months, LongestLookBack)), until.AddMonths(1), cancel);
        List<AgentMonth> months = [.. seen.Where(m => m.Month >= from)];
        if (months.Count == 0) return new Refusal("incentives.no-figures-in", Exact.Month(from), Exact.Month(until));

        var hoursKnown = months.All(m => m.Hours is not null);
        var volumes = months.Select(m => new AgentVolume(m.Agent.Code, m.Month, Weighed(m, choices), hoursKnown ? m.Hours!.Value : m.Days, m.Agent.JoinedOn, m.Agent.LeftOn?.AddDays(-1)));
        var baseline = Baseline.Compute([.. volumes], choices.BaselineSettings(hoursKnown));
        var tiers = choices.TiersAbove(baseline);
        var begins = await measured.FirstDay(cancel) is { } first && first > from.AddDays(2) ? first : (DateOnly?)null;
        return new Found(from, until, hoursKnown, LookBack(seen, until, choices), baseline, tiers.Succeeded ? tiers.Value : null, tiers.Refusal, begins, months);
    }

    private static decimal Weighed(AgentMonth month, PlanChoices choices) => month.Work.Sum(w => w.Contacts * choices.Weights.GetValueOrDefault(w.Queue, 1));

    /// <summary>The longest run of months, from three, over which the mean volume per agent hardly moved.</summary>
    internal static int LookBack(IReadOnlyList<AgentMonth> seen, DateOnly until, PlanChoices choices)
    {
        var means = seen.GroupBy(m => m.Month).ToDictionary(g => g.Key, g => (double)g.Average(m => Weighed(m, choices)));
        for (var months = LongestLookBack; months > 2; months--)
        {
            var wanted = Enumerable.Range(0, months).Select(back => until.AddMonths(-back)).ToList();
            if (wanted.All(means.ContainsKey) && Sample.Of(wanted.Select(m => means[m])).Cv <= Stable) return months;
        }
        return 2;
    }
}
