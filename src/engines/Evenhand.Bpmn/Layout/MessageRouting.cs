using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Leads flows of messages from pool to pool: upright out of the sender, along between the pools, upright into the receiver.</summary>
internal static class MessageRouting
{
    internal static void Route(BpmnModel model, Dictionary<string, Shape> shapes, Dictionary<string, Edge> edges)
    {
        var pools = model.Pools.Select(p => p.Id).Where(shapes.ContainsKey).ToHashSet();
        var open = model.Processes.SelectMany(p => p.Body.AllNodes).Where(n => n.Body is not null).Select(n => n.Id).ToHashSet();
        var walls = shapes.Values.Where(s => !pools.Contains(s.Element) && !open.Contains(s.Element) && !IsLane(model, s.Element)).Select(s => s.Box).ToList();
        var used = new Dictionary<double, int>();
        var docks = new Dictionary<string, int>();
        foreach (var flow in model.MessageFlows)
        {
            if (!shapes.TryGetValue(flow.Source, out var source) || !shapes.TryGetValue(flow.Target, out var target) || edges.ContainsKey(flow.Id)) continue;
            edges[flow.Id] = new(flow.Id, Way(source.Box, target.Box, (Aside(flow.Source, source.Box), Aside(flow.Target, target.Box)), pools.Contains(flow.Source), pools.Contains(flow.Target), [.. pools.Select(p => shapes[p].Box)], walls, used));
        }

        // The second flow at an activity docks beside the first.
        double Aside(string id, Box box)
        {
            var count = docks[id] = docks.GetValueOrDefault(id) + 1;
            return pools.Contains(id) || box.Width < 60 ? 0 : count % 2 == 0 ? Math.Min(count / 2 * 20, box.Width / 2 - 12) : -Math.Min(count / 2 * 20, box.Width / 2 - 12);
        }
    }

    static bool IsLane(BpmnModel model, string id) => model.Processes.Any(p => p.Lanes.Any(l => l.Id == id));

    static IReadOnlyList<Spot> Way(Box from, Box to, (double From, double To) aside, bool fromPool, bool toPool, List<Box> pools, List<Box> walls, Dictionary<double, int> used)
    {
        var down = Lines.Middle(from).Y <= Lines.Middle(to).Y;
        var (y0, y1) = (down ? from.Y + from.Height : from.Y, down ? to.Y : to.Y + to.Height);
        var (a, b) = (Lines.Middle(from), Lines.Middle(to));
        (a, b) = (a with { X = a.X + aside.From }, b with { X = b.X + aside.To });
        if (fromPool) a = a with { X = Math.Clamp(b.X, from.X + 20, from.X + from.Width - 20) };
        if (toPool) b = b with { X = Math.Clamp(a.X, to.X + 20, to.X + to.Width - 20) };
        var others = walls.Where(w => w != from && w != to).ToList();
        // Between the pools, as near to the receiver as there is one.
        var pool = pools.Find(p => Lines.Holds(p, to));
        var mid = pool.Width > 0 ? down ? pool.Y - 30 : pool.Y + pool.Height + 30 : (y0 + y1) / 2;
        var turn = used[mid] = used.GetValueOrDefault(mid) + 1;
        mid += (turn % 2 == 0 ? 1 : -1) * (turn / 2) * 8;
        var (out0, in1) = (Shaft(a.X, y0, mid, from, fromPool, others), Shaft(b.X, mid, y1, to, toPool, others));
        if (toPool && !fromPool) in1 = out0.X is var x && x > to.X && x < to.X + to.Width ? (x, true) : in1;
        if (fromPool && !toPool) out0 = in1.X is var z && z > from.X && z < from.X + from.Width ? (z, true) : out0;
        List<Spot> spots = [];
        if (out0.Straight) spots.Add(new(out0.X, y0));
        else spots.AddRange([Beside(from, out0.X), Beside(from, out0.X) with { X = out0.X }]);
        spots.AddRange([new(out0.X, mid), new(in1.X, mid)]);
        if (in1.Straight) spots.Add(new(in1.X, y1));
        else spots.AddRange([Beside(to, in1.X) with { X = in1.X }, Beside(to, in1.X)]);
        return Lines.Simplify(spots);
    }

    // On the side, below the middle, where the sequence flows dock.
    static Spot Beside(Box box, double x)
    {
        var (middle, drop) = (Lines.Middle(box), box.Height / 4);
        var reach = box.Width < 40 ? Math.Sqrt(box.Width * box.Width / 4 - drop * drop) : box.Width / 2;
        return new(x > middle.X ? middle.X + reach : middle.X - reach, middle.Y + drop);
    }

    // Straight up or down if nothing stands there, otherwise beside the box, where the gap between the layers is.
    static (double X, bool Straight) Shaft(double x, double y0, double y1, Box box, bool isPool, List<Box> walls)
    {
        bool Free(double at, double from, double to) => !walls.Exists(w => Lines.Crosses(new(at, from), new(at, to), w));
        if (isPool || Free(x, y0, y1)) return (x, true);
        var middle = Lines.Middle(box).Y;
        var (y2, y3) = (Math.Min(middle, Math.Min(y0, y1)), Math.Max(middle, Math.Max(y0, y1)));
        foreach (var beside in new[] { box.X + box.Width + 14, box.X - 14, box.X + box.Width + 20, box.X - 20 })
            if (Free(beside, y2, y3)) return (beside, false);
        return (x, true);
    }
}
