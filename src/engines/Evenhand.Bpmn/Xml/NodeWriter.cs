using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Writes one flow node without its flows and without what is inside.</summary>
internal static class NodeWriter
{
    private static readonly XNamespace C = Names.Camunda;

    public static XElement Write(FlowNode node)
    {
        var kind = node.Kind.ToString();
        var isBoundary = node.Kind == NodeKind.BoundaryEvent;
        var element = BpmnWriter.Make(node.ElementName.Length > 0 ? node.ElementName : char.ToLowerInvariant(kind[0]) + kind[1..],
            ("id", node.Id), ("name", node.Name), ("default", node.DefaultFlow), ("isForCompensation", When(node.IsForCompensation)),
            ("attachedToRef", node.AttachedTo), ("cancelActivity", isBoundary ? Unless(node.Interrupting) : null), ("isInterrupting", isBoundary ? null : Unless(node.Interrupting)),
            ("triggeredByEvent", When(node.TriggeredByEvent)), ("instantiate", When(node.Instantiates)), ("messageRef", node.MessageRef),
            ("parallelMultiple", node.Properties.GetValueOrDefault("parallelMultiple")), (C + "skipExpression", node.SkipExpression));
        if (node.Documentation is { } text) element.Add(new XElement(Names.Model + "documentation", text));
        var extensions = new List<XElement>();
        AddTask(element, node.Task);
        AddEvent(element, node, extensions);
        if (node.Event?.Kind != EventKind.Message) AddService(element, node.Service, extensions, extensions);
        AddCall(element, node.Call, extensions);
        if (node.Script is { } script) AddScript(element, script);
        if (node.AdHoc is { } adHoc) AddAdHoc(element, adHoc, extensions);
        if (node.Loop is { } loop) element.Add(Loop(loop));
        AddMappings(node, extensions);
        AddProperties(node, extensions);
        if (extensions.Count > 0) element.Add(new XElement(Names.Model + "extensionElements", extensions));
        return element;
    }

    private static string? When(bool value) => value ? "true" : null;

    private static string? Unless(bool value) => value ? null : "false";

    private static void Set(XElement element, XName name, string? value)
    {
        if (value is not null) element.SetAttributeValue(name, value);
    }

    private static XElement With(XName name, params ReadOnlySpan<(XName Name, string? Value)> attributes)
    {
        var element = new XElement(name);
        foreach (var (attribute, value) in attributes) Set(element, attribute, value);
        return element;
    }

    private static void AddTask(XElement element, TaskSpec? task)
    {
        if (task is null) return;
        Set(element, C + "assignee", task.Assignee);
        Set(element, C + "candidateUsers", task.CandidateUsers);
        Set(element, C + "candidateGroups", task.CandidateGroups);
        Set(element, C + "dueDate", task.DueDate);
        Set(element, C + "followUpDate", task.FollowUpDate);
        Set(element, C + "priority", task.Priority);
        Set(element, C + "formKey", task.FormKey);
        foreach (var (name, value) in task.Policies.OrderBy(p => p.Key, StringComparer.Ordinal)) Set(element, Names.Evenhand + name, value);
    }

    private static void AddEvent(XElement element, FlowNode node, List<XElement> extensions)
    {
        if (node.Event is not { Kind: not EventKind.None } spec) return;
        if (spec.Kind == EventKind.Multiple)
        {
            element.Add(spec.Names.Select(n => new XElement(Names.Model + n, n == "conditionalEventDefinition" ? new XElement(Names.Model + "condition") : null,
                n == "linkEventDefinition" ? new XAttribute("name", "") : null)));
            return;
        }
        var definition = BpmnWriter.Make(Names.Definitions.First(d => d.Value == spec.Kind).Key);
        var own = new List<XElement>(spec.Payload.Select(m => Mapped("in", m)));
        if (spec.Kind == EventKind.Message) AddService(definition, node.Service, own, extensions);
        if (own.Count > 0) definition.Add(new XElement(Names.Model + "extensionElements", own));
        var (reference, text) = spec.Kind switch
        {
            EventKind.Message => ("messageRef", null),
            EventKind.Signal => ("signalRef", null),
            EventKind.Error => ("errorRef", null),
            EventKind.Escalation => ("escalationRef", null),
            EventKind.Compensation => ("activityRef", null),
            EventKind.Link => ("name", null),
            EventKind.Conditional => (null, BpmnWriter.Expression("condition", spec.Text ?? "")),
            EventKind.Timer => (null, spec.Timer is { } timer ? BpmnWriter.Expression("time" + timer, spec.Text) : null),
            _ => default((string?, XElement?)),
        };
        if (reference is not null) Set(definition, reference, spec.Reference ?? (spec.Kind == EventKind.Link ? "" : null));
        if (spec.Kind == EventKind.Compensation) Set(definition, "waitForCompletion", Unless(spec.WaitForCompletion));
        Set(definition, C + "errorCodeVariable", spec.Kind == EventKind.Error ? spec.CodeVariable : null);
        Set(definition, C + "escalationCodeVariable", spec.Kind == EventKind.Escalation ? spec.CodeVariable : null);
        Set(definition, C + "variableName", spec.VariableName);
        definition.Add(text);
        element.Add(definition);
    }

    /// <summary>Attributes on <paramref name="at"/> and its fields, a job type with the node itself.</summary>
    private static void AddService(XElement at, ServiceSpec? service, List<XElement> fields, List<XElement> extensions)
    {
        if (service is null) return;
        switch (service.Kind)
        {
            case "type":
                extensions.Add(With(Names.Zeebe + "taskDefinition", ("type", service.Text), ("retries", service.Retries)));
                break;
            case "topic":
                Set(at, C + "type", "external");
                Set(at, C + "topic", service.Text);
                break;
            default:
                Set(at, C + (service.Kind == "decision" ? "decisionRef" : service.Kind), service.Text);
                break;
        }
        Set(at, C + "resultVariable", service.ResultVariable);
        fields.AddRange(service.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => With(C + "field", ("name", f.Key), ("stringValue", f.Value))));
    }

    private static void AddCall(XElement element, CallSpec? call, List<XElement> extensions)
    {
        if (call is null) return;
        Set(element, "calledElement", call.Element.Length > 0 ? call.Element : null);
        if (call.Binding != "latest") Set(element, C + "calledElementBinding", call.Binding);
        Set(element, C + (call.Binding == "versionTag" ? "calledElementVersionTag" : "calledElementVersion"), call.Version);
        if (call.BusinessKey is { } key) extensions.Add(With(C + "in", ("businessKey", key)));
        extensions.AddRange(call.In.Select(m => Mapped("in", m)));
        extensions.AddRange(call.Out.Select(m => Mapped("out", m)));
    }

    private static XElement Mapped(string local, Mapping m) => m.All
        ? With(C + local, ("variables", "all"))
        : With(C + local, ("source", m.Source), ("sourceExpression", m.Expression), ("target", m.Target));

    private static void AddScript(XElement element, ScriptSpec script)
    {
        Set(element, "scriptFormat", script.Format);
        Set(element, C + "resultVariable", script.ResultVariable);
        element.Add(new XElement(Names.Model + "script", script.Text));
    }

    private static void AddAdHoc(XElement element, AdHocSpec adHoc, List<XElement> extensions)
    {
        Set(element, "ordering", adHoc.Sequential ? "Sequential" : null);
        Set(element, "cancelRemainingInstances", Unless(adHoc.CancelsRemaining));
        element.Add(BpmnWriter.Expression("completionCondition", adHoc.CompletionCondition));
        if (adHoc.ActiveElements is { } active) extensions.Add(With(Names.Zeebe + "adHoc", ("activeElementsCollection", active)));
    }

    private static XElement Loop(LoopSpec loop)
    {
        if (loop.Kind == LoopKind.Standard)
        {
            var standard = BpmnWriter.Make("standardLoopCharacteristics", ("testBefore", When(loop.TestBefore)), ("loopMaximum", loop.Cardinality));
            standard.Add(BpmnWriter.Expression("loopCondition", loop.Condition));
            return standard;
        }
        var many = BpmnWriter.Make("multiInstanceLoopCharacteristics", ("isSequential", When(loop.Kind == LoopKind.Sequential)), (C + "collection", loop.Collection),
            (C + "elementVariable", loop.ElementVariable));
        if (loop.OutputCollection is not null || loop.OutputElement is not null)
            many.Add(new XElement(Names.Model + "extensionElements",
                With(Names.Zeebe + "loopCharacteristics", ("outputCollection", loop.OutputCollection), ("outputElement", loop.OutputElement))));
        many.Add(BpmnWriter.Expression("loopCardinality", loop.Cardinality), BpmnWriter.Expression("completionCondition", loop.Condition));
        return many;
    }

    private static void AddMappings(FlowNode node, List<XElement> extensions)
    {
        if (node.Inputs.Count + node.Outputs.Count == 0) return;
        extensions.Add(new(C + "inputOutput", node.Inputs.Select(m => Parameter("inputParameter", m)), node.Outputs.Select(m => Parameter("outputParameter", m))));
    }

    private static XElement Parameter(string local, Mapping m) => new(C + local, new XAttribute("name", m.Target), m.Expression ?? $"${{{m.Source}}}");

    private static void AddProperties(FlowNode node, List<XElement> extensions)
    {
        var properties = node.Properties.Where(p => p.Key != "parallelMultiple").OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        if (properties.Count > 0)
            extensions.Add(new(C + "properties", properties.Select(p => With(C + "property", ("name", p.Key), ("value", p.Value)))));
    }
}
