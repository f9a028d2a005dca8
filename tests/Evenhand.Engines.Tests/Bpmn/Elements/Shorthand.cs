using System.Xml.Linq;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

/// <summary>
/// BPMN written shortly, for tests: `&lt;user id="a"/&gt;`, `&lt;boundary id="b" on="a" timer="PT1H" aside=""/&gt;`, `&lt;go&gt;a b c&lt;/go&gt;` for flows a_b and b_c.
/// An event's kind is the attribute that names what it is about; an empty text leaves that out. Other attributes and elements stay as they are.
/// </summary>
internal static class Shorthand
{
    private static readonly XNamespace Bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static readonly XNamespace Camunda = "http://camunda.org/schema/1.0/bpmn";

    private static readonly Dictionary<string, string> Nodes = new()
    {
        ["start"] = "startEvent", ["end"] = "endEvent", ["catch"] = "intermediateCatchEvent", ["throw"] = "intermediateThrowEvent", ["boundary"] = "boundaryEvent",
        ["task"] = "task", ["user"] = "userTask", ["service"] = "serviceTask", ["script"] = "scriptTask", ["send"] = "sendTask", ["receive"] = "receiveTask",
        ["manual"] = "manualTask", ["rule"] = "businessRuleTask", ["xor"] = "exclusiveGateway", ["and"] = "parallelGateway", ["or"] = "inclusiveGateway",
        ["first"] = "eventBasedGateway", ["sub"] = "subProcess", ["on"] = "subProcess", ["tx"] = "transaction", ["call"] = "callActivity", ["adhoc"] = "adHocSubProcess",
    };

    private static readonly Dictionary<string, (string Definition, string? Reference, string Declared, string Named)> Named = new()
    {
        ["message"] = ("messageEventDefinition", "messageRef", "message", "name"),
        ["signal"] = ("signalEventDefinition", "signalRef", "signal", "name"),
        ["error"] = ("errorEventDefinition", "errorRef", "error", "errorCode"),
        ["escalation"] = ("escalationEventDefinition", "escalationRef", "escalation", "escalationCode"),
    };

    private static readonly Dictionary<string, string> Timers = new() { ["timer"] = "timeDuration", ["date"] = "timeDate", ["cycle"] = "timeCycle" };

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["on"] = "attachedToRef", ["calls"] = "calledElement", ["undoes"] = "isForCompensation", ["default"] = "default",
    };

    /// <summary>The whole file of some processes, by their ids.</summary>
    public static string File(params IEnumerable<(string Id, string Body)> processes)
    {
        var names = new Dictionary<string, XElement>();
        var definitions = new XElement(Bpmn + "definitions", new XAttribute("targetNamespace", "test"), new XAttribute(XNamespace.Xmlns + "camunda", Camunda.NamespaceName));
        foreach (var (id, body) in processes)
        {
            var process = new XElement(Bpmn + "process", new XAttribute("id", id), new XAttribute("isExecutable", "true"));
            Fill(process, XElement.Parse($"<x xmlns:camunda='{Camunda.NamespaceName}' xmlns:zeebe='http://camunda.org/schema/zeebe/1.0'>{body}</x>"), names);
            definitions.Add(process);
        }
        definitions.AddFirst(names.Values);
        return definitions.ToString();
    }

    private static void Fill(XElement scope, XElement from, Dictionary<string, XElement> names)
    {
        foreach (var element in from.Elements())
            if (element.Name.LocalName == "go") scope.Add(Flows(element));
            else if (Nodes.TryGetValue(element.Name.LocalName, out var kind)) scope.Add(Node(element, kind, scope, names));
            else scope.Add(Standard(element));
    }

    private static IEnumerable<XElement> Flows(XElement element)
    {
        var stops = element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < stops.Length; i++)
            yield return new XElement(Bpmn + "sequenceFlow", new XAttribute("id", $"{stops[i - 1]}_{stops[i]}"), new XAttribute("sourceRef", stops[i - 1]), new XAttribute("targetRef", stops[i]),
                element.Attribute("if") is { } condition && i == stops.Length - 1 ? new XElement(Bpmn + "conditionExpression", condition.Value) : null);
    }

    private static XElement Node(XElement element, string kind, XElement scope, Dictionary<string, XElement> names)
    {
        var node = new XElement(Bpmn + kind);
        if (element.Name.LocalName == "on") node.SetAttributeValue("triggeredByEvent", "true");
        Fill(node, element, names);
        var loop = new XElement(Bpmn + "multiInstanceLoopCharacteristics");
        foreach (var attribute in element.Attributes())
            switch (attribute.Name.LocalName)
            {
                case var name when Named.TryGetValue(name, out var means) && kind is "sendTask" or "receiveTask":
                    node.SetAttributeValue(means.Reference!, Declare(means, attribute.Value, names));
                    break;
                case var name when Named.TryGetValue(name, out var means):
                    node.Add(new XElement(Bpmn + means.Definition, attribute.Value.Length == 0 ? null : new XAttribute(means.Reference!, Declare(means, attribute.Value, names))));
                    break;
                case var name when Timers.TryGetValue(name, out var written):
                    node.Add(new XElement(Bpmn + "timerEventDefinition", new XElement(Bpmn + written, attribute.Value)));
                    break;
                case "when":
                    node.Add(new XElement(Bpmn + "conditionalEventDefinition", new XElement(Bpmn + "condition", attribute.Value)));
                    break;
                case "link":
                    node.Add(new XElement(Bpmn + "linkEventDefinition", new XAttribute("name", attribute.Value)));
                    break;
                case "terminate" or "cancel":
                    node.Add(new XElement(Bpmn + $"{attribute.Name.LocalName}EventDefinition"));
                    break;
                case "compensate":
                    node.Add(new XElement(Bpmn + "compensateEventDefinition", attribute.Value.Length == 0 ? null : new XAttribute("activityRef", attribute.Value)));
                    break;
                case "by":
                    scope.Add(new XElement(Bpmn + "association", new XAttribute("id", $"by_{attribute.Value}"), new XAttribute("sourceRef", element.Attribute("id")!.Value), new XAttribute("targetRef", attribute.Value)));
                    break;
                case "aside":
                    node.SetAttributeValue(kind == "startEvent" ? "isInterrupting" : "cancelActivity", "false");
                    break;
                case "par" or "seq" or "each" or "of" or "inturn" or "until":
                    Repeat(loop, attribute.Name.LocalName, attribute.Value);
                    break;
                case "calculate":
                    node.Add(new XElement(Bpmn + "script", attribute.Value));
                    break;
                default:
                    node.SetAttributeValue(attribute.Name.NamespaceName.Length > 0 ? attribute.Name : Renamed.GetValueOrDefault(attribute.Name.LocalName, attribute.Name.LocalName), attribute.Value);
                    break;
            }
        if (loop.HasAttributes || loop.HasElements) node.Add(loop);
        return node;
    }

    private static void Repeat(XElement loop, string name, string value)
    {
        if (name is "seq" or "inturn") loop.SetAttributeValue("isSequential", "true");
        if (name is "par" or "seq") loop.AddFirst(new XElement(Bpmn + "loopCardinality", value));
        else if (name == "until") loop.Add(new XElement(Bpmn + "completionCondition", value));
        else loop.SetAttributeValue(Camunda + (name == "each" ? "elementVariable" : "collection"), value);
    }

    private static string Declare((string Definition, string? Reference, string Declared, string Named) means, string value, Dictionary<string, XElement> names)
    {
        var id = $"{means.Declared}_{names.Count + 1}";
        if (names.Values.FirstOrDefault(n => n.Name.LocalName == means.Declared && n.Attribute(means.Named)?.Value == value) is { } known) return known.Attribute("id")!.Value;
        names[id] = new XElement(Bpmn + means.Declared, new XAttribute("id", id), new XAttribute(means.Named, value));
        return id;
    }

    private static XElement Standard(XElement element) =>
        new(element.Name.NamespaceName.Length > 0 ? element.Name : Bpmn + element.Name.LocalName, element.Attributes(), element.Nodes().Select(n => n is XElement inner ? Standard(inner) : (object)n));
}
