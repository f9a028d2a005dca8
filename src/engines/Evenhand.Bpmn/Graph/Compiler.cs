using System.Collections;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Graph;

/// <summary>Turns a process as read into a graph that runs, and says everything that is in the way.</summary>
internal sealed class Compiler(BpmnModel model)
{
    private readonly List<Finding> _findings = [.. model.Findings];
    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphFlow> _flows = [];
    private readonly Dictionary<string, GraphNode> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression?> _texts = new(StringComparer.Ordinal);

    public Compiled Compile(string? id)
    {
        var process = id is null
            ? model.Processes.FirstOrDefault(p => p.IsExecutable == true) ?? model.Processes.FirstOrDefault(p => p.Body.Nodes.Count > 0) ?? (model.Processes.Count > 0 ? model.Processes[0] : null)
            : model.Processes.FirstOrDefault(p => p.Id == id);
        if (process is null)
        {
            _findings.Add(new Finding(Severity.Error, id is null ? "no-process" : "process-unknown", id, 0, id is null ? [] : [id]));
            return new Compiled(id ?? "", null, _findings);
        }
        var root = new GraphNode(0, new FlowNode { Id = process.Id, Name = process.Name, Kind = NodeKind.SubProcess, Line = process.Line, Body = process.Body }, null);
        _nodes.Add(root);
        _byId[root.Id] = root;
        AddNodes(root, process.Body);
        foreach (var scope in _nodes.Where(n => n.IsScope).ToList()) Connect(scope);
        foreach (var node in _nodes) new NodeCompiler(model, this, node).Compile();
        foreach (var scope in _nodes.Where(n => n.IsScope)) Reach(scope);
        var definition = new Definition(model, process, [.. _nodes], [.. _flows]);
        _findings.AddRange(Checks.Refused.Find(definition));
        if (_findings.All(f => f.Severity != Severity.Error)) _findings.AddRange(Checks.Lints.Find(definition));
        return new Compiled(process.Id, _findings.Exists(f => f.Severity == Severity.Error) ? null : definition, _findings);
    }

    internal GraphNode? Find(string? id) => id is not null && _byId.TryGetValue(id, out var node) ? node : null;

    internal void Say(Severity severity, string code, FlowNode at, params IReadOnlyList<string> arguments) =>
        _findings.Add(new Finding(severity, code, at.Id, at.Line, arguments));

    /// <summary>An expression of the file; a text that cannot be parsed is an error with its place, and gives null.</summary>
    internal Expression? Text(string? text, string element, int line, bool script = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var key = script ? $"\0{text}" : text;
        if (_texts.TryGetValue(key, out var known) && known is not null) return known;
        var parsed = script ? Expression.ParseScript(text.Trim()) : Expression.Parse(text.Trim());
        if (parsed.Problem is { } problem)
            _findings.Add(new Finding(Severity.Error, problem.Code, element, line, [.. problem.Arguments, text.Trim(), (problem.Position + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        return _texts[key] = parsed.Expression;
    }

    private void AddNodes(GraphNode parent, Body body)
    {
        foreach (var source in body.Nodes)
        {
            var node = new GraphNode(_nodes.Count, source, parent);
            if (!_byId.TryAdd(source.Id, node))
            {
                Say(Severity.Error, "id-twice", source, source.Id);
                continue;
            }
            _nodes.Add(node);
            if (source.Body is { } inner) AddNodes(node, inner);
        }
    }

    private void Connect(GraphNode scope)
    {
        var (incoming, outgoing) = (new Dictionary<GraphNode, List<GraphFlow>>(), new Dictionary<GraphNode, List<GraphFlow>>());
        foreach (var source in scope.Source.Body!.Flows)
        {
            var (from, to) = (Find(source.Source), Find(source.Target));
            if (from is null || to is null) continue;
            if (from.Parent != scope || to.Parent != scope)
            {
                _findings.Add(new Finding(Severity.Error, "flow-crosses-a-border", source.Id, source.Line, from.Id, to.Id));
                continue;
            }
            var flow = new GraphFlow(_flows.Count, source, from, to) { Condition = Text(source.Condition, source.Id, source.Line) };
            _flows.Add(flow);
            Under(outgoing, from).Add(flow);
            Under(incoming, to).Add(flow);
        }
        foreach (var (node, flows) in outgoing) node.Outgoing = [.. flows];
        foreach (var (node, flows) in incoming) node.Incoming = [.. flows];
        var inside = _nodes.Where(n => n.Parent == scope).ToList();
        scope.EventSubProcesses = [.. inside.Where(n => n.IsEventSubProcess)];
        var plain = inside.Where(n => n.Kind == NodeKind.StartEvent && (n.Source.Event?.Kind ?? EventKind.None) == EventKind.None).ToArray();
        scope.Starts = plain.Length > 0 || scope.Kind == NodeKind.AdHocSubProcess || inside.Exists(n => n.Kind == NodeKind.StartEvent) ? plain : [.. inside.Where(BeginsByItself)];
    }

    // BPMN 10.2: what nothing leads to starts with its scope, when that has no start event.
    private static bool BeginsByItself(GraphNode node) =>
        node.Incoming.Count == 0 && !node.IsEventSubProcess && !node.Source.IsForCompensation && node.Kind is not (NodeKind.BoundaryEvent or NodeKind.StartEvent)
        && !(node.Kind == NodeKind.IntermediateCatchEvent && node.Source.Event?.Kind == EventKind.Link);

    /// <summary>For each inclusive join and each flow into it: from which nodes that flow can be reached without passing the join (BPMN 13.4.3).</summary>
    private void Reach(GraphNode scope)
    {
        foreach (var join in _nodes.Where(n => n.Parent == scope && n.Kind == NodeKind.InclusiveGateway && n.Incoming.Count > 1))
            join.ReachesFlow = [.. join.Incoming.Select(flow => Backwards(flow, join))];
    }

    private BitArray Backwards(GraphFlow flow, GraphNode join)
    {
        var reached = new BitArray(_nodes.Count);
        var open = new Stack<GraphNode>([flow.From]);
        while (open.TryPop(out var node))
        {
            if (node == join || reached[node.Index]) continue;
            reached[node.Index] = true;
            foreach (var into in node.Incoming) open.Push(into.From);
            if (node.AttachedTo is { } host) open.Push(host);
            if (node.Kind == NodeKind.IntermediateCatchEvent && node.Event == EventKind.Link)
                foreach (var thrower in _nodes.Where(n => n.LinkTarget == node)) open.Push(thrower);
        }
        return reached;
    }

    private static List<GraphFlow> Under(Dictionary<GraphNode, List<GraphFlow>> map, GraphNode node) =>
        map.TryGetValue(node, out var flows) ? flows : map[node] = [];
}
