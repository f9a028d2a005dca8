using System.Globalization;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Writes a model as a fresh BPMN 2.0 file: for processes made by the program, not for files of others, which are patched by <see cref="BpmnFile.With"/>.</summary>
public static class BpmnWriter
{
    /// <summary>The file: UTF-8, two spaces, elements in the order of the OMG schemas; what the standard has no word for in the `camunda:`, `zeebe:` and `evenhand:` namespaces.</summary>
    /// <param name="model">What to write. Ids must be XML names (NCName) and unique, as the schemas demand; texts must hold only characters that XML allows; neither is checked. Lines, findings and counts are not written.</param>
    /// <returns>The XML text; reading it gives an equal model.</returns>
    public static string Write(BpmnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var taken = Taken(model).ToHashSet();
        var root = Make("definitions", ("id", model.Id), ("name", model.Name), ("targetNamespace", model.TargetNamespace.Length > 0 ? model.TargetNamespace : "https://evenhand.org/bpmn"),
            ("exporter", model.Exporter));
        var categories = new List<XElement>();
        root.Add(model.EventNames.Values.OrderBy(n => n.Id, StringComparer.Ordinal).Select(Name));
        var collaboration = Collaboration(model, categories, taken);
        root.Add(collaboration, model.Processes.Select(p => Process(p, categories, taken)));
        root.Add(categories);
        if ((collaboration?.Plain("id") ?? model.Processes.Select(p => p.Id).FirstOrDefault()) is { } subject && model.Shapes.Count + model.Edges.Count > 0)
            root.Add(Drawing.Diagram(subject, Drawing.Elements(InOrder(model.Shapes), InOrder(model.Edges), Kinds(root).GetValueOrDefault, taken), taken));
        return Text(root);
    }

    private static XElement? Collaboration(BpmnModel model, List<XElement> categories, HashSet<string> taken)
    {
        if (model.Pools.Count + model.MessageFlows.Count + model.Artifacts.Count + model.Associations.Count == 0) return null;
        var made = Make("collaboration", ("id", Drawing.Free("Collaboration_1", taken)));
        made.Add(model.Pools.Select(p => Make("participant", ("id", p.Id), ("name", p.Name), ("processRef", p.Process))),
            model.MessageFlows.Select(f => Make("messageFlow", ("id", f.Id), ("name", f.Name), ("sourceRef", f.Source), ("targetRef", f.Target))),
            model.Artifacts.Select(a => Artifact(a, categories, taken)), model.Associations.Select(Association));
        return made;
    }

    private static IEnumerable<T> InOrder<T>(IReadOnlyDictionary<string, T> drawn) => drawn.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value);

    private static Dictionary<string, string> Kinds(XElement root) =>
        root.Descendants().Where(e => e.Plain("id") is not null).DistinctBy(e => e.Plain("id")).ToDictionary(e => e.Plain("id")!, e => e.Name.LocalName);

    private static IEnumerable<string> Taken(BpmnModel model) => model.Processes
        .SelectMany(p => p.Body.AllNodes.Select(n => n.Id).Concat(p.Body.AllFlows.Select(f => f.Id)).Concat(p.Lanes.Select(l => l.Id)).Append(p.Id))
        .Concat(model.Pools.Select(p => p.Id)).Concat(model.MessageFlows.Select(f => f.Id)).Concat(model.EventNames.Keys);

    private static string Text(XElement root)
    {
        var used = root.DescendantsAndSelf().SelectMany(e => e.Attributes().Select(a => a.Name.Namespace).Append(e.Name.Namespace))
            .Where(n => n != XNamespace.None).Select(n => n.NamespaceName).Distinct().OrderBy(n => Names.Prefixes[n], StringComparer.Ordinal);
        var text = Markup.Render(root, (ns, _) => Names.Prefixes[ns.NamespaceName] + ":", "\n");
        var declarations = string.Concat(used.Select(n => $" xmlns:{Names.Prefixes[n]}=\"{n}\""));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text.Insert("<bpmn:definitions".Length, declarations)}\n";
    }

    /// <summary>An element of BPMN with those attributes that are said.</summary>
    internal static XElement Make(string local, params ReadOnlySpan<(XName Name, string? Value)> attributes)
    {
        var element = new XElement(Names.Model + local);
        foreach (var (name, value) in attributes)
            if (value is not null) element.Add(new XAttribute(name, value));
        return element;
    }

    /// <summary>An expression in a child of its own; null for none.</summary>
    internal static XElement? Expression(string local, string? text) =>
        text is null ? null : new(Names.Model + local, new XAttribute(Names.Schema + "type", "bpmn:tFormalExpression"), text);

    private static XElement Name(EventName name)
    {
        var local = name.Kind.ToString().ToLowerInvariant();
        var element = Make(local, ("id", name.Id), ("name", name.Name), (local + "Code", name.Code));
        if (name.CorrelationKey is { } key)
            element.Add(new XElement(Names.Model + "extensionElements", new XElement(Names.Zeebe + "subscription", new XAttribute("correlationKey", key))));
        return element;
    }

    private static XElement Process(ProcessModel process, List<XElement> categories, HashSet<string> taken)
    {
        var element = Make("process", ("id", process.Id), ("name", process.Name), ("isExecutable", Truth(process.IsExecutable)), (Names.Camunda + "versionTag", process.VersionTag),
            (Names.Camunda + "candidateStarterGroups", process.CandidateStarters));
        if (process.Documentation is { } text) element.Add(new XElement(Names.Model + "documentation", text));
        if (process.Lanes.Count > 0) element.Add(Lanes("laneSet", null, process.Lanes));
        AddBody(element, process.Body, categories, taken);
        return Ordered(element);
    }

    private static XElement Lanes(string local, string? parent, IReadOnlyList<Lane> lanes) => new(Names.Model + local, lanes.Where(l => l.Parent == parent).Select(l =>
    {
        var lane = Make("lane", ("id", l.Id), ("name", l.Name));
        lane.Add(l.Nodes.Select(n => new XElement(Names.Model + "flowNodeRef", n)));
        if (lanes.Any(inner => inner.Parent == l.Id)) lane.Add(Lanes("childLaneSet", l.Id, lanes));
        return lane;
    }));

    private static void AddBody(XElement element, Body body, List<XElement> categories, HashSet<string> taken)
    {
        var coming = body.Flows.ToLookup(f => f.Target, f => f.Id);
        var going = body.Flows.ToLookup(f => f.Source, f => f.Id);
        foreach (var node in body.Nodes)
        {
            var made = NodeWriter.Write(node);
            made.Add(coming[node.Id].Select(f => new XElement(Names.Model + "incoming", f)), going[node.Id].Select(f => new XElement(Names.Model + "outgoing", f)));
            if (node.Body is not null) AddBody(made, node.Body, categories, taken);
            element.Add(Ordered(made));
        }
        foreach (var flow in body.Flows)
        {
            var made = Make("sequenceFlow", ("id", flow.Id), ("name", flow.Name), ("sourceRef", flow.Source), ("targetRef", flow.Target));
            made.Add(Expression("conditionExpression", flow.Condition));
            element.Add(made);
        }
        element.Add(body.Artifacts.Select(a => Artifact(a, categories, taken)),
            body.Associations.Select(Association));
    }

    private static XElement Association(Association line) => Make("association", ("id", line.Id), ("sourceRef", line.Source), ("targetRef", line.Target), ("associationDirection", line.IsDirected ? "One" : null));

    private static XElement Artifact(Artifact artifact, List<XElement> categories, HashSet<string> taken)
    {
        if (artifact.Kind == "textAnnotation")
            return new(Names.Model + artifact.Kind, new XAttribute("id", artifact.Id), artifact.Text is null ? null : new XElement(Names.Model + "text", artifact.Text));
        if (artifact.Kind != "group" || artifact.Text is null) return Make(artifact.Kind, ("id", artifact.Id), ("name", artifact.Kind == "group" ? null : artifact.Text));
        var value = Drawing.Free(artifact.Id + "_value", taken);
        categories.Add(new(Names.Model + "category", new XAttribute("id", Drawing.Free(artifact.Id + "_category", taken)), Make("categoryValue", ("id", value), ("value", artifact.Text))));
        return Make("group", ("id", artifact.Id), ("categoryValueRef", value));
    }

    /// <summary>Children in the order of the schema; sisters of one rank as they stood.</summary>
    private static XElement Ordered(XElement element)
    {
        element.ReplaceNodes(element.Nodes().OrderBy(n => n is XElement e ? Names.Rank(e.Name.LocalName) : 0).ToList());
        return element;
    }

    internal static string? Truth(bool? value) => value is null ? null : value.Value.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();
}
