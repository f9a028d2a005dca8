using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Where an instance stands as a whole.</summary>
public enum InstanceStatus
{
    /// <summary>Not started yet.</summary>
    New,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Running, but nothing moves until it is resumed.</summary>
    Suspended,

    /// <summary>Every token reached an end.</summary>
    Completed,

    /// <summary>Stopped by a terminate end event.</summary>
    Terminated,

    /// <summary>Ended by an error that nothing caught.</summary>
    Failed,

    /// <summary>Cancelled from outside.</summary>
    Cancelled,
}

/// <summary>What a node instance is to the loop marker of its node.</summary>
public enum NodeRole
{
    /// <summary>The node has no marker.</summary>
    Once,

    /// <summary>The body around all repetitions; boundary events sit on it.</summary>
    Body,

    /// <summary>One of the repetitions; its parent is the body.</summary>
    Repetition,
}

/// <summary>Where a token could not go on.</summary>
public enum Stuck
{
    /// <summary>It is not stuck.</summary>
    No,

    /// <summary>On entering its node, which is entered again by a retry.</summary>
    Entering,

    /// <summary>On leaving its node, which is done; its flows are looked at again by a retry.</summary>
    Leaving,

    /// <summary>On handing out what its node, which is done, gives; that is read again by a retry.</summary>
    HandingOut,
}

/// <summary>Anything of an instance that has a number: unique within it, growing, never used again.</summary>
public interface INumbered
{
    /// <summary>The number, from 1; 0 is the instance's root.</summary>
    int Id { get; }
}

/// <summary>A node that is being done: the tree of them is where the instance's tokens are.</summary>
/// <param name="Id">Its number; 0 for the root, which is the process itself.</param>
/// <param name="Node">Its node.</param>
/// <param name="Parent">Number of the node instance it is in; -1 for the root.</param>
public sealed record NodeInstance(int Id, GraphNode Node, int Parent) : INumbered
{
    /// <summary>Its part in a multi-instance or loop.</summary>
    public NodeRole Role { get; init; }

    /// <summary>Which repetition, from 0; -1 for none.</summary>
    public int LoopCounter { get; init; } = -1;

    /// <summary>Variables local to it; null for none. Those of the root are the instance's.</summary>
    public ImmutableDictionary<string, Value>? Variables { get; init; }

    /// <summary>Counters of a body; null for others.</summary>
    public Repetitions? Repetitions { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Number of the step (<see cref="Step"/>) that brought it about; 0 for the start.</summary>
    public int Cause { get; init; }

    /// <summary>It throws compensation, or is a transaction being cancelled, and waits for so many compensating activities; 0 for none.</summary>
    public int Compensating { get; init; }

    /// <summary>Number of the node instance that threw the compensation it does; -1 when that does not wait for it; 0 when it compensates nothing.</summary>
    public int CompensatesFor { get; init; }

    /// <summary>Where the token could not go on; see <see cref="InstanceState.Incidents"/>.</summary>
    public Stuck Stuck { get; init; }

    /// <summary>What it must enter instead of its outgoing flows when done: the node that sent the work back; null for the usual way.</summary>
    public GraphNode? ReturnsTo { get; init; }

    /// <summary>Who sent the work back and gets the task then; null for whomever the file names.</summary>
    public string? ReturnsFor { get; init; }

    /// <summary>Number of the step that had brought about the task of who sent it back, which still counts; 0 for the start.</summary>
    public int ReturnsBecause { get; init; }
}

/// <summary>The counters of a multi-instance body or a loop.</summary>
/// <param name="Total">How many there are (`nrOfInstances`), those taken out not counted; of a loop, how many there may be at most.</param>
/// <param name="Started">How many were started, those taken out since included.</param>
/// <param name="Completed">How many are done (`nrOfCompletedInstances`).</param>
/// <param name="Items">The collection's values, in order; default when a number was given.</param>
public sealed record Repetitions(int Total, int Started, int Completed, ImmutableArray<Value> Items)
{
    /// <summary>Those done that agreed, by the votes of their tasks.</summary>
    public int Agreed { get; init; }

    /// <summary>Those done that refused.</summary>
    public int Refused { get; init; }

    /// <summary>What each gave, by repetition, where results are collected.</summary>
    public ImmutableArray<Value> Results { get; init; } = [];

    /// <summary>Signers added at run time, the last of the repetitions; empty for none.</summary>
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>How many repetitions were taken out again: started, never done, and no part of the total.</summary>
    public int Removed { get; init; }
}

/// <summary>A token that waits at a join.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Scope">Number of the node instance it is in.</param>
/// <param name="Node">The gateway.</param>
/// <param name="Flow">The flow it came by.</param>
/// <param name="Cause">Number of the step that brought it about.</param>
public sealed record Arrival(int Id, int Scope, GraphNode Node, GraphFlow Flow, int Cause) : INumbered;

/// <summary>How far a delegation is.</summary>
public enum Delegation
{
    /// <summary>Not delegated.</summary>
    None,

    /// <summary>Given to somebody else, to come back.</summary>
    Pending,

    /// <summary>Come back to its owner.</summary>
    Resolved,
}

/// <summary>An open task of a person.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Instance">Number of its node instance.</param>
/// <param name="Node">Its user task.</param>
/// <param name="Created">When it was opened.</param>
public sealed record HumanTask(int Id, int Instance, GraphNode Node, DateTimeOffset Created) : INumbered
{
    /// <summary>Its name, with the expressions of its text filled in; the node's id when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who does it; null while nobody does.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whom a delegated task comes back to; null when not delegated.</summary>
    public string? Owner { get; init; }

    /// <summary>How far a delegation is.</summary>
    public Delegation Delegation { get; init; }

    /// <summary>Who may claim it; empty for nobody named.</summary>
    public ImmutableArray<string> CandidateUsers { get; init; } = [];

    /// <summary>Groups whose people may claim it; empty for none named.</summary>
    public ImmutableArray<string> CandidateGroups { get; init; } = [];

    /// <summary>When it is due; null for never.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When to come back to it; null for none.</summary>
    public DateTimeOffset? FollowUp { get; init; }

    /// <summary>How urgent, 50 being usual.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>Key of its form; null for none.</summary>
    public string? Form { get; init; }

    /// <summary>Somebody claimed, delegated, saved or otherwise worked on it since it was opened: the step before can no longer be withdrawn.</summary>
    public bool Touched { get; init; }

    /// <summary>Signers to come after this one, in order (add-sign after).</summary>
    public ImmutableArray<string> After { get; init; } = [];

    /// <summary>Number of the task that waits for this one, whose signer was added before it; 0 for none.</summary>
    public int Before { get; init; }

    /// <summary>How many signers added before it have yet to sign; it cannot be completed until then.</summary>
    public int WaitsFor { get; init; }

    /// <summary>Its assignee was added as a signer at run time.</summary>
    public bool Added { get; init; }

    /// <summary>What its person has saved and not yet handed in; no variables of the instance. Null for nothing.</summary>
    public ImmutableDictionary<string, Value>? Draft { get; init; }
}

/// <summary>An armed timer.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Owner">Number of the node instance with which it ends.</param>
/// <param name="Node">The event it fires.</param>
/// <param name="Due">When it fires.</param>
/// <param name="Plan">Its plan, as text, from which it is armed again; null when it fires once.</param>
/// <param name="Remaining">Firings left, this one included; null for ever.</param>
public sealed record ArmedTimer(int Id, int Owner, GraphNode Node, DateTimeOffset Due, string? Plan, int? Remaining) : INumbered;

/// <summary>Something waited for: a message, a signal or a condition.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Owner">Number of the node instance with which it ends.</param>
/// <param name="Node">The event or receive task.</param>
/// <param name="Kind">Message, signal or conditional.</param>
/// <param name="Name">Name of the message or signal; empty for a condition.</param>
/// <param name="CorrelationKey">What the message must carry; null for nothing.</param>
public sealed record Subscription(int Id, int Owner, GraphNode Node, EventKind Kind, string Name, string? CorrelationKey) : INumbered;

/// <summary>A service the host was asked for, or a process it was asked to call.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Instance">Number of the node instance that waits for it.</param>
/// <param name="IsCall">A call activity; otherwise a service.</param>
public sealed record Request(int Id, int Instance, bool IsCall) : INumbered
{
    /// <summary>Key of the process called; null for a service.</summary>
    public string? Process { get; init; }

    /// <summary>It failed and waits for a retry.</summary>
    public bool Failed { get; init; }
}

/// <summary>Something that stopped a token, until somebody mends it and retries.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Instance">Number of the node instance that is stuck.</param>
/// <param name="Code">What it is, in kebab-case.</param>
/// <param name="Since">When it happened.</param>
/// <param name="Arguments">What the text's holes are filled with.</param>
public sealed record Incident(int Id, int Instance, string Code, DateTimeOffset Since, params ImmutableArray<string> Arguments) : INumbered;

/// <summary>An activity that was done and can be compensated.</summary>
/// <param name="Id">Its number; later ones are compensated first.</param>
/// <param name="Scope">Number of the node instance it was done in; -1 when it belongs to a sub-process that is done.</param>
/// <param name="Node">The activity.</param>
/// <param name="Within">Number of the entry of the sub-process it was done in; 0 for none.</param>
/// <param name="Variables">Local variables at its end; null for none.</param>
public sealed record Compensable(int Id, int Scope, GraphNode Node, int Within, ImmutableDictionary<string, Value>? Variables) : INumbered;

/// <summary>One human decision of the past, from which it is known what it brought about.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Node">The user task; null where tokens of several steps met.</param>
/// <param name="Causes">Numbers of the steps that brought it about, 0 or none for the start; a second one, where a person did it, is the step that had led to whom the work returned straight.</param>
/// <param name="Task">Number of the task that was completed; 0 for none.</param>
/// <param name="Actor">Who did it; null when not said.</param>
/// <param name="Assignee">Whose task it was; null for nobody's.</param>
/// <param name="At">When.</param>
/// <param name="LoopCounter">Which repetition of a multi-instance, from 0; -1 for none.</param>
public sealed record Step(int Id, GraphNode? Node, ImmutableArray<int> Causes, int Task, string? Actor, string? Assignee, DateTimeOffset At, int LoopCounter) : INumbered
{
    /// <summary>Something left the house because of it (a service, a message, a call): it cannot be withdrawn.</summary>
    public bool LeftTheHouse { get; init; }

    /// <summary>It was taken back or rejected, and counts no more.</summary>
    public bool Undone { get; init; }

    /// <summary>What was decided, when the task is one of several signers'.</summary>
    public Vote Vote { get; init; }

    /// <summary>Number of the node instance it was done in; of a repetition, its body. 0 where tokens met.</summary>
    public int Within { get; init; }

    /// <summary>Number of the task that waited for this signer; 0 for none.</summary>
    public int Before { get; init; }

    /// <summary>Ids of the flows by which tokens met at a join, one for each of the causes (a flow may come twice); empty for others.</summary>
    public ImmutableArray<string> Flows { get; init; } = [];
}

/// <summary>What a signer says.</summary>
public enum Vote
{
    /// <summary>The task asks for no vote.</summary>
    None,

    /// <summary>Agrees.</summary>
    Agree,

    /// <summary>Refuses.</summary>
    Refuse,
}

/// <summary>Everything an instance is, immutable: the value that <see cref="Engine.Apply"/> takes and gives. Rows are in the order of their numbers.</summary>
public sealed record InstanceState
{
    internal InstanceState(Definition definition, string id) => (Definition, Id) = (definition, id);

    /// <summary>The definition it runs by, for its whole life unless it is migrated.</summary>
    public Definition Definition { get; internal init; }

    /// <summary>The host's id of it.</summary>
    public string Id { get; internal init; }

    /// <summary>What the business knows it by; null for nothing.</summary>
    public string? BusinessKey { get; internal init; }

    /// <summary>Where it stands as a whole.</summary>
    public InstanceStatus Status { get; internal init; }

    /// <summary>Who started it; null when not said.</summary>
    public string? Starter { get; internal init; }

    /// <summary>How many commands were taken: it grows by one each, for the host's check against lost updates.</summary>
    public int Version { get; internal init; }

    /// <summary>Id of the process's own end event reached last; null for none yet.</summary>
    public string? EndEvent { get; internal init; }

    /// <summary>What is being done; the first is the process itself. Empty when ended.</summary>
    public ImmutableArray<NodeInstance> Nodes { get; internal init; } = [];

    /// <summary>Tokens that wait at joins.</summary>
    public ImmutableArray<Arrival> Arrivals { get; internal init; } = [];

    /// <summary>Open tasks of people.</summary>
    public ImmutableArray<HumanTask> Tasks { get; internal init; } = [];

    /// <summary>Armed timers.</summary>
    public ImmutableArray<ArmedTimer> Timers { get; internal init; } = [];

    /// <summary>Messages, signals and conditions waited for.</summary>
    public ImmutableArray<Subscription> Subscriptions { get; internal init; } = [];

    /// <summary>Services and calls the host has yet to answer.</summary>
    public ImmutableArray<Request> Requests { get; internal init; } = [];

    /// <summary>What is stuck.</summary>
    public ImmutableArray<Incident> Incidents { get; internal init; } = [];

    /// <summary>What could be compensated.</summary>
    public ImmutableArray<Compensable> Compensables { get; internal init; } = [];

    /// <summary>The human decisions so far; of very many, the old ones are forgotten that neither live work nor a way back needs.</summary>
    public ImmutableArray<Step> Steps { get; internal init; } = [];

    /// <summary>The instance's variables; kept when it has ended.</summary>
    public ImmutableDictionary<string, Value> Variables { get; internal init; } = ImmutableDictionary<string, Value>.Empty;

    internal int NextId { get; init; } = 1;

    /// <summary>It has ended, one way or another.</summary>
    public bool HasEnded => Status is InstanceStatus.Completed or InstanceStatus.Terminated or InstanceStatus.Failed or InstanceStatus.Cancelled;

    /// <summary>An instance that is not started yet.</summary>
    /// <param name="definition">What it will run by.</param>
    /// <param name="id">The host's id of it, not empty.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public static InstanceState New(Definition definition, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new InstanceState(definition, id);
    }
}
