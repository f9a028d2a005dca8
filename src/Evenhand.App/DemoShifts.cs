using System.Globalization;
using Evenhand.DemoCentre;

namespace Evenhand.App;

/// <summary>What the demo centre needs for its shift handover to be tried: a roster of this week and the next, seats, and leaders on both sides. A centre made up to a day of the past has none: nobody works there any more.</summary>
internal static class DemoShifts
{
    private const string OpensMinutes = "480";
    private const int SeatsInRow = 10;
    private const int RowsInRoom = 20;
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>The roster; null for a centre of the past.</summary>
    public static DemoRoster? Roster(DemoPlan plan, DateTimeOffset now) =>
        now.ToOffset(Zone) is var local && plan.Settings.Until == DateOnly.FromDateTime(local.DateTime) ? new DemoRoster(plan, local.DateTime) : null;

    /// <summary>Sign-ins beside those of the other parts.</summary>
    public static IEnumerable<string[]> Accounts(DemoPlan plan)
    {
        yield return ["floor", "--role", "floor-manager", "--unit", "centre"];
        yield return ["leader2", "--role", "team-leader", "--unit", DemoRoster.Successor(plan)];
    }

    /// <summary>The commands that bring roster and seats in. Handovers open a whole shift ahead, so that one is always there to look at.</summary>
    /// <param name="folder">Where the roster's file may be written.</param>
    public static IEnumerable<string[]> Steps(DemoRoster? roster, string folder)
    {
        if (roster is null) yield break;
        var file = Path.Combine(folder, "roster.csv");
        File.WriteAllLines(file, roster.Lines());
        yield return ["roster", "opens", OpensMinutes];
        yield return ["roster", "import", file];
        for (var (rows, room) = (roster.Rows, 'A'); rows > 0; (rows, room) = (rows - RowsInRoom, (char)(room + 1)))
            yield return ["seats", "room", room.ToString(), "--rows", Math.Min(rows, RowsInRoom).ToString(CultureInfo.InvariantCulture), "--columns", SeatsInRow.ToString(CultureInfo.InvariantCulture)];
        yield return ["seats", "assign", "--from", Midnight(roster.From), "--to", Midnight(roster.To)];
    }

    private static string Midnight(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Zone).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
