using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Reads one flow node: the standard's part here, the dialects' part by <see cref="DialectReader"/>.</summary>
internal sealed class NodeReader(Ids ids)
{
    /// <summary>The node of an element; <paramref name="body"/> reads what is inside a sub-process.</summary>
    public FlowNode Read(XElement element, NodeKind kind, Func<XElement, Body> body)
    {
        var id = ids.Of(element);
        var node = new FlowNode
        {
            Id = id,
            Kind = kind,
            ElementName = element.Name.LocalName,
            Name = element.Plain("name"),
            Line = Ids.Line(element),
            Documentation = element.ChildText("documentation"),
            DefaultFlow = Reference(element, "default", id, mustExist: true),
            IsForCompensation = element.Truth("isForCompensation"),
            Event = kind is NodeKind.StartEvent or NodeKind.IntermediateCatchEvent or NodeKind.IntermediateThrowEvent or NodeKind.BoundaryEvent or NodeKind.EndEvent
                ? Event(element, id) : null,
            AttachedTo = kind == NodeKind.BoundaryEvent ? Reference(element, "attachedToRef", id, mustExist: true) : null,
            Interrupting = kind == NodeKind.BoundaryEvent ? element.Truth("cancelActivity", true) : element.Truth("isInterrupting", true),
            Loop = Loop(element),
            Body = kind is NodeKind.SubProcess or NodeKind.Transaction or NodeKind.AdHocSubProcess ? body(element) : null,
            TriggeredByEvent = element.Truth("triggeredByEvent"),
            AdHoc = kind != NodeKind.AdHocSubProcess ? null : new(element.Plain("ordering") == "Sequential", element.ChildText("completionCondition"),
                element.Truth("cancelRemainingInstances", true), element.ZeebeOf("adHoc")?.Plain("activeElementsCollection")),
            MessageRef = Reference(element, "messageRef", id, mustExist: false),
            Instantiates = element.Truth("instantiate"),
            Task = kind == NodeKind.UserTask ? DialectReader.Task(element) : null,
            Service = Service(element, kind),
            Call = kind == NodeKind.CallActivity ? DialectReader.Call(element) : null,
            Script = kind == NodeKind.ScriptTask ? DialectReader.Script(element) : null,
            SkipExpression = element.Of("skipExpression"),
        };
        return DialectReader.Complete(node, element);
    }

    /// <summary>What an attribute points to; a missing target warns, and with <paramref name="mustExist"/> counts as not said.</summary>
    private string? Reference(XElement element, string attribute, string owner, bool mustExist)
    {
        if (element.Plain(attribute) is not { } written) return null;
        var (id, target) = ids.Resolve(element, written, owner);
        return target is null && mustExist ? null : id;
    }

    private static ServiceSpec? Service(XElement element, NodeKind kind) => kind switch
    {
        NodeKind.ServiceTask or NodeKind.SendTask or NodeKind.BusinessRuleTask => DialectReader.Service(element, element),
        NodeKind.ScriptTask when element.ZeebeOf("taskDefinition") is not null => DialectReader.Service(element, element),
        NodeKind.EndEvent or NodeKind.IntermediateThrowEvent => DialectReader.Service(element, element.Element(Names.Model + "messageEventDefinition") ?? element),
        _ => null,
    };

    private EventSpec Event(XElement element, string owner)
    {
        var definitions = element.Elements().Where(e => e.Name.Namespace == Names.Model && e.Name.LocalName.EndsWith("ventDefinition", StringComparison.Ordinal))
            .Concat(element.Elements(Names.Model + "eventDefinitionRef").Select(r => ids.Resolve(r, r.Value, owner).Element).OfType<XElement>()).ToList();
        return definitions switch
        {
            [] => new(EventKind.None),
            [var only] when Names.Definitions.TryGetValue(only.Name.LocalName, out var kind) && !element.Truth("parallelMultiple") => Definition(only, kind, owner),
            _ => new(EventKind.Multiple, Line: Ids.Line(definitions[0])) { Names = [.. definitions.Select(d => d.Name.LocalName)] },
        };
    }

    private EventSpec Definition(XElement definition, EventKind kind, string owner)
    {
        var line = Ids.Line(definition);
        return kind switch
        {
            EventKind.Message => Named("messageRef") with { Payload = DialectReader.Mappings(definition, "in") },
            EventKind.Signal => Named("signalRef") with { Payload = DialectReader.Mappings(definition, "in") },
            EventKind.Error => Named("errorRef") with { CodeVariable = definition.Of("errorCodeVariable") },
            EventKind.Escalation => Named("escalationRef") with { CodeVariable = definition.Of("escalationCodeVariable") },
            EventKind.Compensation => Named("activityRef") with { WaitForCompletion = definition.Truth("waitForCompletion", true) },
            EventKind.Link => new(kind, definition.Plain("name"), Line: line),
            EventKind.Conditional => new(kind, Text: definition.ChildText("condition"), Line: line) { VariableName = definition.Of("variableName") },
            EventKind.Timer => Timer(definition, line),
            _ => new(kind, Line: line),
        };

        EventSpec Named(string attribute) => new(kind, Reference(definition, attribute, owner, mustExist: false), Line: line);
    }

    private static EventSpec Timer(XElement definition, int line)
    {
        foreach (var (name, kind) in new[] { ("timeDate", TimerKind.Date), ("timeDuration", TimerKind.Duration), ("timeCycle", TimerKind.Cycle) })
            if (definition.ChildText(name) is { } text) return new(EventKind.Timer, Timer: kind, Text: text, Line: line);
        return new(EventKind.Timer, Line: line);
    }

    private LoopSpec? Loop(XElement element)
    {
        if (element.Element(Names.Model + "standardLoopCharacteristics") is { } loop)
            return new(LoopKind.Standard, Ids.Line(loop))
            {
                Cardinality = loop.Plain("loopMaximum"),
                Condition = loop.ChildText("loopCondition"),
                TestBefore = loop.Truth("testBefore"),
            };
        if (element.Element(Names.Model + "multiInstanceLoopCharacteristics") is not { } many) return null;
        var zeebe = many.ZeebeOf("loopCharacteristics");
        return new(many.Truth("isSequential") ? LoopKind.Sequential : LoopKind.Parallel, Ids.Line(many))
        {
            Cardinality = many.ChildText("loopCardinality"),
            Collection = many.Of("collection") ?? many.Extensions("collection").Select(c => c.Value.Trim()).FirstOrDefault() ?? zeebe?.Plain("inputCollection") ?? Data(many, "loopDataInputRef"),
            ElementVariable = many.Of("elementVariable") ?? zeebe?.Plain("inputElement") ?? Item(many, "inputDataItem"),
            OutputCollection = zeebe?.Plain("outputCollection") ?? Data(many, "loopDataOutputRef"),
            OutputElement = zeebe?.Plain("outputElement") ?? Item(many, "outputDataItem"),
            Condition = many.ChildText("completionCondition"),
        };
    }

    /// <summary>The variable of a data reference: the name of the data it points to, else the text itself.</summary>
    private string? Data(XElement many, string local) =>
        many.ChildText(local) is { } text ? ids.Resolve(many, text, null) is { Element: { } data } ? data.Plain("name") ?? text : text : null;

    private static string? Item(XElement many, string local) => many.Element(Names.Model + local) is { } item ? item.Plain("name") ?? item.Plain("id") : null;
}
