using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Rehearsals;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

/// <summary>Processes written in <see cref="Shorthand"/>, played step by step; every step that is not expected to be refused must be taken.</summary>
internal sealed class Play
{
    private const string First = "p";
    private readonly Rehearsal _rehearsal;

    private Play(Func<ServiceRequested, ServiceAnswer?>? services, bool undoes, IEnumerable<(string Id, string Body)> processes)
        : this(services, undoes, Shorthand.File(processes))
    {
    }

    private Play(Func<ServiceRequested, ServiceAnswer?>? services, bool undoes, string xml)
    {
        _rehearsal = new Rehearsal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)) { Services = services, UndoesIncidents = undoes };
        foreach (var compiled in Compile(xml))
        {
            compiled.Findings.Where(f => f.Severity == Severity.Error).ShouldBeEmpty();
            _rehearsal.Deploy(compiled.Definition!);
        }
    }

    /// <summary>Ids of the open tasks of all instances, sorted, with a space between.</summary>
    public string Open => Joined(Running.SelectMany(i => i.Tasks).Select(t => t.Node.Id));

    /// <summary>Names of the open tasks, sorted, with a space between.</summary>
    public string Names => Joined(Running.SelectMany(i => i.Tasks).Select(t => t.Name));

    /// <summary>Ids of the nodes that are being done, sub-processes not among them.</summary>
    public string At => Joined(Running.SelectMany(i => i.Nodes).Where(n => n.Id != 0 && n.Node.Source.Body is null && n.Role != NodeRole.Body).Select(n => n.Node.Id));

    /// <summary>Ids of the events that have a timer.</summary>
    public string Timers => Joined(Running.SelectMany(i => i.Timers).Select(t => t.Node.Id));

    /// <summary>Ids of the events that wait for a message, signal or condition.</summary>
    public string Awaited => Joined(Running.SelectMany(i => i.Subscriptions).Select(s => s.Node.Id));

    public string Incidents => Joined(Running.SelectMany(i => i.Incidents).Select(i => i.Code));

    public bool Ended => !Running.Any();

    public InstanceState State => _rehearsal.Instances.First();

    public Rehearsal Rehearsal => _rehearsal;

    /// <summary>Ids of what was done or happened, in order, of all instances.</summary>
    public string Path => string.Join(' ', _rehearsal.Log.Select(l => l.Effect).OfType<Recorded>().Where(r => r.Kind is HistoryKind.Left or HistoryKind.Happened && r.Reason is null or Leaving.Completed && r.Node is not ("p" or "q")).Select(r => r.Node));

    private IEnumerable<InstanceState> Running => _rehearsal.Instances.Where(i => !i.HasEnded);

    /// <summary>A process p, and others; not started.</summary>
    public static Play Ready(string body, params IEnumerable<(string Id, string Body)> others) => new(null, false, [(First, body), .. others]);

    /// <summary>A whole file; nothing started.</summary>
    public static Play File(string xml) => new(null, false, xml);

    /// <summary>A process p, and others; p started.</summary>
    public static Play Of(string body, params IEnumerable<(string Id, string Body)> others) => Ready(body, others).Start();

    /// <summary>A process p with variables, and others; p started.</summary>
    public static Play With(object variables, string body, params IEnumerable<(string Id, string Body)> others) => Ready(body, others).Start(variables);

    /// <summary>A process p whose services are answered; started.</summary>
    public static Play Served(Func<string, ServiceAnswer?> answer, string body, params IEnumerable<(string Id, string Body)> others) => new Play(s => answer(s.Node.Id), false, [(First, body), .. others]).Start();

    /// <summary>As <see cref="Ready"/>, but what raises an incident is refused.</summary>
    public static Play Strict(string body, params IEnumerable<(string Id, string Body)> others) => new(null, true, [(First, body), .. others]);

    /// <summary>Codes and places of the errors that stop a process from running.</summary>
    public static string Errors(string body) => Joined(Compile(Shorthand.File([(First, body)])).SelectMany(c => c.Findings).Where(f => f.Severity == Severity.Error).Select(f => $"{f.Code}@{f.Element}"));

    public Play Start(object? variables = null, string process = First, string? at = null) => Taken(_rehearsal.Start(process, new Start(at) { Variables = Variables(variables) }));

    /// <summary>Completes the first open task of each id, in order.</summary>
    public Play Do(string tasks, object? variables = null)
    {
        foreach (var id in tasks.Split(' '))
        {
            var instance = Running.FirstOrDefault(i => i.Tasks.Any(t => t.Node.Id == id)) ?? throw new ShouldAssertException($"no task {id}, but {Open}");
            Taken(_rehearsal.Do(instance.Id, new CompleteTask(instance.Tasks.First(t => t.Node.Id == id).Id) { Variables = Variables(variables) }));
        }
        return this;
    }

    public Play Message(string name, object? variables = null, string? key = null) => Taken(_rehearsal.Deliver(new Correlate(name) { Variables = Variables(variables), CorrelationKey = key }));

    public Play Signal(string name, object? variables = null) => Taken(_rehearsal.Signal(name, Variables(variables)));

    public Play Fire(string element) => Taken(_rehearsal.Fire(element));

    public Play Wait(string duration)
    {
        Evenhand.Bpmn.Timing.Iso8601.TryDuration(duration, out var span).ShouldBeTrue();
        return Taken(_rehearsal.Advance(span.After(_rehearsal.Now)));
    }

    public Play Set(object variables) => Give(new SetVariables { Variables = Variables(variables) });

    /// <summary>Goes on from what waits at a node.</summary>
    public Play Trigger(string element) => OnNode(element, n => new Trigger(n));

    public Play Throw(string element, string code) => OnNode(element, n => new RaiseError(n, code));

    public Play Escalate(string element, string code) => OnNode(element, n => new RaiseEscalation(n, code));

    public Play Move(string from, string to) => Taken(TryMove(from, to));

    public Refused? TryMove(string from, string to)
    {
        var ids = from.Split(' ');
        var instance = Running.Last(i => ids.All(id => i.Nodes.Any(n => n.Node.Id == id) || i.Arrivals.Any(a => a.Node.Id == id)));
        var taken = new List<int>();
        foreach (var id in ids)
            taken.Add(instance.Nodes.FirstOrDefault(n => n.Node.Id == id && n.Role != NodeRole.Body && !taken.Contains(n.Id))?.Id ?? instance.Arrivals.First(a => a.Node.Id == id && !taken.Contains(a.Id)).Id);
        return _rehearsal.Do(instance.Id, new Move([.. taken], [.. to.Split(' ')]));
    }

    /// <summary>A command for the first instance.</summary>
    public Play Give(Command command) => Taken(_rehearsal.Do(State.Id, command));

    public Refused? Try(Command command) => _rehearsal.Do(State.Id, command);

    public Play Retry() => Taken(Running.Where(i => i.Incidents.Length > 0).Select(i => _rehearsal.Do(i.Id, new Retry(i.Incidents[0].Id))).First());

    public Value Var(string name) => _rehearsal.Instances.Where(i => i.Variables.ContainsKey(name)).Select(i => i.Variables[name]).FirstOrDefault();

    /// <summary>Compares the open tasks; for chains.</summary>
    public Play Shows(string open)
    {
        Open.ShouldBe(Joined(open.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return this;
    }

    /// <summary>Every instance has ended, none with an incident.</summary>
    public void ShouldHaveEnded()
    {
        Ended.ShouldBeTrue($"at {At}, tasks {Open}, incidents {Incidents}");
        foreach (var state in _rehearsal.Instances)
        {
            state.Nodes.ShouldBeEmpty();
            state.Timers.ShouldBeEmpty();
            state.Subscriptions.ShouldBeEmpty();
            state.Tasks.ShouldBeEmpty();
            state.Arrivals.ShouldBeEmpty();
            state.Requests.ShouldBeEmpty();
        }
    }

    /// <summary>How often a node was done.</summary>
    public int Times(string node) => Path.Split(' ').Count(n => n == node);

    private Play OnNode(string element, Func<int, Command> command)
    {
        var instance = Running.First(i => i.Nodes.Any(n => n.Node.Id == element));
        return Taken(_rehearsal.Do(instance.Id, command(instance.Nodes.First(n => n.Node.Id == element && n.Role != NodeRole.Body).Id)));
    }

    private Play Taken(Refused? refusal)
    {
        refusal.ShouldBeNull();
        return this;
    }

    private static IReadOnlyList<Compiled> Compile(string xml) => Definition.CompileAll(BpmnFile.Read(xml).File!.Model);

    private static ImmutableDictionary<string, Value>? Variables(object? given) =>
        given?.GetType().GetProperties().ToImmutableDictionary(p => p.Name, p => Of(p.GetValue(given)));

    private static Value Of(object? given) => given switch
    {
        null => Value.Null,
        bool truth => truth,
        string text => text,
        Value value => value,
        DateTimeOffset instant => Value.Of(instant),
        System.Collections.IEnumerable many => Value.Of(many.Cast<object>().Select(Of)),
        IConvertible number => number.ToDecimal(CultureInfo.InvariantCulture),
        _ => Value.Of(Variables(given)!),
    };

    private static string Joined(IEnumerable<string> ids) => string.Join(' ', ids.Order(StringComparer.Ordinal));
}
