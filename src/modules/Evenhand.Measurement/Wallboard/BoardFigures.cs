using System.Globalization;
using Evenhand.Dispatch.Presence;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;

namespace Evenhand.Measurement.Wallboard;

/// <summary>Everything a board's figures are made of, at one moment.</summary>
/// <param name="Hour">What each agent completed in the last hour.</param>
/// <param name="CallBacks">Open call-backs by queue.</param>
/// <param name="Rostered">Who is rostered now; null while no roster is published.</param>
internal sealed record BoardFacts(DateTimeOffset Now, FloorPicture Floor, OrganisationSnapshot Centre, IReadOnlyList<AgentTally> Hour, IReadOnlyList<OpenWork> CallBacks, IReadOnlySet<Guid>? Rostered, IReadOnlyList<BreakName> Breaks);

/// <summary>Computes the tiles of a board. Pure: the same facts give the same figures.</summary>
internal sealed class BoardFigures
{
    private const int Ranks = 5;
    private const int MostTeams = 10;
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private readonly BoardDefinition board;
    private readonly BoardFacts facts;
    private readonly IReadOnlyList<FloorQueue> queues;
    private readonly IReadOnlyList<FloorAgent> agents;
    private readonly HashSet<Guid> queueIds;
    private readonly IReadOnlySet<Guid>? units;

    public BoardFigures(BoardDefinition board, BoardFacts facts)
    {
        (this.board, this.facts) = (board, facts);
        queueIds = facts.Centre.Queues.Values.Where(q => board.Queues.Count == 0 || board.Queues.Contains(q.Code)).Select(q => q.Id).ToHashSet();
        units = UnitsOf(board, facts.Centre);
        queues = [.. facts.Floor.Queues.Values.Where(q => queueIds.Contains(q.QueueId))];
        agents = [.. facts.Floor.Agents.Values.Where(a => units is null || (a.TeamId is { } team && units.Contains(team)))];
    }

    /// <summary>The units a board counts people of, with all below them; null for all.</summary>
    public static IReadOnlySet<Guid>? UnitsOf(BoardDefinition board, OrganisationSnapshot centre) =>
        board.Units.Count == 0 ? null : centre.Units.Values.Where(u => board.Units.Contains(u.Code)).SelectMany(u => centre.Below(u.Id)).ToHashSet();

    /// <summary>The pages with their tiles, in order.</summary>
    public IReadOnlyList<IReadOnlyList<WallTile.Figure>> Pages() =>
        [.. board.Pages.Select((page, p) => (IReadOnlyList<WallTile.Figure>)[.. page.Tiles.Select((tile, t) => Figure(tile, $"tile-{p}-{t}"))])];

    public WallTile.Figure Figure(TileSpec tile, string id)
    {
        var kind = TileKind.Of(tile.Kind) ?? new TileKind(tile.Kind, TileShape.Text, IsMeasured: false);
        var shape = kind.Shape.ToString().ToLowerInvariant();
        var (value, since, note, args) = kind.IsMeasured ? Value(kind.Code) : (null, null, null, []);
        var lower = tile.Lower ?? (tile.Upper * TileKind.UsualLower);
        return new WallTile.Figure(id, kind.Code, shape, value, since, kind.MoreIsBetter is { } more ? Standing(value, lower, tile.Upper, more) : null, lower, tile.Upper, kind.MoreIsBetter ?? false, note, args,
            kind.Shape == TileShape.List ? Rows(kind.Code) : [], kind.Code == "announcement" ? board.Announcement : null, kind.IsMeasured);
    }

    /// <summary>Against its thresholds: less is better from <paramref name="lower"/> on worth a look and from <paramref name="upper"/> on wrong; more is better below upper worth a look and below lower wrong.</summary>
    public static string? Standing(double? value, double? lower, double? upper, bool moreIsBetter)
    {
        if (value is not { } given || (lower is null && upper is null)) return null;
        return moreIsBetter
            ? given < lower ? "bad" : given < upper ? "warn" : "ok"
            : given >= upper ? "bad" : given >= lower ? "warn" : "ok";
    }

    private (double? Value, DateTimeOffset? Since, string? Note, IReadOnlyList<string> Args) Value(string kind)
    {
        (double?, DateTimeOffset?, string?, IReadOnlyList<string>) Plain(double? value, string? note = null, params string[] args) => (value, null, note, args);
        switch (kind)
        {
            case "waiting": return Plain(queues.Sum(q => q.Waiting));
            case "longest-wait":
                var oldest = queues.Min(q => q.OldestAt);
                return (oldest is { } at ? Math.Max(0, (facts.Now - at).TotalSeconds) : 0, oldest, null, []);
            case "estimated-wait": return Plain(EstimatedWait(), "estimated");
            case "sl-today": return Plain(ServiceLevel(Today), Threshold is null ? "sl-own" : "sl", Threshold ?? "");
            case "sl-15": return Plain(ServiceLevel(Since(1)), Threshold is null ? "sl-own-since" : "sl-since", Threshold ?? "", Clock(WindowStart(1)));
            case "sl-30": return Plain(ServiceLevel(Since(2)), Threshold is null ? "sl-own-since" : "sl-since", Threshold ?? "", Clock(WindowStart(2)));
            case "offered": return Plain(Today.Sum(q => q.Offered));
            case "answered": return Plain(Today.Sum(q => q.Answered));
            case "abandoned-long": return Plain(Today.Sum(q => q.Abandoned - q.AbandonedShort));
            case "abandoned-short": return Plain(Today.Sum(q => q.AbandonedShort));
            case "abandon-rate": return Plain(Percent(Today.Sum(q => q.Abandoned), Today.Sum(q => q.Offered)));
            case "asa": return Plain(Ratio(Today.Sum(q => q.WaitSeconds), Today.Sum(q => q.Answered)));
            case "aht": return Plain(Ratio(Today.Sum(q => q.HandleSeconds), Today.Sum(q => q.Completed)));
            case "acw": return Plain(Ratio(Today.Sum(q => q.AfterContactSeconds), Today.Sum(q => q.Completed)));
            case "overflow-in": return Plain(Today.Sum(q => q.OverflowIn));
            case "overflow-out": return Plain(Today.Sum(q => q.OverflowOut));
            case "call-backs": return Plain(facts.CallBacks.Where(w => queueIds.Contains(w.QueueId)).Sum(w => w.Pending));
            case "overdue-promises": return Plain(facts.CallBacks.Where(w => queueIds.Contains(w.QueueId)).Sum(w => w.Overdue));
            case "staffed": return Rostered is { } due ? Plain(agents.Count(IsOnDuty), "rostered", due.ToString(CultureInfo.InvariantCulture)) : Plain(agents.Count(IsOnDuty), "no-roster");
            case "occupancy-now": return Plain(Percent(agents.Count(IsBusy), agents.Count(a => IsBusy(a) || a.State == EffectiveState.Available)));
            case "occupancy-shift": return Plain(Percent(agents.Sum(a => a.Handling.TotalSeconds), agents.Sum(a => a.OnDutyAt(facts.Now).TotalSeconds)));
            default: return Plain(null);
        }
    }

    private IEnumerable<QuarterCounts> Today => queues.SelectMany(q => q.Quarters);

    private IEnumerable<QuarterCounts> Since(int quarters) => WindowStart(quarters) is var start ? Today.Where(q => q.Start >= start) : [];

    /// <summary>Start of the quarter hour in which so many quarters ago lies.</summary>
    private DateTimeOffset WindowStart(int quarters) => facts.Now - (quarters * Quarter) is var at ? new DateTimeOffset(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero) : at;

    private static double? ServiceLevel(IEnumerable<QuarterCounts> counts) => counts.ToList() is var all ? Percent(all.Sum(q => q.AnsweredInTime), all.Sum(q => q.Answered + q.Abandoned)) : null;

    /// <summary>How long the line takes at the pace at which it was served lately.</summary>
    private double? EstimatedWait()
    {
        var waiting = queues.Sum(q => q.Waiting);
        if (waiting == 0) return 0;
        var answered = Since(1).Sum(q => q.Answered);
        return answered == 0 ? null : waiting * (facts.Now - WindowStart(1)).TotalSeconds / answered;
    }

    /// <summary>The one threshold of all queues; null where each has its own.</summary>
    private string? Threshold => queues.Select(q => q.ServiceLevelSeconds).Distinct().ToList() is [var one] ? one.ToString(CultureInfo.InvariantCulture) + " s" : null;

    private string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, facts.Centre.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private int? Rostered => facts.Rostered?.Count(a => units is null || (facts.Centre.TeamOf(a, Day) is { } team && units.Contains(team)));

    private DateOnly Day => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(facts.Now, facts.Centre.Zone).Date);

    private static bool IsOnDuty(FloorAgent agent) => agent.State is not (EffectiveState.SignedOut or EffectiveState.AtMeal or EffectiveState.InTraining or EffectiveState.InMeeting);

    /// <summary>Who works on orders or chats stands beside who talks.</summary>
    private static double Place(EffectiveState state) => state == EffectiveState.Working ? (double)EffectiveState.Holding + 0.5 : (double)state;

    private static bool IsBusy(FloorAgent agent) => agent.State is EffectiveState.Ringing or EffectiveState.Talking or EffectiveState.Holding or EffectiveState.Working or EffectiveState.AfterContactWork;

    private int Over(IEnumerable<FloorAgent> some) => some.Count(a => a.OverLimitSince is { } limit && facts.Now >= limit);

    private static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;

    private static double? Percent(double part, double whole) => whole > 0 ? part / whole * 100 : null;

    private IReadOnlyList<WallTile.Row> Rows(string kind) => kind switch
    {
        "states" => [.. agents.GroupBy(a => a.State).OrderBy(g => Place(g.Key)).Where(g => g.Key != EffectiveState.SignedOut).Select(g => new WallTile.Row("measurement.board.state." + Code(g.Key), null, null, 0, g.Count(), Over(g), null, null))],
        "breaks" => [.. agents.Where(a => a.State is EffectiveState.OnBreak).GroupBy(a => a.BreakReason ?? "").OrderByDescending(g => g.Count())
            .Select(g => facts.Breaks.FirstOrDefault(b => b.Code == g.Key) is var name ? new WallTile.Row(null, name?.Zh ?? g.Key, name?.En ?? g.Key, 0, g.Count(), Over(g), null, null) : null!)],
        "leaderboard" => Leaders(),
        "teams" => Teams(),
        _ => [],
    };

    private IReadOnlyList<WallTile.Row> Leaders()
    {
        var done = facts.Hour.Where(t => queueIds.Contains(t.QueueId) && (units is null || (facts.Centre.TeamOf(t.AgentId, Day) is { } team && units.Contains(team)))).GroupBy(t => t.AgentId)
            .Select(g => (Agent: g.Key, Contacts: g.Sum(t => t.Contacts))).OrderByDescending(t => t.Contacts).ThenBy(t => t.Agent).ToList();
        return [.. done.Take(Ranks).Select(t => new WallTile.Row(null, Named(t.Agent), Named(t.Agent), 1 + done.Count(o => o.Contacts > t.Contacts), t.Contacts, 0, null, null))];

        string? Named(Guid agent) => board.IsPrivate ? null : facts.Centre.Agents.GetValueOrDefault(agent)?.Name;
    }

    private IReadOnlyList<WallTile.Row> Teams() =>
    [
        .. agents.Where(a => a.TeamId is not null).GroupBy(a => a.TeamId!.Value).Where(g => facts.Centre.Units.ContainsKey(g.Key))
            .Select(g => (Unit: facts.Centre.Units[g.Key], Done: facts.Hour.Where(t => queueIds.Contains(t.QueueId) && facts.Centre.TeamOf(t.AgentId, Day) == g.Key).Sum(t => t.Contacts), On: g.Count(IsOnDuty)))
            .OrderByDescending(t => t.Done).ThenBy(t => t.Unit.Name, StringComparer.Ordinal).Take(MostTeams).Select(t => new WallTile.Row(null, t.Unit.Name, t.Unit.Name, 0, t.Done, 0, "on-duty", t.On.ToString(CultureInfo.InvariantCulture))),
    ];

    private static string Code(EffectiveState state) => string.Concat(state.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
