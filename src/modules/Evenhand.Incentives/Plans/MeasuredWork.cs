using Evenhand.Kernel;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;

namespace Evenhand.Incentives.Plans;

/// <summary>What one agent did in one month.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Work">By day and queue.</param>
/// <param name="Hours">Hours at work; null when no state log tells.</param>
internal sealed record AgentMonth(Agent Agent, DateOnly Month, IReadOnlyList<DayWork> Work, decimal? Hours)
{
    public int Days => Work.Select(w => w.Day).Distinct().Count();

    public MonthPay Under(PlanTerms terms) => MonthPay.Of(terms, Work, Hours);
}

/// <summary>Asks Measurement what agents did, month by month.</summary>
internal sealed class MeasuredWork(IFigures figures, IOrganisation organisation, TimeProvider clock)
{
    /// <summary>The months [from, to) of every agent who handled something, by month and agent code.</summary>
    public Task<IReadOnlyList<AgentMonth>> Read(DateOnly from, DateOnly to, CancellationToken cancel) => Read(from, to, null, cancel);

    /// <summary>One agent's month; null when nothing was handled in it.</summary>
    public async Task<AgentMonth?> Of(Guid agent, DateOnly month, CancellationToken cancel) => (await Read(month, month.AddMonths(1), agent, cancel)).SingleOrDefault();

    private async Task<IReadOnlyList<AgentMonth>> Read(DateOnly from, DateOnly to, Guid? agent, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var hours = (await figures.Hours(from, to, agent, cancel)).GroupBy(h => (h.AgentId, Exact.FirstOf(h.Day)))
            .ToDictionary(g => g.Key, g => g.Any(h => h.AtWorkSeconds is not null) ? Math.Round(g.Sum(h => h.AtWorkSeconds ?? 0) / 3600m, 2, MidpointRounding.AwayFromZero) : (decimal?)null);
        return [.. (await figures.Volumes(from, to, agent, cancel)).GroupBy(v => (v.AgentId, Month: Exact.FirstOf(v.Day)))
            .Select(g => new AgentMonth(centre.Agents[g.Key.AgentId], g.Key.Month,
                [.. g.Select(v => new DayWork(v.Day, v.QueueId, centre.Queues[v.QueueId].Code, v.Handled))], hours.GetValueOrDefault(g.Key)))
            .OrderBy(m => m.Month).ThenBy(m => m.Agent.Code, StringComparer.Ordinal)];
    }

    /// <summary>The centre's present day.</summary>
    public async Task<DateOnly> Today(CancellationToken cancel) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), (await organisation.Read(cancel)).Zone).DateTime);

    /// <summary>The month that is running at the centre.</summary>
    public async Task<DateOnly> ThisMonth(CancellationToken cancel) => Exact.FirstOf(await Today(cancel));

    /// <summary>The last month that is over and has figures; null when there are none.</summary>
    public async Task<DateOnly?> LastComplete(CancellationToken cancel)
    {
        if (await figures.Span(cancel) is not { } span) return null;
        var zone = (await organisation.Read(cancel)).Zone;
        var last = Exact.FirstOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(span.To - 1), zone).DateTime));
        var before = (await ThisMonth(cancel)).AddMonths(-1);
        return last < before ? last : before;
    }

    /// <summary>The first day there are figures of; null when there are none.</summary>
    public async Task<DateOnly?> FirstDay(CancellationToken cancel) => await figures.Span(cancel) is { } span
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(span.From), (await organisation.Read(cancel)).Zone).DateTime) : null;

    /// <summary>The month named, or the last complete one when none is.</summary>
    public async Task<Outcome<DateOnly>> MonthOr(string? text, CancellationToken cancel) =>
        text is not null ? Exact.ReadMonth(text) : await LastComplete(cancel) is { } last ? last : new Refusal("incentives.no-figures");
}
