namespace Evenhand.Bpmn.Layout;

/// <summary>Gives every cell its layer: flows that close a circle are set aside, then the longest path decides.</summary>
internal static class Ranking
{
    internal static void Rank(IReadOnlyList<Cell> cells, IReadOnlyList<Wire> wires)
    {
        var leaving = wires.ToLookup(w => w.Source);
        var entered = wires.Where(w => w.Source != w.To).Select(w => w.To).ToHashSet();
        MarkBack(cells.OrderBy(c => entered.Contains(c) ? 1 : 0), leaving);
        Layers(cells, [.. wires.Where(w => !w.IsBack)]);
        Parts(cells, wires);
    }

    static void MarkBack(IEnumerable<Cell> cells, ILookup<Cell, Wire> leaving)
    {
        var state = new Dictionary<Cell, bool>();
        foreach (var root in cells)
        {
            if (state.ContainsKey(root)) continue;
            var stack = new Stack<(Cell Cell, IEnumerator<Wire> Wires)>();
            state[root] = true;
            stack.Push((root, leaving[root].GetEnumerator()));
            while (stack.TryPeek(out var top))
            {
                if (!top.Wires.MoveNext())
                {
                    state[top.Cell] = false;
                    stack.Pop();
                    continue;
                }
                var wire = top.Wires.Current;
                if (state.TryGetValue(wire.To, out var open)) wire.IsBack = open;
                else
                {
                    state[wire.To] = true;
                    stack.Push((wire.To, leaving[wire.To].GetEnumerator()));
                }
            }
        }
    }

    static void Layers(IReadOnlyList<Cell> cells, List<Wire> wires)
    {
        var leaving = wires.ToLookup(w => w.Source);
        var open = wires.GroupBy(w => w.To).ToDictionary(g => g.Key, g => g.Count());
        var roots = cells.Where(c => !open.ContainsKey(c)).ToList();
        var queue = new Queue<Cell>(roots);
        while (queue.TryDequeue(out var cell))
            foreach (var wire in leaving[cell])
            {
                wire.To.Layer = Math.Max(wire.To.Layer, cell.Layer + 1);
                if (--open[wire.To] == 0) queue.Enqueue(wire.To);
            }
        foreach (var root in roots.Where(r => leaving[r].Any())) root.Layer = leaving[root].Min(w => w.To.Layer) - 1;
    }

    static void Parts(IReadOnlyList<Cell> cells, IReadOnlyList<Wire> wires)
    {
        var near = wires.SelectMany(w => new[] { (w.Source, w.To), (w.To, w.Source) }).ToLookup(p => p.Item1, p => p.Item2);
        var seen = new HashSet<Cell>();
        var part = 0;
        foreach (var root in cells.Where(seen.Add))
        {
            var stack = new Stack<Cell>([root]);
            while (stack.TryPop(out var cell))
            {
                cell.Part = part;
                foreach (var next in near[cell].Where(seen.Add)) stack.Push(next);
            }
            part++;
        }
    }
}
