using System.Globalization;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Diagram interchange elements of shapes and lines.</summary>
internal static class Drawing
{
    /// <summary>Shapes, then lines, as `BPMNShape` and `BPMNEdge`.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="edges">The lines.</param>
    /// <param name="kind">Local name of the element of an id.</param>
    /// <param name="taken">Ids in use; those of the drawing are added.</param>
    public static IEnumerable<XElement> Elements(IEnumerable<Shape> shapes, IEnumerable<Edge> edges, Func<string, string?> kind, HashSet<string> taken)
    {
        foreach (var shape in shapes)
        {
            var element = new XElement(Names.Diagram + "BPMNShape", new XAttribute("id", Free(shape.Element + "_di", taken)), new XAttribute("bpmnElement", shape.Element));
            var of = kind(shape.Element);
            if (of is "participant" or "lane") element.Add(new XAttribute("isHorizontal", shape.IsHorizontal));
            if (of is "subProcess" or "transaction" or "adHocSubProcess" or "callActivity") element.Add(new XAttribute("isExpanded", shape.IsExpanded));
            element.Add(Box(shape.Box), Label(shape.Label));
            yield return element;
        }
        foreach (var edge in edges)
            yield return new XElement(Names.Diagram + "BPMNEdge", new XAttribute("id", Free(edge.Element + "_di", taken)), new XAttribute("bpmnElement", edge.Element),
                edge.Spots.Select(s => new XElement(Names.Waypoint + "waypoint", Number("x", s.X), Number("y", s.Y))), Label(edge.Label));
    }

    /// <summary>A diagram of some elements; <paramref name="subject"/> is the collaboration or process it shows.</summary>
    public static XElement Diagram(string subject, IEnumerable<XElement> elements, HashSet<string> taken) =>
        new(Names.Diagram + "BPMNDiagram", new XAttribute("id", Free("BPMNDiagram_1", taken)),
            new XElement(Names.Diagram + "BPMNPlane", new XAttribute("id", Free("BPMNPlane_1", taken)), new XAttribute("bpmnElement", subject), elements));

    /// <summary>What a file's first diagram shows: its collaboration, else its first process; null when it has neither.</summary>
    public static string? PlaneOf(XElement root) =>
        root.Elements(Names.Model + "collaboration").Concat(root.Elements(Names.Model + "process")).Select(e => e.Plain("id")).FirstOrDefault(id => id is not null);

    /// <summary>An id nobody has yet.</summary>
    public static string Free(string wanted, HashSet<string> taken)
    {
        var id = wanted;
        for (var n = 2; !taken.Add(id); n++) id = $"{wanted}_{n}";
        return id;
    }

    private static XElement? Label(Box? box) => box is { } b ? new(Names.Diagram + "BPMNLabel", Box(b)) : null;

    private static XElement Box(Box box) => new(Names.Bounds + "Bounds", Number("x", box.X), Number("y", box.Y), Number("width", box.Width), Number("height", box.Height));

    private static XAttribute Number(string name, double value) => new(name, value.ToString(CultureInfo.InvariantCulture));
}
