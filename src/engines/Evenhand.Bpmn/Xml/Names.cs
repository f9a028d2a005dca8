using System.Collections.Frozen;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Namespaces and local names of BPMN 2.0 and of the dialects that are understood.</summary>
internal static class Names
{
    public static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public static readonly XNamespace Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    public static readonly XNamespace Bounds = "http://www.omg.org/spec/DD/20100524/DC";
    public static readonly XNamespace Waypoint = "http://www.omg.org/spec/DD/20100524/DI";
    public static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema-instance";
    public static readonly XNamespace Camunda = "http://camunda.org/schema/1.0/bpmn";
    public static readonly XNamespace Activiti = "http://activiti.org/bpmn";
    public static readonly XNamespace Flowable = "http://flowable.org/bpmn";
    public static readonly XNamespace Fox = "http://www.camunda.com/fox";
    public static readonly XNamespace Zeebe = "http://camunda.org/schema/zeebe/1.0";
    public static readonly XNamespace Evenhand = "https://evenhand.org/bpmn/1.0";

    /// <summary>Prefixes to declare where a file has none of its own.</summary>
    public static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        [Model.NamespaceName] = "bpmn",
        [Diagram.NamespaceName] = "bpmndi",
        [Bounds.NamespaceName] = "dc",
        [Waypoint.NamespaceName] = "di",
        [Schema.NamespaceName] = "xsi",
        [Camunda.NamespaceName] = "camunda",
        [Activiti.NamespaceName] = "activiti",
        [Flowable.NamespaceName] = "flowable",
        [Zeebe.NamespaceName] = "zeebe",
        [Evenhand.NamespaceName] = "evenhand",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, NodeKind> Nodes = Enum.GetValues<NodeKind>().Where(k => k != NodeKind.Unsupported)
        .Select(k => (Name: char.ToLowerInvariant(k.ToString()[0]) + k.ToString()[1..], Kind: k))
        .Concat(new[] { "event", "implicitThrowEvent", "choreographyTask", "subChoreography", "callChoreography" }.Select(n => (n, NodeKind.Unsupported)))
        .ToFrozenDictionary(k => k.Item1, k => k.Item2);

    public static readonly FrozenDictionary<string, EventKind> Definitions = new Dictionary<string, EventKind>
    {
        ["messageEventDefinition"] = EventKind.Message,
        ["signalEventDefinition"] = EventKind.Signal,
        ["timerEventDefinition"] = EventKind.Timer,
        ["errorEventDefinition"] = EventKind.Error,
        ["escalationEventDefinition"] = EventKind.Escalation,
        ["conditionalEventDefinition"] = EventKind.Conditional,
        ["compensateEventDefinition"] = EventKind.Compensation,
        ["linkEventDefinition"] = EventKind.Link,
        ["terminateEventDefinition"] = EventKind.Terminate,
        ["cancelEventDefinition"] = EventKind.Cancel,
    }.ToFrozenDictionary();

    public static readonly FrozenSet<string> Artifacts =
        new[] { "textAnnotation", "group", "dataObject", "dataObjectReference", "dataStoreReference" }.ToFrozenSet();

    /// <summary>Elements below a process or activity that are no flow elements and need no word.</summary>
    public static readonly FrozenSet<string> Furniture = new[]
    {
        "documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming", "outgoing", "ioSpecification", "property", "dataInputAssociation",
        "dataOutputAssociation", "resourceRole", "performer", "humanPerformer", "potentialOwner", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "laneSet",
        "correlationSubscription", "supports", "completionCondition", "sequenceFlow", "association", "ioBinding", "supportedInterfaceRef", "rendering", "script",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<string, int> Ranks = new (int Rank, string[] Names)[]
    {
        (0, ["documentation"]), (1, ["extensionElements"]), (2, ["import"]), (3, ["extension"]), (4, ["auditing"]), (5, ["monitoring"]), (6, ["categoryValueRef"]),
        (7, ["incoming"]), (8, ["outgoing"]), (9, ["ioSpecification"]), (10, ["property"]), (11, ["dataInputAssociation"]), (12, ["dataOutputAssociation"]),
        (13, ["resourceRole", "performer", "humanPerformer", "potentialOwner"]), (14, ["standardLoopCharacteristics", "multiInstanceLoopCharacteristics"]),
        (15, ["laneSet"]), (17, ["textAnnotation", "group", "association"]), (18, ["completionCondition", "correlationSubscription", "supports"]), (19, ["BPMNDiagram"]), (20, ["relationship"]),
    }.SelectMany(r => r.Names.Select(n => (n, r.Rank))).ToFrozenDictionary(r => r.n, r => r.Rank);

    /// <summary>Where the schema wants an element among its sisters; all flow elements, root elements and event definitions stand at 16.</summary>
    public static int Rank(string local) => Ranks.GetValueOrDefault(local, 16);

    /// <summary>A dialect whose attributes and elements are looked for by local name.</summary>
    public static bool IsDialect(XNamespace ns) => ns == Camunda || ns == Activiti || ns == Flowable || ns == Fox;

    /// <summary>An attribute of any dialect; null when there is none, empty text counted as none.</summary>
    public static string? Of(this XElement element, string local)
    {
        for (var a = element.FirstAttribute; a is not null; a = a.NextAttribute)
            if (a.Name.LocalName == local && a.Value.Length > 0 && IsDialect(a.Name.Namespace)) return a.Value;
        return null;
    }

    /// <summary>An attribute without namespace; empty text counted as none.</summary>
    public static string? Plain(this XElement element, string local) => element.Attribute(local)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>A truth as XML Schema writes it.</summary>
    public static bool Truth(this XElement element, string local, bool otherwise = false) => Truth(element.Plain(local), otherwise);

    /// <summary>A truth as XML Schema writes it.</summary>
    public static bool Truth(string? text, bool otherwise) => text?.Trim() switch { "true" or "1" => true, "false" or "0" => false, _ => otherwise };

    /// <summary>The trimmed text of a child of the BPMN namespace; null when absent or empty.</summary>
    public static string? ChildText(this XElement element, string local) => element.Element(Model + local)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Elements below `extensionElements`.</summary>
    public static IEnumerable<XElement> Extensions(this XElement element) => element.Elements(Model + "extensionElements").Elements();

    /// <summary>Elements of the dialects below `extensionElements`.</summary>
    public static IEnumerable<XElement> Extensions(this XElement element, string local) => element.Extensions().Where(e => e.Name.LocalName == local && IsDialect(e.Name.Namespace));

    /// <summary>The first zeebe element of a name below `extensionElements`.</summary>
    public static XElement? ZeebeOf(this XElement element, string local) => element.Extensions().FirstOrDefault(e => e.Name == Zeebe + local);
}
