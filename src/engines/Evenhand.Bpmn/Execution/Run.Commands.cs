using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>What each command does at first; the rest follows from the graph.</summary>
internal sealed partial class Run
{
    /// <summary>Null when the command was taken.</summary>
    public Refused? Take()
    {
        if (_command is Start start) return _state.Status == InstanceStatus.New ? Begin(start) : new Refused("instance-started");
        if (_state.Status == InstanceStatus.New) return new Refused("instance-not-started");
        if (_state.HasEnded) return new Refused("instance-ended");
        if (_state.Status == InstanceStatus.Suspended && _command is not (Resume or Cancel or Suspend)) return new Refused("instance-suspended");
        return _command switch
        {
            CompleteTask complete => Complete(complete),
            FireTimer fire => Fire(fire),
            Correlate message => Catch(message),
            Broadcast signal => Catch(signal),
            Trigger trigger => Go(trigger),
            CompleteRequest done => Answer(done),
            FailRequest failed => Answer(failed),
            RaiseError error => Raise(error),
            RaiseEscalation escalation => Raise(escalation),
            SetVariables set => Set(set),
            Cancel => Stop(),
            Suspend => Turn(InstanceStatus.Suspended),
            Resume => Turn(InstanceStatus.Running),
            Retry retry => Again(retry),
            Move move => Shift(move),
            StartActivity activity => StartAdHoc(activity),
            EndAdHoc end => FinishAdHoc(end),
            _ => TakeHuman(_command),
        };
    }

    private Refused? Begin(Start start)
    {
        var at = start.At is null ? null : Target(start.At);
        if (start.At is not null && (at is null || at.Parent != _definition.Root)) return new Refused("start-unknown", start.At);
        at ??= _definition.Root.Starts.Length == 0 ? OnlyStart() : null;
        if (at is null && _definition.Root.Starts.Length == 0) return new Refused("no-plain-start", _definition.Key);
        (_status, _starter, _businessKey) = (InstanceStatus.Running, _command.Actor, start.BusinessKey);
        var variables = _command.Variables ?? ImmutableDictionary<string, Value>.Empty;
        foreach (var node in at is null ? _definition.Root.Starts : [at])
            if (_starter is not null && node.Source.Properties.TryGetValue("initiator", out var name)) variables = variables.SetItem(name, _starter);
        _nodes.Add(new NodeInstance(0, _definition.Root, -1) { Since = _now, Variables = variables });
        Tell(new Recorded(HistoryKind.Entered, _definition.Root.Id, 0, _now, Actor: _command.Actor));
        AwaitEventSubProcesses(_nodes[0]);
        if (at is not null) FromEvent(at, 0, 0);
        else
            for (var i = _definition.Root.Starts.Length - 1; i >= 0; i--) Push(_definition.Root.Starts[i], 0, 0);
        return null;
    }

    /// <summary>A process with one start event can be started by hand, whatever the event waits for.</summary>
    private Graph.GraphNode? OnlyStart()
    {
        Graph.GraphNode? found = null;
        foreach (var node in _definition.Nodes)
        {
            if (node.Kind != NodeKind.StartEvent || node.Parent != _definition.Root) continue;
            if (found is not null) return null;
            found = node;
        }
        return found;
    }

    private Refused? Fire(FireTimer fire)
    {
        if (_timers.Find(fire.Timer) is not { } timer) return new Refused("timer-gone");
        _timers.Remove(timer.Id);
        Tell(new TimerGone(timer.Id));
        SetAt(timer.Owner, _command.Variables);
        ArmAgain(timer);
        Happen(timer.Node, _nodes.Find(timer.Owner)!);
        return null;
    }

    private Refused? Catch(Correlate message)
    {
        Subscription? found = null;
        var several = false;
        foreach (var subscription in _subscriptions.Span)
        {
            if (subscription.Kind != EventKind.Message || subscription.Name != message.Name || (message.Subscription is { } id && id != subscription.Id)) continue;
            if (subscription.CorrelationKey is { } key && key != message.CorrelationKey) continue;
            several = found is not null;
            found ??= subscription;
        }
        if (found is null) return new Refused("message-not-awaited", message.Name);
        if (several) return new Refused("message-ambiguous", message.Name);
        Happen(found, _command.Variables);
        return null;
    }

    private Refused? Catch(Broadcast signal) => CatchSignal(signal.Name, _command.Variables) ? null : new Refused("signal-not-awaited", signal.Name);

    private Refused? Go(Trigger trigger)
    {
        if (_nodes.Find(trigger.Instance) is not { } instance) return new Refused("node-gone");
        if (instance.Node.Kind is not (NodeKind.ReceiveTask or NodeKind.IntermediateCatchEvent) || instance.Role == NodeRole.Body) return new Refused("node-waits-for-more", instance.Node.Id);
        SetAt(instance.Id, _command.Variables);
        Done(instance);
        return null;
    }

    private Refused? Answer(CompleteRequest done)
    {
        if (_requests.Find(done.Request) is not { } request) return new Refused("request-gone");
        _requests.Remove(request.Id);
        var instance = _nodes.Find(request.Instance)!;
        ForgetIncidents(instance.Id);
        if (request.IsCall) TakeBack(instance, _command.Variables);
        else
        {
            SetAt(instance.Id, _command.Variables);
            if (instance.Node.Source.Service?.ResultVariable is { } name) SetAt(instance.Id, name, done.Result);
        }
        Done(instance);
        return null;
    }

    private Refused? Answer(FailRequest failed)
    {
        if (_requests.Find(failed.Request) is not { } request) return new Refused("request-gone");
        _requests.Set(request with { Failed = true });
        ForgetIncidents(request.Instance);
        RaiseIncident(_nodes.Find(request.Instance)!, request.IsCall ? "call-failed" : "service-failed", failed.Reason);
        return null;
    }

    private Refused? Raise(RaiseError error)
    {
        if (_nodes.Find(error.Instance) is not { } instance) return new Refused("node-gone");
        SetAt(instance.Parent < 0 ? 0 : instance.Id, _command.Variables);
        if (!Propagate(EventKind.Error, error.Code, instance)) End(InstanceStatus.Failed, error.Code);
        return null;
    }

    private Refused? Raise(RaiseEscalation escalation)
    {
        if (_nodes.Find(escalation.Instance) is not { } instance) return new Refused("node-gone");
        if (instance.Node.Kind == NodeKind.CallActivity) TakeBack(instance, _command.Variables);
        else SetAt(instance.Id, _command.Variables);
        if (!Propagate(EventKind.Escalation, escalation.Code, instance)) Tell(new EscalationRaised(escalation.Code));
        return null;
    }

    private Refused? Set(SetVariables set)
    {
        if (_nodes.Find(set.Instance) is null) return new Refused("node-gone");
        SetAt(set.Instance, _command.Variables);
        return null;
    }

    private Refused? Stop()
    {
        End(InstanceStatus.Cancelled);
        return null;
    }

    private Refused? Turn(InstanceStatus status)
    {
        if (_status == status) return new Refused(status == InstanceStatus.Suspended ? "instance-suspended" : "instance-not-suspended");
        _status = status;
        if (status == InstanceStatus.Running) GoOnWhereFilled();
        return null;
    }

    private Refused? Again(Retry retry)
    {
        if (_incidents.Find(retry.Incident) is not { } incident) return new Refused("incident-gone");
        var instance = _nodes.Find(incident.Instance)!;
        SetAt(instance.Id, _command.Variables);
        _incidents.Remove(incident.Id);
        Tell(new IncidentGone(incident.Id));
        if (instance.Stuck != Stuck.No)
        {
            TryAgain(_nodes.Find(instance.Id)!);
            return null;
        }
        foreach (var request in _requests.Span)
            if (request.Instance == instance.Id && request.Failed)
            {
                _requests.Remove(request.Id);
                Ask(instance);
                return null;
            }
        AwaitBoundaries(instance);
        if (instance.Node.IsScope) AwaitEventSubProcesses(instance);
        return null;
    }

    private void ForgetIncidents(int instance)
    {
        for (var i = _incidents.Count - 1; i >= 0; i--)
        {
            if (_incidents[i].Instance != instance) continue;
            Tell(new IncidentGone(_incidents[i].Id));
            _incidents.Remove(_incidents[i].Id);
        }
    }
}
