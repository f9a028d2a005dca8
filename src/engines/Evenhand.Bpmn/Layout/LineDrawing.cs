using System.Text;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Draws sequence flows, flows of messages and associations, each as one group.</summary>
internal sealed class LineDrawing(Ink ink, IReadOnlyDictionary<string, Label> labels)
{
    internal void Flow(Edge edge, SequenceFlow flow, FlowNode? source, int own, Highlight? highlight)
    {
        Begin(edge.Element, "sequenceFlow", flow.Name, highlight);
        Spot start = edge.Spots[own], second = edge.Spots[own + 1];
        var (end, before) = Tail(edge.Spots);
        ink.Path(Rounded(edge.Spots, 9));
        ink.Path("M0 0-10-4.5V4.5z", ink.Stroke, 1, transform: Turned(end, before));
        if (source?.DefaultFlow == flow.Id) ink.Path(own == 0 ? "M6-5.5 13 5.5" : "M11-5.5 18 5.5", transform: Turned(start, second, true));
        else if (flow.Condition is not null && source is not null && !Measures.IsGateway(source.Kind)) ink.Path("M0 0 8-4.5 16 0 8 4.5z", ink.Palette.Surface, 1.2, transform: Turned(start, second, true));
        Finish(edge.Element);
    }

    internal void Message(Edge edge, MessageFlow flow, Highlight? highlight)
    {
        Begin(edge.Element, "messageFlow", flow.Name, highlight);
        var (end, before) = Tail(edge.Spots);
        ink.Path(Rounded(edge.Spots, 9), dash: "7 5");
        ink.Path("M-1 0-10-4.5V4.5z", ink.Palette.Surface, 1.3, transform: Turned(end, before));
        ink.Circle(edge.Spots[0], 4, ink.Palette.Surface, 1.3);
        Finish(edge.Element);
    }

    internal void Association(Edge edge, bool isDirected)
    {
        Begin(edge.Element, "association", null, null);
        ink.Path(Rounded(edge.Spots, 0), width: 1.6, dash: "0.1 4.5");
        var (end, before) = Tail(edge.Spots);
        if (isDirected) ink.Path("M-8-5 0 0-8 5", width: 1.3, transform: Turned(end, before));
        Finish(edge.Element);
    }

    void Begin(string id, string kind, string? name, Highlight? highlight)
    {
        ink.BeginElement(id, kind, name, highlight, 1.5);
        if (highlight is null) ink.Line(ink.Palette.Line);
    }

    void Finish(string id)
    {
        if (labels.TryGetValue(id, out var label)) ink.Lines(label.Lines, new(label.Box.X + label.Box.Width / 2, label.Box.Y), size: Labels.Size, halo: true);
        ink.End();
    }

    static (Spot End, Spot Before) Tail(IReadOnlyList<Spot> spots)
    {
        for (var i = spots.Count - 2; i > 0; i--)
            if (Lines.Length(spots[i], spots[^1]) > 0.5) return (spots[^1], spots[i]);
        return (spots[^1], spots[0]);
    }

    // The head stands at the end and points the way the line comes.
    static string Turned(Spot at, Spot other, bool outwards = false)
    {
        var angle = Math.Atan2(at.Y - other.Y, at.X - other.X) * 180 / Math.PI + (outwards ? 180 : 0);
        return $"translate({Ink.N(at.X)} {Ink.N(at.Y)}) rotate({Ink.N(angle)})";
    }

    // The line ends within its head, so that the tip stays sharp.
    static string Rounded(IReadOnlyList<Spot> spots, double cut)
    {
        var path = new StringBuilder("M").Append(Pair(spots[0]));
        for (var i = 1; i + 1 < spots.Count; i++)
        {
            var (a, b, c) = (spots[i - 1], spots[i], spots[i + 1]);
            var radius = Math.Min(6, Math.Min(Lines.Length(a, b), Lines.Length(b, c)) / 2);
            var (from, to) = (Toward(b, a, radius), Toward(b, c, radius));
            path.Append('L').Append(Pair(from)).Append('Q').Append(Pair(b)).Append(' ').Append(Pair(to));
        }
        var last = Lines.Length(spots[^2], spots[^1]) > cut ? Toward(spots[^1], spots[^2], cut) : spots[^1];
        return path.Append('L').Append(Pair(last)).ToString();
    }

    static string Pair(Spot spot) => $"{Ink.N(spot.X)} {Ink.N(spot.Y)}";

    static Spot Toward(Spot from, Spot to, double distance)
    {
        var length = Lines.Length(from, to);
        return length < 0.01 ? from : new(from.X + (to.X - from.X) * distance / length, from.Y + (to.Y - from.Y) * distance / length);
    }
}
