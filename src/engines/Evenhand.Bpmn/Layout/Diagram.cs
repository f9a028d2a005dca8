using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Where everything of a model is drawn. What is inside a collapsed sub-process is not in it.</summary>
/// <param name="Shapes">Pools, lanes, nodes and artifacts by id.</param>
/// <param name="Edges">Flows, flows of messages and associations by id; each at least two spots, the ends on the borders of what they join.</param>
/// <param name="Bounds">The smallest box around all of it, labels outside of their shapes not counted; empty for a model without nodes.</param>
/// <param name="IsFromFile">The drawing is the file's own; false when any of it was laid out here.</param>
public sealed record Diagram(IReadOnlyDictionary<string, Shape> Shapes, IReadOnlyDictionary<string, Edge> Edges, Box Bounds, bool IsFromFile)
{
    /// <summary>The file's own drawing if it shows every node and sequence flow, otherwise one laid out from left to right.
    /// A process the file does not draw at all is put below those it draws; one drawn in part makes everything be laid out anew. Pages of a file that
    /// would lie on each other stand one below the other, each as drawn.</summary>
    /// <param name="model">Any model; flows to nodes that are not there are left out.</param>
    /// <returns>The same for the same model, always.</returns>
    public static Diagram Of(BpmnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var states = model.Processes.ToLookup(p => FileDrawing.Shows(model, p));
        if (states[Drawn.Partly].Any() || !states[Drawn.Fully].Any())
        {
            var (shapes, edges) = PoolLayout.Lay(model);
            return Made(shapes, edges, false);
        }
        var (kept, lines) = FileDrawing.Take(model, [.. states[Drawn.Fully]]);
        if (!states[Drawn.Not].Any()) return Made(kept, lines, true);
        var drawn = Around(kept.Values, lines.Values);
        var (more, ways) = PoolLayout.Lay(model with { Processes = [.. states[Drawn.Not]], Pools = [.. model.Pools.Where(p => !kept.ContainsKey(p.Id) && states[Drawn.Not].Any(m => m.Id == p.Process))], MessageFlows = [] });
        var (dx, dy) = (drawn.X, drawn.Y + drawn.Height + 80);
        foreach (var shape in more.Values) kept.TryAdd(shape.Element, shape with { Box = Lines.Move(shape.Box, dx, dy) });
        foreach (var edge in ways.Values) lines.TryAdd(edge.Element, edge with { Spots = [.. edge.Spots.Select(s => new Spot(s.X + dx, s.Y + dy))] });
        return Made(kept, lines, false);
    }

    /// <summary>The model with its shapes and edges filled in as <see cref="Of"/> draws them.</summary>
    /// <param name="model">Any model.</param>
    /// <returns>The model itself when its file draws all of it.</returns>
    public static BpmnModel WithLayout(BpmnModel model)
    {
        var diagram = Of(model);
        return diagram.IsFromFile ? model : model with { Shapes = diagram.Shapes, Edges = diagram.Edges };
    }

    static Diagram Made(Dictionary<string, Shape> shapes, Dictionary<string, Edge> edges, bool fromFile) => new(shapes, edges, Around(shapes.Values, edges.Values), fromFile);

    static Box Around(IEnumerable<Shape> shapes, IEnumerable<Edge> edges) =>
        Lines.Around([.. shapes.Select(s => s.Box), .. shapes.Select(s => s.Label).OfType<Box>(), .. edges.SelectMany(e => e.Spots).Select(s => new Box(s.X, s.Y, 0, 0))]);
}
