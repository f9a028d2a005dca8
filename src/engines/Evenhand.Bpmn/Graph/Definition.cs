using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Bpmn.Graph;

/// <summary>One process ready to run: an immutable graph, safe for any number of threads and instances.</summary>
public sealed class Definition
{
    private readonly Dictionary<string, GraphNode> _byId;

    internal Definition(BpmnModel model, ProcessModel process, GraphNode[] nodes, GraphFlow[] flows)
    {
        (Model, Process, Nodes, Flows) = (model, process, nodes, flows);
        _byId = nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);
    }

    /// <summary>The key instances are started by: the process's id.</summary>
    public string Key => Process.Id;

    /// <summary>The file it was compiled from.</summary>
    public BpmnModel Model { get; }

    /// <summary>The process of the file.</summary>
    public ProcessModel Process { get; }

    /// <summary>All nodes; the first is the process itself, a node comes after what it is in.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>All sequence flows.</summary>
    public IReadOnlyList<GraphFlow> Flows { get; }

    internal GraphNode Root => Nodes[0];

    /// <summary>The node with an id.</summary>
    /// <param name="id">Its id in the file, told apart by case.</param>
    /// <returns>Null when there is none.</returns>
    public GraphNode? Node(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The flow with an id.</summary>
    /// <param name="id">Its id in the file.</param>
    /// <returns>Null when there is none.</returns>
    public GraphFlow? Flow(string id) => Flows.FirstOrDefault(f => f.Id == id);

    /// <summary>Compiles one process of a file, with everything that stops it from running or is probably not meant, all at once.</summary>
    /// <param name="model">The file as read.</param>
    /// <param name="process">Id of the process; null for the file's only or first executable one.</param>
    /// <returns>The definition, null when a finding is an error; and the findings, the reader's first.</returns>
    public static Compiled Compile(BpmnModel model, string? process = null) => new Compiler(model).Compile(process);

    /// <summary>Compiles every process of a file that is meant to run (`isExecutable` is not false), for deploying it.</summary>
    /// <param name="model">The file as read.</param>
    /// <returns>One entry a process, in the file's order.</returns>
    public static IReadOnlyList<Compiled> CompileAll(BpmnModel model) =>
        [.. model.Processes.Where(p => p.IsExecutable != false || model.Processes.Count == 1).Select(p => Compile(model, p.Id))];

    /// <summary>The events that start an instance by themselves: messages, signals, timers and conditions of the process's own start events.</summary>
    /// <param name="now">The moment of deploying, from which durations and cycles count.</param>
    /// <param name="zone">The zone of cron expressions and of dates without one; UTC when null.</param>
    /// <returns>What the host should listen for, in the file's order; an expression that fails at deploy is left out.</returns>
    public IReadOnlyList<StartTrigger> StartTriggers(DateTimeOffset now, TimeZoneInfo? zone = null)
    {
        var found = new List<StartTrigger>();
        foreach (var node in Nodes.Where(n => n.Parent == Root && IsStart(n)))
            switch (node.Event)
            {
                case EventKind.Message or EventKind.Signal when node.EventName!.Evaluate(NoVariables.Instance, now) is { Problem: null } name:
                    found.Add(new StartTrigger(node, node.Event, name.Value.ToString(), null));
                    break;
                case EventKind.Timer when node.Timer!.Evaluate(NoVariables.Instance, now) is { Problem: null } text
                    && TimerPlan.Parse(node.Source.Event!.Timer!.Value, text.Value, now, zone ?? TimeZoneInfo.Utc, out _) is { } plan:
                    found.Add(new StartTrigger(node, EventKind.Timer, null, plan));
                    break;
                case EventKind.Conditional:
                    found.Add(new StartTrigger(node, EventKind.Conditional, null, null));
                    break;
                default:
                    break;
            }
        return found;
    }

    private static bool IsStart(GraphNode node) => node.Kind == NodeKind.StartEvent || (node.Source.Instantiates && node.Kind == NodeKind.ReceiveTask && node.Event == EventKind.Message);
}

/// <summary>What compiling gave.</summary>
/// <param name="Process">Id of the process; empty when the file has none.</param>
/// <param name="Definition">Null when a finding is an error.</param>
/// <param name="Findings">Errors, warnings and notes: what the reader found, then what compiling and checking found in the file's order.</param>
public sealed record Compiled(string Process, Definition? Definition, IReadOnlyList<Finding> Findings);

/// <summary>An event that starts an instance.</summary>
/// <param name="Node">The start event.</param>
/// <param name="Kind">Message, signal, timer or conditional.</param>
/// <param name="Name">Name of the message or signal; null for others.</param>
/// <param name="Plan">When the timer fires; null for others.</param>
public sealed record StartTrigger(GraphNode Node, EventKind Kind, string? Name, TimerPlan? Plan);

internal sealed class NoVariables : IVariables
{
    public static readonly NoVariables Instance = new();

    public bool TryGet(string name, out Value value)
    {
        value = default;
        return false;
    }
}
