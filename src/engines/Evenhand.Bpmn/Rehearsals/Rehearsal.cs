using System.Collections.Immutable;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Bpmn.Rehearsals;

/// <summary>How a rehearsal answers a service: its result and variables, an error of the business, or a technical failure; null leaves it open.</summary>
/// <param name="Result">For the result variable of the file.</param>
/// <param name="Variables">Set when it is done; null for none.</param>
/// <param name="ErrorCode">Ends it with this error; null for none.</param>
/// <param name="Failure">Makes it an incident; null for none.</param>
public sealed record ServiceAnswer(Value Result = default, ImmutableDictionary<string, Value>? Variables = null, string? ErrorCode = null, string? Failure = null);

/// <summary>
/// Runs processes in memory with a clock of its own: what a host does with the effects of <see cref="Engine"/>, for trying
/// processes out, for tests and for the terminal. Calls, signals, messages and timers reach all instances. Not safe for several threads.
/// </summary>
public sealed partial class Rehearsal
{
    private readonly EngineOptions _options;
    private ImmutableDictionary<string, Definition> _definitions = ImmutableDictionary<string, Definition>.Empty;
    private ImmutableSortedDictionary<string, InstanceState> _instances = ImmutableSortedDictionary.Create<string, InstanceState>(StringComparer.Ordinal);
    private ImmutableDictionary<string, (string Parent, int Request)> _callers = ImmutableDictionary<string, (string, int)>.Empty;
    private ImmutableList<StartTimer> _startTimers = [];
    private ImmutableList<(string Definition, StartTrigger Trigger)> _startTriggers = [];
    private readonly Queue<Func<Refused?>> _errands = new();
    private readonly List<(string Instance, Effect Effect)> _log = [];
    private int _number;

    /// <summary>A rehearsal that begins at a moment.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="options">Zone and limits; the usual ones when null.</param>
    public Rehearsal(DateTimeOffset now, EngineOptions? options = null) => (Now, _options) = (now, options ?? EngineOptions.Default);

    /// <summary>The present moment.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>A command that raises an incident anywhere is undone as a whole and refused, as engines with one transaction a command do; a join that can never fire is none of the command's faults and stays.</summary>
    public bool UndoesIncidents { get; init; }

    /// <summary>How services are answered; done at once, without a result, when null.</summary>
    public Func<ServiceRequested, ServiceAnswer?>? Services { get; init; }

    /// <summary>All instances, in the order they were started.</summary>
    public IEnumerable<InstanceState> Instances => _instances.Values;

    /// <summary>Timers of the definitions' own start events.</summary>
    public IReadOnlyList<StartTimer> StartTimers => _startTimers;

    /// <summary>Messages, signals and conditions that start an instance.</summary>
    public IEnumerable<StartTrigger> StartTriggers => _startTriggers.Select(t => t.Trigger);

    /// <summary>What happened so far, by instance.</summary>
    public IReadOnlyList<(string Instance, Effect Effect)> Log => _log;

    /// <summary>A start event's timer.</summary>
    /// <param name="Definition">Key of the process.</param>
    /// <param name="Trigger">The event and its plan.</param>
    /// <param name="Due">When it fires.</param>
    /// <param name="Remaining">Firings left; null for ever.</param>
    public sealed record StartTimer(string Definition, StartTrigger Trigger, DateTimeOffset Due, int? Remaining);

    /// <summary>Makes a process known, in place of an earlier one with its key; instances keep theirs.</summary>
    /// <param name="definition">The process.</param>
    public void Deploy(Definition definition)
    {
        _definitions = _definitions.SetItem(definition.Key, definition);
        _startTimers = _startTimers.RemoveAll(t => t.Definition == definition.Key);
        _startTriggers = _startTriggers.RemoveAll(t => t.Definition == definition.Key);
        foreach (var trigger in definition.StartTriggers(Now, _options.Zone))
            if (trigger.Plan is { } plan) _startTimers = _startTimers.Add(new StartTimer(definition.Key, trigger, plan.First, plan.Remaining));
            else _startTriggers = _startTriggers.Add((definition.Key, trigger));
    }

    /// <summary>Starts a process.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="start">How.</param>
    /// <returns>Why not; null when it was started.</returns>
    public Refused? Start(string key, Start start) => Whole(() => Begin(key, start, null));

    /// <summary>Gives an instance a command, and does what follows.</summary>
    /// <param name="instance">Its id.</param>
    /// <param name="command">The command.</param>
    /// <returns>Why not; null when it was taken.</returns>
    public Refused? Do(string instance, Command command) => Whole(() => Apply(instance, command));

    /// <summary>A message comes: for the one instance that waits for it, else for a start event.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Why not; null when it was taken.</returns>
    public Refused? Deliver(Correlate message) => Whole(() => Route(message));

    /// <summary>A signal is thrown from outside; all that wait for it catch it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="payload">Variables it carries; null for none.</param>
    /// <returns>Why it was undone; null when it was not.</returns>
    public Refused? Signal(string name, ImmutableDictionary<string, Value>? payload = null) => Whole(() => Spread(name, payload, null));

    /// <summary>Time passes; what becomes due fires, the earliest first.</summary>
    /// <param name="to">The moment then; an earlier one is taken as now.</param>
    /// <returns>Why a firing was undone; null when none was.</returns>
    public Refused? Advance(DateTimeOffset to)
    {
        if (to > Now) Now = to;
        while (true)
        {
            var due = Timers().Where(t => t.Due <= Now).OrderBy(t => t.Due).FirstOrDefault();
            if (due.Fire is null) return null;
            if (Whole(due.Fire) is { } refusal) return refusal;
        }
    }

    /// <summary>Fires the earliest timer of an event, whatever the time.</summary>
    /// <param name="element">Id of the event.</param>
    /// <returns>Why not; null when it fired.</returns>
    public Refused? Fire(string element)
    {
        var timer = Timers().Where(t => t.Node.Id == element).OrderBy(t => t.Due).FirstOrDefault();
        return timer.Fire is null ? new Refused("timer-gone") : Whole(timer.Fire);
    }

    private IEnumerable<(DateTimeOffset Due, GraphNode Node, Func<Refused?> Fire)> Timers()
    {
        foreach (var instance in _instances.Values)
            if (instance.Status == InstanceStatus.Running)
                foreach (var timer in instance.Timers) yield return (timer.Due, timer.Node, () => Apply(instance.Id, new FireTimer(timer.Id)));
        foreach (var timer in _startTimers)
            yield return (timer.Due, timer.Trigger.Node, () =>
            {
                _startTimers = _startTimers.Remove(timer);
                if (timer.Trigger.Plan!.Next(timer.Due, Now, timer.Remaining) is { } next) _startTimers = _startTimers.Add(timer with { Due = next.Due, Remaining = next.Remaining });
                return Begin(timer.Definition, new Start(timer.Trigger.Node.Id), null);
            });
    }

    /// <summary>Does an errand and all that follow from it; undoes them together where that is wanted.</summary>
    private Refused? Whole(Func<Refused?> errand)
    {
        var (instances, callers, timers, logged) = (_instances, _callers, _startTimers, _log.Count);
        var refusal = errand();
        while (refusal is null && _errands.TryDequeue(out var next)) _ = next();
        if (refusal is null && UndoesIncidents)
            refusal = _log.Skip(logged).Select(l => l.Effect).OfType<IncidentRaised>().Where(i => i.Incident.Code != Engine.DeadJoin).Select(i => new Refused(i.Incident.Code, i.Incident.Arguments)).FirstOrDefault();
        if (refusal is null) return null;
        (_instances, _callers, _startTimers) = (instances, callers, timers);
        _log.RemoveRange(logged, _log.Count - logged);
        _errands.Clear();
        return refusal;
    }
}
