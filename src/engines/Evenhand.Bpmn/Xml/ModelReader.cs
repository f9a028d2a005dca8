using System.Globalization;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Says what a parsed file says: processes, pools, events' names. What is odd becomes a warning and is left out; the file itself keeps it.</summary>
internal sealed class ModelReader(Ids ids, List<Finding> findings)
{
    private readonly NodeReader _nodes = new(ids);

    public BpmnModel Read(XElement root)
    {
        var collaborations = root.Elements(Names.Model + "collaboration").ToList();
        var model = new BpmnModel
        {
            Id = root.Plain("id"),
            Name = root.Plain("name"),
            TargetNamespace = root.Plain("targetNamespace") ?? "",
            Exporter = root.Plain("exporter"),
            Processes = [.. root.Elements(Names.Model + "process").Select(Process)],
            Pools = [.. collaborations.Elements(Names.Model + "participant").Select(Pool)],
            MessageFlows = [.. collaborations.Elements(Names.Model + "messageFlow").Select(MessageFlow).OfType<MessageFlow>()],
            Artifacts = [.. collaborations.Elements().Where(e => e.Name.Namespace == Names.Model && Names.Artifacts.Contains(e.Name.LocalName)).Select(Artifact)],
            Associations = [.. collaborations.Elements(Names.Model + "association").Select(Association).OfType<Association>()],
            EventNames = root.Elements().Select(EventName).OfType<EventName>().DistinctBy(n => n.Id).ToDictionary(n => n.Id),
            ElementCounts = root.DescendantsAndSelf().Where(e => e.Name.Namespace == Names.Model).CountBy(e => e.Name.LocalName).ToDictionary(),
        };
        findings.AddRange(DialectReader.Ignored(root));
        var (shapes, edges) = new DiagramReader(ids, findings).Read(root);
        return model with { Shapes = shapes, Edges = edges, Findings = [.. findings.Where(f => f.Severity != Severity.Error)] };
    }

    private ProcessModel Process(XElement process) => new(ids.Of(process), process.Plain("name"),
        process.Plain("isExecutable") is { } text ? Names.Truth(text, false) : null, Ids.Line(process), Body(process))
    {
        VersionTag = process.Of("versionTag") ?? process.ZeebeOf("versionTag")?.Plain("value"),
        CandidateStarters = string.Join(',', new[] { process.Of("candidateStarterUsers"), process.Of("candidateStarterGroups") }.OfType<string>()) is { Length: > 0 } who ? who : null,
        Documentation = process.ChildText("documentation"),
        Lanes = [.. process.Descendants(Names.Model + "lane").Select(Lane)],
    };

    private Body Body(XElement container)
    {
        List<FlowNode> nodes = [];
        List<SequenceFlow> flows = [];
        List<Artifact> artifacts = [];
        List<Association> associations = [];
        foreach (var element in container.Elements())
        {
            if (element.Name.Namespace != Names.Model) continue;
            var local = element.Name.LocalName;
            if (Names.Nodes.TryGetValue(local, out var kind)) 
            {
                nodes.Add(_nodes.Read(element, kind, Body));
                associations.AddRange(Data(element));
            }
            else if (local == "sequenceFlow") Add(flows, Flow(element));
            else if (local == "association") Add(associations, Association(element));
            else if (Names.Artifacts.Contains(local)) artifacts.Add(Artifact(element));
            else if (!Names.Furniture.Contains(local)) findings.Add(new(Severity.Warning, "unknown-element", element.Plain("id"), Ids.Line(element), local));
        }
        return new(nodes, flows, artifacts, associations);
    }

    private static void Add<T>(List<T> list, T? item) where T : class
    {
        if (item is not null) list.Add(item);
    }

    private SequenceFlow? Flow(XElement flow)
    {
        var id = ids.Of(flow);
        if (End(flow, id, "sourceRef", true) is not { } source || End(flow, id, "targetRef", true) is not { } target) return null;
        return new(id, source, target, flow.Plain("name"), flow.ChildText("conditionExpression"), Ids.Line(flow));
    }

    private Association? Association(XElement line)
    {
        var id = ids.Of(line);
        return End(line, id, "sourceRef", false) is { } source && End(line, id, "targetRef", false) is { } target ? new(id, source, target) { IsDirected = line.Plain("associationDirection") == "One" } : null;
    }

    /// <summary>What is drawn of data going into a node and out of it.</summary>
    private IEnumerable<Association> Data(XElement node)
    {
        foreach (var line in node.Elements().Where(e => e.Name == Names.Model + "dataInputAssociation" || e.Name == Names.Model + "dataOutputAssociation"))
        {
            var into = line.Name.LocalName == "dataInputAssociation";
            if (line.ChildText(into ? "sourceRef" : "targetRef") is not { } written || ids.Resolve(line, written, null) is not (var data, { } element) || !Names.Artifacts.Contains(element.Name.LocalName)) continue;
            var id = line.Plain("id") ?? $"_{Ids.Line(line).ToString(CultureInfo.InvariantCulture)}_{line.Name.LocalName}";
            yield return into ? new(id, data, ids.Of(node)) { IsDirected = true } : new(id, ids.Of(node), data) { IsDirected = true };
        }
    }

    private MessageFlow? MessageFlow(XElement line)
    {
        var id = ids.Of(line);
        return End(line, id, "sourceRef", false) is { } source && End(line, id, "targetRef", false) is { } target ? new(id, source, target, line.Plain("name")) : null;
    }

    private string? End(XElement line, string id, string attribute, bool mustBeNode)
    {
        if (line.Plain(attribute) is not { } written)
        {
            findings.Add(new(Severity.Warning, "flow-without-end", id, Ids.Line(line), attribute));
            return null;
        }
        var (target, element) = ids.Resolve(line, written, id);
        if (element is null) return null;
        if (!mustBeNode || Names.Nodes.ContainsKey(element.Name.LocalName)) return target;
        findings.Add(new(Severity.Warning, "flow-end-no-node", id, Ids.Line(line), target, element.Name.LocalName));
        return null;
    }

    private Artifact Artifact(XElement element) => new(ids.Of(element) is { Length: > 0 } id ? id : $"_{Ids.Line(element).ToString(CultureInfo.InvariantCulture)}_{element.Name.LocalName}",
        element.Name.LocalName, element.ChildText("text") ?? element.Plain("name") ?? Category(element));

    /// <summary>A group's name is that of its category value.</summary>
    private string? Category(XElement element) =>
        element.Plain("categoryValueRef") is { } value ? ids.Resolve(element, value, null).Element?.Plain("value") : null;

    private Lane Lane(XElement lane) => new(ids.Of(lane), lane.Plain("name"),
        lane.Ancestors().TakeWhile(a => !Names.Nodes.ContainsKey(a.Name.LocalName)).FirstOrDefault(a => a.Name == Names.Model + "lane") is { } parent ? ids.Of(parent) : null,
        [.. lane.Elements(Names.Model + "flowNodeRef").Select(r => ids.Resolve(r, r.Value, ids.Of(lane))).Where(r => r.Element is not null).Select(r => r.Id)]);

    private Pool Pool(XElement pool)
    {
        var process = pool.Plain("processRef") is { } written ? ids.Resolve(pool, written, ids.Of(pool)) : default;
        return new(ids.Of(pool), pool.Plain("name"), process.Element is null ? null : process.Id);
    }

    private EventName? EventName(XElement element)
    {
        EventKind? kind = element.Name.Namespace != Names.Model ? null : element.Name.LocalName switch
        {
            "message" => EventKind.Message,
            "signal" => EventKind.Signal,
            "error" => EventKind.Error,
            "escalation" => EventKind.Escalation,
            _ => null,
        };
        if (kind is null || element.Plain("id") is not { } id) return null;
        return new(id, kind.Value, element.Plain("name"), element.Plain("errorCode") ?? element.Plain("escalationCode"),
            element.ZeebeOf("subscription")?.Plain("correlationKey"), Ids.Line(element));
    }
}
