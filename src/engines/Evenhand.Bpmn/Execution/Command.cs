using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Bpmn.Execution;

/// <summary>Something that is to happen to an instance.</summary>
public abstract record Command
{
    /// <summary>Who wants it; null for the system.</summary>
    public string? Actor { get; init; }

    /// <summary>Variables set with it; null for none.</summary>
    public ImmutableDictionary<string, Value>? Variables { get; init; }
}

/// <summary>Starts the instance.</summary>
/// <param name="At">Id of the start event, or of another node of the process itself to begin at; null for the start without an event, or the only one.</param>
public sealed record Start(string? At = null) : Command
{
    /// <summary>What the business knows it by; null for nothing.</summary>
    public string? BusinessKey { get; init; }
}

/// <summary>A timer fires; late or not, once.</summary>
/// <param name="Timer">Its number.</param>
public sealed record FireTimer(int Timer) : Command;

/// <summary>A message has come for the instance.</summary>
/// <param name="Name">Its name.</param>
public sealed record Correlate(string Name) : Command
{
    /// <summary>What it carries to be told apart; null for nothing.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>Number of the subscription meant, where several wait for it; null for the only one.</summary>
    public int? Subscription { get; init; }
}

/// <summary>A signal was thrown somewhere; all that wait for it catch it.</summary>
/// <param name="Name">Its name.</param>
public sealed record Broadcast(string Name) : Command;

/// <summary>Goes on from a receive task or catching event as if what it waits for had come.</summary>
/// <param name="Instance">Number of the node instance.</param>
public sealed record Trigger(int Instance) : Command;

/// <summary>A service or called process the host was asked for is done; <see cref="Command.Variables"/> of a call are those the called process ended with.</summary>
/// <param name="Request">Its number.</param>
public sealed record CompleteRequest(int Request) : Command
{
    /// <summary>Result of a service, for the variable the file names.</summary>
    public Value Result { get; init; }
}

/// <summary>A service or a called process could not be done, for a technical reason: it becomes an incident, to be retried.</summary>
/// <param name="Request">Its number.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record FailRequest(int Request, string Reason) : Command;

/// <summary>A task, service or called process ends with an error of the business, which an event may catch.</summary>
/// <param name="Instance">Number of the node instance it comes from.</param>
/// <param name="Code">The error's code.</param>
public sealed record RaiseError(int Instance, string Code) : Command;

/// <summary>A task, service or called process escalates, and goes on unless an interrupting event catches it.</summary>
/// <param name="Instance">Number of the node instance it comes from.</param>
/// <param name="Code">The escalation's code; null for none.</param>
public sealed record RaiseEscalation(int Instance, string? Code) : Command;

/// <summary>Sets variables; conditions are looked at again.</summary>
/// <param name="Instance">Number of the node instance they are set at; 0 for the whole.</param>
public sealed record SetVariables(int Instance = 0) : Command;

/// <summary>Stops the instance for good.</summary>
/// <param name="Reason">Why, for people; null for none.</param>
public sealed record Cancel(string? Reason = null) : Command;

/// <summary>Nothing moves until it is resumed.</summary>
public sealed record Suspend : Command;

/// <summary>It goes on.</summary>
public sealed record Resume : Command;

/// <summary>Tries again what was stuck.</summary>
/// <param name="Incident">Its number.</param>
public sealed record Retry(int Incident) : Command;

/// <summary>Takes tokens from where they are and sets them elsewhere: the ground of rejecting, jumping and withdrawing.</summary>
/// <param name="From">Numbers of the node instances, or of tokens waiting at joins, that are given up; multi-instance repetitions take their body with them.</param>
/// <param name="To">Ids of the nodes that are entered, once each.</param>
public sealed record Move(ImmutableArray<int> From, ImmutableArray<string> To) : Command;

/// <summary>Starts an activity of an ad-hoc sub-process.</summary>
/// <param name="Instance">Number of the sub-process's node instance.</param>
/// <param name="Node">Id of the activity.</param>
public sealed record StartActivity(int Instance, string Node) : Command;

/// <summary>Ends an ad-hoc sub-process; what is open in it is cancelled.</summary>
/// <param name="Instance">Number of its node instance.</param>
public sealed record EndAdHoc(int Instance) : Command;
