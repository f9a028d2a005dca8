using System.Collections.Immutable;

namespace Evenhand.Bpmn.Model;

/// <summary>One flow node of a process as read from its file: an activity, a gateway or an event.</summary>
public sealed record FlowNode
{
    /// <summary>The element's id; made up (`_line_kind`) where the file gives none.</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>Its name as drawn; null when none.</summary>
    public string? Name { get; init; }

    /// <summary>Line of its start tag, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The text of its `documentation`; null when none.</summary>
    public string? Documentation { get; init; }

    /// <summary>Id of the flow taken when no condition holds; null when none.</summary>
    public string? DefaultFlow { get; init; }

    /// <summary>The activity only compensates another (`isForCompensation`) and is never entered by a flow.</summary>
    public bool IsForCompensation { get; init; }

    /// <summary>What an event waits for or does; null for what is no event.</summary>
    public EventSpec? Event { get; init; }

    /// <summary>Id of the activity a boundary event sits on.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>A boundary event or the start of an event sub-process that stops what it interrupts (`cancelActivity`, `isInterrupting`; true when not said).</summary>
    public bool Interrupting { get; init; } = true;

    /// <summary>How often the activity is done; null for once.</summary>
    public LoopSpec? Loop { get; init; }

    /// <summary>Who does a user task, until when; null for what is no user task.</summary>
    public TaskSpec? Task { get; init; }

    /// <summary>What a service, send or business rule task, or a throwing message event asks of the host; null when it asks nothing.</summary>
    public ServiceSpec? Service { get; init; }

    /// <summary>The process a call activity calls; null for what is no call activity.</summary>
    public CallSpec? Call { get; init; }

    /// <summary>Expression of a script task (its `script`), and the variable its value goes to (`resultVariable`); null when none.</summary>
    public ScriptSpec? Script { get; init; }

    /// <summary>What is inside a sub-process, transaction or ad-hoc sub-process; null for others.</summary>
    public Body? Body { get; init; }

    /// <summary>The sub-process is started by an event, not by a flow (`triggeredByEvent`).</summary>
    public bool TriggeredByEvent { get; init; }

    /// <summary>Of an ad-hoc sub-process: sequential order, completion condition, whether the rest is cancelled; null for others.</summary>
    public AdHocSpec? AdHoc { get; init; }

    /// <summary>Of a receive task: the message it waits for (id of the `message`); null when it waits for a trigger.</summary>
    public string? MessageRef { get; init; }

    /// <summary>The event gateway creates an instance (`instantiate`), or the receive task does.</summary>
    public bool Instantiates { get; init; }

    /// <summary>Variables set on entering, local to the activity (`camunda:inputParameter`, `zeebe:input`).</summary>
    public IReadOnlyList<Mapping> Inputs { get; init; } = [];

    /// <summary>Variables handed out on leaving (`camunda:outputParameter`, `zeebe:output`).</summary>
    public IReadOnlyList<Mapping> Outputs { get; init; } = [];

    /// <summary>Expression that, when true on entering, passes the activity by (`skipExpression`); null when none.</summary>
    public string? SkipExpression { get; init; }

    /// <summary>Other extension attributes and properties, by local name (`camunda:property`, `zeebe:header`); for the host.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Local name of the XML element, for what is not supported.</summary>
    public string ElementName { get; init; } = "";
}

/// <summary>An event's definition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Reference">Id of the message, signal, error or escalation; the link's name; the activity to compensate; null for none or all.</param>
/// <param name="Timer">How a timer is written; null for others.</param>
/// <param name="Text">The timer's or condition's expression; null for others.</param>
/// <param name="Line">Line of the definition, from 1.</param>
public sealed record EventSpec(EventKind Kind, string? Reference = null, TimerKind? Timer = null, string? Text = null, int Line = 0)
{
    /// <summary>Variable that receives an error's or escalation's code (`camunda:errorCodeVariable`, `escalationCodeVariable`); null for none.</summary>
    public string? CodeVariable { get; init; }

    /// <summary>Names of the definitions, where there are several or an unknown one.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Of a throwing compensation: goes on only when the compensation is done (`waitForCompletion`; true when not said).</summary>
    public bool WaitForCompletion { get; init; } = true;

    /// <summary>Names of variables whose change makes a condition be looked at (`camunda:variableName`); null for all.</summary>
    public string? VariableName { get; init; }

    /// <summary>Payload of a thrown signal or message (`camunda:in` inside the definition).</summary>
    public IReadOnlyList<Mapping> Payload { get; init; } = [];
}

/// <summary>How often an activity is done.</summary>
/// <param name="Kind">Loop, one after the other, or all at once.</param>
/// <param name="Line">Line of the marker, from 1.</param>
public sealed record LoopSpec(LoopKind Kind, int Line)
{
    /// <summary>Expression of how many (`loopCardinality`), or a loop's `loopMaximum`; null when none.</summary>
    public string? Cardinality { get; init; }

    /// <summary>Variable name or expression of the collection (`collection`, `loopDataInputRef`, `inputCollection`); null when none.</summary>
    public string? Collection { get; init; }

    /// <summary>Variable of each element (`elementVariable`, `inputDataItem`, `inputElement`); null when none.</summary>
    public string? ElementVariable { get; init; }

    /// <summary>Variable that collects results (`outputCollection`), and the expression of each (`outputElement`); null when none.</summary>
    public string? OutputCollection { get; init; }

    /// <summary>Expression of each result; null when none.</summary>
    public string? OutputElement { get; init; }

    /// <summary>The activity is done when this holds (`completionCondition`); for a loop, it goes on while its `loopCondition` holds.</summary>
    public string? Condition { get; init; }

    /// <summary>Of a loop: the condition is asked before the first time (`testBefore`).</summary>
    public bool TestBefore { get; init; }
}

/// <summary>Who does a user task and until when; texts with `${…}` are expressions.</summary>
public sealed record TaskSpec
{
    /// <summary>Who it is given to; null for nobody yet.</summary>
    public string? Assignee { get; init; }

    /// <summary>Who may claim it: user ids, comma separated; also from `potentialOwner` with `user(…)`.</summary>
    public string? CandidateUsers { get; init; }

    /// <summary>Groups or roles whose people may claim it, comma separated; also from `potentialOwner`.</summary>
    public string? CandidateGroups { get; init; }

    /// <summary>When it is due: an instant or a duration; null for never.</summary>
    public string? DueDate { get; init; }

    /// <summary>When to come back to it; null for none.</summary>
    public string? FollowUpDate { get; init; }

    /// <summary>A whole number, 0 to 100 by custom; null for 50.</summary>
    public string? Priority { get; init; }

    /// <summary>Key or id of its form; null for none.</summary>
    public string? FormKey { get; init; }

    /// <summary>Rules of voting and of empty or repeated assignees, from `evenhand:` attributes, by local name (`vote`, `veto`, `ratio`, `emptyAssignee`, `rejectTo` …).</summary>
    public IReadOnlyDictionary<string, string> Policies { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>What is asked of the host.</summary>
/// <param name="Kind">How it is written: `class`, `expression`, `delegateExpression`, `topic`, `type` (zeebe job type, connector), `decision`.</param>
/// <param name="Text">The text.</param>
/// <param name="ResultVariable">Variable of the result; null for none.</param>
public sealed record ServiceSpec(string Kind, string Text, string? ResultVariable = null)
{
    /// <summary>Fields, headers and input parameters given with it (`camunda:field`, `zeebe:header`), by name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How often the host should try (`zeebe:taskDefinition retries`); null for its own rule.</summary>
    public string? Retries { get; init; }
}

/// <summary>The process a call activity calls.</summary>
/// <param name="Element">Its key, may be an expression.</param>
/// <param name="Binding">`latest`, `deployment`, `version` or `versionTag`.</param>
/// <param name="Version">The version wanted; null for none.</param>
/// <param name="BusinessKey">Expression of the business key handed on; null for none.</param>
/// <param name="In">Variables handed to it; a mapping without source and target with <see cref="Mapping.All"/> hands over all.</param>
/// <param name="Out">Variables taken back.</param>
public sealed record CallSpec(string Element, string Binding, string? Version, string? BusinessKey, IReadOnlyList<Mapping> In, IReadOnlyList<Mapping> Out)
{
    /// <summary>All is handed over and taken back, as both lists then say too (as `zeebe` files mean it; in the other dialects nothing is handed over unless said).</summary>
    public bool PassesAll { get; init; }
}

/// <summary>One variable taken from an expression or another variable.</summary>
/// <param name="Target">Name of the variable set.</param>
/// <param name="Source">Name of the variable read; null when an expression is.</param>
/// <param name="Expression">Text with `${…}`, or FEEL `=…`; null when a variable is read.</param>
/// <param name="All">All variables (`variables="all"`).</param>
public sealed record Mapping(string Target, string? Source, string? Expression, bool All = false);

/// <summary>A script task's script.</summary>
/// <param name="Format">`scriptFormat`; null when not said.</param>
/// <param name="Text">The script.</param>
/// <param name="ResultVariable">Variable of its value; null for none.</param>
public sealed record ScriptSpec(string? Format, string Text, string? ResultVariable);

/// <summary>What is said of an ad-hoc sub-process.</summary>
/// <param name="Sequential">One activity at a time.</param>
/// <param name="CompletionCondition">Done when this holds; null: when nothing is open.</param>
/// <param name="CancelsRemaining">What is open is cancelled then (`cancelRemainingInstances`; true when not said).</param>
/// <param name="ActiveElements">Expression of the ids to start at once (`zeebe:activeElementsCollection`); null for those without incoming flow.</param>
public sealed record AdHocSpec(bool Sequential, string? CompletionCondition, bool CancelsRemaining, string? ActiveElements);
