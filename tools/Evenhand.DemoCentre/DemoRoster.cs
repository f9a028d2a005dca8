using System.Globalization;

namespace Evenhand.DemoCentre;

/// <summary>The made-up centre's roster of this week and the next, in three shifts that change places every week, and the seats it needs.</summary>
public sealed class DemoRoster
{
    private const int Days = 14;
    private const int ShiftHours = 8;
    private const int SeatsInRow = 10;
    private const int LongHours = 16;

    /// <summary>Codes of the centre's standard shifts, from midnight on.</summary>
    private static readonly string[] Shifts = ["night", "early", "late"];

    private readonly DemoPlan plan;
    private readonly DateOnly monday;
    private readonly int hour;
    private readonly List<string> teams;

    /// <param name="plan">The centre.</param>
    /// <param name="now">The wall clock when it is made up. The team that is shown to newcomers works at this hour, so that its next handover is the next of the floor.</param>
    public DemoRoster(DemoPlan plan, DateTime now)
    {
        var day = DateOnly.FromDateTime(now);
        (this.plan, hour, monday) = (plan, now.Hour, day.AddDays(-(((int)day.DayOfWeek + 6) % 7)));
        teams = Teams(plan);
    }

    /// <summary>First day.</summary>
    public DateOnly From => monday;

    /// <summary>First day no longer rostered.</summary>
    public DateOnly To => monday.AddDays(Days);

    /// <summary>The team that takes over from the one newcomers lead.</summary>
    public static string Successor(DemoPlan plan)
    {
        var teams = Teams(plan);
        return teams[(teams.IndexOf(plan.Hidden.PeakBreakTeam) + 1) % teams.Count];
    }

    /// <summary>Rows of ten seats, enough for the shift with the most people.</summary>
    public int Rows => (int)Math.Ceiling(Enumerable.Range(0, Shifts.Length).Max(s => plan.Agents.Count(a => ShiftOf(a.Team, 0) == s)) * 1.1 / SeatsInRow);

    /// <summary>The roster as the file a centre would bring: agent, date, from, to, shift.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "agent,date,from,to,shift";
        for (var day = From; day < To; day = day.AddDays(1))
            foreach (var agent in plan.Agents.Where(a => DemoFloor.OnDuty(a, day) || IsGuest(a)))
                yield return IsGuest(agent)
                    ? string.Create(CultureInfo.InvariantCulture, $"{agent.Code},{day:yyyy-MM-dd},{Math.Max(0, hour - 1):00}:00,{(Math.Max(0, hour - 1) + LongHours) % 24:00}:00,")
                    : string.Create(CultureInfo.InvariantCulture, $"{agent.Code},{day:yyyy-MM-dd},,,{Shifts[ShiftOf(agent.Team, (day.DayNumber - monday.DayNumber) / 7)]}");
    }

    private static List<string> Teams(DemoPlan plan) => [.. plan.Agents.Select(a => a.Team).Distinct()];

    /// <summary>The agent newcomers sign in as works long days, so that the desk can be tried at once and until late.</summary>
    private bool IsGuest(DemoAgent agent) => agent.Code == plan.Hidden.PeakBreakers[0];

    private int ShiftOf(string team, int week) => (hour / ShiftHours + teams.IndexOf(team) - teams.IndexOf(plan.Hidden.PeakBreakTeam) + week + Shifts.Length * teams.Count) % Shifts.Length;
}
