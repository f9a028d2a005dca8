namespace Evenhand.Bpmn.Layout;

/// <summary>Orders the cells of each layer so that few lines cross: sweeps by the mean place of the neighbours, the best sweep stands.</summary>
internal static class Ordering
{
    const int Sweeps = 8;

    internal static List<List<Cell>> Order(IReadOnlyList<Cell> heads, IReadOnlyList<Wire> wires)
    {
        var layers = Enumerable.Range(0, heads.Max(h => h.Layer) + 1).Select(_ => new List<Cell>()).ToList();
        foreach (var head in Walk(heads, wires)) layers[head.Layer].Add(head);
        foreach (var wire in wires.Where(w => !w.IsBack)) Thread(wire, layers);
        foreach (var layer in layers) Arrange(layer, _ => 0);
        var (best, least) = (Snapshot(layers), Crossings(layers));
        for (var sweep = 0; sweep < Sweeps && least > 0; sweep++)
        {
            if (sweep % 2 == 0) for (var i = 1; i < layers.Count; i++) Arrange(layers[i], c => Mean(c, c => c.Before));
            else for (var i = layers.Count - 2; i >= 0; i--) Arrange(layers[i], c => Mean(c, c => c.After));
            var crossings = Crossings(layers);
            if (crossings < least) (best, least) = (Snapshot(layers), crossings);
        }
        foreach (var layer in best) Number(layer);
        return [.. best.Select(layer => layer.SelectMany(h => h.Cluster).ToList())];
    }

    // The branch with the longest way to go comes first, so that it becomes the straight one.
    static List<Cell> Walk(IReadOnlyList<Cell> heads, IReadOnlyList<Wire> wires)
    {
        var leaving = wires.Where(w => !w.IsBack).ToLookup(w => w.Source);
        var way = new Dictionary<Cell, int>();
        foreach (var head in heads.OrderByDescending(h => h.Layer)) way[head] = leaving[head].Select(w => way[w.To] + 1).DefaultIfEmpty(0).Max();
        var (seen, order) = (new HashSet<Cell>(), new List<Cell>());
        foreach (var root in heads.OrderBy(h => h.Layer).ThenByDescending(h => way[h]))
        {
            var stack = new Stack<Cell>([root]);
            while (stack.TryPop(out var cell))
            {
                if (!seen.Add(cell)) continue;
                order.Add(cell);
                foreach (var wire in leaving[cell].OrderBy(w => w.DropAt is null ? way[w.To] : -1)) stack.Push(wire.To);
            }
        }
        return order;
    }

    static void Thread(Wire wire, List<List<Cell>> layers)
    {
        wire.Path.Add(wire.From);
        for (var i = wire.Source.Layer + 1; i < wire.To.Layer; i++)
        {
            var point = new Cell("", 0, 0) { Layer = i, Lane = wire.To.Lane, Part = wire.To.Part };
            layers[i].Add(point);
            Cell.Join(wire.Path[^1], point);
            wire.Path.Add(point);
        }
        Cell.Join(wire.Path[^1], wire.To);
        wire.Path.Add(wire.To);
    }

    static double Mean(Cell head, Func<Cell, List<Cell>> near)
    {
        var (sum, count) = (0.0, 0);
        foreach (var cell in head.Cluster)
            foreach (var other in near(cell)) (sum, count) = (sum + other.Place, count + 1);
        return count == 0 ? head.Place : sum / count;
    }

    static void Arrange(List<Cell> layer, Func<Cell, double> key)
    {
        var keyed = layer.Select(c => (Cell: c, Key: key(c))).ToList();
        layer.Clear();
        layer.AddRange(keyed.OrderBy(k => k.Cell.Lane).ThenBy(k => k.Cell.Part).ThenBy(k => k.Key).ThenBy(k => k.Cell.IsBox ? 0 : 1).Select(k => k.Cell));
        Number(layer);
    }

    static void Number(List<Cell> layer)
    {
        var place = 0;
        foreach (var cell in layer.SelectMany(h => h.Cluster)) cell.Place = place++;
    }

    static List<List<Cell>> Snapshot(List<List<Cell>> layers) => [.. layers.Select(l => l.ToList())];

    static long Crossings(List<List<Cell>> layers)
    {
        var crossings = 0L;
        for (var i = 0; i + 1 < layers.Count; i++)
        {
            var tree = new int[layers[i + 1].Sum(h => h.Over.Count + 1 + h.Below.Count) + 2];
            var seen = 0;
            foreach (var cell in layers[i].SelectMany(h => h.Cluster))
            {
                foreach (var other in cell.After) crossings += seen - Upto(tree, other.Place + 1);
                foreach (var other in cell.After) { Add(tree, other.Place + 1); seen++; }
            }
        }
        return crossings;
    }

    static int Upto(int[] tree, int at)
    {
        var sum = 0;
        for (; at > 0; at -= at & -at) sum += tree[at];
        return sum;
    }

    static void Add(int[] tree, int at)
    {
        for (; at < tree.Length; at += at & -at) tree[at]++;
    }
}
