using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Routing.WorkItems;

namespace Evenhand.Routing.Rules;

/// <summary>What holds for the whole floor: the duty gate, the desks' lease, limits of states, reasons of breaks.</summary>
internal sealed record FloorSettings
{
    public static FloorSettings Usual { get; } = new();

    /// <summary>States that may have a limit, in the order they are shown.</summary>
    public static IReadOnlyList<string> LimitedStates { get; } = ["ringing", "talking", "holding", "working", "after-contact-work", "meal", "training", "meeting", "phone-failed", "unreachable"];

    public int CatchUpMinutes { get; init; } = 20;
    public int IgnoresBeforePause { get; init; } = 3;
    public int EarlyMinutes { get; init; } = 15;
    public int GraceMinutes { get; init; }
    public int ApprovalMinutes { get; init; } = 30;
    public int BeatSeconds { get; init; } = 10;
    public int MissedBeats { get; init; } = 3;
    public int ToggleChanges { get; init; } = 30;
    public int ToggleShortSpells { get; init; } = 6;
    public int ToggleBriefSeconds { get; init; } = 60;
    public int LeastOnDutyPercent { get; init; } = 90;
    public int MostOnBreakPercent { get; init; } = 10;
    public int MostUnreachableMinutes { get; init; } = 10;

    /// <summary>State → seconds it may last; a state not named has no limit.</summary>
    public IReadOnlyDictionary<string, int> StateLimits { get; init; } = new Dictionary<string, int>
    {
        ["ringing"] = 30, ["talking"] = 1200, ["holding"] = 120, ["after-contact-work"] = 180, ["meal"] = 3600, ["phone-failed"] = 300, ["unreachable"] = 120,
    };

    public IReadOnlyList<BreakReason> BreakReasons { get; init; } =
        [new("rest", "小休", "Rest", TimeSpan.FromMinutes(15)), new("water", "喝水", "Water", TimeSpan.FromMinutes(5)), new("restroom", "洗手间", "Restroom", TimeSpan.FromMinutes(10))];

    public DispatchSettings Dispatch => new() { CatchUp = TimeSpan.FromMinutes(CatchUpMinutes), IgnoresBeforePause = IgnoresBeforePause };

    public DutyRules Duty => new(TimeSpan.FromMinutes(EarlyMinutes), TimeSpan.FromMinutes(GraceMinutes), TimeSpan.FromMinutes(ApprovalMinutes));

    public Lease Lease => new(TimeSpan.FromSeconds(BeatSeconds), MissedBeats);

    public ToggleRules Toggles => new(ToggleChanges, ToggleShortSpells, TimeSpan.FromSeconds(ToggleBriefSeconds));

    public DutyStandard Standard => new(LeastOnDutyPercent / 100.0, MostOnBreakPercent / 100.0, TimeSpan.FromMinutes(MostUnreachableMinutes));

    public IReadOnlyDictionary<string, TimeSpan?> Limits => LimitedStates.Select(s => (Key: s, Limit: StateLimits.TryGetValue(s, out var seconds) ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null))
        .Concat(BreakReasons.Select(r => (Key: r.Code, r.Limit))).ToDictionary(l => l.Key, l => l.Limit);
}

/// <summary>Why somebody may take a break.</summary>
/// <param name="Code">Kept with the presence; never the name of a state.</param>
/// <param name="Limit">How long such a break may last; null for the team's longest.</param>
internal sealed record BreakReason(string Code, string Zh, string En, TimeSpan? Limit = null)
{
    public string Name => LocalName.Of(Zh, En);
}

/// <summary>What an agent says about a contact when it is over.</summary>
/// <param name="QueueId">Only for contacts of this queue; null for all.</param>
/// <param name="NeedsNote">Cannot be chosen without a note.</param>
/// <param name="OpensCallBack">Choosing it opens a call-back.</param>
internal sealed record WrapUpCode(string Code, string Zh, string En, bool NeedsNote = false, bool OpensCallBack = false, Guid? QueueId = null)
{
    public static IReadOnlyList<WrapUpCode> Usual { get; } =
    [
        new("resolved", "已解决", "Resolved"), new("call-back", "需回拨", "Call back", OpensCallBack: true), new("passed-on", "已转交", "Passed on"),
        new("complaint", "投诉", "Complaint", NeedsNote: true), new("invalid", "无效/静音", "Invalid or silent"),
    ];

    public string Name => LocalName.Of(Zh, En);
}

/// <summary>A team's breaks, as the centre laid them down.</summary>
internal sealed record BreakDefinition
{
    private const double UsualShare = 0.15;

    public static BreakDefinition Usual { get; } = new();

    /// <summary>How many may be away at once; null for 15 % of the team, at least one.</summary>
    public int? Cap { get; init; }

    public IReadOnlyList<PeakQuota> Peaks { get; init; } = [];
    public int LongestMinutes { get; init; } = 15;
    public int GrantMinutes { get; init; } = 5;

    public static int UsualCap(int people) => Math.Max(1, (int)(people * UsualShare));

    public BreakRules ToRules(int people) => new(Cap ?? UsualCap(people), Peaks, TimeSpan.FromMinutes(LongestMinutes), TimeSpan.FromMinutes(GrantMinutes));
}
