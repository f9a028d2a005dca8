using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>What a body looks like, from (0, 0) on.</summary>
internal sealed record Placed(IReadOnlyList<Shape> Shapes, IReadOnlyList<Edge> Edges, double Width, double[] Tops)
{
    internal double Height => Tops[^1];
}

/// <summary>Lays out one process or sub-process, what is inside first.</summary>
internal sealed class BodyLayout
{
    readonly Body body;
    readonly IReadOnlyDictionary<string, Shape> known;
    readonly Dictionary<string, FlowNode> nodes = [];
    readonly Dictionary<string, Cell> cells = [];
    readonly Dictionary<string, Placed> inner = [];
    readonly Dictionary<string, double> hooks = [];
    readonly Dictionary<string, Cell> drops = [];
    readonly List<Shape> shapes = [];
    readonly List<Edge> edges = [];

    BodyLayout(Body body, IReadOnlyDictionary<string, Shape> known) => (this.body, this.known) = (body, known);

    internal static Placed Lay(Body body, IReadOnlyDictionary<string, Shape> known, Func<string, int>? laneOf = null, int lanes = 1, double pad = 0) =>
        new BodyLayout(body, known).Run(laneOf ?? (_ => 0), lanes, pad);

    Placed Run(Func<string, int> laneOf, int lanes, double pad)
    {
        foreach (var node in body.Nodes) nodes.TryAdd(node.Id, node);
        foreach (var node in nodes.Values.Where(n => !Sits(n))) cells[node.Id] = Sized(node, laneOf(node.Id));
        Hook();
        var wires = Wires();
        Glue();
        var glued = cells.Values.SelectMany(c => c.Over.Concat(c.Below)).ToHashSet();
        var wired = wires.SelectMany(w => new[] { w.Source, w.To }).ToHashSet();
        var heads = cells.Values.Where(wired.Contains).ToList();
        var shelf = cells.Values.Where(c => !wired.Contains(c) && !glued.Contains(c)).ToLookup(c => c.Lane);
        var stands = new Dictionary<Cell, Spot>();
        var grid = new Grid(heads, wires, lanes, pad, (lane, width) => Stack(shelf[lane], width, stands));
        foreach (var cell in heads.SelectMany(h => h.Cluster).Where(c => c.IsBox)) Draw(cell, grid.BoxOf(cell));
        foreach (var lane in shelf)
            foreach (var cell in lane.SelectMany(c => c.Cluster).Where(c => c.IsBox))
                Draw(cell, new(stands[cell].X + grid.ShelfAt(lane.Key, pad).X, stands[cell].Y + grid.ShelfAt(lane.Key, pad).Y, cell.Width, cell.Height));
        edges.AddRange(grid.Edges());
        foreach (var association in body.Associations) Associate(association);
        var width = Math.Max(grid.Width, shapes.Select(s => s.Box.X + s.Box.Width).DefaultIfEmpty(0).Max());
        return new(shapes, edges, width, grid.Tops);
    }

    // A boundary event without its host is drawn like any other.
    bool Sits(FlowNode node) => node.AttachedTo is { } host && nodes.TryGetValue(host, out var activity) && activity.AttachedTo is null;

    Cell Sized(FlowNode node, int lane)
    {
        var (width, height) = Measures.Of(node.Kind, node.Name);
        if (node.Body is { } content && IsOpen(node))
        {
            var placed = inner[node.Id] = BodyLayout.Lay(content, known);
            (width, height) = (Math.Max(140, placed.Width + 70), Math.Max(100, placed.Height + 66 + (node.Loop is not null || node.AdHoc is not null ? 10 : 0)));
        }
        var hosted = body.Nodes.Where(n => Sits(n) && n.AttachedTo == node.Id).ToList();
        return new(node.Id, Math.Max(width, hosted.Count * 46), height)
        {
            Lane = lane,
            IsGateway = Measures.IsGateway(node.Kind),
            Under = hosted.Count > 0 ? 18 + Math.Max(8, hosted.Max(h => Measures.Label(h.Name))) : Measures.IsEvent(node.Kind) || Measures.IsGateway(node.Kind) ? Measures.Label(node.Name) : 0,
        };
    }

    bool IsOpen(FlowNode node) => node.Body is { Nodes.Count: > 0 } && (!known.TryGetValue(node.Id, out var shape) || shape.IsExpanded);

    // Boundary events along the lower border of their hosts, as offsets from its middle; the first from the right.
    void Hook()
    {
        foreach (var group in body.Nodes.Where(Sits).GroupBy(n => n.AttachedTo!))
        {
            var width = cells[group.Key].Width;
            var all = group.OrderBy(n => n.Event?.Kind == EventKind.Compensation ? 1 : 0).ToList();
            for (var i = 0; i < all.Count; i++)
                hooks[all[i].Id] = all.Count == 1 ? all[i].Event?.Kind == EventKind.Compensation ? 22 : Math.Min(width / 2 - 28, 22 + width / 8) : width / 2 - width / all.Count * (i + 0.5);
        }
    }

    List<Wire> Wires()
    {
        var wires = new List<Wire>();
        foreach (var flow in body.Flows)
        {
            if (!nodes.TryGetValue(flow.Source, out var source) || !cells.TryGetValue(flow.Target, out var target)) continue;
            var label = string.IsNullOrWhiteSpace(flow.Name) ? 0 : Lettering.Width(flow.Name, 11);
            if (!hooks.TryGetValue(source.Id, out var at)) wires.Add(new(flow.Id, cells[source.Id], target, label) { Source = cells[source.Id] });
            else
            {
                var host = cells[source.AttachedTo!];
                if (!drops.TryGetValue(source.Id, out var drop)) drops[source.Id] = drop = new Cell("", 0, 0);
                wires.Add(new(flow.Id, drop, target, label) { Source = host, DropAt = at });
            }
        }
        return wires;
    }

    void Glue()
    {
        var flowing = body.Flows.SelectMany(f => new[] { f.Source, f.Target }).ToHashSet();
        foreach (var (host, at) in hooks.OrderByDescending(h => h.Value))
            if (drops.TryGetValue(host, out var drop)) cells[nodes[host].AttachedTo!].Below.Add(drop);
        foreach (var association in body.Associations)
            if (hooks.ContainsKey(association.Source) && nodes.TryGetValue(association.Target, out var activity) && activity.IsForCompensation && !flowing.Contains(activity.Id))
            {
                var (host, cell) = (cells[nodes[association.Source].AttachedTo!], cells[activity.Id]);
                if (host != cell && host.Lane == cell.Lane && !host.Below.Exists(c => c.IsBox) && cell.Below.Count == 0) host.Below.Add(cell);
            }
        var taken = cells.Values.SelectMany(c => c.Below).ToHashSet();
        foreach (var artifact in body.Artifacts)
        {
            var (width, height) = Measures.Of(artifact);
            if (width == 0 || cells.ContainsKey(artifact.Id)) continue;
            var name = artifact.Kind == "textAnnotation" ? null : artifact.Text;
            var near = body.Associations.Where(a => a.Source == artifact.Id || a.Target == artifact.Id).Select(a => a.Source == artifact.Id ? a.Target : a.Source)
                .Select(id => nodes.TryGetValue(id, out var node) && node.AttachedTo is { } host && Sits(node) ? host : id).FirstOrDefault(id => nodes.ContainsKey(id));
            var cell = cells[artifact.Id] = new(artifact.Id, width, height) { Under = Measures.Label(name) };
            if (near is null || taken.Contains(cells[near]) || cells[near] is { Over.Count: > 0, Below.Count: > 0 }) continue;
            cell.Lane = cells[near].Lane;
            (cells[near].Over.Count == 0 ? cells[near].Over : cells[near].Below).Add(cell);
        }
    }

    // What no flow touches stands in rows of its own: event sub-processes, what compensates, the tasks of an ad-hoc sub-process.
    static double Stack(IEnumerable<Cell> items, double width, Dictionary<Cell, Spot> stands)
    {
        var (x, y, height, limit) = (0.0, 0.0, 0.0, Math.Max(width, 640));
        foreach (var item in items)
        {
            var cluster = item.Cluster.Where(c => c.IsBox).ToList();
            var (wide, tall) = (cluster.Max(c => c.Width), cluster.Sum(c => c.Height + c.Under + Measures.RowGap) - Measures.RowGap);
            if (x > 0 && x + wide > limit) (x, y, height) = (0, y + height + Measures.RowGap, 0);
            var top = y;
            foreach (var cell in cluster)
            {
                stands[cell] = new(x + (wide - cell.Width) / 2, top);
                top += cell.Height + cell.Under + Measures.RowGap;
            }
            (x, height) = (x + wide + Measures.Gap, Math.Max(height, tall));
        }
        return height == 0 ? 0 : y + height;
    }

    void Draw(Cell cell, Box box)
    {
        nodes.TryGetValue(cell.Id, out var node);
        shapes.Add(new(cell.Id, box, IsExpanded: node?.Body is null || inner.ContainsKey(cell.Id)));
        if (inner.TryGetValue(cell.Id, out var placed))
        {
            var (x, y) = (box.X + (box.Width - placed.Width) / 2, box.Y + 40);
            shapes.AddRange(placed.Shapes.Select(s => s with { Box = Lines.Move(s.Box, x, y) }));
            edges.AddRange(placed.Edges.Select(e => e with { Spots = [.. e.Spots.Select(s => new Spot(s.X + x, s.Y + y))] }));
        }
        foreach (var hosted in body.Nodes.Where(n => n.AttachedTo == cell.Id && hooks.ContainsKey(n.Id)))
            shapes.Add(new(hosted.Id, new(box.X + box.Width / 2 + hooks[hosted.Id] - Measures.Event / 2, box.Y + box.Height - Measures.Event / 2, Measures.Event, Measures.Event)));
    }

    void Associate(Association association)
    {
        if (BoxOf(association.Source) is not { } from || BoxOf(association.Target) is not { } to) return;
        edges.Add(new(association.Id, Lines.Between(from, to)));
    }

    Box? BoxOf(string id)
    {
        if (shapes.Find(s => s.Element == id) is { } shape) return shape.Box;
        return edges.Find(e => e.Element == id) is { } edge ? new Box(Lines.Halfway(edge.Spots).X, Lines.Halfway(edge.Spots).Y, 0, 0) : null;
    }
}
