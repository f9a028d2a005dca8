using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>How much of a process its file draws.</summary>
internal enum Drawn { Not, Partly, Fully }

/// <summary>The drawing a file brings along.</summary>
internal static class FileDrawing
{
    internal static Drawn Shows(BpmnModel model, ProcessModel process)
    {
        if (process.Body.Nodes.Count == 0) return Drawn.Fully;
        if (!process.Body.AllNodes.Any(n => model.Shapes.ContainsKey(n.Id))) return Drawn.Not;
        return Shows(model, process.Body) ? Drawn.Fully : Drawn.Partly;
    }

    internal static (Dictionary<string, Shape> Shapes, Dictionary<string, Edge> Edges) Take(BpmnModel model, IReadOnlyList<ProcessModel> processes)
    {
        var (shapes, edges) = (new Dictionary<string, Shape>(), new Dictionary<string, Edge>());
        foreach (var id in model.Pools.Select(p => p.Id).Concat(processes.SelectMany(p => p.Lanes).Select(l => l.Id)))
            if (model.Shapes.TryGetValue(id, out var shape)) shapes[id] = shape;
        foreach (var process in processes) Take(model, process.Body, shapes, edges);
        foreach (var flow in model.MessageFlows) Line(model, flow.Id, flow.Source, flow.Target, shapes, edges);
        return (shapes, edges);
    }

    /// <summary>The sub-process shows what is in it, here and not on a page of its own.</summary>
    static bool IsOpen(BpmnModel model, FlowNode node) =>
        node.Body is { Nodes.Count: > 0 } body && model.Shapes[node.Id] is { IsExpanded: true } shape
        && body.Nodes.Any(n => model.Shapes.TryGetValue(n.Id, out var inner) && Lines.Overlap(shape.Box, inner.Box));

    static bool Shows(BpmnModel model, Body body)
    {
        var known = body.Nodes.Select(n => n.Id).ToHashSet();
        return body.Nodes.All(n => model.Shapes.ContainsKey(n.Id) && (!IsOpen(model, n) || Shows(model, n.Body!)))
            && body.Flows.All(f => !known.Contains(f.Source) || !known.Contains(f.Target) || model.Edges.TryGetValue(f.Id, out var edge) && edge.Spots.Count > 1);
    }

    static void Take(BpmnModel model, Body body, Dictionary<string, Shape> shapes, Dictionary<string, Edge> edges)
    {
        foreach (var node in body.Nodes)
        {
            var open = IsOpen(model, node);
            shapes[node.Id] = model.Shapes[node.Id] with { IsExpanded = node.Body is null || open };
            if (open) Take(model, node.Body!, shapes, edges);
        }
        foreach (var artifact in body.Artifacts)
            if (model.Shapes.TryGetValue(artifact.Id, out var shape)) shapes[artifact.Id] = shape;
        foreach (var flow in body.Flows)
            if (model.Edges.TryGetValue(flow.Id, out var edge) && edge.Spots.Count > 1) edges[flow.Id] = edge;
        foreach (var association in body.Associations) Line(model, association.Id, association.Source, association.Target, shapes, edges);
    }

    static void Line(BpmnModel model, string id, string source, string target, Dictionary<string, Shape> shapes, Dictionary<string, Edge> edges)
    {
        if (model.Edges.TryGetValue(id, out var edge) && edge.Spots.Count > 1) edges[id] = edge;
        else if (shapes.TryGetValue(source, out var from) && shapes.TryGetValue(target, out var to)) edges[id] = new(id, Lines.Between(from.Box, to.Box));
    }
}
