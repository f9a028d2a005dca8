using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;

namespace Evenhand.Engines.Tests.Bpmn.Layout;

/// <summary>What has to hold of every laid out drawing; each rule gives the first thing that breaks it, or null.</summary>
internal static class Drawings
{
    internal static string? Faults(BpmnModel model, Diagram diagram)
    {
        foreach (var process in model.Processes)
        {
            if (Inside(process.Body, diagram, null) is { } fault) return fault;
            if (Laned(process, diagram) is { } stray) return stray;
        }
        return null;
    }

    internal static string? Inside(Body body, Diagram diagram, Box? parent)
    {
        var nodes = body.Nodes.Where(n => n.AttachedTo is null).ToList();
        foreach (var node in body.Nodes) if (!diagram.Shapes.ContainsKey(node.Id)) return $"{node.Id} is not drawn";
        var artifacts = body.Artifacts.Where(a => diagram.Shapes.ContainsKey(a.Id)).Select(a => a.Id);
        var boxes = nodes.Select(n => n.Id).Concat(artifacts).ToDictionary(id => id, id => diagram.Shapes[id].Box);
        foreach (var (id, box) in boxes)
        {
            if (parent is { } p && !Lines.Holds(p, box)) return $"{id} is not within its sub-process";
            foreach (var (other, place) in boxes) if (id != other && Lines.Overlap(box, place)) return $"{id} lies on {other}";
        }
        foreach (var hosted in body.Nodes.Where(n => n.AttachedTo is not null))
            if (!IsOnBorder(diagram.Shapes[hosted.AttachedTo!].Box, Lines.Middle(diagram.Shapes[hosted.Id].Box))) return $"{hosted.Id} is not on the border of {hosted.AttachedTo}";
        foreach (var flow in body.Flows)
        {
            if (!diagram.Edges.TryGetValue(flow.Id, out var edge)) return $"{flow.Id} is not drawn";
            if (!IsOnBorder(diagram.Shapes[flow.Source].Box, edge.Spots[0]) || !IsOnBorder(diagram.Shapes[flow.Target].Box, edge.Spots[^1])) return $"{flow.Id} does not go from border to border";
            foreach (var (a, b) in edge.Spots.Zip(edge.Spots.Skip(1)))
            {
                if (Math.Abs(a.X - b.X) > 0.01 && Math.Abs(a.Y - b.Y) > 0.01) return $"{flow.Id} runs askew";
                foreach (var (id, box) in boxes) if (Lines.Crosses(a, b, box, 1)) return $"{flow.Id} runs through {id}";
            }
        }
        foreach (var node in nodes.Where(n => n.Body is { Nodes.Count: > 0 } && diagram.Shapes[n.Id].IsExpanded))
            if (Inside(node.Body!, diagram, diagram.Shapes[node.Id].Box) is { } fault) return fault;
        return null;
    }

    /// <summary>Pairs of flows with no end in common that run on top of each other for more than two pixels; such are hard to follow.</summary>
    internal static IReadOnlyList<string> Overlaid(Body body, Diagram diagram)
    {
        var pieces = body.AllFlows.Where(f => diagram.Edges.ContainsKey(f.Id)).SelectMany(f => diagram.Edges[f.Id].Spots.Zip(diagram.Edges[f.Id].Spots.Skip(1)).Select(p => (Flow: f, From: p.First, To: p.Second))).ToList();
        var found = new List<string>();
        for (var i = 0; i < pieces.Count; i++)
            for (var j = i + 1; j < pieces.Count; j++)
                if (pieces[i].Flow.Source != pieces[j].Flow.Source && pieces[i].Flow.Target != pieces[j].Flow.Target && Labels.Shared((pieces[i].From, pieces[i].To), (pieces[j].From, pieces[j].To)))
                    found.Add($"{pieces[i].Flow.Id} on {pieces[j].Flow.Id}");
        return found;
    }

    static string? Laned(ProcessModel process, Diagram diagram)
    {
        foreach (var lane in process.Lanes)
            foreach (var node in lane.Nodes.Where(n => process.Body.Nodes.Any(b => b.Id == n)))
                if (!Lines.Holds(diagram.Shapes[lane.Id].Box, diagram.Shapes[node].Box)) return $"{node} is not within lane {lane.Id}";
        return null;
    }

    internal static bool IsOnBorder(Box box, Spot spot) =>
        Lines.Holds(box, new(spot.X, spot.Y, 0, 0)) && !(spot.X > box.X + 0.5 && spot.X < box.X + box.Width - 0.5 && spot.Y > box.Y + 0.5 && spot.Y < box.Y + box.Height - 0.5);
}
