using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Activities: how each kind begins and is done.</summary>
internal sealed partial class Run
{
    private void BeginActivity(GraphNode node, int scope, int cause, int compensatesFor = 0, ImmutableDictionary<string, Value>? variables = null, WayBack? back = null)
    {
        if (node.Skip is not null)
        {
            var skip = Evaluate(node.Skip, scope);
            if (skip.Problem is { } problem)
            {
                Stick(node, scope, cause, Stuck.Entering, problem.Code, Words(node.Skip, problem));
                return;
            }
            if (skip.Value.AsBoolean)
            {
                Tell(new Recorded(HistoryKind.Left, node.Id, 0, _now, Leaving.Skipped));
                TakeOutgoing(node, scope, cause);
                return;
            }
        }
        var instance = Spawn(node, scope, cause, node.Loop is null ? NodeRole.Once : NodeRole.Body);
        if (compensatesFor != 0 || variables is not null) instance = Set(instance with { CompensatesFor = compensatesFor, Variables = variables });
        if (back is { } way) instance = Set(instance with { ReturnsTo = way.To, ReturnsFor = way.For, ReturnsBecause = way.Because });
        AwaitBoundaries(instance);
        if (node.Loop is not null) BeginLoop(instance);
        else Behave(instance);
    }

    /// <summary>Does what one activity does, once: its inputs, then by its kind.</summary>
    private void Behave(NodeInstance instance)
    {
        var node = instance.Node;
        if (TakeIn(instance) is not { } ready) return;
        instance = ready;
        switch (node.Kind)
        {
            case NodeKind.UserTask:
                OpenTask(instance);
                break;
            case NodeKind.ServiceTask or NodeKind.BusinessRuleTask or NodeKind.ScriptTask when node.Script is not null:
                Calculate(instance);
                break;
            case NodeKind.SendTask when node.Source.Service is null:
                if (Send(instance)) Done(instance);
                break;
            case NodeKind.ServiceTask or NodeKind.BusinessRuleTask or NodeKind.SendTask or NodeKind.CallActivity:
                Ask(instance);
                break;
            case NodeKind.ReceiveTask:
                if (node.EventName is not null && !Await(instance, node, EventKind.Message)) break;
                break;
            case NodeKind.SubProcess or NodeKind.Transaction:
                AwaitEventSubProcesses(instance);
                for (var i = node.Starts.Length - 1; i >= 0; i--) Push(node.Starts[i], instance.Id, instance.Cause);
                if (node.Starts.Length == 0) MayBeEmpty(instance.Id);
                break;
            case NodeKind.AdHocSubProcess:
                AwaitEventSubProcesses(instance);
                BeginAdHoc(instance);
                break;
            default:
                Done(instance);
                break;
        }
    }

    /// <summary>Sets what the file says is local to a node; null when that fails, and it is stuck.</summary>
    private NodeInstance? TakeIn(NodeInstance instance)
    {
        if (instance.Node.Inputs.Length == 0) return instance;
        if (Read(instance.Node.Inputs, instance.Id, out var words, out var code) is not { } inputs)
        {
            Halt(instance, code, words);
            return null;
        }
        foreach (var (name, value) in inputs) instance = SetLocal(instance, name, value);
        return instance;
    }

    /// <summary>Sets what an event hands out around it; false when that fails, and its token is stuck.</summary>
    private bool GiveOut(GraphNode node, int scope, int cause)
    {
        if (node.Outputs.Length == 0) return true;
        if (Read(node.Outputs, scope, out var words, out var code) is not { } outputs)
        {
            Stick(node, scope, cause, Stuck.HandingOut, code, words);
            return false;
        }
        SetAt(scope, outputs);
        return true;
    }

    /// <summary>What cannot begin or hand out stays, stuck: an activity where it is, only emptied, while the events on its border go on waiting; an event as a token before it. A retry tries again.</summary>
    private void Halt(NodeInstance instance, string code, ImmutableArray<string> words, Stuck where = Stuck.Entering)
    {
        if (instance.Node.Kind is NodeKind.EventBasedGateway or NodeKind.IntermediateCatchEvent or NodeKind.IntermediateThrowEvent or NodeKind.EndEvent)
        {
            CancelTree(instance, Leaving.Cancelled);
            Stick(instance.Node, instance.Parent, instance.Cause, where, code, words);
            return;
        }
        Empty(instance, Leaving.Cancelled);
        CloseTasks(instance.Id, Leaving.Cancelled);
        if (where == Stuck.Entering)
            foreach (var done in Kept(row => row.Scope == instance.Id)) Forget(done);
        Detach(instance.Id, allButBoundaries: true);
        var stuck = _nodes.Find(instance.Id)!;
        RaiseIncident(Set(stuck with { Stuck = where, Repetitions = stuck.Role == NodeRole.Body ? stuck.Repetitions ?? new Repetitions(0, 0, 0, default) : null }), code, words);
    }

    /// <summary>Tries again what is stuck.</summary>
    private void TryAgain(NodeInstance stuck)
    {
        if (stuck.Stuck == Stuck.HandingOut)
        {
            Done(Set(stuck with { Stuck = Stuck.No }));
            return;
        }
        var (node, loops) = (stuck.Node, stuck.Node.Loop is not null);
        if (stuck.Stuck == Stuck.Entering && (stuck.Role == NodeRole.Repetition || (stuck.Role == NodeRole.Body ? loops : node.IsActivity && !loops && (node.Skip is null || stuck.CompensatesFor != 0))))
        {
            AwaitBoundaries(stuck = Set(stuck with { Stuck = Stuck.No }));
            if (stuck.Role == NodeRole.Body) BeginLoop(stuck);
            else Behave(stuck);
            return;
        }
        Detach(stuck.Id);
        _nodes.Remove(stuck.Id);
        if (stuck.Stuck == Stuck.Entering) Push(node, stuck.Parent, stuck.Cause);
        else TakeOutgoing(node, stuck.Parent, stuck.Cause);
    }

    private void Calculate(NodeInstance instance)
    {
        var found = Evaluate(instance.Node.Script!, instance.Id);
        if (found.Problem is { } problem)
        {
            Halt(instance, problem.Code, Words(instance.Node.Script!, problem));
            return;
        }
        if ((instance.Node.Source.Script?.ResultVariable ?? instance.Node.Source.Service?.ResultVariable) is { } name) SetAt(instance.Id, name, found.Value);
        Done(_nodes.Find(instance.Id)!);
    }

    /// <summary>Asks the host for a service or a process, and waits.</summary>
    private void Ask(NodeInstance instance)
    {
        var node = instance.Node;
        LeaveTheHouse(instance.Cause);
        var request = new Request(NextId(), instance.Id, node.Kind == NodeKind.CallActivity);
        if (!request.IsCall)
        {
            _requests.Add(request);
            Tell(new ServiceRequested(request, node, instance.Variables ?? ImmutableDictionary<string, Value>.Empty));
            return;
        }
        ExpressionProblem? problem = null;
        var process = Say(node.Call, instance.Id, ref problem);
        var key = Say(node.BusinessKey, instance.Id, ref problem);
        var variables = Read(node.CallIn, instance.Id, out var words, out var code);
        if (problem is not null) Halt(instance, problem.Code, Words(node.Call ?? node.BusinessKey!, problem));
        else if (variables is null) Halt(instance, code, words);
        else if (string.IsNullOrEmpty(process)) Halt(instance, "called-process-empty", [node.Id]);
        else
        {
            _requests.Add(request = request with { Process = process });
            Tell(new CallRequested(request, node, key, node.Source.Call!.PassesAll ? Visible(instance.Id).SetItems(variables) : variables));
        }
    }

    /// <summary>Variables of a called process come back as the file maps them.</summary>
    private void TakeBack(NodeInstance instance, ImmutableDictionary<string, Value>? given)
    {
        if (given is null) return;
        if (instance.Node.Source.Call!.PassesAll) SetAt(instance.Parent, given);
        var inside = new Given(given);
        foreach (var mapping in instance.Node.CallOut)
            if (mapping.All) SetAt(instance.Parent, given);
            else if (mapping.Source is { } expression) SetAt(instance.Parent, mapping.Target, expression.Evaluate(inside, _now).Value);
            else SetAt(instance.Parent, mapping.Target, given.GetValueOrDefault(mapping.Variable ?? mapping.Target));
    }

    private sealed record Given(ImmutableDictionary<string, Value> Values) : IVariables
    {
        public bool TryGet(string name, out Value value) => Values.TryGetValue(name, out value);
    }

    /// <summary>False when its name or what it carries cannot be told; the sender is then stuck.</summary>
    private bool Send(NodeInstance sender)
    {
        ExpressionProblem? problem = null;
        var node = sender.Node;
        var name = Say(node.EventName, sender.Id, ref problem) ?? "";
        var key = Say(node.CorrelationKey, sender.Id, ref problem);
        var payload = Read(node.Payload, sender.Id, out var words, out var code);
        if (problem is null && payload is not null)
        {
            LeaveTheHouse(sender.Cause);
            Tell(new MessageSent(node, name, key, payload));
            return true;
        }
        if (problem is null) Halt(sender, code, words);
        else Halt(sender, problem.Code, Words(node.EventName ?? node.CorrelationKey!, problem));
        return false;
    }

    /// <summary>An activity or event is done: what it gives out, what ends with it, then where its token goes.</summary>
    private void Done(NodeInstance instance)
    {
        var node = instance.Node;
        if (node.Outputs.Length > 0)
        {
            var outputs = Read(node.Outputs, instance.Id, out var words, out var code);
            if (outputs is null)
            {
                Halt(instance, code, words, Stuck.HandingOut);
                return;
            }
            foreach (var (name, value) in outputs) SetAt(instance.Parent, name, value);
        }
        if (instance.Role == NodeRole.Repetition)
        {
            EndRepetition(_nodes.Find(instance.Id)!);
            return;
        }
        Close(_nodes.Find(instance.Id)!);
    }

    private void Close(NodeInstance instance)
    {
        Remember(instance, instance.Parent);
        Detach(instance.Id);
        Leave(instance, Leaving.Completed, _command.Actor);
        var (node, parent, cause) = (instance.Node, instance.Parent, instance.Cause);
        if (instance.CompensatesFor != 0) Compensated(instance);
        else if (node.IsEventSubProcess || node.Source.IsForCompensation) Consume(parent, cause);
        else if (instance.ReturnsTo is { } back) Return(back, instance.ReturnsFor, parent, cause);
        else TakeOutgoing(node, parent, cause);
    }
}
