using System.Globalization;
using Evenhand.Platform.Contracts;

namespace Evenhand.Workforce.Roster;

/// <summary>Between the centre's wall clock and moments.</summary>
internal static class CentreTime
{
    private const int DayMinutes = 24 * 60;

    extension(OrganisationSnapshot centre)
    {
        /// <summary>The moment at which the centre's clock shows this many minutes after a day's midnight.</summary>
        public DateTimeOffset At(DateOnly day, int minutes)
        {
            var wall = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
            return new DateTimeOffset(wall, centre.Zone.GetUtcOffset(wall)).ToUniversalTime();
        }

        public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, centre.Zone);

        public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(centre.Local(at).DateTime);

        /// <summary>A moment as the clock on the wall shows it; the midnight that ends a day is its 24:00.</summary>
        public string Clock(DateTimeOffset at, bool ends = false) => centre.Local(at) is var local && ends && local.TimeOfDay == TimeSpan.Zero ? "24:00" : Text((int)local.TimeOfDay.TotalMinutes);

        /// <summary>The team of an agent at a moment.</summary>
        public Guid? TeamAt(Guid agent, DateTimeOffset at) => centre.TeamOf(agent, centre.DayOf(at));

        public string TeamName(Guid team) => centre.Units.TryGetValue(team, out var unit) ? unit.Name : "–";

        public string TeamCode(Guid team) => centre.Units.TryGetValue(team, out var unit) ? unit.Code : "";

        public string AgentName(Guid agent) => centre.Agents.TryGetValue(agent, out var known) ? known.Name : "–";
    }

    /// <summary>Minutes after midnight of a time as people write it: 8:00, 08:00, 24:00; null when it is none.</summary>
    public static int? Minutes(string? text) =>
        text?.Trim().Replace('：', ':').Split(':') is [var hours, var minutes, ..]
        && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60 && h * 60 + m <= DayMinutes ? h * 60 + m : null;

    /// <summary>Minutes after midnight as 08:00; from 24:00 on as the time of the next day.</summary>
    public static string Text(int minutes) => minutes == DayMinutes ? "24:00" : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60 % 24:00}:{minutes % 60:00}");

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
