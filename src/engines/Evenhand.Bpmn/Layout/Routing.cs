using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Leads flows over the grid: along rows only through cells of their own, upright only in the gaps or through free cells. So no line runs through a box.</summary>
internal sealed class Routing
{
    readonly Dictionary<(int Layer, int Row), Cell> taken = [];
    readonly Dictionary<(Cell Cell, bool Top), bool> sides = [];
    readonly Tracks tracks;
    double[] columns = [], ends = [], rows = [];

    internal Routing(List<List<Cell>> layers)
    {
        tracks = new Tracks(layers.Count + 1);
        foreach (var cell in layers.SelectMany(l => l)) taken[(cell.Layer, cell.Row)] = cell;
    }

    internal List<Func<Spot>> Plan(Wire wire) => wire.IsBack ? PlanBack(wire) : PlanOn(wire);

    /// <summary>To be called when all is planned.</summary>
    internal int[] PlaceTracks(int layers)
    {
        tracks.Place();
        return [.. Enumerable.Range(0, layers + 1).Select(tracks.Count)];
    }

    /// <summary>Middles of columns, right ends of columns (first: left edge of all), middles of rows.</summary>
    internal void Set(double[] columnMiddles, double[] columnEnds, double[] rowMiddles) => (columns, ends, rows) = (columnMiddles, columnEnds, rowMiddles);

    Spot Middle(Cell cell) => new(columns[cell.Layer], rows[cell.Row]);
    double Along(int gap, Track track) => ends[gap] + 25 + 12 * track.At;

    List<Func<Spot>> PlanOn(Wire wire)
    {
        var (path, spots) = (wire.Path, Leave(wire));
        Track? last = null;
        for (var k = 0; k + 1 < path.Count; k++)
        {
            var (a, b) = (path[k], path[k + 1]);
            if (a.Row == b.Row) continue;
            if (k == 0 && a.IsGateway && Upright(a, b.Row, true))
            {
                spots.Clear();
                spots.Add(() => Border(a, b.Row < a.Row));
                spots.Add(() => new(columns[a.Layer], rows[b.Row]));
            }
            else if (k == path.Count - 2 && b.IsGateway && Upright(b, a.Row, false))
            {
                spots.Add(() => new(columns[b.Layer], rows[a.Row]));
                spots.Add(() => Border(b, a.Row < b.Row));
                return spots;
            }
            else last = Turn(spots, a, b);
        }
        spots.Add(() => new(columns[wire.To.Layer] - wire.To.Width / 2, rows[wire.To.Row] + (path[^2].Row == wire.To.Row ? 0 : last?.Shift ?? 0)));
        return spots;
    }

    List<Func<Spot>> PlanBack(Wire wire)
    {
        var (first, last, spots) = (wire.Path[0], wire.Path[^1], Leave(wire));
        if (wire.DropAt is { } at && last.Row > wire.From.Row && Enumerable.Range(wire.From.Row, last.Row - wire.From.Row).All(r => !IsBox(last.Layer, r)))
        {
            spots.RemoveAt(1);
            spots.Add(() => new(columns[last.Layer] + at, rows[last.Row]));
        }
        else if (wire.DropAt is null && wire.Source != wire.To && Upright(wire.Source, last.Row, true, last))
        {
            spots.Clear();
            spots.Add(() => Border(wire.Source, last.Row < wire.Source.Row));
            spots.Add(() => Middle(last));
        }
        else
        {
            var track = tracks.Of(last.Layer + 1, last);
            track.Leave(wire.From.Row);
            track.Leave(last.Row);
            spots.Add(() => new(Along(last.Layer + 1, track), rows[wire.From.Row]));
            spots.Add(() => new(Along(last.Layer + 1, track), rows[last.Row]));
        }
        if (Upright(wire.To, first.Row, false, first))
        {
            spots.Add(() => Middle(first));
            spots.Add(() => Border(wire.To, first.Row < wire.To.Row));
            return spots;
        }
        var into = tracks.Of(first.Layer, first);
        into.Reach(wire.To.Row);
        into.Reach(first.Row);
        spots.Add(() => new(Along(first.Layer, into), rows[first.Row]));
        spots.Add(() => new(Along(first.Layer, into), rows[wire.To.Row]));
        spots.Add(() => Middle(wire.To) with { X = columns[wire.To.Layer] - wire.To.Width / 2 });
        return spots;
    }

    List<Func<Spot>> Leave(Wire wire)
    {
        var (source, from) = (wire.Source, wire.From);
        if (wire.DropAt is not { } at) return [() => Middle(source) with { X = columns[source.Layer] + source.Width / 2 }];
        return [() => new(columns[source.Layer] + at, rows[source.Row] + source.Height / 2 + Measures.Event / 2), () => new(columns[source.Layer] + at, rows[from.Row])];
    }

    Track Turn(List<Func<Spot>> spots, Cell a, Cell b)
    {
        var gap = a.Layer + 1;
        var track = tracks.Of(gap, a);
        track.Leave(a.Row);
        track.Reach(b.Row);
        track.CanShift = b.IsBox && b.Height >= 60;
        spots.Add(() => new(Along(gap, track), rows[a.Row]));
        spots.Add(() => new(Along(gap, track), rows[b.Row] + track.Shift));
        return track;
    }

    Spot Border(Cell cell, bool top) => new(columns[cell.Layer], rows[cell.Row] + (top ? -cell.Height / 2 : cell.Height / 2));

    bool IsBox(int layer, int row) => taken.TryGetValue((layer, row), out var cell) && cell.IsBox;

    // Free to go up or down from a box to a row; the cell there is then taken.
    bool Upright(Cell cell, int row, bool leaves, Cell? own = null)
    {
        var top = row < cell.Row;
        if (sides.TryGetValue((cell, top), out var left) && left != leaves) return false;
        if (!top && cell.Below.Count > 0 || row == cell.Row) return false;
        for (var r = Math.Min(row, cell.Row) + 1; r < Math.Max(row, cell.Row); r++)
            if (IsBox(cell.Layer, r)) return false;
        if (taken.TryGetValue((cell.Layer, row), out var there) && there != own) return false;
        sides[(cell, top)] = leaves;
        taken[(cell.Layer, row)] = own ?? new Cell("", 0, 0);
        return true;
    }
}
