namespace Evenhand.Bpmn.Layout;

/// <summary>Gives every cell its row: a cell stands in the row of the middle one of the cells before it wherever no other line has that row.</summary>
internal static class Rows
{
    /// <summary>Sets <see cref="Cell.Row"/>, counted over all lanes; says how many rows each lane has.</summary>
    internal static int[] Assign(List<List<Cell>> layers, IReadOnlyList<Wire> backs, int lanes)
    {
        for (var i = 1; i < layers.Count; i++) Align(layers[i]);
        foreach (var wire in backs)
            foreach (var cell in wire.Path) Put(cell, wire.Path[0].Block ??= new Block());
        foreach (var cell in layers.SelectMany(l => l).Where(c => c.Block is null)) Put(cell, new Block());
        Pack(layers);
        var rows = new int[lanes];
        foreach (var cell in layers.SelectMany(l => l)) rows[cell.Lane] = Math.Max(rows[cell.Lane], cell.Block!.Row + 1);
        foreach (var cell in layers.SelectMany(l => l)) cell.Row = cell.Block!.Row + rows.Take(cell.Lane).Sum();
        return rows;
    }

    /// <summary>Lays the way back above or below everything in the lane, longer ways further out.</summary>
    internal static void LayBack(IReadOnlyList<Wire> backs, List<List<Cell>> layers)
    {
        foreach (var wire in backs.OrderBy(w => Math.Abs(w.Source.Layer - w.To.Layer)))
        {
            var lane = wire.To.Lane;
            bool IsOuter(Cell cell, bool top) =>
                (top ? layers[cell.Layer].First(c => c.Lane == cell.Lane && c.IsBox) : layers[cell.Layer].Last(c => c.Lane == cell.Lane && c.IsBox)) == cell;
            var top = wire.DropAt is null && (IsOuter(wire.To, true) || !IsOuter(wire.To, false) || !IsOuter(wire.Source, false)) && !(wire.Source.Lane > lane && !IsOuter(wire.To, true));
            for (var i = wire.To.Layer; i <= wire.Source.Layer; i++)
            {
                var cell = new Cell("", 0, 0) { Layer = i, Lane = lane };
                var at = top ? layers[i].FindIndex(c => c.Lane >= lane) : layers[i].FindIndex(c => c.Lane > lane);
                layers[i].Insert(at < 0 ? layers[i].Count : at, cell);
                wire.Path.Add(cell);
            }
        }
        foreach (var layer in layers)
            for (var i = 0; i < layer.Count; i++) layer[i].Place = i;
    }

    static void Align(List<Cell> layer)
    {
        var ends = new Cell?[layer.Count];
        // Long lines first: they are to run straight.
        var reach = -1;
        for (var i = 0; i < layer.Count; i++)
            if (!layer[i].IsBox && layer[i].Before is [{ IsBox: false, Before.Count: > 0 } before] && before.Lane == layer[i].Lane && before.Place > reach) (ends[i], reach) = (before, before.Place);
        var above = -1;
        var below = new int[layer.Count + 1];
        below[^1] = int.MaxValue;
        for (var i = layer.Count - 1; i >= 0; i--) below[i] = Math.Min(below[i + 1], ends[i]?.Place ?? int.MaxValue);
        var taken = ends.OfType<Cell>().ToHashSet();
        for (var i = 0; i < layer.Count; i++)
        {
            var near = layer[i].Before.Where(b => b.Lane == layer[i].Lane).Distinct().OrderBy(b => b.Place).ToList();
            if (ends[i] is null && near.Count > 0)
            {
                var middle = (near.Count - 1) / 2;
                ends[i] = near.Skip(middle).Take(2 - near.Count % 2).FirstOrDefault(b => b.Place > above && b.Place < below[i + 1] && taken.Add(b));
            }
            if (ends[i] is not { } end) continue;
            above = Math.Max(above, end.Place);
            if (end.Block is null) Put(end, new Block());
            Put(layer[i], end.Block!);
        }
    }

    static void Put(Cell cell, Block block)
    {
        cell.Block = block;
        block.Cells.Add(cell);
    }

    static void Pack(List<List<Cell>> layers)
    {
        var (under, open) = (new Dictionary<Block, HashSet<Block>>(), new Dictionary<Block, int>());
        foreach (var layer in layers)
            for (var i = 0; i + 1 < layer.Count; i++)
                if (layer[i].Lane == layer[i + 1].Lane)
                {
                    if (!under.TryGetValue(layer[i].Block!, out var set)) under[layer[i].Block!] = set = [];
                    if (set.Add(layer[i + 1].Block!)) open[layer[i + 1].Block!] = open.GetValueOrDefault(layer[i + 1].Block!) + 1;
                }
        var order = new List<Block>(layers.SelectMany(l => l).Select(c => c.Block!).Distinct().Where(b => !open.ContainsKey(b)));
        for (var i = 0; i < order.Count; i++)
            foreach (var next in under.GetValueOrDefault(order[i]) ?? [])
            {
                next.Row = Math.Max(next.Row, order[i].Row + 1);
                if (--open[next] == 0) order.Add(next);
            }
        for (var i = order.Count - 1; i >= 0; i--) Settle(order[i], under.GetValueOrDefault(order[i]) ?? []);
    }

    // A block with room below goes down to the rows of its neighbours.
    static void Settle(Block block, HashSet<Block> under)
    {
        var lane = block.Cells[0].Lane;
        var near = block.Cells.SelectMany(c => c.Before.Concat(c.After)).Where(c => c.Lane == lane && c.Block != block).Select(c => c.Block!.Row).Order().ToList();
        if (near.Count == 0) return;
        var most = under.Count == 0 ? near[near.Count / 2] : under.Min(b => b.Row) - 1;
        block.Row = Math.Max(block.Row, Math.Min(near[(near.Count - 1) / 2], most));
    }
}
