using System.Collections.Immutable;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>One command at work on a copy of a state; used once.</summary>
internal sealed partial class Run
{
    private readonly InstanceState _state;
    private readonly Definition _definition;
    private readonly Command _command;
    private readonly DateTimeOffset _now;
    private readonly EngineOptions _options;
    private readonly List<Effect> _effects = new(16);
    private readonly Stack<Pending> _agenda = new(8);
    private readonly List<int> _mayBeEmpty = new(4);
    private readonly Reader _reader;

    private Rows<NodeInstance> _nodes;
    private Rows<Arrival> _arrivals;
    private Rows<HumanTask> _tasks;
    private Rows<ArmedTimer> _timers;
    private Rows<Subscription> _subscriptions;
    private Rows<Request> _requests;
    private Rows<Incident> _incidents;
    private Rows<Compensable> _compensables;
    private Rows<Step> _stepRows;
    private InstanceStatus _status;
    private string? _starter;
    private string? _businessKey;
    private string? _endEvent;
    private int _nextId;
    private int _entered;

    public Run(InstanceState state, Command command, DateTimeOffset now, EngineOptions options)
    {
        (_state, _definition, _command, _now, _options) = (state, state.Definition, command, now, options);
        _nodes = new(state.Nodes);
        _arrivals = new(state.Arrivals);
        _tasks = new(state.Tasks);
        _timers = new(state.Timers);
        _subscriptions = new(state.Subscriptions);
        _requests = new(state.Requests);
        _incidents = new(state.Incidents);
        _compensables = new(state.Compensables);
        _stepRows = new(state.Steps);
        (_status, _starter, _businessKey, _endEvent, _nextId) = (state.Status, state.Starter, state.BusinessKey, state.EndEvent, state.NextId);
        _reader = new Reader(this);
    }

    /// <summary>What is yet to be done: a flow to be taken, a node to be entered, a repetition to be started.</summary>
    private readonly record struct Pending(GraphNode Node, GraphFlow? Flow, int Scope, int Cause, int Repetition = -1);

    public Applied Finish()
    {
        Quiesce();
        ForgetOldSteps();
        return Freeze();
    }

    private Applied Freeze()
    {
        var variables = _nodes.Count > 0 ? _nodes[0].Variables ?? ImmutableDictionary<string, Expressions.Value>.Empty : _lastVariables ?? _state.Variables;
        var next = new InstanceState(_definition, _state.Id)
        {
            BusinessKey = _businessKey,
            Status = _status,
            Starter = _starter,
            Version = _state.Version + 1,
            EndEvent = _endEvent,
            Nodes = _nodes.Freeze(),
            Arrivals = _arrivals.Freeze(),
            Tasks = _tasks.Freeze(),
            Timers = _timers.Freeze(),
            Subscriptions = _subscriptions.Freeze(),
            Requests = _requests.Freeze(),
            Incidents = _incidents.Freeze(),
            Compensables = _compensables.Freeze(),
            Steps = _stepRows.Freeze(),
            Variables = variables,
            NextId = _nextId,
        };
        return new Applied(next, _effects, null);
    }

    /// <summary>Works until nothing more can move: tokens first, then scopes that have become empty, then conditions, then inclusive joins.</summary>
    private void Quiesce()
    {
        while (true)
        {
            if (_agenda.TryPop(out var next)) Do(next);
            else if (_mayBeEmpty.Count > 0) CloseInnermost();
            else if (!LookAtConditions() && !FireInclusiveJoin()) break;
        }
        if (_status == InstanceStatus.Running) FindDeadJoins();
    }

    private void Do(Pending next)
    {
        if (_nodes.Find(next.Scope) is not { } scope) return;
        if (++_entered > _options.StepLimit)
        {
            var limit = _options.StepLimit.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (next.Repetition >= 0) Halt(scope, "step-limit", [limit]);
            else Stick(next.Node, next.Scope, next.Cause, Stuck.Entering, "step-limit", limit);
            return;
        }
        if (next.Repetition >= 0) StartRepetition(scope, next.Repetition);
        else Enter(next.Node, next.Scope, next.Cause, next.Flow);
    }

    private int NextId() => _nextId++;

    private void Push(GraphNode node, int scope, int cause) => _agenda.Push(new Pending(node, null, scope, cause));

    private void Push(GraphFlow flow, int scope, int cause)
    {
        Tell(new Recorded(HistoryKind.Took, flow.Id, 0, _now));
        _agenda.Push(new Pending(flow.To, flow, scope, cause));
    }

    private void Tell(Effect effect) => _effects.Add(effect);

    private NodeInstance Spawn(GraphNode node, int parent, int cause, NodeRole role = NodeRole.Once, int own = 0)
    {
        var instance = new NodeInstance(own > 0 ? own : NextId(), node, parent) { Since = _now, Cause = cause, Role = role };
        _nodes.Add(instance);
        Tell(new Recorded(HistoryKind.Entered, node.Id, instance.Id, _now));
        return instance;
    }

    private void Leave(NodeInstance instance, Leaving reason, string? actor = null)
    {
        if (instance.Id == 0) _lastVariables = instance.Variables;
        _nodes.Remove(instance.Id);
        Tell(new Recorded(HistoryKind.Left, instance.Node.Id, instance.Id, _now, reason, actor));
    }

    private ImmutableDictionary<string, Expressions.Value>? _lastVariables;

    /// <summary>A token that cannot go on stays as a stuck node instance, so that it is never lost.</summary>
    private void Stick(GraphNode node, int scope, int cause, Stuck where, string code, params ImmutableArray<string> arguments)
    {
        var instance = new NodeInstance(NextId(), node, scope) { Since = _now, Cause = cause, Stuck = where };
        _nodes.Add(instance);
        RaiseIncident(instance, code, arguments);
    }

    private void RaiseIncident(NodeInstance instance, string code, params ImmutableArray<string> arguments)
    {
        var incident = new Incident(NextId(), instance.Id, code, _now, arguments);
        _incidents.Add(incident);
        Tell(new IncidentRaised(incident, instance.Node));
    }

    private bool HasIncident(int instance, string code)
    {
        foreach (var incident in _incidents.Span)
            if (incident.Instance == instance && incident.Code == code) return true;
        return false;
    }

    private void End(InstanceStatus status, string? errorCode = null)
    {
        _status = status;
        if (_nodes.Find(0) is { } root) CancelTree(root, status == InstanceStatus.Completed ? Leaving.Completed : Leaving.Cancelled);
        _agenda.Clear();
        _mayBeEmpty.Clear();
        _compensables.Clear();
        Tell(new InstanceEnded(status, errorCode, _endEvent));
    }

    private bool HasInside(int scope)
    {
        foreach (var node in _nodes.Span)
            if (node.Parent == scope) return true;
        foreach (var arrival in _arrivals.Span)
            if (arrival.Scope == scope) return true;
        return false;
    }

    private List<NodeInstance> Inside(int scope)
    {
        var inside = new List<NodeInstance>();
        foreach (var node in _nodes.Span)
            if (node.Parent == scope) inside.Add(node);
        return inside;
    }

    private bool IsWithin(NodeInstance? instance, int scope)
    {
        for (; instance is not null; instance = _nodes.Find(instance.Parent))
            if (instance.Id == scope) return true;
        return false;
    }

    /// <summary>The activity as its surroundings see it: of a repetition, the body.</summary>
    private NodeInstance Whole(NodeInstance instance) => instance.Role == NodeRole.Repetition ? _nodes.Find(instance.Parent)! : instance;
}
