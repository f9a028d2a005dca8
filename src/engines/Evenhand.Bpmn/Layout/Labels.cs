using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Where a name stands that is not inside of its shape.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Box">Where they stand; they are centred in it.</param>
internal sealed record Label(IReadOnlyList<string> Lines, Box Box);

/// <summary>Finds places for names beside events, gateways, data and flows: where the file says, otherwise the first that covers nothing.</summary>
internal sealed class Labels
{
    internal const double Size = 11;
    readonly List<Box> frames, walls;
    readonly List<(Spot From, Spot To)> segments;
    readonly List<Box> set = [];
    readonly ILookup<Spot, Edge> starts;

    /// <param name="diagram">The drawing.</param>
    /// <param name="frames">Ids of shapes that hold others.</param>
    internal Labels(Diagram diagram, HashSet<string> frames)
    {
        this.frames = [.. diagram.Shapes.Values.Where(s => frames.Contains(s.Element)).Select(s => s.Box)];
        walls = [.. diagram.Shapes.Values.Where(s => !frames.Contains(s.Element)).Select(s => s.Box)];
        starts = diagram.Edges.Values.Where(e => e.Spots.Count > 1).ToLookup(e => e.Spots[0]);
        segments = [.. diagram.Edges.Values.SelectMany(e => e.Spots.Zip(e.Spots.Skip(1)))];
    }

    internal Label? Beside(Shape shape, string? name, bool isBoundary)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (FromFile(shape.Label, name) is { } known) return known;
        var (box, size) = (shape.Box, Sized(name, Measures.LabelWidth, 3));
        var (x, y, right, bottom) = (box.X + box.Width / 2 - size.Width / 2, box.Y - 4 - size.Height, box.X + box.Width + 3, box.Y + box.Height + 4);
        var left = box.X - 3 - size.Width;
        (double X, double Y)[] places = isBoundary
            ? [(right - 6, bottom - 8), (left + 6, bottom - 8), (x, bottom), (right, bottom - 16), (left, bottom)]
            : [(x, bottom), (x, y), (right - 10, y + 4), (left + 10, y + 4), (right - 10, bottom - 4), (left + 10, bottom - 4)];
        return Put(size.Lines, [.. places.Select(p => new Box(p.X, p.Y, size.Width, size.Height))]);
    }

    /// <param name="edge">The line.</param>
    /// <param name="name">The name.</param>
    /// <param name="lead">What the sign at its start takes up.</param>
    internal Label? Along(Edge edge, string? name, double lead)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (FromFile(edge.Label, name) is { } known) return known;
        var size = Sized(name, 110, 3);
        var places = new List<Box>();
        var pieces = edge.Spots.Zip(edge.Spots.Skip(1)).ToList();
        var own = Own(edge);
        foreach (var (a, b) in pieces[own..].Where(p => Fits(p, size)).Concat(pieces[own..].Where(p => !Fits(p, size))).Concat(pieces[..own]))
        {
            var (x, y) = (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y));
            if (Math.Abs(a.Y - b.Y) < 1)
                foreach (var at in new[] { a.X < b.X ? a.X + lead : a.X - lead - size.Width, (a.X + b.X - size.Width) / 2 })
                    places.AddRange([new(at, y - 3 - size.Height, size.Width, size.Height), new(at, y + 4, size.Width, size.Height)]);
            else
                foreach (var at in new[] { a.Y < b.Y ? a.Y + lead : a.Y - lead - size.Height, (a.Y + b.Y - size.Height) / 2 })
                    places.AddRange([new(Math.Max(a.X, b.X) + 5, at, size.Width, size.Height), new(x - 5 - size.Width, at, size.Width, size.Height)]);
        }
        var half = Layout.Lines.Halfway(edge.Spots);
        places.Add(new(half.X - size.Width / 2, half.Y - size.Height / 2, size.Width, size.Height));
        return Put(size.Lines, places);
    }

    /// <summary>Index of the first piece of a flow that no other flow from the same spot shares.</summary>
    internal int Own(Edge edge)
    {
        var others = starts[edge.Spots[0]].Where(e => e != edge).ToList();
        for (var i = 0; i + 1 < edge.Spots.Count; i++)
            if (!others.Exists(o => o.Spots.Zip(o.Spots.Skip(1)).Any(p => Shared((edge.Spots[i], edge.Spots[i + 1]), p)))) return i;
        return 0;
    }

    internal static bool Shared((Spot From, Spot To) one, (Spot From, Spot To) other)
    {
        bool Same(double a, double b, double c, double d) => Math.Abs(a - b) + Math.Abs(b - c) + Math.Abs(c - d) < 1;
        bool Meet(double a, double b, double c, double d) => Math.Min(Math.Max(a, b), Math.Max(c, d)) - Math.Max(Math.Min(a, b), Math.Min(c, d)) > 1;
        return Same(one.From.X, one.To.X, other.From.X, other.To.X) && Meet(one.From.Y, one.To.Y, other.From.Y, other.To.Y)
            || Same(one.From.Y, one.To.Y, other.From.Y, other.To.Y) && Meet(one.From.X, one.To.X, other.From.X, other.To.X);
    }

    static bool Fits((Spot From, Spot To) piece, (IReadOnlyList<string> Lines, double Width, double Height) size) =>
        Math.Abs(piece.From.Y - piece.To.Y) < 1 ? Math.Abs(piece.From.X - piece.To.X) > size.Width + 6 : Math.Abs(piece.From.Y - piece.To.Y) > size.Height + 14;

    static Label? FromFile(Box? label, string name)
    {
        if (label is not { Width: > 0 } box) return null;
        var lines = Lettering.Balance(name, Math.Max(box.Width + 4, Math.Clamp(Lettering.LongestWord(name, Size), 60, 140)), 8, Size);
        var (width, height) = (lines.Max(l => Lettering.Width(l, Size)), lines.Count * Ink.Step(Size));
        return new(lines, new(box.X + box.Width / 2 - width / 2, box.Y + Math.Min(0, box.Height - height) / 2, width, height));
    }

    static (IReadOnlyList<string> Lines, double Width, double Height) Sized(string name, double width, int most)
    {
        var lines = Lettering.Balance(name, width, most, Size);
        return (lines, lines.Select(l => Lettering.Width(l, Size)).DefaultIfEmpty(0).Max(), lines.Count * Ink.Step(Size));
    }

    Label Put(IReadOnlyList<string> lines, List<Box> places)
    {
        var best = places.MinBy(Cost);
        set.Add(best);
        return new(lines, best);
    }

    int Cost(Box box) =>
        walls.Count(w => Lines.Overlap(w, box)) * 3 + set.Count(s => Lines.Overlap(s, box)) * 2 + segments.Count(s => Lines.Crosses(s.From, s.To, box)) + (Outside(box) ? 2 : 0);

    bool Outside(Box box) => frames.Exists(f => Lines.Overlap(f, box) && !Lines.Holds(f, box));
}
