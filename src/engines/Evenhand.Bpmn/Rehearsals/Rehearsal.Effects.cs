using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Rehearsals;

public sealed partial class Rehearsal
{
    private Refused? Begin(string key, Start start, (string Parent, int Request)? caller)
    {
        if (!_definitions.TryGetValue(key, out var definition)) return new Refused("process-unknown", key);
        var id = (++_number).ToString("D6", CultureInfo.InvariantCulture);
        _instances = _instances.Add(id, InstanceState.New(definition, id));
        if (caller is { } by) _callers = _callers.Add(id, by);
        return Apply(id, start);
    }

    private Refused? Apply(string id, Command command)
    {
        if (!_instances.TryGetValue(id, out var state)) return new Refused("instance-unknown", id);
        var (next, effects, refusal) = Engine.Apply(state, command, Now, _options);
        if (refusal is not null) return refusal;
        _instances = _instances.SetItem(id, next);
        foreach (var effect in effects)
        {
            _log.Add((id, effect));
            if (Follow(id, effect) is { } errand) _errands.Enqueue(errand);
        }
        return null;
    }

    private Func<Refused?>? Follow(string id, Effect effect) => effect switch
    {
        ServiceRequested service => () => Serve(id, service),
        CallRequested call => () => Call(id, call),
        RequestCancelled cancelled => () => CancelCalled(id, cancelled.Request),
        SignalThrown signal => () => Spread(signal.Name, signal.Payload, id),
        MessageSent { Name.Length: > 0 } message => () => Route(new Correlate(message.Name) { CorrelationKey = message.CorrelationKey, Variables = message.Payload }),
        EscalationRaised escalation when _callers.TryGetValue(id, out var by) =>
            () => Waiting(by) is { } request ? Apply(by.Parent, new RaiseEscalation(request.Instance, escalation.Code) { Variables = _instances[id].Variables }) : null,
        InstanceEnded ended when _callers.TryGetValue(id, out var by) => () => Report(id, by, ended),
        _ => null,
    };

    private Refused? Serve(string id, ServiceRequested service)
    {
        if (Waiting((id, service.Request.Id)) is not { } request) return null;
        var answer = Services is null ? new ServiceAnswer() : Services(service);
        return answer switch
        {
            null => null,
            { Failure: { } reason } => Apply(id, new FailRequest(request.Id, reason)),
            { ErrorCode: { } code } => Apply(id, new RaiseError(request.Instance, code) { Variables = answer.Variables }),
            _ => Apply(id, new CompleteRequest(request.Id) { Result = answer.Result, Variables = answer.Variables }),
        };
    }

    private Refused? Call(string id, CallRequested call)
    {
        if (Waiting((id, call.Request.Id)) is not { } request) return null;
        var refusal = Begin(request.Process!, new Start { BusinessKey = call.BusinessKey, Variables = call.Variables }, (id, request.Id));
        return refusal is null ? null : Apply(id, new FailRequest(request.Id, refusal.Code));
    }

    private Refused? CancelCalled(string parent, int request)
    {
        foreach (var (child, by) in _callers)
            if (by == (parent, request) && !_instances[child].HasEnded) return Apply(child, new Cancel());
        return null;
    }

    private Refused? Report(string id, (string Parent, int Request) by, InstanceEnded ended)
    {
        if (Waiting(by) is not { } request) return null;
        return ended.Status switch
        {
            InstanceStatus.Failed => Apply(by.Parent, new RaiseError(request.Instance, ended.ErrorCode ?? "")),
            InstanceStatus.Cancelled => Apply(by.Parent, new FailRequest(request.Id, "cancelled")),
            _ => Apply(by.Parent, new CompleteRequest(request.Id) { Variables = _instances[id].Variables }),
        };
    }

    private Request? Waiting((string Instance, int Request) by) => _instances.TryGetValue(by.Instance, out var state) ? state.Requests.FirstOrDefault(r => r.Id == by.Request) : null;

    private Refused? Route(Correlate message)
    {
        var waiting = _instances.Values.Where(i => i.Status == InstanceStatus.Running
            && i.Subscriptions.Any(s => s.Kind == EventKind.Message && s.Name == message.Name && (s.CorrelationKey is null || s.CorrelationKey == message.CorrelationKey))).ToList();
        if (waiting.Count > 1) return new Refused("message-ambiguous", message.Name);
        if (waiting.Count == 1) return Apply(waiting[0].Id, message);
        var start = _startTriggers.Find(t => t.Trigger.Kind == EventKind.Message && t.Trigger.Name == message.Name);
        return start.Trigger is null ? new Refused("message-not-awaited", message.Name) : Begin(start.Definition, new Start(start.Trigger.Node.Id) { Variables = message.Variables }, null);
    }

    private Refused? Spread(string name, ImmutableDictionary<string, Value>? payload, string? thrower)
    {
        foreach (var instance in _instances.Values)
            if (instance.Id != thrower && instance.Status == InstanceStatus.Running && instance.Subscriptions.Any(s => s.Kind == EventKind.Signal && s.Name == name))
                _ = Apply(instance.Id, new Broadcast(name) { Variables = payload });
        foreach (var (definition, trigger) in _startTriggers)
            if (trigger.Kind == EventKind.Signal && trigger.Name == name) _ = Begin(definition, new Start(trigger.Node.Id) { Variables = payload }, null);
        return null;
    }
}
