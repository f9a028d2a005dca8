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

    /// <summary>What the file draws of some processes. Pages that would lie on each other are put one below the other.</summary>
    internal static (Dictionary<string, Shape> Shapes, Dictionary<string, Edge> Edges) Take(BpmnModel model, IReadOnlyList<ProcessModel> processes)
    {
        var pages = new List<Page>();
        foreach (var process in processes)
        {
            var taken = Page.Of(model, process);
            if (pages.Find(p => !p.Meets(taken)) is { } page) page.Add(taken);
            else pages.Add(taken);
        }
        if (pages.Count == 0) pages.Add(new());
        foreach (var pool in model.Pools.Where(p => !pages.Exists(a => a.Shapes.ContainsKey(p.Id))))
            if (model.Shapes.TryGetValue(pool.Id, out var shape)) pages[0].Shapes[pool.Id] = shape;
        foreach (var artifact in model.Artifacts)
            if (model.Shapes.TryGetValue(artifact.Id, out var shape)) pages[0].Shapes[artifact.Id] = shape;
        for (var i = 1; i < pages.Count; i++) pages[0].Add(pages[i].Below(pages[0]));
        var (shapes, edges) = (pages[0].Shapes, pages[0].Edges);
        foreach (var flow in model.MessageFlows) Line(model, flow.Id, flow.Source, flow.Target, shapes, edges, pages.Count == 1);
        foreach (var association in model.Associations) Line(model, association.Id, association.Source, association.Target, shapes, edges, pages.Count == 1);
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

    static void Line(BpmnModel model, string id, string source, string target, Dictionary<string, Shape> shapes, Dictionary<string, Edge> edges, bool asDrawn = true)
    {
        if (asDrawn && model.Edges.TryGetValue(id, out var edge) && edge.Spots.Count > 1) edges[id] = edge;
        else if (shapes.TryGetValue(source, out var from) && shapes.TryGetValue(target, out var to)) edges[id] = new(id, Lines.Between(from.Box, to.Box));
    }

    /// <summary>Processes drawn side by side.</summary>
    sealed class Page
    {
        internal Dictionary<string, Shape> Shapes { get; } = [];
        internal Dictionary<string, Edge> Edges { get; } = [];

        readonly List<Box> bands = [], boxes = [];

        internal static Page Of(BpmnModel model, ProcessModel process)
        {
            var page = new Page();
            foreach (var id in model.Pools.Where(p => p.Process == process.Id).Select(p => p.Id).Concat(process.Lanes.Select(l => l.Id)))
                if (model.Shapes.TryGetValue(id, out var shape)) page.Shapes[id] = shape;
            page.bands.AddRange(page.Shapes.Values.Select(s => s.Box));
            page.Take(model, process.Body);
            page.boxes.AddRange(page.Shapes.Values.Select(s => s.Box).Except(page.bands));
            return page;
        }

        // A process may stand in a pool without being of it, and in the call activity that calls it.
        internal bool Meets(Page other) => bands.Exists(b => other.bands.Exists(o => Lines.Overlap(b, o)))
            || boxes.Exists(b => other.boxes.Exists(o => Lines.Overlap(b, o) && !IsWithin(b, o) && !IsWithin(o, b)));

        static bool IsWithin(Box inner, Box outer) => outer.Width >= 150 && Lines.Holds(outer, inner);

        internal void Add(Page other)
        {
            foreach (var shape in other.Shapes.Values) Shapes.TryAdd(shape.Element, shape);
            foreach (var edge in other.Edges.Values) Edges.TryAdd(edge.Element, edge);
            bands.AddRange(other.bands);
            boxes.AddRange(other.boxes);
        }

        internal Page Below(Page upper)
        {
            var (over, box) = (Lines.Around(upper.Shapes.Values.Select(s => s.Box)), Lines.Around(Shapes.Values.Select(s => s.Box)));
            var (dx, dy) = (over.X - box.X, over.Y + over.Height + 60 - box.Y);
            var page = new Page();
            foreach (var shape in Shapes.Values) page.Shapes[shape.Element] = shape with { Box = Lines.Move(shape.Box, dx, dy), Label = shape.Label is { } label ? Lines.Move(label, dx, dy) : null };
            foreach (var edge in Edges.Values)
                page.Edges[edge.Element] = edge with { Spots = [.. edge.Spots.Select(s => new Spot(s.X + dx, s.Y + dy))], Label = edge.Label is { } label ? Lines.Move(label, dx, dy) : null };
            return page;
        }

        void Take(BpmnModel model, Body body)
        {
            foreach (var node in body.Nodes)
            {
                var open = IsOpen(model, node);
                Shapes[node.Id] = model.Shapes[node.Id] with { IsExpanded = node.Body is null || open };
                if (open) Take(model, node.Body!);
            }
            foreach (var artifact in body.Artifacts)
                if (model.Shapes.TryGetValue(artifact.Id, out var shape)) Shapes[artifact.Id] = shape;
            foreach (var flow in body.Flows)
                if (model.Edges.TryGetValue(flow.Id, out var edge) && edge.Spots.Count > 1) Edges[flow.Id] = edge;
            foreach (var association in body.Associations) Line(model, association.Id, association.Source, association.Target, Shapes, Edges);
        }
    }
}
