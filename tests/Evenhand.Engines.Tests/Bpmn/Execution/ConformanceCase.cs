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
    private Rehearsal _rehearsal = Fresh();

    public string Id => json.GetProperty("id").GetString()!;

    public string Element => json.GetProperty("element").GetString()!;

    /// <summary>Plays it; gives what differs in what the case asserts, and what differs in the rest. A word of the case that is not known here throws: it is never passed over.</summary>
    public (List<string> Asserted, List<string> Other) Play()
    {
        _rehearsal = Fresh();
        var (asserted, rest) = (new List<string>(), new List<string>());
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        var expected = json.GetProperty("expect").EnumerateArray().ToList();
        if (steps.Count != expected.Count) throw new InvalidOperationException($"{Id}: {steps.Count} steps, {expected.Count} expected states");
        var problems = Deploy(json);
        if (problems is not null && !(Text(steps[0], "op") == "deploy" && MustFail(steps[0]))) return ([problems], rest);
        for (var i = 0; i < steps.Count; i++)
        {
            var refusal = i == 0 && problems is not null ? problems : Do(steps[i]) is { } refused ? $"{refused.Code} {string.Join(", ", refused.Arguments)}" : null;
            if (MustFail(steps[i]) == refusal is null) asserted.Add($"step {i + 1}: {(refusal is null ? "should have been refused" : $"refused: {refusal}")}");
            Compare(expected[i], $"step {i + 1}", asserted, rest);
        }
        return (asserted, rest);
    }

    private static Rehearsal Fresh() => new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)) { UndoesIncidents = true };

    private static bool MustFail(JsonElement step) => step.TryGetProperty("expectError", out var error) && error.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement step, string name) => step.GetProperty(name).GetString()!;

    /// <summary>Deploys the files that a case or a step names; what is wrong with them, null for nothing.</summary>
    private string? Deploy(JsonElement from)
    {
        var problems = new List<string>();
        var files = from.TryGetProperty("files", out var several) ? several.EnumerateArray().Select(f => f.GetString()!) : from.TryGetProperty("file", out var one) ? [one.GetString()!] : [];
        foreach (var file in files)
        {
            var read = BpmnFile.Read(File.ReadAllBytes(Conformance.File(file)));
            if (read.File is null) problems.Add($"{file}: {string.Join("; ", read.Findings)}");
            else
                foreach (var compiled in Definition.CompileAll(read.File.Model))
                    if (compiled.Definition is { } definition) _rehearsal.Deploy(definition);
                    else problems.Add($"{file}: {string.Join("; ", compiled.Findings.Where(f => f.Severity == Severity.Error))}");
        }
        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    private Refused? Do(JsonElement step)
    {
        Know(step.EnumerateObject().Select(p => p.Name), "in a step", "op", "process", "vars", "tasks", "task", "user", "element", "duration", "name", "subscription", "from", "to", "expectError", "businessKey", "file", "files", "note");
        var variables = step.TryGetProperty("vars", out var given) ? Variables(given) : null;
        switch (Text(step, "op"))
        {
            case "deploy":
                return Deploy(step) is { } problems ? new Refused("not-deployed", problems) : null;
            case "start":
                return _rehearsal.Start(Text(step, "process"), new Start { Variables = variables, BusinessKey = step.TryGetProperty("businessKey", out var key) ? key.GetString() : null });
            case "complete":
                return step.GetProperty("tasks").EnumerateArray().Select(t => OnTask(Named(t), task => new CompleteTask(task) { Variables = variables })).FirstOrDefault(r => r is not null);
            case "claim":
                return OnTask(Text(step, "task"), task => new Claim(task) { Actor = Text(step, "user") });
            case "fireTimer":
                return _rehearsal.Fire(Text(step, "element"));
            case "advance":
                Iso8601.TryDuration(Text(step, "duration"), out var span).ShouldBeTrue($"{Id}: {Text(step, "duration")}");
                return _rehearsal.Advance(span.After(_rehearsal.Now));
            case "message":
                return Message(step, Text(step, "name"), variables);
            case "signal":
                return _rehearsal.Signal(Text(step, "name"), variables);
            case "trigger":
                return Go(Text(step, "element"), variables);
            case "setvar":
                return Running() is { Count: > 0 } running ? _rehearsal.Do(Of(step, running)[^1].Id, new SetVariables { Variables = variables }) : new Refused("instance-gone");
            case "cancel":
                return Of(step, Running()).Select(i => _rehearsal.Do(i.Id, new Cancel())).FirstOrDefault(r => r is not null);
            case "move":
                return Move(step);
            default:
                throw new InvalidOperationException($"{Id}: unknown step {Text(step, "op")}");
        }
    }

    private static string Named(JsonElement task) => task.ValueKind == JsonValueKind.Object ? Text(task, "id") : task.GetString()!;

    /// <summary>Of some instances, those of the process the step names, if it names one.</summary>
    private static List<InstanceState> Of(JsonElement step, List<InstanceState> instances) =>
        step.TryGetProperty("process", out var process) ? [.. instances.Where(i => i.Definition.Key == process.GetString())] : instances;

    private void Know(IEnumerable<string> words, string where, params string[] known)
    {
        foreach (var word in words)
            if (!known.Contains(word)) throw new InvalidOperationException($"{Id}: unknown word {word} {where}");
    }

    /// <summary>A message for whoever waits for it; where the step names a subscription, by its element, its number among those of the name, or just `true`, for that one.</summary>
    private Refused? Message(JsonElement step, string name, ImmutableDictionary<string, Value>? variables)
    {
        if (!step.TryGetProperty("subscription", out var which) || which.ValueKind is JsonValueKind.Null or JsonValueKind.False) return _rehearsal.Deliver(new Correlate(name) { Variables = variables });
        var open = Running().SelectMany(i => i.Subscriptions.Where(s => s.Kind == EventKind.Message && s.Name == name).Select(s => (i.Id, Subscription: s))).ToList();
        var meant = which.ValueKind switch
        {
            JsonValueKind.Number => open.ElementAtOrDefault(which.GetInt32()),
            JsonValueKind.String => open.Find(o => o.Subscription.Node.Id == which.GetString()),
            _ => open.FirstOrDefault(),
        };
        return meant.Subscription is null ? new Refused("message-not-awaited", name) : _rehearsal.Do(meant.Id, new Correlate(name) { Subscription = meant.Subscription.Id, Variables = variables });
    }

    private Refused? Move(JsonElement step)
    {
        var from = step.GetProperty("from").EnumerateArray().Select(f => f.GetString()!).ToList();
        foreach (var instance in Enumerable.Reverse(Running()))
        {
            var taken = new List<int>();
            foreach (var id in from)
                if ((instance.Nodes.FirstOrDefault(n => n.Node.Id == id && n.Role != NodeRole.Body && !taken.Contains(n.Id))?.Id
                    ?? instance.Arrivals.FirstOrDefault(a => a.Node.Id == id && !taken.Contains(a.Id))?.Id) is { } found) taken.Add(found);
            if (taken.Count == from.Count) return _rehearsal.Do(instance.Id, new Move([.. taken], [.. step.GetProperty("to").EnumerateArray().Select(t => t.GetString()!)]));
        }
        return new Refused("node-gone", [.. from]);
    }

    private Refused? OnTask(string element, Func<int, Command> command)
    {
        foreach (var instance in Running())
            if (instance.Tasks.FirstOrDefault(t => t.Node.Id == element) is { } task) return _rehearsal.Do(instance.Id, command(task.Id));
        return new Refused("task-gone", element);
    }

    /// <summary>Goes on from a node that waits, in whichever instance; a user task is completed.</summary>
    private Refused? Go(string element, ImmutableDictionary<string, Value>? variables)
    {
        foreach (var instance in Running())
            if (instance.Nodes.FirstOrDefault(n => n.Node.Id == element && n.Role != NodeRole.Body) is { } node)
                return node.Node.Kind == NodeKind.UserTask ? OnTask(element, task => new CompleteTask(task) { Variables = variables }) : _rehearsal.Do(instance.Id, new Trigger(node.Id) { Variables = variables });
        return new Refused("node-gone", element);
    }

    private List<InstanceState> Running() => [.. _rehearsal.Instances.Where(i => !i.HasEnded)];

    private void Compare(JsonElement expected, string where, List<string> asserted, List<string> rest)
    {
        var said = expected.GetProperty("asserted").EnumerateArray().Select(a => a.GetString()!).ToHashSet();
        Know(said.Where(s => !s.StartsWith("var:", StringComparison.Ordinal)), $"asserted in {where}", "tasks", "count", "has", "ended", "timers", "subs", "running", "assignees", "candidates", "waits", "absent", "endEvent", "vars");
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
                check("endEvent", value.GetString()!, Like(value.GetString()!, _rehearsal.Instances.Where(i => i.HasEnded).Select(i => i.EndEvent ?? "")), []);
                break;
            case "vars":
                foreach (var (name, wanted) in Variables(value))
                    check($"var:{name}", wanted.ToString(), Like(wanted.ToString(), _rehearsal.Instances.Where(i => i.Variables.ContainsKey(name)).Select(i => i.Variables[name].ToString())), ["vars"]);
                break;
            case "tasks" or "asserted":
                break;
            default:
                throw new InvalidOperationException($"{Id}: unknown word {part.Name} in an expected state");
        }
    }

    /// <summary>What is wanted if any instance has it, else what the last has.</summary>
    private static string Like(string wanted, IEnumerable<string> found) => found.Aggregate("", (best, one) => best == wanted ? best : one);

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
