using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Lines and boxes on the plane.</summary>
internal static class Lines
{
    /// <summary>Without corners that are none.</summary>
    internal static IReadOnlyList<Spot> Simplify(IReadOnlyList<Spot> spots)
    {
        var kept = new List<Spot>();
        foreach (var spot in spots)
        {
            if (kept.Count > 0 && Near(kept[^1].X, spot.X) && Near(kept[^1].Y, spot.Y)) continue;
            while (kept.Count > 1 && (Near(kept[^1].X, spot.X) && Near(kept[^2].X, spot.X) || Near(kept[^1].Y, spot.Y) && Near(kept[^2].Y, spot.Y))) kept.RemoveAt(kept.Count - 1);
            kept.Add(spot);
        }
        if (kept.Count == 1) kept.Add(kept[0]);
        return kept;
    }

    /// <summary>A straight line from border to border.</summary>
    internal static IReadOnlyList<Spot> Between(Box from, Box to)
    {
        var (a, b) = (Middle(from), Middle(to));
        // One above the other: upright.
        var (x0, x1) = (Math.Max(from.X, to.X), Math.Min(from.X + from.Width, to.X + to.Width));
        var x = Math.Clamp(from.Width < to.Width ? a.X : b.X, Math.Min(x0, x1), Math.Max(x0, x1));
        if (x1 - x0 > 8) (a, b) = (a with { X = x }, b with { X = x });
        return [Clip(from, b, a), Clip(to, a, b)];
    }

    internal static Spot Middle(Box box) => new(box.X + box.Width / 2, box.Y + box.Height / 2);

    /// <summary>Where the line from a spot inside the box to one outside leaves it.</summary>
    internal static Spot Clip(Box box, Spot outside, Spot inside)
    {
        var (dx, dy) = (outside.X - inside.X, outside.Y - inside.Y);
        var t = 1.0;
        if (dx > 0) t = Math.Min(t, (box.X + box.Width - inside.X) / dx);
        if (dx < 0) t = Math.Min(t, (box.X - inside.X) / dx);
        if (dy > 0) t = Math.Min(t, (box.Y + box.Height - inside.Y) / dy);
        if (dy < 0) t = Math.Min(t, (box.Y - inside.Y) / dy);
        return new(inside.X + dx * t, inside.Y + dy * t);
    }

    /// <summary>The line from a to b has more than its border in common with the box.</summary>
    internal static bool Crosses(Spot a, Spot b, Box box, double slack = 0.5)
    {
        var (from, to) = (0.0, 1.0);
        return Cut(a.X, b.X - a.X, box.X + slack, box.X + box.Width - slack, ref from, ref to)
            && Cut(a.Y, b.Y - a.Y, box.Y + slack, box.Y + box.Height - slack, ref from, ref to);
    }

    internal static bool Overlap(Box a, Box b) => a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    internal static bool Holds(Box outer, Box inner, double slack = 0.5) =>
        inner.X >= outer.X - slack && inner.Y >= outer.Y - slack && inner.X + inner.Width <= outer.X + outer.Width + slack && inner.Y + inner.Height <= outer.Y + outer.Height + slack;

    internal static Box Around(IEnumerable<Box> boxes)
    {
        var (x0, y0, x1, y1) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var box in boxes) (x0, y0, x1, y1) = (Math.Min(x0, box.X), Math.Min(y0, box.Y), Math.Max(x1, box.X + box.Width), Math.Max(y1, box.Y + box.Height));
        return x0 > x1 ? new(0, 0, 0, 0) : new(x0, y0, x1 - x0, y1 - y0);
    }

    internal static Box Move(Box box, double x, double y) => box with { X = box.X + x, Y = box.Y + y };

    /// <summary>The spot half way along a line.</summary>
    internal static Spot Halfway(IReadOnlyList<Spot> spots)
    {
        var left = spots.Zip(spots.Skip(1), Length).Sum() / 2;
        for (var i = 0; i + 1 < spots.Count; i++)
        {
            var length = Length(spots[i], spots[i + 1]);
            if (length >= left && length > 0) return new(spots[i].X + (spots[i + 1].X - spots[i].X) * left / length, spots[i].Y + (spots[i + 1].Y - spots[i].Y) * left / length);
            left -= length;
        }
        return spots[^1];
    }

    internal static double Length(Spot a, Spot b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    static bool Cut(double start, double step, double low, double high, ref double from, ref double to)
    {
        if (low >= high) return false;
        if (Math.Abs(step) < 1e-9) return start > low && start < high;
        var (t0, t1) = ((low - start) / step, (high - start) / step);
        (from, to) = (Math.Max(from, Math.Min(t0, t1)), Math.Min(to, Math.Max(t0, t1)));
        return from < to;
    }

    static bool Near(double a, double b) => Math.Abs(a - b) < 0.01;
}
