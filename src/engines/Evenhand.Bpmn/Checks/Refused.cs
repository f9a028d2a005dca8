using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Checks;

/// <summary>What cannot be executed: found at deploy, all at once, never passed through.</summary>
internal static class Refused
{
    public static IEnumerable<Finding> Find(Definition definition)
    {
        foreach (var node in definition.Nodes)
        {
            foreach (var (code, arguments) in Of(node)) yield return new Finding(Severity.Error, code, node.Id, node.Source.Line, arguments);
        }
    }

    private static IEnumerable<(string Code, IReadOnlyList<string> Arguments)> Of(GraphNode node)
    {
        var source = node.Source;
        if (node.Kind is NodeKind.ComplexGateway or NodeKind.Unsupported) yield return ("not-executable", [source.ElementName is "" ? node.Kind.ToString() : source.ElementName]);
        if (node.Event == EventKind.Multiple) yield return ("event-definition-not-executable", source.Event!.Names);
        if (node.Event == EventKind.None && node.Kind is NodeKind.BoundaryEvent or NodeKind.IntermediateCatchEvent) yield return ("event-without-definition", []);
        foreach (var found in Event(node)) yield return found;
        if (node.Kind == NodeKind.BoundaryEvent && !IsWellAttached(node)) yield return ("boundary-event-on-no-activity", [source.AttachedTo ?? ""]);
        if (node.Parent is null) yield break;
        if (node.IsEventSubProcess)
        {
            var starts = source.Body!.Nodes.Where(n => n.Kind == NodeKind.StartEvent).ToList();
            if (starts.Count != 1) yield return ("event-sub-process-needs-one-start", [starts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            if (node.Incoming.Count + node.Outgoing.Count > 0) yield return ("event-sub-process-with-flows", []);
            if (node.Boundaries.Length > 0) yield return ("event-sub-process-with-boundary-event", []);
        }
        if (node.Kind == NodeKind.CallActivity && node.Call is null) yield return ("call-without-process", []);
        if (node.Kind == NodeKind.ScriptTask && node.Script is null) yield return ("script-empty", []);
        if (node.Kind == NodeKind.EventBasedGateway) foreach (var found in EventGateway(node)) yield return found;
        if (node.Loop is { Kind: not LoopKind.Standard, Cardinality: null, Collection: null }) yield return ("loop-without-number", []);
        if (node.Kind is NodeKind.StartEvent or NodeKind.BoundaryEvent && node.Incoming.Count > 0) yield return ("event-with-incoming-flow", []);
        if (node.Kind == NodeKind.EndEvent && node.Outgoing.Count > 0) yield return ("end-with-outgoing-flow", []);
        if (source.IsForCompensation && node.Incoming.Count + node.Outgoing.Count > 0 && node.Incoming.Any(f => f.From.Event != EventKind.Compensation)) yield return ("compensation-activity-with-flows", []);
    }

    /// <summary>On an activity beside it; a reference to nothing has been told already.</summary>
    private static bool IsWellAttached(GraphNode boundary) =>
        boundary.AttachedTo is { } host ? host.IsActivity && host.Parent == boundary.Parent : boundary.Source.AttachedTo is not null;

    private static IEnumerable<(string Code, IReadOnlyList<string> Arguments)> Event(GraphNode node)
    {
        if (node.Event is EventKind.None or EventKind.Multiple) yield break;
        var allowed = node.Kind switch
        {
            NodeKind.StartEvent when node.Parent!.IsEventSubProcess => node.Event is EventKind.Message or EventKind.Signal or EventKind.Timer or EventKind.Error or EventKind.Escalation or EventKind.Conditional or EventKind.Compensation,
            NodeKind.StartEvent when node.Parent!.Parent is not null => false,
            NodeKind.StartEvent => node.Event is EventKind.Message or EventKind.Signal or EventKind.Timer or EventKind.Conditional,
            NodeKind.IntermediateCatchEvent => node.Event is EventKind.Message or EventKind.Signal or EventKind.Timer or EventKind.Conditional or EventKind.Link,
            NodeKind.IntermediateThrowEvent => node.Event is EventKind.Message or EventKind.Signal or EventKind.Escalation or EventKind.Compensation or EventKind.Link,
            NodeKind.BoundaryEvent => node.Event is not (EventKind.Terminate or EventKind.Link),
            NodeKind.EndEvent => node.Event is EventKind.Message or EventKind.Signal or EventKind.Error or EventKind.Escalation or EventKind.Compensation or EventKind.Terminate or EventKind.Cancel,
            _ => true,
        };
        if (!allowed) yield return ("event-not-allowed-here", [node.Event.ToString()]);
        var throws = node.Kind is NodeKind.EndEvent or NodeKind.IntermediateThrowEvent;
        if (node.Event is EventKind.Message or EventKind.Signal && node.EventName is null && !(throws && node.Event == EventKind.Message) && node.Kind != NodeKind.SendTask) yield return ("event-without-name", [node.Event.ToString()]);
        if (node.Event == EventKind.Error && throws && node.Code is null) yield return ("error-without-code", []);
        if (node.Event == EventKind.Timer && node.Timer is null) yield return ("timer-empty", []);
        if (node.Event == EventKind.Conditional && node.Condition is null) yield return ("condition-empty", []);
        if (node.Event == EventKind.Link && node.Kind == NodeKind.IntermediateThrowEvent && node.LinkTarget is null) yield return ("link-without-target", [node.Source.Event!.Reference ?? ""]);
        if (node.Event == EventKind.Compensation && node.Kind == NodeKind.BoundaryEvent && (node.Compensation is not { IsActivity: true } with || with.Parent != node.Parent)) yield return ("compensation-without-activity", []);
        if (node.Event == EventKind.Compensation && throws && node.Source.Event!.Reference is { } activity && node.Compensation is null) yield return ("compensation-of-unknown", [activity]);
        if (node.Event == EventKind.Cancel && node.Kind == NodeKind.BoundaryEvent && node.AttachedTo?.Kind != NodeKind.Transaction) yield return ("cancel-outside-transaction", []);
        if (node.Event == EventKind.Cancel && throws && node.Around.All(n => n.Kind != NodeKind.Transaction)) yield return ("cancel-outside-transaction", []);
    }

    private static IEnumerable<(string Code, IReadOnlyList<string> Arguments)> EventGateway(GraphNode node)
    {
        if (node.Outgoing.Count == 0) yield return ("event-gateway-without-events", []);
        foreach (var to in node.Outgoing.Select(f => f.To))
            if (!((to.Kind == NodeKind.ReceiveTask && to.EventName is not null) || (to.Kind == NodeKind.IntermediateCatchEvent && to.Event is EventKind.Message or EventKind.Signal or EventKind.Timer or EventKind.Conditional)))
                yield return ("event-gateway-to-no-event", [to.Id]);
    }
}
