using System.Collections.Immutable;

namespace Evenhand.Bpmn.Model;

/// <summary>A BPMN file as read: what it says, where it is drawn, and what was odd. Immutable.</summary>
public sealed record BpmnModel
{
    /// <summary>Id of `definitions`; null when none.</summary>
    public string? Id { get; init; }

    /// <summary>Its name; null when none.</summary>
    public string? Name { get; init; }

    /// <summary>Its target namespace; empty when none.</summary>
    public string TargetNamespace { get; init; } = "";

    /// <summary>The tool that wrote it, as it says itself; null when it does not.</summary>
    public string? Exporter { get; init; }

    /// <summary>The processes, in the file's order.</summary>
    public IReadOnlyList<ProcessModel> Processes { get; init; } = [];

    /// <summary>The pools of its collaborations, in the file's order.</summary>
    public IReadOnlyList<Pool> Pools { get; init; } = [];

    /// <summary>Flows of messages between pools.</summary>
    public IReadOnlyList<MessageFlow> MessageFlows { get; init; } = [];

    /// <summary>Annotations and groups drawn in its collaborations, outside any process.</summary>
    public IReadOnlyList<Artifact> Artifacts { get; init; } = [];

    /// <summary>Associations drawn in its collaborations.</summary>
    public IReadOnlyList<Association> Associations { get; init; } = [];

    /// <summary>Messages, signals, errors and escalations by id.</summary>
    public IReadOnlyDictionary<string, EventName> EventNames { get; init; } = ImmutableDictionary<string, EventName>.Empty;

    /// <summary>Drawn shapes by the id of their element; the first drawing of each.</summary>
    public IReadOnlyDictionary<string, Shape> Shapes { get; init; } = ImmutableDictionary<string, Shape>.Empty;

    /// <summary>Drawn lines by the id of their flow.</summary>
    public IReadOnlyDictionary<string, Edge> Edges { get; init; } = ImmutableDictionary<string, Edge>.Empty;

    /// <summary>How many elements there are, by local name, of the BPMN namespace; for comparing with other readers.</summary>
    public IReadOnlyDictionary<string, int> ElementCounts { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>What was odd but could be read: dangling references, unknown elements.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>A process.</summary>
/// <param name="Id">Its id, which is its key when deployed.</param>
/// <param name="Name">Its name; null when none.</param>
/// <param name="IsExecutable">`isExecutable`; null when not said.</param>
/// <param name="Line">Line of its start tag, from 1.</param>
/// <param name="Body">Its nodes and flows.</param>
public sealed record ProcessModel(string Id, string? Name, bool? IsExecutable, int Line, Body Body)
{
    /// <summary>A version's name given by the author (`camunda:versionTag`, `zeebe:versionTag`); null when none.</summary>
    public string? VersionTag { get; init; }

    /// <summary>Who may start it, comma separated (`camunda:candidateStarterGroups` and `…Users`); null for anybody with the right.</summary>
    public string? CandidateStarters { get; init; }

    /// <summary>The text of its `documentation`; null when none.</summary>
    public string? Documentation { get; init; }

    /// <summary>Lanes, outermost first; a nested lane names its parent.</summary>
    public IReadOnlyList<Lane> Lanes { get; init; } = [];
}

/// <summary>What a process or sub-process holds.</summary>
/// <param name="Nodes">Flow nodes, in the file's order.</param>
/// <param name="Flows">Sequence flows, in the file's order, which is the order conditions are asked in.</param>
/// <param name="Artifacts">Annotations, groups, data objects and stores; drawing only.</param>
/// <param name="Associations">Lines between nodes and artifacts, and from compensation events to the activities that compensate.</param>
public sealed record Body(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<SequenceFlow> Flows, IReadOnlyList<Artifact> Artifacts, IReadOnlyList<Association> Associations)
{
    /// <summary>Holds nothing.</summary>
    public static Body Empty { get; } = new([], [], [], []);

    /// <summary>The nodes here and in every sub-process below, parents first.</summary>
    public IEnumerable<FlowNode> AllNodes => Nodes.SelectMany(n => n.Body is null ? [n] : n.Body.AllNodes.Prepend(n));

    /// <summary>The flows here and in every sub-process below.</summary>
    public IEnumerable<SequenceFlow> AllFlows => Flows.Concat(Nodes.Where(n => n.Body is not null).SelectMany(n => n.Body!.AllFlows));
}

/// <summary>A sequence flow.</summary>
/// <param name="Id">Its id; made up where the file gives none.</param>
/// <param name="Source">Id of the node it leaves.</param>
/// <param name="Target">Id of the node it reaches.</param>
/// <param name="Name">Its name; null when none.</param>
/// <param name="Condition">Text of its condition; null when it has none.</param>
/// <param name="Line">Line of its start tag, from 1.</param>
public sealed record SequenceFlow(string Id, string Source, string Target, string? Name, string? Condition, int Line);

/// <summary>A pool (`participant`).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null when none.</param>
/// <param name="Process">Id of the process in it; null for a black box.</param>
public sealed record Pool(string Id, string? Name, string? Process);

/// <summary>A lane.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null when none.</param>
/// <param name="Parent">Id of the lane around it; null for an outermost one.</param>
/// <param name="Nodes">Ids of the nodes in it.</param>
public sealed record Lane(string Id, string? Name, string? Parent, IReadOnlyList<string> Nodes);

/// <summary>A message flow between two pools or nodes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">Id of the sender.</param>
/// <param name="Target">Id of the receiver.</param>
/// <param name="Name">Its name; null when none.</param>
public sealed record MessageFlow(string Id, string Source, string Target, string? Name);

/// <summary>A message, signal, error or escalation that events refer to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Which of the four.</param>
/// <param name="Name">Its name, may be an expression; null when none.</param>
/// <param name="Code">Code of an error or escalation; null when none.</param>
/// <param name="CorrelationKey">Expression a message is told apart by (`zeebe:subscription correlationKey`); null when none.</param>
/// <param name="Line">Line of its start tag, from 1.</param>
public sealed record EventName(string Id, EventKind Kind, string? Name, string? Code, string? CorrelationKey, int Line);

/// <summary>A note, group, data object or data store; drawn, not executed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Local name of its element.</param>
/// <param name="Text">Its text or name; null when none.</param>
public sealed record Artifact(string Id, string Kind, string? Text);

/// <summary>An association.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">Id of one end.</param>
/// <param name="Target">Id of the other.</param>
public sealed record Association(string Id, string Source, string Target)
{
    /// <summary>It points from the source to the target: `associationDirection` One, or data going in or out of a node (`dataInputAssociation`, `dataOutputAssociation`).</summary>
    public bool IsDirected { get; init; }
}

/// <summary>A rectangle on the drawing; x to the right, y downwards, in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width, not negative.</param>
/// <param name="Height">Height, not negative.</param>
public readonly record struct Box(double X, double Y, double Width, double Height);

/// <summary>A point on the drawing, in pixels.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
public readonly record struct Spot(double X, double Y);

/// <summary>A drawn shape.</summary>
/// <param name="Element">Id of the element it draws.</param>
/// <param name="Box">Where.</param>
/// <param name="Label">Where its name stands; null for inside or below.</param>
/// <param name="IsExpanded">A sub-process shows what is inside.</param>
/// <param name="IsHorizontal">A pool or lane runs from left to right.</param>
public sealed record Shape(string Element, Box Box, Box? Label = null, bool IsExpanded = true, bool IsHorizontal = true);

/// <summary>A drawn line.</summary>
/// <param name="Element">Id of the flow or association it draws.</param>
/// <param name="Spots">Its corners, at least two.</param>
/// <param name="Label">Where its name stands; null for in the middle.</param>
public sealed record Edge(string Element, IReadOnlyList<Spot> Spots, Box? Label = null);
