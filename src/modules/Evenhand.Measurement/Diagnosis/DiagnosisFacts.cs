using Evenhand.Analytics.Diagnosis;
using Evenhand.Analytics.Kpis;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>Brings together what the three steps look at. What was not measured stays unknown; nothing is made up for it.</summary>
internal sealed class DiagnosisFacts(IFigures figures, IIntake intake, IOrganisation organisation)
{
    /// <summary>How many of the day's busiest clock hours are its peak hours.</summary>
    public const int PeakHours = 3;

    /// <summary>An agent is "in break" at a peak quarter hour when the break takes at least this much of it; the same for signed in.</summary>
    private const int LeastSeconds = 450;

    private const int Quarter = 900;
    private static readonly string[] Codes = ["OCC", "AUX", "IDLE", "AHT", "ATT"];

    /// <summary>The input of the diagnosis, and by which definitions its figures were made.</summary>
    /// <param name="Input">What is judged; events are left to the caller.</param>
    /// <param name="Definitions">Of OCC, AUX, IDLE and the handling time used.</param>
    /// <param name="HandlingCode">AHT; ATT where after-contact work is not known.</param>
    /// <param name="Hours">The clock hours taken as the peak, ascending.</param>
    public sealed record Gathered(DiagnosisInput Input, IReadOnlyList<FigureDefinition> Definitions, string HandlingCode, IReadOnlyList<int> Hours);

    /// <param name="from">First day.</param>
    /// <param name="to">First day no longer looked at.</param>
    /// <param name="teams">Only these teams; null for all.</param>
    /// <param name="scope">What the asker may see.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Gathered> Gather(DateOnly from, DateOnly to, IReadOnlyCollection<Guid>? teams, Scope scope, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var (start, end) = (LocalDays.StartOf(from, centre.Zone), LocalDays.StartOf(to, centre.Zone));
        var filter = teams is null ? null : new FigureFilter(TeamIds: teams);
        Task<FigureTable> Ask(string[] codes, params FigureGroup[] by) => figures.Ask(new FigureRequest(start, end, by, codes, null, filter), scope, cancel);

        var whole = await Ask(Codes);
        var total = whole.TheOne;
        var hasCalls = total is not null && total.Counters[Counter.Answered] > 0;
        var hasStates = await intake.HasStates(start, end, cancel);
        var handling = total?.Figures.First(f => f.Code == "AHT").Value is null ? "ATT" : "AHT";
        var definitions = whole.Definitions.Where(d => d.Code is "OCC" or "AUX" or "IDLE" || d.Code == handling).ToList();

        var series = new List<HandlingSeries>();
        if (hasCalls)
        {
            series.Add(new(null, Days((await Ask([handling], FigureGroup.Day)).Rows)));
            var byTeam = (await Ask([handling], FigureGroup.Team, FigureGroup.Day)).Rows.GroupBy(r => r.Key.Team!.Value).ToList();
            if (byTeam.Count > 1) series.AddRange(byTeam.Select(g => new HandlingSeries(TeamCode(centre, g.Key), Days(g))));
        }
        if (!hasStates) return new(new DiagnosisInput(false, hasCalls, [], [], series, []), definitions, handling, []);

        var (hours, peaks) = await PeaksOf(start, end, centre.Zone, cancel);
        var atPeak = (await Ask(["AUX"], FigureGroup.Team, FigureGroup.Agent, FigureGroup.Hour)).Rows.Where(r => hours.Contains(r.Key.Hour!.Value)).ToLookup(r => (r.Key.Team, r.Key.Agent));
        var agents = (await Ask(["OCC", "AUX", "IDLE"], FigureGroup.Team, FigureGroup.Agent)).Rows
            .Where(r => r.Counters[Counter.SignedInSeconds] > 0)
            .Select(r => OfAgent(centre, r, [.. atPeak[(r.Key.Team, r.Key.Agent)]])).ToList();
        var moments = new List<PeakMoment>();
        foreach (var peak in peaks) moments.AddRange(await MomentsAt(peak, centre, filter, scope, cancel));
        return new(new DiagnosisInput(true, hasCalls, agents, moments, series, []), definitions, handling, hours);
    }

    /// <summary>The code of a team as the diagnosis names it; empty for agents in none.</summary>
    public static string TeamCode(OrganisationSnapshot centre, Guid? team) => team is { } id && centre.Units.TryGetValue(id, out var unit) ? unit.Code : "";

    private static IReadOnlyList<DailyHandling> Days(IEnumerable<FigureRow> rows) =>
        [.. rows.Where(r => r.Figures[0].Value is not null).Select(r => new DailyHandling(r.Key.Day!.Value, r.Figures[0].Value!.Value, (int)r.Counters[Counter.Answered]))];

    private static AgentFigures OfAgent(OrganisationSnapshot centre, FigureRow row, IReadOnlyList<FigureRow> atPeak)
    {
        var peakSignedIn = atPeak.Sum(r => r.Counters[Counter.SignedInSeconds]);
        return new AgentFigures(
            AgentCode(centre, row.Key.Agent!.Value), TeamCode(centre, row.Key.Team), Share(row.Figures[0].Value), Math.Max(0, row.Counters[Counter.AtWorkSeconds]), Share(row.Figures[1].Value),
            peakSignedIn == 0 ? null : Share((double)atPeak.Sum(r => r.Counters[Counter.BreakSeconds]) / peakSignedIn), Share(row.Figures[2].Value));
    }

    // A share above one means that the states do not fit the contacts: such a figure is left out rather than cut.
    private static double? Share(double? value) => value is >= 0 and <= 1 ? value : null;

    private static string AgentCode(OrganisationSnapshot centre, Guid agent) => centre.Agents.TryGetValue(agent, out var found) ? found.Code : agent.ToString();

    // The peak belongs to the centre, whoever looks: which quarter hour was busiest says nothing about a person.
    private async Task<(IReadOnlyList<int> Hours, IReadOnlyList<long> Quarters)> PeaksOf(long start, long end, TimeZoneInfo zone, CancellationToken cancel)
    {
        var all = await figures.Ask(new FigureRequest(start, end, [FigureGroup.Interval], ["OFFERED"]), Scope.Everything, cancel);
        var offered = all.Rows.Select(r => (At: r.Key.Interval!.Value, Local: LocalDays.At(r.Key.Interval.Value, zone), Count: r.Counters[Counter.Offered])).Where(r => r.Count > 0).ToList();
        var hours = offered.GroupBy(r => r.Local.Hour).OrderByDescending(g => g.Sum(r => r.Count)).ThenBy(g => g.Key).Take(PeakHours).Select(g => g.Key).Order().ToList();
        var quarters = offered.GroupBy(r => DateOnly.FromDateTime(r.Local.DateTime)).Select(g => g.OrderBy(r => r.At).MaxBy(r => r.Count).At).Order().ToList();
        return (hours, quarters);
    }

    // The quarter hour before the peak tells who was on break already and who left at the peak.
    private async Task<IEnumerable<PeakMoment>> MomentsAt(long quarter, OrganisationSnapshot centre, FigureFilter? filter, Scope scope, CancellationToken cancel)
    {
        var answer = await figures.Ask(new FigureRequest(quarter - Quarter, quarter + Quarter, [FigureGroup.Team, FigureGroup.Agent, FigureGroup.Interval], ["AUX"], null, filter), scope, cancel);
        var before = answer.Rows.Where(r => r.Key.Interval < quarter && r.Counters[Counter.BreakSeconds] > 0).Select(r => r.Key.Agent).ToHashSet();
        return answer.Rows.Where(r => r.Key.Interval == quarter && r.Counters[Counter.SignedInSeconds] >= LeastSeconds)
            .GroupBy(r => r.Key.Team)
            .Select(g => new PeakMoment(TeamCode(centre, g.Key), LocalDays.At(quarter, centre.Zone), g.Count(OnBreak), g.Count(),
                [.. g.Where(r => OnBreak(r) && !before.Contains(r.Key.Agent)).Select(r => AgentCode(centre, r.Key.Agent!.Value)).Order(StringComparer.Ordinal)]));

        static bool OnBreak(FigureRow row) => row.Counters[Counter.BreakSeconds] >= LeastSeconds;
    }
}
