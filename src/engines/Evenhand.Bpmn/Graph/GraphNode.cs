using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Graph;

/// <summary>A flow node ready to run: its neighbours by reference, its expressions compiled. Immutable once its definition is compiled.</summary>
public sealed class GraphNode
{
    internal GraphNode(int index, FlowNode source, GraphNode? parent)
    {
        Index = index;
        Source = source;
        Parent = parent;
    }

    /// <summary>Its number in the definition, from 0, which is the process itself.</summary>
    public int Index { get; }

    /// <summary>Its id in the file; of the process: the process's key.</summary>
    public string Id => Source.Id;

    /// <summary>Its name as drawn; null when none.</summary>
    public string? Name => Source.Name;

    /// <summary>What it is.</summary>
    public NodeKind Kind => Source.Kind;

    /// <summary>It as read from the file.</summary>
    public FlowNode Source { get; }

    /// <summary>The sub-process or process it is in; null for the process itself.</summary>
    public GraphNode? Parent { get; }

    /// <summary>Flows that leave it, in the file's order.</summary>
    public IReadOnlyList<GraphFlow> Outgoing { get; internal set; } = [];

    /// <summary>Flows that reach it, in the file's order.</summary>
    public IReadOnlyList<GraphFlow> Incoming { get; internal set; } = [];

    internal GraphFlow? Default { get; set; }

    internal GraphNode[] Boundaries { get; set; } = [];

    internal GraphNode[] EventSubProcesses { get; set; } = [];

    /// <summary>Where its inside begins when it is entered without an event.</summary>
    internal GraphNode[] Starts { get; set; } = [];

    internal GraphNode? AttachedTo { get; set; }

    /// <summary>Of an event that throws or boundary that catches compensation: the activity meant or the activity that compensates.</summary>
    internal GraphNode? Compensation { get; set; }

    internal GraphNode? LinkTarget { get; set; }

    internal EventKind Event { get; set; }

    /// <summary>Name of the message or signal; code of the error or escalation (null catches all).</summary>
    internal Expression? EventName { get; set; }

    internal Expression? CorrelationKey { get; set; }

    internal string? Code { get; set; }

    internal Expression? Timer { get; set; }

    internal Expression? Condition { get; set; }

    /// <summary>The name of a task, where it has holes to be filled in.</summary>
    internal Expression? Title { get; set; }

    internal Expression? Skip { get; set; }

    internal GraphLoop? Loop { get; set; }

    internal GraphTask? Task { get; set; }

    internal TaskRules Rules { get; set; } = TaskRules.None;

    internal Expression? Call { get; set; }

    internal Expression? BusinessKey { get; set; }

    internal Expression? Script { get; set; }

    internal Expression? AdHocDone { get; set; }

    internal Expression? AdHocStarts { get; set; }

    internal GraphMapping[] Inputs { get; set; } = [];

    internal GraphMapping[] Outputs { get; set; } = [];

    internal GraphMapping[] CallIn { get; set; } = [];

    internal GraphMapping[] CallOut { get; set; } = [];

    internal GraphMapping[] Payload { get; set; } = [];

    /// <summary>Of an inclusive join: by incoming flow, the nodes of its scope from which that flow can be reached without passing the join.</summary>
    internal System.Collections.BitArray[] ReachesFlow { get; set; } = [];

    internal bool IsEventSubProcess => IsScope && Source.TriggeredByEvent;

    internal bool IsScope => Source.Body is not null;

    /// <summary>It does something, and may have events on its border: a task, sub-process or call activity; not a gateway or event.</summary>
    internal bool IsActivity => IsScope || Kind is NodeKind.Task or NodeKind.UserTask or NodeKind.ServiceTask or NodeKind.ScriptTask or NodeKind.SendTask
        or NodeKind.ReceiveTask or NodeKind.ManualTask or NodeKind.BusinessRuleTask or NodeKind.CallActivity;

    /// <summary>The sub-process or process and whatever is around it, innermost first.</summary>
    internal IEnumerable<GraphNode> Around
    {
        get
        {
            for (var at = Parent; at is not null; at = at.Parent) yield return at;
        }
    }

    /// <summary>Kind and id.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>A sequence flow ready to run.</summary>
public sealed class GraphFlow
{
    internal GraphFlow(int index, SequenceFlow source, GraphNode from, GraphNode to)
    {
        Index = index;
        Source = source;
        From = from;
        To = to;
    }

    /// <summary>Its number in the definition, from 0.</summary>
    public int Index { get; }

    /// <summary>Its id in the file.</summary>
    public string Id => Source.Id;

    /// <summary>It as read from the file.</summary>
    public SequenceFlow Source { get; }

    /// <summary>The node it leaves.</summary>
    public GraphNode From { get; }

    /// <summary>The node it reaches.</summary>
    public GraphNode To { get; }

    internal Expression? Condition { get; set; }
}

internal sealed record GraphLoop(LoopKind Kind, Expression? Cardinality, Expression? Collection, string? ElementVariable, Expression? Condition, bool TestBefore, string? OutputCollection, Expression? OutputElement);

internal sealed record GraphTask(Expression? Assignee, Expression? Users, Expression? Groups, Expression? Due, Expression? FollowUp, Expression? Priority, Expression? Form);

internal sealed record GraphMapping(string Target, Expression? Source, string? Variable, bool All);
