namespace Evenhand.Measurement.Wallboard;

/// <summary>How a figure is read.</summary>
internal enum TileShape
{
    Count,
    Percent,
    Duration,

    /// <summary>Runs on by itself.</summary>
    Running,
    List,
    Text,
}

/// <summary>Something a tile can show.</summary>
/// <param name="MoreIsBetter">Which side of its thresholds is wrong; null where neither is.</param>
/// <param name="Lower">Usual lower threshold, in the unit it is read in.</param>
/// <param name="IsMeasured">Whether the centre can know it yet.</param>
internal sealed record TileKind(string Code, TileShape Shape, bool? MoreIsBetter = null, double? Lower = null, double? Upper = null, bool IsMeasured = true)
{
    /// <summary>Without a lower threshold attention begins at this part of the upper.</summary>
    public const double UsualLower = 0.7;

    /// <summary>All kinds, in the order they are offered.</summary>
    public static IReadOnlyList<TileKind> All { get; } =
    [
        new("waiting", TileShape.Count, false, 5, 10), new("longest-wait", TileShape.Running, false, 60, 120), new("estimated-wait", TileShape.Duration, false, 60, 180),
        new("sl-today", TileShape.Percent, true, 70, 80), new("sl-30", TileShape.Percent, true, 70, 80), new("sl-15", TileShape.Percent, true, 70, 80),
        new("offered", TileShape.Count), new("answered", TileShape.Count), new("abandoned-long", TileShape.Count, false), new("abandoned-short", TileShape.Count), new("abandon-rate", TileShape.Percent, false, 3, 5),
        new("asa", TileShape.Duration, false, 20, 40), new("aht", TileShape.Duration, false), new("acw", TileShape.Duration, false),
        new("staffed", TileShape.Count, true), new("occupancy-now", TileShape.Percent, false, 85, 92), new("occupancy-shift", TileShape.Percent, false, 85, 92),
        new("call-backs", TileShape.Count, false), new("overdue-promises", TileShape.Count, false, 1, 1), new("overflow-in", TileShape.Count), new("overflow-out", TileShape.Count),
        new("states", TileShape.List), new("breaks", TileShape.List), new("leaderboard", TileShape.List), new("teams", TileShape.List), new("announcement", TileShape.Text),
        .. new[] { "forecast", "required", "csat", "qa-fails", "adherence", "contests" }.Select(code => new TileKind(code, TileShape.Text, IsMeasured: false)),
    ];

    public static TileKind? Of(string code) => All.FirstOrDefault(k => k.Code == code);
}
