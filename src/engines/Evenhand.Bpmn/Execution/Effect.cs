using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Something the host should do or keep because of a command, in the order it happened.</summary>
public abstract record Effect;

/// <summary>A task was opened.</summary>
/// <param name="Task">It.</param>
public sealed record TaskOpened(HumanTask Task) : Effect;

/// <summary>An open task is no longer what it was.</summary>
/// <param name="Task">As it is now.</param>
public sealed record TaskChanged(HumanTask Task) : Effect;

/// <summary>A task is closed.</summary>
/// <param name="Task">As it was.</param>
/// <param name="Reason">Why.</param>
public sealed record TaskClosed(HumanTask Task, Leaving Reason) : Effect;

/// <summary>How a node was left.</summary>
public enum Leaving
{
    /// <summary>Done.</summary>
    Completed,

    /// <summary>Stopped by an event, a cancelled scope or the end of its multi-instance.</summary>
    Cancelled,

    /// <summary>Given up because work was moved: rejected, withdrawn, jumped.</summary>
    Moved,

    /// <summary>Passed by.</summary>
    Skipped,
}

/// <summary>A timer was armed.</summary>
/// <param name="Timer">It.</param>
public sealed record TimerArmed(ArmedTimer Timer) : Effect;

/// <summary>A timer fires no more, because it fired or what it belongs to ended; one that repeats is armed anew with another number.</summary>
/// <param name="Timer">Its number.</param>
public sealed record TimerGone(int Timer) : Effect;

/// <summary>A message, signal or condition is waited for.</summary>
/// <param name="Subscription">It.</param>
public sealed record Subscribed(Subscription Subscription) : Effect;

/// <summary>It is waited for no more.</summary>
/// <param name="Subscription">Its number.</param>
public sealed record Unsubscribed(int Subscription) : Effect;

/// <summary>A message is to be sent; the instance has gone on.</summary>
/// <param name="Node">Who sends it.</param>
/// <param name="Name">Its name; empty for a send task without a message.</param>
/// <param name="CorrelationKey">What it carries to be told apart; null for nothing.</param>
/// <param name="Payload">Variables it carries.</param>
public sealed record MessageSent(GraphNode Node, string Name, string? CorrelationKey, ImmutableDictionary<string, Value> Payload) : Effect;

/// <summary>A signal was thrown. What waits for it in this instance has caught it already; the host tells all others.</summary>
/// <param name="Node">Who throws it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Payload">Variables it carries.</param>
public sealed record SignalThrown(GraphNode Node, string Name, ImmutableDictionary<string, Value> Payload) : Effect;

/// <summary>A service is asked of the host, which answers with <see cref="CompleteRequest"/>, <see cref="FailRequest"/> or <see cref="RaiseError"/>.</summary>
/// <param name="Request">Its number and node instance.</param>
/// <param name="Node">Who asks; what is asked is in <see cref="FlowNode.Service"/>.</param>
/// <param name="Inputs">Variables local to the activity; with none, the instance's are meant.</param>
public sealed record ServiceRequested(Request Request, GraphNode Node, ImmutableDictionary<string, Value> Inputs) : Effect;

/// <summary>Another process is to be started; the host answers with <see cref="CompleteRequest"/> (its variables), <see cref="RaiseError"/>, <see cref="RaiseEscalation"/> or <see cref="FailRequest"/>.</summary>
/// <param name="Request">Its number, node instance and process.</param>
/// <param name="Node">The call activity; binding and version are in <see cref="FlowNode.Call"/>.</param>
/// <param name="BusinessKey">Handed on; null for none.</param>
/// <param name="Variables">Handed over.</param>
public sealed record CallRequested(Request Request, GraphNode Node, string? BusinessKey, ImmutableDictionary<string, Value> Variables) : Effect;

/// <summary>A service or called process is no longer wanted: the host cancels it.</summary>
/// <param name="Request">Its number.</param>
public sealed record RequestCancelled(int Request) : Effect;

/// <summary>Something is stuck.</summary>
/// <param name="Incident">It.</param>
/// <param name="Node">Where.</param>
public sealed record IncidentRaised(Incident Incident, GraphNode Node) : Effect;

/// <summary>It is stuck no more.</summary>
/// <param name="Incident">Its number.</param>
public sealed record IncidentGone(int Incident) : Effect;

/// <summary>An escalation that nothing in this instance caught, for the process that called it.</summary>
/// <param name="Code">Its code; null for none.</param>
public sealed record EscalationRaised(string? Code) : Effect;

/// <summary>The instance has ended.</summary>
/// <param name="Status">How.</param>
/// <param name="ErrorCode">Code of the error that nothing caught; null for none.</param>
/// <param name="EndEvent">Id of the end event reached last; null for none.</param>
public sealed record InstanceEnded(InstanceStatus Status, string? ErrorCode, string? EndEvent) : Effect;

/// <summary>What the history says of a moment.</summary>
public enum HistoryKind
{
    /// <summary>A node was entered.</summary>
    Entered,

    /// <summary>A node was left.</summary>
    Left,

    /// <summary>A flow was taken.</summary>
    Took,

    /// <summary>An event was caught or thrown.</summary>
    Happened,

    /// <summary>A person did something with a task.</summary>
    Acted,
}

/// <summary>One line of the instance's history, to be kept and never changed.</summary>
/// <param name="Kind">What.</param>
/// <param name="Node">Id of the node or flow.</param>
/// <param name="Instance">Number of the node instance; 0 for none.</param>
/// <param name="At">When.</param>
/// <param name="Reason">How a node was left; null for others.</param>
/// <param name="Actor">Who; null for the system.</param>
/// <param name="Text">What a person did (`claim`, `agree`, `reject` …, as the command is called), or an error's code; null for nothing.</param>
public sealed record Recorded(HistoryKind Kind, string Node, int Instance, DateTimeOffset At, Leaving? Reason = null, string? Actor = null, string? Text = null) : Effect
{
    /// <summary>Number of the task a person acted on; 0 for none.</summary>
    public int Task { get; init; }

    /// <summary>Whom or which node it was given to; null for nobody.</summary>
    public string? To { get; init; }

    /// <summary>What the person said about it, or the rule by which it was done; null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>A command that was not taken; the state is as before.</summary>
/// <param name="Code">Why, in kebab-case; also the key of its text.</param>
/// <param name="Arguments">What the text's holes are filled with.</param>
public sealed record Refused(string Code, params ImmutableArray<string> Arguments);

/// <summary>What a command gave.</summary>
/// <param name="State">The new state; the old one when refused.</param>
/// <param name="Effects">What the host should do and keep, in order; none when refused.</param>
/// <param name="Refusal">Why it was not taken; null when it was.</param>
public readonly record struct Applied(InstanceState State, IReadOnlyList<Effect> Effects, Refused? Refusal);
