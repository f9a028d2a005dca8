using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Draws nodes and artifacts, each as one group.</summary>
internal sealed class NodeDrawing(Ink ink, IReadOnlyDictionary<string, Label> labels, HashSet<string> hosts)
{
    internal void Node(FlowNode node, Shape shape, bool isFrame, Highlight? highlight, int counter)
    {
        ink.BeginElement(node.Id, node.ElementName is { Length: > 0 } name ? name : $"{char.ToLowerInvariant(node.Kind.ToString()[0])}{node.Kind.ToString()[1..]}", node.Name, highlight);
        if (Measures.IsEvent(node.Kind)) Event(node, shape.Box);
        else if (Measures.IsGateway(node.Kind)) Gateway(node, shape.Box);
        else Activity(node, shape.Box, isFrame);
        Beside(node.Id);
        if (highlight is { } h) Tick(h, Measures.IsGateway(node.Kind) ? new(shape.Box.X + 8, shape.Box.Y + 8) : Measures.IsEvent(node.Kind) ? new(shape.Box.X + 3, shape.Box.Y + 3) : new(shape.Box.X, shape.Box.Y));
        if (counter > 0) Count(counter, Measures.IsEvent(node.Kind) || Measures.IsGateway(node.Kind) ? new(shape.Box.X + shape.Box.Width - 4, shape.Box.Y + 4) : new(shape.Box.X + shape.Box.Width - 2, shape.Box.Y + 2));
        ink.End();
    }

    internal void Artifact(Artifact artifact, Shape shape)
    {
        var box = shape.Box;
        var (x, y, right, bottom) = (Ink.N(box.X), Ink.N(box.Y), Ink.N(box.X + box.Width), Ink.N(box.Y + box.Height));
        ink.BeginElement(artifact.Id, artifact.Kind, artifact.Text, null, 1.2);
        switch (artifact.Kind)
        {
            case "textAnnotation":
                var most = Math.Max(1, (int)((box.Height - 4) / Ink.Step(11)));
                ink.Path($"M{Ink.N(box.X + Math.Min(12, box.Width))} {y}H{x}V{bottom}H{Ink.N(box.X + Math.Min(12, box.Width))}");
                ink.Lines(Lettering.Wrap(artifact.Text ?? "", Math.Max(30, box.Width - 12), most, 11), new(box.X + 8, box.Y + 5), "start", 11);
                break;
            case "group":
                ink.Rect(box, 10, "none", dash: "10 4 1.5 4", stroke: ink.Palette.Edge);
                ink.Lines(Lettering.Wrap(artifact.Text ?? "", box.Width - 16, 1, 11), new(box.X + box.Width / 2, box.Y + 5), size: 11);
                break;
            case "dataStoreReference" or "dataStore":
                var (dip, upper) = (box.Height * 0.12, box.Y + box.Height * 0.12);
                var (rx, low) = (Ink.N(box.Width / 2), box.Y + box.Height - dip);
                string Arc(double at, int sweep) => $"M{x} {Ink.N(at)}A{rx} {Ink.N(dip)} 0 0 {sweep} {right} {Ink.N(at)}";
                ink.Path($"{Arc(upper, 1)}V{Ink.N(low)}A{rx} {Ink.N(dip)} 0 0 1 {x} {Ink.N(low)}z", ink.Fill);
                ink.Path($"{Arc(upper, 0)}{Arc(upper + 5, 0)}{Arc(upper + 10, 0)}");
                break;
            default:
                var fold = Math.Min(11, box.Width / 3);
                ink.Path($"M{x} {y}H{Ink.N(box.X + box.Width - fold)}L{right} {Ink.N(box.Y + fold)}V{bottom}H{x}z", ink.Fill);
                ink.Path($"M{Ink.N(box.X + box.Width - fold)} {y}V{Ink.N(box.Y + fold)}H{right}");
                if (artifact.Kind is "dataInput" or "dataOutput")
                    ink.Path("M0 3.5h6V0l6 6-6 6V8.5H0z", artifact.Kind == "dataOutput" ? ink.Stroke : "none", transform: $"translate({Ink.N(box.X + 4)} {Ink.N(box.Y + 4)})");
                break;
        }
        Beside(artifact.Id);
        ink.End();
    }

    void Event(FlowNode node, Box box)
    {
        var (middle, radius) = (Lines.Middle(box), Math.Min(box.Width, box.Height) / 2);
        var throws = node.Kind is NodeKind.IntermediateThrowEvent or NodeKind.EndEvent;
        var dash = node.Interrupting ? null : "5 3.5";
        if (node.Kind == NodeKind.EndEvent) ink.Circle(middle, radius - 1.25, width: 3.5);
        else ink.Circle(middle, radius, dash: dash);
        if (node.Kind is NodeKind.BoundaryEvent or NodeKind.IntermediateCatchEvent or NodeKind.IntermediateThrowEvent) ink.Circle(middle, radius - 3.2, dash: dash);
        Symbols.Event(ink, node.Event?.Kind ?? EventKind.None, throws, box);
    }

    void Gateway(FlowNode node, Box box)
    {
        var middle = Lines.Middle(box);
        ink.Path($"M{Ink.N(middle.X)} {Ink.N(box.Y)}L{Ink.N(box.X + box.Width)} {Ink.N(middle.Y)} {Ink.N(middle.X)} {Ink.N(box.Y + box.Height)} {Ink.N(box.X)} {Ink.N(middle.Y)}z", null);
        Symbols.Gateway(ink, node, box);
    }

    void Activity(FlowNode node, Box box, bool isFrame)
    {
        var isPart = Measures.IsSubProcess(node.Kind);
        ink.Rect(box, 10, isFrame ? ink.Palette.Surface : null, node.Kind == NodeKind.CallActivity ? 4 : null, node.TriggeredByEvent ? "0.1 4.5" : null);
        if (node.Kind == NodeKind.Transaction) ink.Rect(new(box.X + 3, box.Y + 3, Math.Max(0, box.Width - 6), Math.Max(0, box.Height - 6)), 7.5, "none");
        var icon = Symbols.Task(ink, node.Kind, box.X + 6, box.Y + 6);
        var markers = Symbols.Markers(node, !isFrame && (isPart || node.Kind == NodeKind.CallActivity));
        for (var i = 0; i < markers.Count; i++)
            ink.Path(markers[i], width: 1.4, transform: $"translate({Ink.N(box.X + box.Width / 2 + (i - (markers.Count - 1) / 2.0) * 20)} {Ink.N(box.Y + box.Height - 10)})");
        if (isFrame) ink.Lines(Lettering.Wrap(node.Name ?? "", box.Width - 24, 1), new(box.X + box.Width / 2, box.Y + 8), weight: "600");
        else Inside(node.Name ?? "", box, icon ? 24 : 4, markers.Count > 0 ? 19 : 4, hosts.Contains(node.Id));
    }

    // The name in the middle, below the sign and above the markers; where it is too long it is written smaller, then beside them.
    void Inside(string name, Box box, double top, double bottom, bool isHost)
    {
        (double Top, double Bottom, double Size)[] rooms = [(top, isHost ? Math.Max(16, bottom) : bottom, Lettering.Size), (top, isHost ? Math.Max(16, bottom) : bottom, 10.5), (top, bottom, 10.5), (6, bottom, 10.5)];
        var room = rooms.FirstOrDefault(r => Fits(Lettering.Wrap(name, box.Width - 8, 99, r.Size).Count, r), rooms[^1]);
        var lines = Lettering.Balance(name, box.Width - 8, Math.Max(1, (int)((box.Height - room.Top - room.Bottom) / Ink.Step(room.Size))), room.Size);
        var height = lines.Count * Ink.Step(room.Size);
        var y = Math.Max(box.Y + room.Top, Math.Min(box.Y + (box.Height - height) / 2, box.Y + box.Height - room.Bottom - height));
        ink.Lines(lines, new(box.X + box.Width / 2, y), size: room.Size);

        bool Fits(int count, (double Top, double Bottom, double Size) r) => count * Ink.Step(r.Size) <= box.Height - r.Top - r.Bottom;
    }

    void Beside(string id)
    {
        if (labels.TryGetValue(id, out var label)) ink.Lines(label.Lines, new(label.Box.X + label.Box.Width / 2, label.Box.Y), size: Labels.Size, halo: true);
    }

    // What the colour says is also said by a sign.
    void Tick(Highlight highlight, Spot at)
    {
        ink.Begin("g", ("class", "bpmn-mark"), ("transform", $"translate({Ink.N(at.X)} {Ink.N(at.Y)})"), ("stroke-width", "1.8"), ("fill", "none"), ("stroke-linecap", "round"), ("stroke-linejoin", "round"));
        ink.Circle(new(0, 0), 7.5, ink.Stroke, 1.5, stroke: ink.Palette.Surface);
        var sign = highlight switch { Highlight.Done => "M-3.2.2-.8 2.7 3.4-2.5", Highlight.Rejected => "M-2.6-2.6 2.6 2.6M2.6-2.6-2.6 2.6", _ => "M-1.7-3 3 0-1.7 3z" };
        ink.Path(sign, highlight == Highlight.Active ? ink.Palette.OnAccent : "none", stroke: ink.Palette.OnAccent, width: highlight == Highlight.Active ? 0.8 : 1.8);
        ink.End();
    }

    void Count(int counter, Spot at)
    {
        var text = counter > 999 ? "999+" : counter.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var width = Math.Max(20, 10 + Lettering.Width(text, 11));
        ink.Begin("g", ("class", "bpmn-counter"));
        ink.Rect(new(at.X - width / 2, at.Y - 10, width, 20), 10, ink.Palette.Accent, 1.5, stroke: ink.Palette.Surface);
        ink.Lines([text], new(at.X, at.Y - 6.5), size: 11, colour: ink.Palette.OnAccent, weight: "600");
        ink.End();
    }
}
