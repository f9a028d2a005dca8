namespace Evenhand.Dispatch.Presence;

/// <summary>The first layer of presence: what the person wants.</summary>
public enum WantedState
{
    /// <summary>Not at work.</summary>
    SignedOut,

    /// <summary>Wants contacts.</summary>
    Ready,

    /// <summary>A break, with a reason.</summary>
    Break,

    /// <summary>Eating; not time at work.</summary>
    Meal,

    /// <summary>In training; not time at work.</summary>
    Training,

    /// <summary>In a meeting; not time at work.</summary>
    Meeting,

    /// <summary>Finishing the last contact's paperwork; at work, taking nothing new.</summary>
    AfterContactWork,
}

/// <summary>The second layer of presence: what the agent's device does.</summary>
public enum DeviceState
{
    /// <summary>On hook and registered.</summary>
    Idle,

    /// <summary>Ringing, not yet picked up.</summary>
    Ringing,

    /// <summary>In a conversation.</summary>
    Talking,

    /// <summary>In a conversation that is on hold.</summary>
    Holding,

    /// <summary>Not registered, or refusing calls.</summary>
    Failed,

    /// <summary>On hook, while a chat or a work item is handled at the desk.</summary>
    Working,
}

/// <summary>What the floor sees: derived from both layers and the lease, never set by anyone.</summary>
public enum EffectiveState
{
    /// <summary>Not at work.</summary>
    SignedOut,

    /// <summary>May be given a contact.</summary>
    Available,

    /// <summary>A device rings.</summary>
    Ringing,

    /// <summary>In a conversation.</summary>
    Talking,

    /// <summary>The customer waits inside a conversation.</summary>
    Holding,

    /// <summary>Finishing a contact.</summary>
    AfterContactWork,

    /// <summary>On a break with a reason.</summary>
    OnBreak,

    /// <summary>Eating.</summary>
    AtMeal,

    /// <summary>In training.</summary>
    InTraining,

    /// <summary>In a meeting.</summary>
    InMeeting,

    /// <summary>Wants contacts, but the phone has failed: chats and work items only.</summary>
    PhoneFailed,

    /// <summary>Wants contacts, but the desk has missed its beats: takes nothing new, keeps what is in hand.</summary>
    Unreachable,

    /// <summary>Handles chats or work items; may be given more while there is room.</summary>
    Working,
}

/// <summary>Who made a state change.</summary>
public enum Causer
{
    /// <summary>The agent.</summary>
    Person,

    /// <summary>A rule: a missed beat, ignored offers, the device.</summary>
    System,

    /// <summary>A leader; must give a reason.</summary>
    Leader,
}

/// <summary>Why a state changed.</summary>
/// <param name="By">Who made the change.</param>
/// <param name="Who">The person or leader; null for the system.</param>
/// <param name="Reason">In words; needed from leaders, kept for all.</param>
public readonly record struct Cause(Causer By, Guid? Who = null, string? Reason = null);

/// <summary>A change of presence as it is stored and read by people. Immutable.</summary>
/// <param name="Agent">Whose presence.</param>
/// <param name="From">Effective state until <paramref name="At"/>.</param>
/// <param name="To">Effective state from <paramref name="At"/> on.</param>
/// <param name="BreakReason">Reason of the break that begins; null otherwise.</param>
/// <param name="At">When it changed.</param>
/// <param name="Cause">Why.</param>
public sealed record PresenceFact(Guid Agent, EffectiveState From, EffectiveState To, string? BreakReason, DateTimeOffset At, Cause Cause);

/// <summary>The answer to a change of presence: the next value with the fact it makes, or the old value and why not.</summary>
/// <param name="Presence">The presence after the step; unchanged when denied.</param>
/// <param name="Fact">What to store; null when the effective state and the break's reason stayed as they were.</param>
/// <param name="Denied">Why the step was refused; null when it was taken.</param>
public readonly record struct PresenceStep(AgentPresence Presence, PresenceFact? Fact, Denial? Denied);
