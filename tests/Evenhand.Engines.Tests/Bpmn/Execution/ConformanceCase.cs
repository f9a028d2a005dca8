using System.Collections.Immutable;
using System.Text.Json;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Rehearsals;
using Evenhand.Bpmn.Timing;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Execution;

/// <summary>One case of `cases.json`, played in a rehearsal.</summary>
internal sealed class ConformanceCase(JsonElement json)
{
    private readonly Rehearsal _rehearsal = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)) { UndoesIncidents = true };

    public string Id => json.GetProperty("id").GetString()!;

    public string Element => json.GetProperty("element").GetString()!;

    /// <summary>Plays it; gives what differs in what the case asserts, and what differs in the rest.</summary>
    public (List<string> Asserted, List<string> Other) Play()
    {
        var (asserted, rest) = (new List<string>(), new List<string>());
        var files = json.TryGetProperty("files", out var several) ? several.EnumerateArray().Select(f => f.GetString()!) : [json.GetProperty("file").GetString()!];
        foreach (var file in files) Deploy(file, asserted);
        if (asserted.Count > 0) return (asserted, rest);
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        var expected = json.GetProperty("expect").EnumerateArray().ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            var refusal = Do(steps[i]);
            var wanted = steps[i].TryGetProperty("expectError", out var error) && error.GetBoolean();
            if (wanted == (refusal is null)) asserted.Add($"step {i + 1}: {(refusal is null ? "should have been refused" : $"refused: {refusal.Code} {string.Join(", ", refusal.Arguments)}")}");
            Compare(expected[i], $"step {i + 1}", asserted, rest);
        }
        return (asserted, rest);
    }

    private void Deploy(string file, List<string> problems)
    {
        var read = BpmnFile.Read(File.ReadAllBytes(Conformance.File(file)));
        if (read.File is null)
        {
            problems.Add($"{file}: {string.Join("; ", read.Findings)}");
            return;
        }
        foreach (var compiled in Definition.CompileAll(read.File.Model))
            if (compiled.Definition is { } definition) _rehearsal.Deploy(definition);
            else problems.Add($"{file}: {string.Join("; ", compiled.Findings.Where(f => f.Severity == Severity.Error))}");
    }

    private Refused? Do(JsonElement step)
    {
        var variables = step.TryGetProperty("vars", out var given) ? Variables(given) : null;
        string Text(string name) => step.GetProperty(name).GetString()!;
        switch (Text("op"))
        {
            case "deploy":
                return null;
            case "start":
                return _rehearsal.Start(Text("process"), new Start { Variables = variables });
            case "complete":
                return step.GetProperty("tasks").EnumerateArray().Select(t => OnTask(t.GetString()!, task => new CompleteTask(task) { Variables = variables })).FirstOrDefault(r => r is not null);
            case "claim":
                return OnTask(Text("task"), task => new Claim(task) { Actor = Text("user") });
            case "fireTimer":
                return _rehearsal.Fire(Text("element"));
            case "advance":
                Iso8601.TryDuration(Text("duration"), out var span).ShouldBeTrue();
                return _rehearsal.Advance(span.After(_rehearsal.Now));
            case "message":
                return Message(step, Text("name"), variables);
            case "signal":
                return _rehearsal.Signal(Text("name"), variables);
            case "trigger":
                return OnNode(Text("element"), node => new Trigger(node));
            case "setvar":
                return _rehearsal.Do(Running().Last().Id, new SetVariables { Variables = variables });
            case "cancel":
                return Running().Where(i => i.Definition.Key == Text("process")).ToList().Select(i => _rehearsal.Do(i.Id, new Cancel())).FirstOrDefault(r => r is not null);
            case "move":
                return Move(step);
            default:
                throw new InvalidOperationException($"{Id}: unknown step {Text("op")}");
        }
    }

    private Refused? Message(JsonElement step, string name, ImmutableDictionary<string, Value>? variables)
    {
        var named = step.TryGetProperty("subscription", out var which) && which.ValueKind == JsonValueKind.String ? which.GetString() : null;
        foreach (var instance in Running())
            foreach (var subscription in instance.Subscriptions)
                if (named is not null && subscription.Kind == EventKind.Message && subscription.Name == name && (subscription.Node.Id == named || _rehearsal.Instances.Count() == 1))
                    return _rehearsal.Do(instance.Id, new Correlate(name) { Subscription = subscription.Id, Variables = variables });
        return _rehearsal.Deliver(new Correlate(name) { Variables = variables });
    }

    private Refused? Move(JsonElement step)
    {
        var from = step.GetProperty("from").EnumerateArray().Select(f => f.GetString()!).ToList();
        var instance = Running().Last(i => from.TrueForAll(f => i.Nodes.Any(n => n.Node.Id == f)));
        var taken = new List<int>();
        foreach (var id in from) taken.Add(instance.Nodes.First(n => n.Node.Id == id && n.Role != NodeRole.Body && !taken.Contains(n.Id)).Id);
        return _rehearsal.Do(instance.Id, new Move([.. taken], [.. step.GetProperty("to").EnumerateArray().Select(t => t.GetString()!)]));
    }

    private Refused? OnTask(string element, Func<int, Command> command)
    {
        foreach (var instance in Running())
            if (instance.Tasks.FirstOrDefault(t => t.Node.Id == element) is { } task) return _rehearsal.Do(instance.Id, command(task.Id));
        return new Refused("task-gone");
    }

    private Refused? OnNode(string element, Func<int, Command> command)
    {
        foreach (var instance in Running())
            if (instance.Nodes.FirstOrDefault(n => n.Node.Id == element && n.Role != NodeRole.Body) is { } node) return _rehearsal.Do(instance.Id, command(node.Id));
        return new Refused("node-gone");
    }

    private List<InstanceState> Running() => [.. _rehearsal.Instances.Where(i => !i.HasEnded)];

    private void Compare(JsonElement expected, string where, List<string> asserted, List<string> rest)
    {
        var said = expected.GetProperty("asserted").EnumerateArray().Select(a => a.GetString()!).ToHashSet();
        void Check(string name, string wanted, string found, params string[] also)
        {
            if (wanted != found) (said.Contains(name) || also.Any(said.Contains) ? asserted : rest).Add($"{where}: {name}: wanted {wanted}, found {found}");
        }
        var open = Running().SelectMany(i => i.Tasks).ToList();
        var tasks = expected.GetProperty("tasks").EnumerateArray().ToList();
        if (said.Contains("count")) Check("count", $"{tasks.Count}", $"{open.Count}");
        if (said.Contains("has"))
            foreach (var task in tasks) Check("has", "there", open.Exists(o => o.Node.Id == task.GetProperty("id").GetString()) ? "there" : $"no {task.GetProperty("id").GetString()}");
        Check("tasks", Join(tasks.Select(t => t.GetProperty("id").GetString()!)), Join(open.Select(t => t.Node.Id)));
        foreach (var task in tasks)
        {
            var like = open.Where(o => o.Node.Id == task.GetProperty("id").GetString()).ToList();
            if (like.Count == 0) continue;
            if (task.TryGetProperty("name", out var name) && name.GetString() is { } n && like.TrueForAll(o => o.Name != n)) Check("tasks", n, Join(like.Select(o => o.Name)));
            if (task.TryGetProperty("assignee", out var to) && like.TrueForAll(o => o.Assignee != to.GetString())) Check("tasks", $"for {to}", Join(like.Select(o => o.Assignee ?? "nobody")));
        }
        foreach (var part in expected.EnumerateObject()) Compare(part, open, Check);
    }

    private void Compare(JsonProperty part, List<HumanTask> open, Action<string, string, string, string[]> check)
    {
        var running = Running();
        var value = part.Value;
        string[] Texts() => [.. value.EnumerateArray().Select(v => v.GetString()!)];
        switch (part.Name)
        {
            case "ended":
                check("ended", value.GetRawText(), running.Count == 0 && _rehearsal.Instances.Any() ? "true" : "false", []);
                break;
            case "timers":
                check("timers", value.GetRawText(), $"{running.Sum(i => i.Timers.Length) + _rehearsal.StartTimers.Count}", []);
                break;
            case "eventSubscriptions":
                check("subs", value.GetRawText(), $"{running.Sum(i => i.Subscriptions.Count(s => s.Kind != EventKind.Conditional)) + StartNames()}", []);
                break;
            case "running":
                check("running", value.GetRawText(), $"{running.Count}", []);
                break;
            case "assignees":
                check("assignees", Join(Texts().Distinct()), Join(open.Select(t => t.Assignee ?? "").Where(a => a.Length > 0).Distinct()), []);
                break;
            case "candidates":
                check("candidates", Join(Texts().Distinct()), Join(open.SelectMany(t => t.CandidateUsers.Concat(t.CandidateGroups)).Distinct()), []);
                break;
            case "waiting":
                check("waits", Join(Texts()), Join(running.SelectMany(i => i.Nodes).Where(n => n.Node.Kind is NodeKind.ReceiveTask or NodeKind.IntermediateCatchEvent or NodeKind.EventBasedGateway && n.Role != NodeRole.Body).Select(n => n.Node.Id)), []);
                break;
            case "absent":
                foreach (var id in Texts()) check("absent", "absent", open.Exists(t => t.Node.Id == id) ? id : "absent", []);
                break;
            case "endEvent":
                check("endEvent", value.GetString()!, _rehearsal.Instances.Last(i => i.HasEnded).EndEvent ?? "", []);
                break;
            case "vars":
                foreach (var (name, wanted) in Variables(value))
                    check($"var:{name}", wanted.ToString(), _rehearsal.Instances.Where(i => i.Variables.ContainsKey(name)).Select(i => i.Variables[name]).FirstOrDefault().ToString(), ["vars"]);
                break;
            default:
                break;
        }
    }

    // A definition whose only way in is a message or signal counts as a subscription, as the engine the cases come from counts it.
    private int StartNames() => _rehearsal.StartTriggers.Count(t => t.Kind is EventKind.Message or EventKind.Signal);

    private static string Join(IEnumerable<string> texts) => string.Join(",", texts.Order(StringComparer.Ordinal));

    private static ImmutableDictionary<string, Value> Variables(JsonElement given) => given.EnumerateObject().ToImmutableDictionary(p => p.Name, p => Of(p.Value));

    private static Value Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => Value.Of(value.EnumerateArray().Select(Of)),
        JsonValueKind.Object => Value.Of(value.EnumerateObject().ToImmutableDictionary(p => p.Name, p => Of(p.Value))),
        _ => Value.Null,
    };
}
