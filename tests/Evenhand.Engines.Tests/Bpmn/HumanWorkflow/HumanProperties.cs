using System.Collections.Immutable;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using FsCheck;
using FsCheck.Fluent;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Whatever people do, in whatever order: no instance is lost, nothing is doubled, and it can be brought to its end.</summary>
public sealed class HumanProperties
{
    private static readonly string[] Crowd = ["ann", "bob", "cat", "dan", "eve", "sue", "tim"];

    private static readonly Definition[] Processes =
    [
        Compile($"<startEvent id='start'/>{User("fill", "ann")}{User("check", "bob")}{Signers("sign", attributes: "evenhand:vote='ratio' evenhand:ratio='0.5'")}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill check sign pay end")}"),
        Compile($"<startEvent id='start'/>{User("fill", "ann")}<parallelGateway id='fork'/>{User("law", "lee")}{User("tax", "tia")}{Signers("cash", attributes: "evenhand:vote='all'", sequential: true)}<parallelGateway id='join'/>{User("pay", "zoe")}{User("file", "fay")}<endEvent id='end'/>{Flows("start fill fork law tax join pay file end", "fork cash join")}"),
        Compile($"<startEvent id='start'/>{User("fill", "ann")}<parallelGateway id='fork'/><subProcess id='sub'>{User("read", "bob")}<parallelGateway id='split'/>{User("weigh", "cat")}{User("price", "dan")}<parallelGateway id='meet'/>{User("sum", "eve")}{Flows("read split weigh meet sum", "split price meet")}</subProcess>{User("law", "lee")}<parallelGateway id='join'/>{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill fork sub join pay end", "fork law join")}"),
        Compile($"<startEvent id='start'/>{User("fill", "ann")}<subProcess id='each'><multiInstanceLoopCharacteristics camunda:collection='${{signers}}' camunda:elementVariable='signer'/>{User("read", "${signer}")}{User("sign", "${signer}")}{Flows("read sign")}</subProcess>{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill each pay end")}"),
        Compile($"<startEvent id='start'/>{User("fill", "ann")}<inclusiveGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}{User("tax", "tia")}<inclusiveGateway id='join'/>{User("pay", "zoe", "evenhand:vote='all'")}<exclusiveGateway id='ok' default='ok-end'/><sequenceFlow id='ok-fill' sourceRef='ok' targetRef='fill'><conditionExpression>${{pay_outcome == 'refused'}}</conditionExpression></sequenceFlow><endEvent id='end'/>{Flows("start fill fork law join pay ok end", "fork cash join")}<sequenceFlow id='fork-tax' sourceRef='fork' targetRef='tax'><conditionExpression>${{heavy}}</conditionExpression></sequenceFlow>{Flows("tax join")}"),
    ];

    private static InstanceState Begin(Definition definition, bool heavy) => Engine.Apply(InstanceState.New(definition, "1"), new Start
    {
        Actor = "ann",
        Variables = ImmutableDictionary<string, Value>.Empty.Add("signers", People("bob", "cat", "dan")).Add("heavy", heavy),
    }, DateTimeOffset.UnixEpoch).State;

    private static Applied Apply(InstanceState state, Command command) => Engine.Apply(state, command, DateTimeOffset.UnixEpoch);

    /// <summary>A command that three numbers name: half of them complete something, so that runs get anywhere.</summary>
    private static Command? Named(InstanceState state, int kind, int which, int what)
    {
        if (state.Tasks.IsEmpty) return null;
        var task = state.Tasks[which % state.Tasks.Length];
        var vote = what % 4 == 0 ? Vote.Refuse : Vote.Agree;
        var person = Crowd[what % Crowd.Length];
        var users = state.Definition.Nodes.Where(n => n.Kind == Evenhand.Bpmn.Model.NodeKind.UserTask).ToList();
        var then = what % 3 == 0 ? AfterReject.BackToRejecter : AfterReject.WalkAgain;
        return (kind % 20) switch
        {
            0 => new Reject(task.Id, RejectTo.Previous) { Then = then },
            1 => new Reject(task.Id, RejectTo.Starter) { Then = then },
            2 or 3 => new Reject(task.Id, RejectTo.Node, users[what % users.Count].Id) { Then = then },
            4 or 5 when state.Steps.Any(s => s.Task > 0) => state.Steps.Where(s => s.Task > 0).Reverse().ElementAt(what % state.Steps.Count(s => s.Task > 0)) is var step ? new Withdraw(step.Task) { Actor = step.Actor ?? step.Assignee ?? "x" } : null,
            6 => new AddSigners(task.Id, SignerPlace.Before, [person]),
            7 => new AddSigners(task.Id, SignerPlace.After, [person]),
            8 => new AddSigners(task.Id, SignerPlace.Beside, [person]),
            9 => new RemoveSigner(task.Id),
            10 => new SkipTask(task.Id) { Vote = vote },
            11 => task.Delegation == Delegation.Pending ? new Resolve(task.Id) : new Evenhand.Bpmn.Execution.Delegate(task.Id, person),
            12 => new Transfer(task.Id, person),
            13 => new Claim(task.Id) { Actor = task.Assignee ?? person },
            _ => new CompleteTask(task.Id) { Vote = vote },
        };
    }

    private static string? Wrong(InstanceState state)
    {
        if (state.HasEnded) return state.Status == InstanceStatus.Completed ? null : $"{state.Status}";
        if (!state.Incidents.IsEmpty) return string.Join(" ", state.Incidents.Select(i => $"{i.Code} {string.Join(" ", i.Arguments)}"));
        if (state.Tasks.IsEmpty) return $"nothing is open: {string.Join(" ", state.Nodes.Select(n => n.Node.Id))}";
        var twice = state.Nodes.Where(n => n.Role != NodeRole.Repetition).GroupBy(n => (n.Parent, n.Node)).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) return $"{twice.Key.Node.Id} is open twice";
        if (state.Arrivals.GroupBy(a => (a.Scope, a.Flow)).Any(g => g.Count() > 1)) return "a flow has two tokens at its join";
        foreach (var task in state.Tasks)
            if (task.WaitsFor != state.Tasks.Count(t => t.Before == task.Id)) return $"{task.Node.Id} waits for {task.WaitsFor}";
        foreach (var body in state.Nodes.Where(n => n.Role == NodeRole.Body))
        {
            var counters = body.Repetitions!;
            var open = state.Nodes.Count(n => n.Parent == body.Id);
            if (open != counters.Started - counters.Completed - counters.Removed || counters.Agreed + counters.Refused > counters.Completed || counters.Completed >= counters.Total) return $"{body.Node.Id} counts {counters}, {open} open";
        }
        return state.Nodes.Any(n => n.Node.Kind == Evenhand.Bpmn.Model.NodeKind.UserTask && n.Role != NodeRole.Body && !state.Tasks.Any(t => t.Instance == n.Id)) ? "a user task without a task" : null;
    }

    /// <summary>What goes wrong when the commands are given one after the other and everything is then completed; null for nothing.</summary>
    private static string? Play(Definition definition, bool heavy, IEnumerable<(int Kind, int Which, int What)> numbers, bool jumps)
    {
        var (state, told) = (Begin(definition, heavy), new List<string>());
        foreach (var (kind, which, what) in numbers)
        {
            var command = jumps && kind % 7 == 0 && !state.Tasks.IsEmpty
                ? new Jump(state.Tasks[which % state.Tasks.Length].Instance, definition.Nodes[1 + (what % (definition.Nodes.Count - 1))].Id)
                : Named(state, kind, which, what);
            if (command is null) break;
            var next = Apply(state, command);
            if (next.Refusal is not null)
            {
                if (next.State != state) return "a refusal changed the state";
                continue;
            }
            told.Add($"{command} → {string.Join(" ", next.State.Tasks.Select(t => $"{t.Node.Id}:{t.Assignee}"))}");
            state = next.State;
            if (jumps && (state.HasEnded || !state.Incidents.IsEmpty || !state.Tasks.IsEmpty || !state.Requests.IsEmpty)) continue;
            if (Wrong(state) is { } wrong) return $"{wrong}\n{string.Join("\n", told)}";
        }
        for (var i = 0; i < 500 && !jumps && !state.HasEnded; i++)
        {
            var task = state.Tasks.First(t => t.WaitsFor == 0);
            var next = Apply(state, task.Delegation == Delegation.Pending ? new Resolve(task.Id) : new CompleteTask(task.Id) { Vote = Vote.Agree });
            told.Add($"{task.Node.Id}:{task.Assignee} done → {string.Join(" ", next.State.Tasks.Select(t => $"{t.Node.Id}:{t.Assignee}"))}");
            if (next.Refusal is not null) return $"refused: {next.Refusal.Code}\n{string.Join("\n", told)}";
            state = next.State;
            if (Wrong(state) is { } wrong) return $"{wrong}\n{string.Join("\n", told)}";
        }
        return jumps || state.HasEnded ? null : $"it never ends\n{string.Join("\n", told)}";
    }

    private sealed record Run(bool Heavy, ImmutableArray<(int Kind, int Which, int What)> Numbers);

    /// <summary>The same without one of its commands: what fails is told as short as it can be.</summary>
    private static IEnumerable<Run> Shorter(Run run) => run.Numbers.Select((_, i) => run with { Numbers = run.Numbers.RemoveAt(i) });

    private static readonly Gen<Run> Runs =
        from heavy in ArbMap.Default.GeneratorFor<bool>()
        from numbers in Gen.Choose(0, 999).Three().Select(n => (n.Item1, n.Item2, n.Item3)).ListOf()
        select new Run(heavy, [.. numbers]);

    private static void Check(Definition definition, bool jumps, Config config) =>
        Prop.ForAll(Arb.From(Runs, Shorter), run => Play(definition, run.Heavy, run.Numbers, jumps).ShouldBeNull()).Check(config.WithEndSize(60));

    /// <summary>The same runs every day: a change is judged by what it changed.</summary>
    private static Config Daily => Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(1, 1);

    /// <summary>Others every night.</summary>
    private static Config AtNight => Config.QuickThrowOnFailure.WithMaxTest(50_000);

    [Theory, Proves("human/reject-to-node", "human/withdraw", "human/add-sign-parallel", "human/remove-sign"), InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Human_commands_in_any_order_never_lose_or_double_work_and_it_can_be_brought_to_its_end(int process) => Check(Processes[process], jumps: false, Daily);

    [Theory, Proves("human/jump"), InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Jumps_leave_something_open_or_an_incident_that_says_why_not(int process) => Check(Processes[process], jumps: true, Daily);

    [Theory, Trait("Category", "Nightly"), InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void So_do_the_many_of_a_night(int process)
    {
        Check(Processes[process], jumps: false, AtNight);
        Check(Processes[process], jumps: true, AtNight);
    }
}
