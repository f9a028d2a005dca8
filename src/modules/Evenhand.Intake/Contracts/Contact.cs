namespace Evenhand.Intake.Contracts;

/// <summary>How a contact's stay in a queue ended.</summary>
public enum ContactOutcome
{
    /// <summary>Still waiting or talking, or its end was never logged.</summary>
    Unfinished,

    /// <summary>Reached an agent.</summary>
    Answered,

    /// <summary>The customer hung up while waiting.</summary>
    Abandoned,

    /// <summary>Left by the queue's time limit.</summary>
    TimedOut,

    /// <summary>The customer left by pressing a key.</summary>
    KeyExit,

    /// <summary>Thrown out because no agent was there.</summary>
    EmptyExit,

    /// <summary>Left in another way: refused at the door, dumped, codec mismatch, ended before the queue.</summary>
    OtherExit,
}

/// <summary>Who ended an answered contact.</summary>
public enum ContactEnd
{
    /// <summary>Not known, or not ended.</summary>
    Unknown,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The customer.</summary>
    Customer,

    /// <summary>It was transferred.</summary>
    Transfer,
}

/// <summary>One stay of one contact in one queue. Times are unix seconds, lengths seconds.</summary>
/// <param name="Id">Stable: the same stay has the same id however often it is imported.</param>
/// <param name="Source">The import's source name.</param>
/// <param name="CallId">The source's own id of the call; several stays may share it.</param>
/// <param name="QueueId">The queue.</param>
/// <param name="AgentId">The agent who answered; null when nobody did.</param>
/// <param name="Customer">Who called, as the source says (number or customer id); null when the source does not know.</param>
/// <param name="EnteredAt">When it entered the queue.</param>
/// <param name="ConnectedAt">When the agent answered.</param>
/// <param name="EndedAt">When it ended; null while unfinished.</param>
/// <param name="Wait">Seconds from entering to answer, or to leaving.</param>
/// <param name="Ring">Seconds the answering agent's phone rang, part of the wait; 0 when unknown.</param>
/// <param name="Talk">Seconds talked, hold excluded.</param>
/// <param name="Hold">Seconds on hold; 0 when the source does not tell.</param>
/// <param name="AfterContact">Seconds of after-contact work; null when the source does not tell.</param>
/// <param name="Outcome">How the stay ended.</param>
/// <param name="EndedBy">Who ended it.</param>
/// <param name="RingNoAnswers">How often an agent did not pick up.</param>
public sealed record Contact(Guid Id, string Source, string CallId, Guid QueueId, Guid? AgentId, string? Customer, long EnteredAt, long? ConnectedAt, long? EndedAt,
    int Wait, int Ring, int Talk, int Hold, int? AfterContact, ContactOutcome Outcome, ContactEnd EndedBy, int RingNoAnswers);

/// <summary>What an agent was doing, as a state log says it.</summary>
public enum AgentState
{
    /// <summary>Signed in; covers all states below while they last.</summary>
    SignedIn,

    /// <summary>Waiting for a contact.</summary>
    Available,

    /// <summary>The phone rings.</summary>
    Ringing,

    /// <summary>Talking.</summary>
    Talking,

    /// <summary>The customer is on hold.</summary>
    Holding,

    /// <summary>After-contact work.</summary>
    AfterContact,

    /// <summary>Not ready: a break.</summary>
    Break,

    /// <summary>Not ready: a meal.</summary>
    Meal,

    /// <summary>Not ready: training.</summary>
    Training,

    /// <summary>Not ready: a meeting.</summary>
    Meeting,

    /// <summary>Not ready for another reason, or for none that was given.</summary>
    OtherNotReady,
}

/// <summary>An interval an agent spent in a state, half-open. Times are unix seconds.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="State">The state.</param>
/// <param name="Reason">The reason as the source gave it; null when none.</param>
/// <param name="Start">First second.</param>
/// <param name="End">First second no longer in it; null while it lasts.</param>
public sealed record StateInterval(Guid AgentId, AgentState State, string? Reason, long Start, long? End);
