namespace Evenhand.Analytics.Kpis;

/// <summary>
/// The base counters every KPI is made of; all are whole numbers that add up over intervals, queues and agents.
/// <para><b>Contact-anchored</b> counters belong to the interval in which the contact <i>entered</i> its queue, whenever the rest happened, so that
/// no ratio of them can exceed 1. <b>Time-anchored</b> counters (names ending in <c>InInterval</c>, and all agent states) are split at the interval borders.</para>
/// <para>Formulae name counters by these names; new ones are appended, none is renamed. Store them by name.</para>
/// </summary>
public enum Counter
{
    /// <summary>Contacts that entered a queue. Contact-anchored; equals the sum of all outcomes and <see cref="Unfinished"/>. Not known by agent.</summary>
    Offered,

    /// <summary>Contacts an agent took; for an agent, those he or she took (after a transfer, each leg). Contact-anchored. "Handled" in the dictionary.</summary>
    Answered,

    /// <summary>Contacts whose customer gave up while waiting. Contact-anchored. Not known by agent.</summary>
    Abandoned,

    /// <summary>Contacts the queue gave up at its longest wait. Contact-anchored. Not known by agent.</summary>
    TimedOut,

    /// <summary>Contacts that left the queue by a key. Contact-anchored. Not known by agent.</summary>
    KeyExit,

    /// <summary>Contacts thrown out because nobody staffed the queue. Contact-anchored. Not known by agent.</summary>
    EmptyExit,

    /// <summary>Contacts that left the queue in another way (overflow, resynchronised after a cut). Contact-anchored. Not known by agent.</summary>
    OtherExit,

    /// <summary>Contacts still waiting when the figures were taken. Contact-anchored. Not known by agent.</summary>
    Unfinished,

    /// <summary>Answered contacts handed on to someone else. Contact-anchored.</summary>
    Transferred,

    /// <summary>Times a contact rang at an agent who did not take it. Contact-anchored; may exceed the contacts.</summary>
    RingNoAnswer,

    /// <summary>Waits of the answered, entering to answer, in seconds. Contact-anchored.</summary>
    WaitAnsweredSeconds,

    /// <summary>Waits of the abandoned, entering to giving up, in seconds. Contact-anchored. Not known by agent.</summary>
    WaitAbandonedSeconds,

    /// <summary>Seconds of talk without holds; where a source does not tell holds apart, they are in here. Contact-anchored.</summary>
    TalkSeconds,

    /// <summary>Seconds customers were on hold. Contact-anchored.</summary>
    HoldSeconds,

    /// <summary>Seconds of after-contact work. Contact-anchored.</summary>
    AfterContactSeconds,

    /// <summary>Seconds answered contacts rang at the agent who took them. Contact-anchored.</summary>
    RingSeconds,

    /// <summary>Seconds of talk that fell into the interval. Time-anchored.</summary>
    TalkInInterval,

    /// <summary>Seconds of hold that fell into the interval. Time-anchored.</summary>
    HoldInInterval,

    /// <summary>Seconds of after-contact work that fell into the interval. Time-anchored.</summary>
    AfterContactInInterval,

    /// <summary>Agent-seconds between sign-in and sign-out, every state included. Time-anchored. Not known by queue.</summary>
    SignedInSeconds,

    /// <summary>
    /// Agent-seconds at work: signed-in time less meals (<see cref="Counters.CloseStates"/> fills it so). Where attendance is known it may be set to
    /// first-in-to-last-out less meals instead, so that signing out does not raise occupancy. Time-anchored. Not known by queue.
    /// </summary>
    AtWorkSeconds,

    /// <summary>Agent-seconds idle, waiting for a contact. Time-anchored. Not known by queue.</summary>
    AvailableSeconds,

    /// <summary>Agent-seconds in which a contact rang. Time-anchored. Not known by queue.</summary>
    RingingSeconds,

    /// <summary>Agent-seconds not ready for a break (小休). Time-anchored. Not known by queue.</summary>
    BreakSeconds,

    /// <summary>Agent-seconds at a meal. Time-anchored. Not known by queue.</summary>
    MealSeconds,

    /// <summary>Agent-seconds in training. Time-anchored. Not known by queue.</summary>
    TrainingSeconds,

    /// <summary>Agent-seconds in meetings and coaching. Time-anchored. Not known by queue.</summary>
    MeetingSeconds,

    /// <summary>Agent-seconds not ready for any other or an unknown reason. Time-anchored. Not known by queue.</summary>
    OtherNotReadySeconds,

    /// <summary><see cref="BreakSeconds"/> of the peak interval only (<see cref="Counters.MarkPeak"/>). Time-anchored. Not known by queue.</summary>
    PeakBreakSeconds,

    /// <summary><see cref="SignedInSeconds"/> of the peak interval only (<see cref="Counters.MarkPeak"/>). Time-anchored. Not known by queue.</summary>
    PeakSignedInSeconds,

    /// <summary>Answered contacts whose customer is known, the base of first-contact resolution. Contact-anchored.</summary>
    Identified,

    /// <summary>Agent-seconds rostered to work. Time-anchored, from the schedule. Not known by queue.</summary>
    RosteredSeconds,

    /// <summary>Agent-seconds in the state the schedule asked for. Time-anchored, from schedule and state log. Not known by queue.</summary>
    InScheduledStateSeconds,

    /// <summary>Shifts rostered. From the schedule. Not known by queue.</summary>
    RosteredShifts,

    /// <summary>Rostered shifts that were worked. From the schedule. Not known by queue.</summary>
    AttendedShifts,

    /// <summary>Orders taken in answered contacts. Contact-anchored.</summary>
    Orders,

    /// <summary>Contacts asked for their satisfaction. Contact-anchored.</summary>
    SurveysAsked,

    /// <summary>Satisfaction answers received. Contact-anchored.</summary>
    SurveysAnswered,

    /// <summary>Answers that count as satisfied. Contact-anchored.</summary>
    SatisfiedAnswers,

    /// <summary>Answers that count as dissatisfied. Contact-anchored.</summary>
    DissatisfiedAnswers,

    /// <summary>Answers to the 0–10 recommendation question. Contact-anchored.</summary>
    RecommendAnswers,

    /// <summary>Recommendation answers of 9 or 10. Contact-anchored.</summary>
    Promoters,

    /// <summary>Recommendation answers of 0 to 6. Contact-anchored.</summary>
    Detractors,

    /// <summary>Complaints raised.</summary>
    Complaints,

    /// <summary>Complaints closed.</summary>
    ComplaintsClosed,

    /// <summary>Complaints closed within their limit.</summary>
    ComplaintsClosedInTime,

    /// <summary>Items of work checked by inspection.</summary>
    CheckedItems,

    /// <summary>Checked items found right.</summary>
    RightItems,

    /// <summary>Cost in hundredths of the currency.</summary>
    CostCents,
}

/// <summary>The kinds of seconds kept as a histogram, so that thresholds and percentiles can be chosen afterwards. All contact-anchored.</summary>
public enum Distribution
{
    /// <summary>Waits of answered contacts.</summary>
    WaitAnswered,

    /// <summary>Waits of abandoned contacts. Not known by agent.</summary>
    WaitAbandoned,

    /// <summary>Talk, holds included, of answered contacts.</summary>
    Talk,

    /// <summary>Talk, hold and after-contact work together of answered contacts.</summary>
    Handling,

    /// <summary>Seconds from the end of an identified contact to the same customer's next contact, one entry for each that was followed; may be rounded up to minutes.</summary>
    Repeat,

    /// <summary>As <see cref="Repeat"/>, counting only a next contact on the same topic.</summary>
    RepeatSameTopic,
}

/// <summary>The logs figures are drawn from; a centre may lack some.</summary>
[Flags]
public enum FactSources
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Contact events: entered, answered, abandoned, ended.</summary>
    Contacts = 1,

    /// <summary>Agent-state intervals, after-contact work among them.</summary>
    States = 2,

    /// <summary>Knowledge of who the customer is.</summary>
    Customers = 4,

    /// <summary>The schedule.</summary>
    Roster = 8,

    /// <summary>Orders tied to contacts.</summary>
    Orders = 16,

    /// <summary>Customer surveys.</summary>
    Surveys = 32,

    /// <summary>Complaints.</summary>
    Complaints = 64,

    /// <summary>Inspection results.</summary>
    Quality = 128,

    /// <summary>Cost.</summary>
    Cost = 256,

    /// <summary>All of them.</summary>
    All = 511,
}

/// <summary>Whose figure it is; some counters are not known for a queue or for an agent.</summary>
public enum FigureSubject
{
    /// <summary>The centre, or a site with its own queues and people.</summary>
    Centre,

    /// <summary>A queue: agent states are not known.</summary>
    Queue,

    /// <summary>An agent or a team of agents: contacts nobody took are not known.</summary>
    Agent,
}
