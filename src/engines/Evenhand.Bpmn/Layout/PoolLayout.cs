using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Lays out a whole model: pools one below the other, lanes as bands, flows of messages in between.</summary>
internal sealed class PoolLayout
{
    const double PoolGap = 60, BlackBox = 70;
    readonly BpmnModel model;
    readonly Dictionary<string, Shape> shapes = [];
    readonly Dictionary<string, Edge> edges = [];

    PoolLayout(BpmnModel model) => this.model = model;

    internal static (Dictionary<string, Shape> Shapes, Dictionary<string, Edge> Edges) Lay(BpmnModel model)
    {
        var layout = new PoolLayout(model);
        layout.Run();
        return (layout.shapes, layout.edges);
    }

    void Run()
    {
        var processes = new Dictionary<string, ProcessModel>();
        foreach (var process in model.Processes) processes.TryAdd(process.Id, Noted(process));
        var bands = new List<(Pool? Pool, ProcessModel? Process, Placed? Placed, List<Lane> Leaves)>();
        foreach (var pool in model.Pools)
        {
            var process = pool.Process is { } id && processes.Remove(id, out var found) ? found : null;
            bands.Add(Band(pool, process));
        }
        foreach (var process in processes.Values) bands.Add(Band(null, process));
        var width = bands.Where(b => b.Pool is not null).Select(b => (b.Placed?.Width ?? 400) + Head(b.Pool, b.Process) + 60).DefaultIfEmpty(0).Max();
        var y = 0.0;
        foreach (var band in bands) y = Draw(band, y, width) + PoolGap;
        MessageRouting.Route(model, shapes, edges);
    }

    // Notes of the collaboration stand with the nodes they are about.
    ProcessModel Noted(ProcessModel process)
    {
        var nodes = process.Body.Nodes.Select(n => n.Id).ToHashSet();
        var lines = model.Associations.Where(a => nodes.Contains(a.Source) || nodes.Contains(a.Target)).ToList();
        var notes = model.Artifacts.Where(n => lines.Exists(l => l.Source == n.Id || l.Target == n.Id)).ToList();
        return lines.Count == 0 ? process : process with { Body = process.Body with { Artifacts = [.. process.Body.Artifacts, .. notes], Associations = [.. process.Body.Associations, .. lines] } };
    }

    (Pool?, ProcessModel?, Placed?, List<Lane>) Band(Pool? pool, ProcessModel? process)
    {
        if (process is null) return (pool, null, null, []);
        var leaves = Leaves(process.Lanes, null, []).ToList();
        var lanes = new Dictionary<string, int>();
        for (var i = 0; i < leaves.Count; i++)
            foreach (var node in leaves[i].Nodes) lanes.TryAdd(node, i);
        // What only the lane around names stands in the first lane within.
        foreach (var outer in process.Lanes.Except(leaves))
            foreach (var node in outer.Nodes) lanes.TryAdd(node, leaves.FindIndex(l => Within(process.Lanes, l, outer)));
        foreach (var node in process.Body.Nodes.Where(n => n.AttachedTo is not null && lanes.ContainsKey(n.AttachedTo))) lanes[node.Id] = lanes[node.AttachedTo!];
        var stray = process.Body.Nodes.Any(n => !lanes.ContainsKey(n.Id));
        var count = leaves.Count + (stray ? 1 : 0);
        return (pool, process, BodyLayout.Lay(process.Body, model.Shapes, id => lanes.GetValueOrDefault(id, leaves.Count), Math.Max(1, count), leaves.Count > 0 || pool is not null ? Measures.LanePad : 0), leaves);
    }

    static IEnumerable<Lane> Leaves(IReadOnlyList<Lane> lanes, string? parent, HashSet<string> seen) =>
        lanes.Where(l => l.Parent == parent && seen.Add(l.Id)).ToList().SelectMany(l => lanes.Any(i => i.Parent == l.Id) ? Leaves(lanes, l.Id, seen) : [l]);

    static bool Within(IReadOnlyList<Lane> lanes, Lane inner, Lane outer)
    {
        for (var (lane, steps) = (inner, 0); steps <= lanes.Count; steps++)
        {
            if (lane.Parent == outer.Id) return true;
            if (lanes.FirstOrDefault(l => l.Id == lane.Parent) is not { } next) return false;
            lane = next;
        }
        return false;
    }

    static int Depth(IReadOnlyList<Lane> lanes, Lane lane) => lanes.Count(l => l != lane && Within(lanes, lane, l));

    static double Head(Pool? pool, ProcessModel? process)
    {
        var deep = process is null ? 0 : process.Lanes.Select(l => Depth(process.Lanes, l) + 1).DefaultIfEmpty(0).Max();
        return Measures.LaneHead * (deep + (pool is null ? 0 : 1));
    }

    double Draw((Pool? Pool, ProcessModel? Process, Placed? Placed, List<Lane> Leaves) band, double y, double width)
    {
        if (band.Process is null || band.Placed is null)
        {
            if (band.Pool is not null) shapes[band.Pool.Id] = new(band.Pool.Id, new(0, y, width, BlackBox));
            return y + BlackBox;
        }
        var (process, placed, leaves) = (band.Process, band.Placed, band.Leaves);
        var head = Head(band.Pool, process);
        var plain = band.Pool is null && leaves.Count == 0;
        var wide = band.Pool is null ? placed.Width + head + 60 : width;
        if (band.Pool is not null) shapes[band.Pool.Id] = new(band.Pool.Id, new(0, y, wide, placed.Height));
        var left = band.Pool is null ? 0 : Measures.LaneHead;
        foreach (var lane in process.Lanes)
        {
            var covered = Enumerable.Range(0, leaves.Count).Where(i => leaves[i] == lane || Within(process.Lanes, leaves[i], lane)).ToList();
            if (covered.Count == 0) continue;
            var x = left + Measures.LaneHead * Depth(process.Lanes, lane);
            shapes[lane.Id] = new(lane.Id, new(x, y + placed.Tops[covered[0]], wide - x, placed.Tops[covered[^1] + 1] - placed.Tops[covered[0]]));
        }
        var (dx, dy) = (plain ? 0 : head + 30, y);
        foreach (var shape in placed.Shapes) shapes.TryAdd(shape.Element, shape with { Box = Lines.Move(shape.Box, dx, dy) });
        foreach (var edge in placed.Edges) edges.TryAdd(edge.Element, edge with { Spots = [.. edge.Spots.Select(s => new Spot(s.X + dx, s.Y + dy))] });
        return y + placed.Height;
    }
}
