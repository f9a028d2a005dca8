using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Everything on a drawing, from the back to the front: pools and lanes, frames, lines, shapes, what sits on borders.</summary>
internal sealed class Scene
{
    readonly BpmnModel model;
    readonly Diagram diagram;
    readonly SvgOptions options;
    readonly Ink ink;
    readonly Dictionary<string, FlowNode> nodes = [];
    readonly Dictionary<string, Artifact> artifacts = [];
    readonly List<SequenceFlow> flows = [];
    readonly List<Association> associations = [];
    readonly Dictionary<string, Label> labels = [];
    readonly Labels places;
    readonly NodeDrawing drawing;

    internal Scene(BpmnModel model, Diagram diagram, SvgOptions options, Ink ink)
    {
        (this.model, this.diagram, this.options, this.ink) = (model, diagram, options, ink);
        foreach (var process in model.Processes) Collect(process.Body);
        foreach (var artifact in model.Artifacts) artifacts.TryAdd(artifact.Id, artifact);
        associations.AddRange(model.Associations);
        var frames = nodes.Values.Where(n => IsFrame(n.Id)).Select(n => n.Id).Concat(model.Pools.Select(p => p.Id)).Concat(model.Processes.SelectMany(p => p.Lanes).Select(l => l.Id))
            .Concat(artifacts.Values.Where(a => a.Kind == "group").Select(a => a.Id)).ToHashSet();
        places = new Labels(diagram, frames);
        Name();
        drawing = new NodeDrawing(ink, labels, [.. nodes.Values.Select(n => n.AttachedTo).OfType<string>()]);
    }

    internal IEnumerable<Box> LabelBoxes => labels.Values.Select(l => l.Box);

    internal void Draw()
    {
        var lines = new LineDrawing(ink, labels);
        foreach (var pool in model.Pools) With(pool.Id, shape => Band(shape, pool.Id, pool.Name, "pool", pool.Process is null || model.Processes.All(p => p.Id != pool.Process)));
        foreach (var lane in model.Processes.SelectMany(p => p.Lanes)) With(lane.Id, shape => Band(shape, lane.Id, lane.Name, "lane", false));
        foreach (var node in nodes.Values.Where(n => IsFrame(n.Id))) Node(node);
        foreach (var artifact in artifacts.Values.Where(a => a.Kind == "group")) With(artifact.Id, shape => drawing.Artifact(artifact, shape));
        foreach (var association in associations) Edge(association.Id, edge => lines.Association(edge, association.IsDirected));
        foreach (var flow in flows) Edge(flow.Id, edge => lines.Flow(edge, flow, nodes.GetValueOrDefault(flow.Source), places.Own(edge), Lit(flow.Id)));
        foreach (var flow in model.MessageFlows) Edge(flow.Id, edge => lines.Message(edge, flow, Lit(flow.Id)));
        foreach (var artifact in artifacts.Values.Where(a => a.Kind != "group")) With(artifact.Id, shape => drawing.Artifact(artifact, shape));
        foreach (var node in nodes.Values.Where(n => !IsFrame(n.Id) && n.AttachedTo is null)) Node(node);
        foreach (var node in nodes.Values.Where(n => !IsFrame(n.Id) && n.AttachedTo is not null)) Node(node);
    }

    void Collect(Body body)
    {
        foreach (var node in body.Nodes.Where(n => diagram.Shapes.ContainsKey(n.Id) && nodes.TryAdd(n.Id, n)))
            if (node.Body is not null && diagram.Shapes[node.Id].IsExpanded) Collect(node.Body);
        foreach (var artifact in body.Artifacts) artifacts.TryAdd(artifact.Id, artifact);
        flows.AddRange(body.Flows);
        associations.AddRange(body.Associations);
    }

    void Name()
    {
        foreach (var node in nodes.Values.Where(n => Measures.IsEvent(n.Kind) || Measures.IsGateway(n.Kind)).OrderBy(n => diagram.Shapes[n.Id].Label is null))
            if (places.Beside(diagram.Shapes[node.Id], node.Name, node.AttachedTo is not null) is { } label) labels[node.Id] = label;
        foreach (var artifact in artifacts.Values.Where(a => a.Kind is not ("textAnnotation" or "group") && diagram.Shapes.ContainsKey(a.Id)))
            if (places.Beside(diagram.Shapes[artifact.Id], artifact.Text, false) is { } label) labels[artifact.Id] = label;
        foreach (var (id, name, lead) in flows.Select(f => (f.Id, f.Name, IsSigned(f) ? 17.0 : 6.0)).Concat(model.MessageFlows.Select(f => (f.Id, f.Name, 8.0))))
            if (diagram.Edges.TryGetValue(id, out var edge) && edge.Spots.Count > 1 && places.Along(edge, name, lead) is { } label) labels[id] = label;
    }

    bool IsSigned(SequenceFlow flow) => nodes.TryGetValue(flow.Source, out var source) && (source.DefaultFlow == flow.Id || flow.Condition is not null && !Measures.IsGateway(source.Kind));

    // Some tools draw what a call activity calls inside of it.
    bool IsFrame(string id) => nodes.TryGetValue(id, out var node) && diagram.Shapes[id].IsExpanded
        && (node.Body is not null || node.Kind == NodeKind.CallActivity && nodes.Values.Any(n => n != node && Lines.Holds(diagram.Shapes[id].Box, diagram.Shapes[n.Id].Box)));

    Highlight? Lit(string id) => options.Highlights.TryGetValue(id, out var highlight) ? highlight : null;

    void With(string id, Action<Shape> draw)
    {
        if (diagram.Shapes.TryGetValue(id, out var shape)) draw(shape);
    }

    void Edge(string id, Action<Edge> draw)
    {
        if (diagram.Edges.TryGetValue(id, out var edge) && edge.Spots.Count > 1) draw(edge);
    }

    void Node(FlowNode node) => drawing.Node(node, diagram.Shapes[node.Id], IsFrame(node.Id), Lit(node.Id), options.Counters.GetValueOrDefault(node.Id));

    void Band(Shape shape, string id, string? name, string kind, bool isEmpty)
    {
        var box = shape.Box;
        ink.BeginElement(id, kind, name, Lit(id), 1.2);
        ink.Rect(box, fill: kind == "pool" ? ink.Palette.Surface : "none", stroke: ink.Palette.Edge);
        var head = shape.IsHorizontal ? box with { Width = Math.Min(Measures.LaneHead, box.Width) } : box with { Height = Math.Min(Measures.LaneHead, box.Height) };
        if (isEmpty) ink.Lines(Lettering.Wrap(name ?? "", box.Width - 20, 2, 13), new(box.X + box.Width / 2, box.Y + box.Height / 2 - 8), size: 13, weight: "600");
        else
        {
            ink.Rect(head, fill: ink.Palette.Sunken, stroke: ink.Palette.Edge);
            Heading(head, name ?? "", shape.IsHorizontal, kind == "pool" ? "600" : null);
        }
        ink.End();
    }

    void Heading(Box box, string name, bool turned, string? weight)
    {
        var middle = Lines.Middle(box);
        if (!turned) ink.Lines(Lettering.Wrap(name, box.Width - 10, 1), new(middle.X, middle.Y - 7), weight: weight);
        else if (IsUpright(name) && name.Trim().Length * 15 <= box.Height - 8)
        {
            var signs = name.Trim().EnumerateRunes().Select(r => r.ToString()).ToList();
            ink.Lines(signs, new(middle.X, middle.Y - signs.Count * 7.5 + 1), weight: weight);
        }
        else
        {
            var lines = Lettering.Wrap(name, box.Height - 12, 2, 11);
            ink.Lines(lines, new(middle.X, middle.Y - lines.Count * Ink.Step(11) / 2), size: 11, weight: weight, transform: $"rotate(-90 {Ink.N(middle.X)} {Ink.N(middle.Y)})");
        }
    }

    // Ideographs stand upright one below the other, as on a sign.
    static bool IsUpright(string name) => name.Trim().Length > 0 && name.Trim().EnumerateRunes().All(r => r.Value is >= 0x2E80 and < 0xFE00);
}
