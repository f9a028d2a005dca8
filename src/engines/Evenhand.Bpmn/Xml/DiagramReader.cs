using System.Globalization;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Reads the drawings of a file; of an element drawn more than once the first drawing counts.</summary>
internal sealed class DiagramReader(Ids ids, List<Finding> findings)
{
    public (Dictionary<string, Shape> Shapes, Dictionary<string, Edge> Edges) Read(XElement root)
    {
        var drawn = root.Elements(Names.Diagram + "BPMNDiagram").Descendants()
            .Where(e => e.Name.Namespace == Names.Diagram && e.Name.LocalName is "BPMNShape" or "BPMNEdge").ToList();
        var all = drawn.Select(e => e.Plain("bpmnElement")).OfType<string>().Select(Ids.Local).ToHashSet();
        Dictionary<string, Shape> shapes = [];
        Dictionary<string, Edge> edges = [];
        foreach (var element in drawn)
        {
            if (element.Plain("bpmnElement") is not { } written) continue;
            var (id, model) = ids.Resolve(element, written, null);
            if (model is null) findings.Add(new(Severity.Note, "drawing-of-nothing", element.Plain("id"), Ids.Line(element), written));
            if (element.Name.LocalName == "BPMNEdge") Line(element, id, edges);
            else if (!shapes.ContainsKey(id) && Box(element) is { } box)
                shapes[id] = new(id, box, Label(element), IsExpanded(element, model, all), element.Truth("isHorizontal", IsWide(model, box)));
        }
        return (shapes, edges);
    }

    private void Line(XElement element, string id, Dictionary<string, Edge> edges)
    {
        var spots = element.Elements().Where(e => e.Name.LocalName == "waypoint").Select(Spot).OfType<Spot>().ToList();
        if (spots.Count >= 2) edges.TryAdd(id, new(id, spots, Label(element)));
    }

    /// <summary>Where a sub-process does not say so itself, it is open when something inside it is drawn.</summary>
    private static bool IsExpanded(XElement shape, XElement? model, HashSet<string> drawn) => shape.Truth("isExpanded",
        model?.Name.LocalName is not ("subProcess" or "transaction" or "adHocSubProcess") || model.Elements().Any(e => e.Plain("id") is { } id && drawn.Contains(id)));

    private static bool IsWide(XElement? model, Box box) => model?.Name.LocalName is not ("participant" or "lane") || box.Width >= box.Height;

    private Box? Label(XElement element) => element.Element(Names.Diagram + "BPMNLabel") is { } label && label.Elements().Any(e => e.Name.LocalName == "Bounds") ? Box(label) : null;

    private Box? Box(XElement element)
    {
        var bounds = element.Elements().FirstOrDefault(e => e.Name.LocalName == "Bounds");
        if (bounds is null) return null;
        return Number(bounds, "x") is { } x && Number(bounds, "y") is { } y && Number(bounds, "width") is { } width && Number(bounds, "height") is { } height
            ? new(x, y, Math.Max(0, width), Math.Max(0, height)) : null;
    }

    private Spot? Spot(XElement point) => Number(point, "x") is { } x && Number(point, "y") is { } y ? new(x, y) : null;

    private double? Number(XElement element, string attribute)
    {
        var text = element.Plain(attribute) ?? "0";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        findings.Add(new(Severity.Warning, "drawing-number", null, Ids.Line(element), attribute, text));
        return null;
    }
}
