using Evenhand.Routing.WorkItems;

namespace Evenhand.Routing.Contracts;

/// <summary>A code with its name in both languages of the program.</summary>
/// <param name="Code">What is kept and posted.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
public record Named(string Code, string Zh, string En)
{
    /// <summary>The name in the reader's language.</summary>
    public string Name => LocalName.Of(Zh, En);
}

/// <summary>An agent's desk at a moment: whatever is shown there, in no language, personal values masked. Moments carry the centre's own offset.</summary>
/// <param name="AgentId">Whose desk.</param>
/// <param name="AgentName">The person's name.</param>
/// <param name="At">The moment.</param>
/// <param name="State">What the person is doing and may do.</param>
/// <param name="Breaks">The team's break queue as the person stands in it.</param>
/// <param name="Offers">Contacts that ring now, the first offered first.</param>
/// <param name="Contacts">Contacts in hand, calls first.</param>
/// <param name="Current">Which of them is worked on; null with empty hands.</param>
/// <param name="Customer">Whom the current contact, or else the first offer, is about; null without either.</param>
/// <param name="Consults">Colleagues who ask for advice, and the own questions about contacts in hand.</param>
/// <param name="Create">What may be opened for the caller.</param>
/// <param name="Today">The day so far.</param>
public sealed record DeskView(Guid AgentId, string AgentName, DateTimeOffset At, DeskState State, DeskBreaks Breaks, IReadOnlyList<DeskOffer> Offers, IReadOnlyList<DeskContact> Contacts, DeskContact? Current,
    DeskCustomer? Customer, IReadOnlyList<DeskConsult> Consults, DeskCreate Create, DeskToday Today);

/// <summary>What the person is doing.</summary>
/// <param name="Code">The effective state: `signed-out`, `available`, `ringing`, `talking`, `holding`, `working`, `after-contact-work`, `on-break`, `at-meal`, `in-training`, `in-meeting`, `phone-failed` or `unreachable`.</param>
/// <param name="Wanted">What the person wants: `signed-out`, `ready`, `break`, `meal`, `training`, `meeting` or `after-contact-work`.</param>
/// <param name="Since">When the state began.</param>
/// <param name="Limit">How long it may last; null without a limit.</param>
/// <param name="BreakReason">Why the break; null otherwise.</param>
/// <param name="IsPaused">Paused for ignoring offers: nothing new comes until the person comes back.</param>
/// <param name="ShiftStart">Start of the rostered duty that is worked or comes next; null without one.</param>
/// <param name="ShiftEnd">Its end.</param>
/// <param name="NeedsLeader">Whether coming on (signed out) or going off duty (signed in) needs a leader's word now.</param>
/// <param name="Requests">What was asked of the leader in the last hours and not used, the latest first.</param>
/// <param name="BeatEvery">How often the desk has to be heard.</param>
public sealed record DeskState(string Code, string Wanted, DateTimeOffset Since, TimeSpan? Limit, Named? BreakReason, bool IsPaused, DateTimeOffset? ShiftStart, DateTimeOffset? ShiftEnd, bool NeedsLeader,
    IReadOnlyList<DeskRequest> Requests, TimeSpan BeatEvery)
{
    /// <summary>Whether the person is on the floor.</summary>
    public bool IsSignedIn => Wanted != "signed-out";
}

/// <summary>A request to the leader.</summary>
/// <param name="Kind">`sign-in` or `sign-off`.</param>
/// <param name="Reason">Why it was asked.</param>
/// <param name="At">When.</param>
/// <param name="Granted">What the leader said; null while undecided.</param>
/// <param name="Answer">The leader's reason; null while undecided.</param>
public sealed record DeskRequest(string Kind, string Reason, DateTimeOffset At, bool? Granted, string? Answer);

/// <summary>The team's break queue as one stands in it.</summary>
/// <param name="Position">The own place from 1; null when not waiting.</param>
/// <param name="Asked">Reason asked for or granted; null for none.</param>
/// <param name="IsGranted">A place is given and taken as soon as nothing is in hand.</param>
/// <param name="Waiting">How many wait in all.</param>
/// <param name="Away">How many places are taken.</param>
/// <param name="Quota">How many may be away at once now.</param>
/// <param name="Reasons">What a break may be for.</param>
public sealed record DeskBreaks(int? Position, Named? Asked, bool IsGranted, int Waiting, int Away, int Quota, IReadOnlyList<Named> Reasons);

/// <summary>Why this agent got a contact.</summary>
/// <param name="Code">`own-agent`, `last-agent`, `only-one`, `owes-most`, `fair-share`, `longest-idle` or `least-occupied`.</param>
/// <param name="Figure">Minutes owed or idle, or the occupancy in percent; 0 where the code needs none.</param>
/// <param name="Eligible">How many could have got it.</param>
/// <param name="Helps">Given to help another queue.</param>
public sealed record DeskWhy(string Code, double Figure, int Eligible, bool Helps);

/// <summary>A contact that rings.</summary>
/// <param name="ContactId">Which.</param>
/// <param name="Channel">`call`, `chat` or `work-item`.</param>
/// <param name="Queue">Its queue's name.</param>
/// <param name="Customer">The masked number; null when unknown.</param>
/// <param name="CustomerName">The masked name; null when unknown.</param>
/// <param name="Subject">What it is about; null for calls.</param>
/// <param name="ArrivedAt">When it came.</param>
/// <param name="Until">When the offer ends.</param>
/// <param name="Why">Why this agent; null when not known.</param>
/// <param name="Priority">Beside the queue's own: 0 is ordinary, above is more urgent, −1000 to 1000.</param>
/// <param name="Note">What whoever had it before says of it; null for nothing.</param>
public sealed record DeskOffer(Guid ContactId, string Channel, string Queue, string? Customer, string? CustomerName, string? Subject, DateTimeOffset ArrivedAt, DateTimeOffset? Until, DeskWhy? Why, int Priority, string? Note);

/// <summary>A wrap-up code.</summary>
/// <param name="NeedsNote">Cannot be chosen without a note.</param>
/// <param name="OpensCallBack">Says that the customer is to be called back.</param>
public sealed record DeskCode(string Code, string Zh, string En, bool NeedsNote, bool OpensCallBack) : Named(Code, Zh, En);

/// <summary>A contact in hand.</summary>
/// <param name="Id">Which.</param>
/// <param name="Channel">`call`, `chat` or `work-item`.</param>
/// <param name="Stage">`in-hand` or `wrapping-up`.</param>
/// <param name="QueueId">Its queue.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="ArrivedAt">When it came.</param>
/// <param name="Since">When the conversation, or the work after it, began.</param>
/// <param name="Until">When after-contact work ends by itself; null otherwise.</param>
/// <param name="HeldAt">Since when the customer holds; null otherwise.</param>
/// <param name="HoldSeconds">Earlier holds of this contact.</param>
/// <param name="Customer">The masked number, or in full after it was unmasked; null when unknown.</param>
/// <param name="CustomerName">The same for the name.</param>
/// <param name="Subject">What it is about; null for calls.</param>
/// <param name="Note">The note so far.</param>
/// <param name="WrapUp">The code chosen so far.</param>
/// <param name="Codes">What can be chosen; empty where the queue needs none.</param>
/// <param name="Why">Why this agent; null when not known.</param>
/// <param name="Item">The work item it stands for; only of the current contact.</param>
/// <param name="Scripts">What to say in this queue; only of the current contact.</param>
/// <param name="QuickNotes">Notes to put in with one click; only of the current contact.</param>
/// <param name="Priority">As of an offer.</param>
public sealed record DeskContact(Guid Id, string Channel, string Stage, Guid QueueId, string Queue, DateTimeOffset ArrivedAt, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset? HeldAt, long HoldSeconds,
    string? Customer, string? CustomerName, string? Subject, string? Note, string? WrapUp, IReadOnlyList<DeskCode> Codes, DeskWhy? Why, DeskItem? Item, IReadOnlyList<DeskScript> Scripts, IReadOnlyList<Named> QuickNotes, int Priority)
{
    /// <summary>Whether the customer is there right now.</summary>
    public bool IsLive => Stage == "in-hand" && Channel != "work-item";
}

/// <summary>Something to say, or how to do something.</summary>
/// <param name="Title">Its title in both languages.</param>
/// <param name="Text">The text in both languages.</param>
public sealed record DeskScript(Named Title, Named Text);

/// <summary>A work item as its form shows it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Type">Its type's name.</param>
/// <param name="Version">The version shown; a change names it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="State">Its state's code.</param>
/// <param name="ResolveBy">When it must be over.</param>
/// <param name="Fields">Its fields with their values.</param>
public sealed record DeskItem(Guid Id, Named Type, int Version, string Subject, string State, DateTimeOffset ResolveBy, IReadOnlyList<DeskField> Fields);

/// <summary>A field of a work item.</summary>
/// <param name="Name">Code and names.</param>
/// <param name="Kind">text, number, choice, date, phone or address.</param>
/// <param name="Required">Must be filled.</param>
/// <param name="IsHidden">Personal and masked: an empty input leaves it as it is.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Value">The present value, masked where personal; null for none.</param>
public sealed record DeskField(Named Name, string Kind, bool Required, bool IsHidden, IReadOnlyList<string> Choices, string? Value);

/// <summary>A customer as an agent sees one.</summary>
/// <param name="ContactId">The contact or offer it is about.</param>
/// <param name="Number">Masked, or in full after it was unmasked; null when unknown.</param>
/// <param name="Name">The same.</param>
/// <param name="IsShown">Shown in full, for a reason that was recorded.</param>
/// <param name="MayShow">Whether the person may have it shown.</param>
/// <param name="OwnAgent">Name of the customer's own agent; null for none.</param>
/// <param name="Open">Open work items, the newest first.</param>
/// <param name="History">Earlier contacts and work items, the newest first, at most 20.</param>
public sealed record DeskCustomer(Guid ContactId, string? Number, string? Name, bool IsShown, bool MayShow, string? OwnAgent, IReadOnlyList<DeskHistory> Open, IReadOnlyList<DeskHistory> History);

/// <summary>One thing that was before.</summary>
/// <param name="At">When it came.</param>
/// <param name="Channel">`call`, `chat` or `work-item`.</param>
/// <param name="What">The queue, or the work item's subject.</param>
/// <param name="Agent">Who had it; null for nobody.</param>
/// <param name="Outcome">`completed`, `abandoned` …, or the work item's state; null while it lasts.</param>
/// <param name="WrapUp">How it ended; null when not said.</param>
/// <param name="Note">Its note.</param>
/// <param name="ItemId">The work item; null for contacts.</param>
public sealed record DeskHistory(DateTimeOffset At, string Channel, string What, string? Agent, string? Outcome, Named? WrapUp, string? Note, Guid? ItemId);

/// <summary>A colleague was asked for advice while the customer waits.</summary>
/// <param name="Id">Which question.</param>
/// <param name="ContactId">About which contact.</param>
/// <param name="Who">The other one's name.</param>
/// <param name="Queue">The contact's queue.</param>
/// <param name="Note">What is asked.</param>
/// <param name="At">When.</param>
/// <param name="IsMine">Asked by this desk; otherwise of this desk.</param>
/// <param name="SeenAt">When the colleague saw it; null until then.</param>
public sealed record DeskConsult(Guid Id, Guid ContactId, string Who, string Queue, string? Note, DateTimeOffset At, bool IsMine, DateTimeOffset? SeenAt);

/// <summary>What may be opened for the caller.</summary>
/// <param name="Types">Types with their fields.</param>
/// <param name="Queues">Queues it may wait in; none when the person may create nothing.</param>
public sealed record DeskCreate(IReadOnlyList<DeskNew> Types, IReadOnlyList<Named> Queues);

/// <summary>A type of work item that can be opened.</summary>
/// <param name="Type">Its code and names.</param>
/// <param name="Fields">Its fields, without values.</param>
public sealed record DeskNew(Named Type, IReadOnlyList<DeskField> Fields);

/// <summary>The day so far in four figures.</summary>
/// <param name="Handled">Contacts completed.</param>
/// <param name="AverageSeconds">Average handling time; null without one.</param>
/// <param name="TargetSeconds">What the queues expect of these contacts on average; null without one.</param>
/// <param name="OnDuty">Time on duty this shift.</param>
public sealed record DeskToday(int Handled, double? AverageSeconds, double? TargetSeconds, TimeSpan OnDuty);
