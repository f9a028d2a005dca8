using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Cells and wires of one body brought into layers and rows, then into pixels.</summary>
internal sealed class Grid
{
    readonly List<List<Cell>> layers = [];
    readonly List<(Wire Wire, List<Func<Spot>> Spots)> plans = [];
    readonly int[] rowsOfLane;
    readonly double[] columns, rows;

    /// <summary>Right edge of what stands on the grid.</summary>
    internal double Width { get; }

    /// <summary>Upper edge of each lane, and the lower edge of the last.</summary>
    internal double[] Tops { get; }

    /// <param name="heads">Boxes that stand for their clusters.</param>
    /// <param name="wires">Flows between them.</param>
    /// <param name="lanes">How many lanes, at least one.</param>
    /// <param name="pad">Room above and below the rows of a lane.</param>
    /// <param name="shelf">Height of what no flow touches in a lane, told the width of the grid.</param>
    internal Grid(IReadOnlyList<Cell> heads, IReadOnlyList<Wire> wires, int lanes, double pad, Func<int, double, double> shelf)
    {
        rowsOfLane = new int[lanes];
        Routing? routing = null;
        var counts = new int[1];
        if (heads.Count > 0)
        {
            Ranking.Rank(heads, wires);
            foreach (var head in heads)
                foreach (var cell in head.Cluster) (cell.Layer, cell.Lane, cell.Part) = (head.Layer, head.Lane, head.Part);
            layers = Ordering.Order(heads, wires);
            var backs = wires.Where(w => w.IsBack).ToList();
            Rows.LayBack(backs, layers);
            rowsOfLane = Rows.Assign(layers, backs, lanes);
            routing = new Routing(layers);
            foreach (var wire in wires) plans.Add((wire, routing.Plan(wire)));
            counts = routing.PlaceTracks(layers.Count);
        }
        (columns, var ends) = Columns(wires, counts);
        Width = ends[^1];
        (rows, Tops) = Heights(pad, l => shelf(l, Width));
        routing?.Set(columns, ends, rows);
    }

    internal Box BoxOf(Cell cell) => new(columns[cell.Layer] - cell.Width / 2, rows[cell.Row] - cell.Height / 2, cell.Width, cell.Height);

    internal IEnumerable<Edge> Edges() => plans.Select(p => new Edge(p.Wire.Id, Lines.Simplify([.. p.Spots.Select(s => s())])));

    /// <summary>Where the shelf of a lane begins: below its rows; with several lanes to the right of them, where no line from lane to lane passes.</summary>
    internal Spot ShelfAt(int lane, double pad) =>
        rowsOfLane.Length > 1 ? new(Width == 0 ? 0 : Width + Measures.Gap, Tops[lane] + pad) : new(0, ShelfTop(lane, pad));

    double ShelfTop(int lane, double pad)
    {
        if (rowsOfLane[lane] == 0) return Tops[lane] + pad;
        var last = rowsOfLane.Take(lane + 1).Sum() - 1;
        return rows[last] + layers.SelectMany(l => l).Where(c => c.Row == last).Max(c => c.Height / 2 + c.Under) + Measures.RowGap;
    }

    (double[] Middles, double[] Ends) Columns(IReadOnlyList<Wire> wires, int[] counts)
    {
        var (middles, ends) = (new double[layers.Count], new double[layers.Count + 1]);
        var labels = wires.Where(w => w.LabelWidth > 0).ToLookup(w => w.Source.Layer, w => Math.Min(w.LabelWidth, Measures.LabelWidth));
        var left = counts[0] > 0 ? 38 + 12.0 * (counts[0] - 1) : 0;
        for (var i = 0; i < layers.Count; i++)
        {
            var width = Math.Max(Measures.Event, layers[i].Max(c => c.Width));
            middles[i] = left + width / 2;
            ends[i + 1] = left + width;
            var tracks = Math.Max(0, counts[i + 1] - 1) * 12;
            var label = labels[i].DefaultIfEmpty(0).Max();
            var gap = i + 1 < layers.Count ? Math.Max(Measures.Gap, label == 0 ? 0 : label + 48) + tracks : counts[i + 1] > 0 ? 38 + tracks : 0;
            left += width + gap;
        }
        var all = ends[^1] + (layers.Count > 0 && counts[^1] > 0 ? 38 + 12.0 * (counts[^1] - 1) : 0);
        return (middles, [.. ends[..^1], .. layers.Count > 0 ? new[] { ends[^1], all } : [0.0]]);
    }

    (double[] Rows, double[] Tops) Heights(double pad, Func<int, double> shelf)
    {
        var count = rowsOfLane.Sum();
        var (up, down, middles) = (new double[count], new double[count], new double[count]);
        foreach (var cell in layers.SelectMany(l => l))
        {
            up[cell.Row] = Math.Max(up[cell.Row], cell.Height / 2);
            down[cell.Row] = Math.Max(down[cell.Row], cell.Height / 2 + cell.Under);
        }
        var (tops, y, row) = (new double[rowsOfLane.Length + 1], 0.0, 0);
        for (var lane = 0; lane < rowsOfLane.Length; lane++)
        {
            tops[lane] = y;
            y += pad;
            for (var r = 0; r < rowsOfLane[lane]; r++, row++)
            {
                middles[row] = y + up[row];
                y += up[row] + down[row] + (r + 1 < rowsOfLane[lane] ? Measures.RowGap : 0);
            }
            var aside = shelf(lane);
            if (rowsOfLane.Length > 1) y = Math.Max(y, tops[lane] + pad + aside);
            else if (aside > 0) y += aside + (rowsOfLane[lane] > 0 ? Measures.RowGap : 0);
            y = Math.Max(y + pad, tops[lane] + (pad > 0 ? 110 : 0));
        }
        tops[^1] = y;
        return (middles, tops);
    }
}
