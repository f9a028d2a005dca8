using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;
using Evenhand.Engines.Tests.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>One instance of a process and the people who work on it; what they see, as short texts.</summary>
internal sealed class Office
{
    private readonly List<Effect> _log = [];

    private Office(Definition definition) => State = InstanceState.New(definition, "1");

    public InstanceState State { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Effects of every command taken.</summary>
    public IReadOnlyList<Effect> Log => _log;

    /// <summary>Open tasks as `node:assignee`, in the order of their names.</summary>
    public string Tasks => string.Join(" ", State.Tasks.Select(t => $"{t.Node.Id}:{t.Assignee ?? "-"}").Order(StringComparer.Ordinal));

    /// <summary>Armed timers by event.</summary>
    public string Timers => string.Join(" ", State.Timers.Select(t => t.Node.Id).Order(StringComparer.Ordinal));

    /// <summary>What people did, as `actor what node[>to]`, in order.</summary>
    public string History => string.Join("; ", _log.OfType<Recorded>().Where(r => r.Kind == HistoryKind.Acted).Select(r => $"{r.Actor ?? "-"} {r.Text} {r.Node}{(r.To is null ? "" : $">{r.To}")}{(r.Note is null ? "" : $" ({r.Note})")}"));

    public string Joins => string.Join(" ", State.Arrivals.Select(a => a.Flow.Id));

    public static Office Open(string process, string? starter = "ann", params (string Name, Value Value)[] variables)
    {
        var office = new Office(Compile(process));
        office.Do(new Start { Actor = starter, Variables = variables.ToImmutableDictionary(v => v.Name, v => v.Value) });
        return office;
    }

    public static Definition Compile(string process)
    {
        var compiled = Definition.Compile(BpmnFile.Read(Bpmn(process)).File!.Model);
        compiled.Definition.ShouldNotBeNull(string.Join("\n", compiled.Findings));
        return compiled.Definition;
    }

    public static string Bpmn(string process) => $"""
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:evenhand="https://evenhand.org/bpmn/1.0" targetNamespace="test">
          <process id="p" isExecutable="true">{process}</process>
        </definitions>
        """;

    /// <summary>Sequence flows along a list of ids: `start apply check end`.</summary>
    public static string Flows(params string[] chains)
    {
        var flows = chains.SelectMany(c => c.Split(' ').Zip(c.Split(' ').Skip(1)));
        return string.Concat(flows.Select(f => $"""<sequenceFlow id="{f.First}-{f.Second}" sourceRef="{f.First}" targetRef="{f.Second}"/>"""));
    }

    public static string User(string id, string? assignee = null, string attributes = "", string inside = "") =>
        $"""<userTask id="{id}" {(assignee is null ? "" : $"camunda:assignee=\"{assignee}\"")} {attributes}>{inside}</userTask>""";

    /// <summary>A user task that every one of a list signs.</summary>
    public static string Signers(string id, string list = "${signers}", string attributes = "", string condition = "", bool sequential = false) => User(id, "${signer}", attributes,
        $"""<multiInstanceLoopCharacteristics isSequential="{(sequential ? "true" : "false")}" camunda:collection="{list}" camunda:elementVariable="signer">{(condition.Length == 0 ? "" : $"<completionCondition>{condition}</completionCondition>")}</multiInstanceLoopCharacteristics>""");

    public static string Timer(string id, string on, string after, bool interrupting = false) =>
        $"""<boundaryEvent id="{id}" attachedToRef="{on}" cancelActivity="{(interrupting ? "true" : "false")}"><timerEventDefinition><timeDuration>{after}</timeDuration></timerEventDefinition></boundaryEvent>""";

    public static Value People(params string[] names) => Value.Of(names.Select(n => Value.Of(n)));

    /// <summary>The open task of a node, and of a person where several have one.</summary>
    public HumanTask Task(string node, string? assignee = null) => State.Tasks.Single(t => t.Node.Id == node && (assignee is null || t.Assignee == assignee));

    public Refused? Do(Command command)
    {
        var (state, effects, refusal) = Engine.Apply(State, command, Now);
        if (refusal is not null) return refusal;
        State = StateJson.Read(StateJson.Write(state), state.Definition).State.ShouldNotBeNull();
        Sameness.Difference(state, State).ShouldBeNull("a stored state is the same state");
        _log.AddRange(effects);
        return null;
    }

    /// <summary>A person completes the open task of a node.</summary>
    public Refused? Done(string who, string node, Vote vote = Vote.None, params (string Name, Value Value)[] variables) =>
        Do(new CompleteTask((State.Tasks.FirstOrDefault(t => t.Node.Id == node && t.Assignee == who) ?? Task(node)).Id) { Actor = who, Vote = vote, Variables = variables.ToImmutableDictionary(v => v.Name, v => v.Value) });

    public Refused? Reject(string who, string node, RejectTo to = RejectTo.Previous, string? target = null, AfterReject then = AfterReject.WalkAgain, string? why = null) =>
        Do(new Reject(Task(node, who).Id, to, target) { Actor = who, Then = then, Comment = why });

    /// <summary>A person withdraws their last step on a node.</summary>
    public Refused? Withdraw(string who, string node) => Do(new Withdraw(State.Steps.Last(s => s.Node?.Id == node && (s.Actor ?? s.Assignee) == who).Task) { Actor = who });

    public void Pass(TimeSpan time)
    {
        Now += time;
        while (State.Timers.FirstOrDefault(t => t.Due <= Now) is { } due) Do(new FireTimer(due.Id)).ShouldBeNull();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{State.Status}: [{Tasks}] timers [{Timers}] joins [{Joins}] incidents [{string.Join(" ", State.Incidents.Select(i => i.Code))}]");
}

internal static class Refusals
{
    /// <summary>The command was refused with this code and these arguments, by spaces.</summary>
    public static void Says(this Refused? refusal, string text) => (refusal is null ? "taken" : string.Join(" ", [refusal.Code, .. refusal.Arguments])).ShouldBe(text);
}
