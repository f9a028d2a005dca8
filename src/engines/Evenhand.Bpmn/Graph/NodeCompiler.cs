using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Graph;

/// <summary>Compiles what one node says: its expressions, references and neighbours.</summary>
internal sealed class NodeCompiler(BpmnModel model, Compiler compiler, GraphNode node)
{
    private readonly FlowNode _source = node.Source;

    public void Compile()
    {
        node.Skip = Text(_source.SkipExpression);
        node.Default = node.Outgoing.FirstOrDefault(f => f.Id == _source.DefaultFlow);
        if (_source.DefaultFlow is { } flow && node.Default is null) compiler.Say(Severity.Error, "default-flow-unknown", _source, flow);
        node.Boundaries = [];
        if (_source.AttachedTo is { } host)
        {
            node.AttachedTo = compiler.Find(host);
            if (node.AttachedTo is null) compiler.Say(Severity.Error, "attached-to-nothing", _source, host);
            else node.AttachedTo.Boundaries = [.. node.AttachedTo.Boundaries, node];
        }
        if (_source.Event is { } definition) Event(definition);
        if (_source.MessageRef is { } message) Named(EventKind.Message, message);
        if (_source.Loop is { } loop) node.Loop = Loop(loop);
        if (node.Kind == NodeKind.UserTask && _source.Name?.Contains('{', StringComparison.Ordinal) == true && Expression.Parse(_source.Name) is { Expression: { } title }) node.Title = title;
        if (_source.Task is { } task)
        {
            node.Rules = TaskRules.Read(task.Policies, Text, (name, value) => compiler.Say(Severity.Error, "policy-not-understood", _source, name, value));
            node.Task = new GraphTask(Text(task.Assignee), Text(task.CandidateUsers), Text(task.CandidateGroups), Text(task.DueDate), Text(task.FollowUpDate), Text(task.Priority), Text(task.FormKey));
        }
        if (_source.Call is { } call)
        {
            node.Call = Text(call.Element);
            node.BusinessKey = Text(call.BusinessKey);
            (node.CallIn, node.CallOut) = (Mappings(call.In), Mappings(call.Out));
        }
        if (_source.Script is { } script) node.Script = compiler.Text(script.Text, node.Id, _source.Line, script: true);
        if (_source.Service is { Kind: "expression" } service) node.Script = Text(service.Text);
        if (_source.AdHoc is { } adHoc) (node.AdHocDone, node.AdHocStarts) = (Text(adHoc.CompletionCondition), Text(adHoc.ActiveElements));
        (node.Inputs, node.Outputs) = (Mappings(_source.Inputs), Mappings(_source.Outputs));
    }

    private void Event(EventSpec definition)
    {
        node.Event = definition.Kind;
        node.Payload = Mappings(definition.Payload);
        switch (definition.Kind)
        {
            case EventKind.Message or EventKind.Signal or EventKind.Error or EventKind.Escalation:
                Named(definition.Kind, definition.Reference);
                break;
            case EventKind.Timer:
                node.Timer = Text(definition.Text);
                break;
            case EventKind.Conditional:
                node.Condition = Text(definition.Text);
                break;
            case EventKind.Link when node.Kind == NodeKind.IntermediateThrowEvent:
                node.LinkTarget = node.Parent!.Source.Body!.Nodes
                    .Where(n => n.Kind == NodeKind.IntermediateCatchEvent && n.Event is { Kind: EventKind.Link } e && e.Reference == definition.Reference)
                    .Select(n => compiler.Find(n.Id)).FirstOrDefault();
                break;
            case EventKind.Compensation when node.Kind == NodeKind.BoundaryEvent:
                var ends = node.Parent!.Source.Body!.Associations.Where(a => a.Source == node.Id).Select(a => a.Target);
                node.Compensation = ends.Select(compiler.Find).FirstOrDefault(n => n is not null)
                    ?? node.Outgoing.Select(f => f.To).FirstOrDefault(n => n.Source.IsForCompensation);
                break;
            case EventKind.Compensation:
                node.Compensation = compiler.Find(definition.Reference);
                break;
            default:
                break;
        }
    }

    private void Named(EventKind kind, string? reference)
    {
        if (node.Event == EventKind.None) node.Event = kind;
        var name = reference is not null && model.EventNames.TryGetValue(reference, out var found) ? found : null;
        node.Code = kind is EventKind.Error or EventKind.Escalation ? (name is null ? reference : string.IsNullOrEmpty(name.Code) ? (kind == EventKind.Error && node.Kind == NodeKind.EndEvent ? reference : null) : name.Code) : null;
        node.EventName = Text(name?.Name ?? reference);
        node.CorrelationKey = Text(name?.CorrelationKey);
    }

    private GraphLoop Loop(LoopSpec loop)
    {
        // A bare name means the variable of that name, as the engines whose files we read have it.
        var collection = loop.Collection is { } text && !text.Contains('{', StringComparison.Ordinal) && !text.StartsWith('=') ? $"${{{text.Trim()}}}" : loop.Collection;
        return new GraphLoop(loop.Kind, Text(loop.Cardinality), Text(collection), loop.ElementVariable, Text(loop.Condition), loop.TestBefore, loop.OutputCollection, Text(loop.OutputElement));
    }

    private GraphMapping[] Mappings(IReadOnlyList<Mapping> mappings) => [.. mappings.Select(m => new GraphMapping(m.Target, Text(m.Expression), m.Source, m.All))];

    private Expression? Text(string? text) => compiler.Text(text, node.Id, _source.Line);
}
