namespace Evenhand.Analytics.Diagnosis;

/// <summary>The codes of findings; each names its arguments in order.</summary>
public static class Findings
{
    /// <summary>Below the band, capacity is unused: mean, band low, band high, agents, head count for the middle of the band.</summary>
    public const string OccupancyLow = "occupancy-low";

    /// <summary>Above the band, people are missing: mean, band low, band high, agents, agents to add.</summary>
    public const string OccupancyHigh = "occupancy-high";

    /// <summary>Agents of a team are unevenly occupied: CV, limit.</summary>
    public const string OccupancyUnevenWithin = "occupancy-uneven-within";

    /// <summary>Teams are unevenly occupied: CV of the team means, limit.</summary>
    public const string OccupancyUnevenBetween = "occupancy-uneven-between";

    /// <summary>Agents without a figure were left out: how many.</summary>
    public const string AgentsLeftOut = "agents-left-out";

    /// <summary>A team is too small for its CV to be judged: agents, least agents.</summary>
    public const string TeamTooSmall = "team-too-small";

    /// <summary>Break rate above the band: mean, band low, band high.</summary>
    public const string BreaksHigh = "breaks-high";

    /// <summary>Break rate below the band: mean, band low, band high.</summary>
    public const string BreaksLow = "breaks-low";

    /// <summary>Few breaks although people wait, let them rest: mean break rate, mean waiting rate, low-break limit, high-idle limit.</summary>
    public const string LetPeopleRest = "let-people-rest";

    /// <summary>Agents of a team break unevenly: CV, limit.</summary>
    public const string BreaksUneven = "breaks-uneven";

    /// <summary>Agents of a team break unevenly inside the peak hours: CV, limit.</summary>
    public const string PeakBreaksUneven = "peak-breaks-uneven";

    /// <summary>Too many on break at the peaks of the period together: share on break, limit (share), peaks over it, peaks.</summary>
    public const string PeaksOverLimit = "peaks-over-limit";

    /// <summary>Too many on break at a peak, a problem where it is the only one looked at, else a note: on break, signed in, limit (share), the interval's start, the names of those who left, joined by ", ".</summary>
    public const string PeakOverLimit = "peak-over-limit";

    /// <summary>An agent stands out, a special cause: the agent's break rate, the team's mean, standard deviations away (signed).</summary>
    public const string SpecialCause = "special-cause";

    /// <summary>A rule fired on the handling time: rule code, day of the alarm, first day of the pattern, side (+1, −1, 0).</summary>
    public const string HandlingSignal = "handling-signal";

    /// <summary>The handling time moved: most likely day, earliest day, latest day, seconds before, seconds after.</summary>
    public const string HandlingShift = "handling-shift";

    /// <summary>What changed about then: shift's day, event's day, kind, title.</summary>
    public const string ChangedThen = "changed-then";

    /// <summary>Nothing recorded changed about then: shift's day.</summary>
    public const string NothingKnownChanged = "nothing-known-changed";

    /// <summary>A series is too short to judge: days, least days.</summary>
    public const string SeriesTooShort = "series-too-short";
}

/// <summary>Why a step was not judged.</summary>
public static class Reasons
{
    /// <summary>Agent states were not recorded.</summary>
    public const string NoStateLog = "no-state-log";

    /// <summary>States were recorded, but no agent has an occupancy with time at work.</summary>
    public const string NoOccupancy = "no-occupancy";

    /// <summary>States were recorded, but no agent has a break rate.</summary>
    public const string NoBreaks = "no-breaks";

    /// <summary>Contacts were not recorded.</summary>
    public const string NoCallLog = "no-call-log";

    /// <summary>No handling-time series is long enough.</summary>
    public const string TooFewDays = "too-few-days";

    /// <summary>An earlier step is out of control and comes first.</summary>
    public const string EarlierStepOutOfControl = "earlier-step-out-of-control";

    /// <summary>An earlier step cannot be judged, so this one must not be.</summary>
    public const string EarlierStepNotJudged = "earlier-step-not-judged";
}

/// <summary>The recommended actions.</summary>
public static class Actions
{
    /// <summary>Record agent states (or contacts): without them nothing can be judged.</summary>
    public const string RecordTheMissing = "record-the-missing";

    /// <summary>Add people.</summary>
    public const string AddPeople = "add-people";

    /// <summary>Use the spare capacity: more work, fewer rostered, training.</summary>
    public const string UseCapacity = "use-capacity";

    /// <summary>Move people or contacts between teams: one is over and another is not, or the spread is too wide.</summary>
    public const string EvenOut = "even-out";

    /// <summary>Move breaks out of the peak.</summary>
    public const string MoveBreaksOffPeak = "move-breaks-off-peak";

    /// <summary>Let people rest while contacts are few.</summary>
    public const string LetPeopleRest = "let-people-rest";

    /// <summary>Speak with the agents named: special causes.</summary>
    public const string SpeakWithAgents = "speak-with-agents";

    /// <summary>Review the break rule: the whole team lies outside the band.</summary>
    public const string ReviewBreakRule = "review-break-rule";

    /// <summary>Look into what changed on the date of the shift: a common cause.</summary>
    public const string LookIntoTheShift = "look-into-the-shift";

    /// <summary>Look into the alarm: it is not yet a dated shift.</summary>
    public const string LookIntoTheSignal = "look-into-the-signal";

    /// <summary>All three steps are in control.</summary>
    public const string KeepWatching = "keep-watching";
}
