using System.Collections.Immutable;
using System.Text.Json;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Writes one state; each row says only what is not as usual.</summary>
internal readonly struct StateWriter(Utf8JsonWriter json, InstanceState state)
{
    private readonly DateTimeOffset _start = state.Nodes.Length > 0 ? state.Nodes[0].Since : state.Steps.Length > 0 ? state.Steps[0].At : DateTimeOffset.UnixEpoch;

    public void Write()
    {
        json.WriteStartObject();
        json.WriteNumber("v"u8, StateJson.Version);
        Text("id"u8, state.Id);
        Text("d"u8, state.Definition.Key);
        Text("k"u8, state.BusinessKey);
        Name("s"u8, state.Status, InstanceStatus.Running);
        Text("by"u8, state.Starter);
        Number("ver"u8, state.Version);
        Text("end"u8, state.EndEvent);
        Moment("t"u8, _start, DateTimeOffset.UnixEpoch);
        Number("next"u8, state.NextId, 1);
        if (state.Nodes.Length == 0 && state.Variables.Count > 0) Variables("x"u8, state.Variables);
        Rows("nodes"u8, state.Nodes, static (w, n) => w.Row(n));
        Rows("joins"u8, state.Arrivals, static (w, a) => w.Row(a));
        Rows("tasks"u8, state.Tasks, static (w, t) => w.Row(t));
        Rows("timers"u8, state.Timers, static (w, t) => w.Row(t));
        Rows("waits"u8, state.Subscriptions, static (w, s) => w.Row(s));
        Rows("asks"u8, state.Requests, static (w, r) => w.Row(r));
        Rows("stuck"u8, state.Incidents, static (w, i) => w.Row(i));
        Rows("done"u8, state.Compensables, static (w, c) => w.Row(c));
        Rows("steps"u8, state.Steps, static (w, s) => w.Row(s));
        json.WriteEndObject();
    }

    private void Row(NodeInstance node)
    {
        Number("i"u8, node.Id);
        Node("n"u8, node.Node, state.Definition.Root);
        Number("p"u8, node.Parent, node.Id == 0 ? -1 : 0);
        Name("role"u8, node.Role);
        Number("l"u8, node.LoopCounter, -1);
        if (node.Repetitions is { } repetitions) Loop(repetitions);
        Moment("t"u8, node.Since, _start);
        Number("c"u8, node.Cause);
        Number("comp"u8, node.Compensating);
        Number("for"u8, node.CompensatesFor);
        Name("stuck"u8, node.Stuck);
        if (node.ReturnsTo is { } back) Node("back"u8, back);
        Text("to"u8, node.ReturnsFor);
        Number("bc"u8, node.ReturnsBecause);
        Variables("x"u8, node.Variables);
    }

    private void Loop(Repetitions loop)
    {
        json.WriteStartObject("r"u8);
        Number("n"u8, loop.Total);
        Number("s"u8, loop.Started);
        Number("d"u8, loop.Completed);
        Number("a"u8, loop.Agreed);
        Number("f"u8, loop.Refused);
        if (!loop.Items.IsDefault) Values("items"u8, loop.Items);
        if (!loop.Results.IsDefaultOrEmpty) Values("out"u8, loop.Results);
        Texts("more"u8, loop.Added);
        Number("less"u8, loop.Removed);
        json.WriteEndObject();
    }

    private void Row(Arrival arrival)
    {
        Number("i"u8, arrival.Id);
        Number("p"u8, arrival.Scope);
        Text("f"u8, arrival.Flow.Id);
        Node("n"u8, arrival.Node, arrival.Flow.To);
        Number("c"u8, arrival.Cause);
    }

    private void Row(HumanTask task)
    {
        Number("i"u8, task.Id);
        Number("p"u8, task.Instance);
        Node("n"u8, task.Node, NodeOf(task.Instance));
        Moment("t"u8, task.Created, _start);
        if (task.Name != (task.Node.Name ?? task.Node.Id)) Text("name"u8, task.Name);
        Text("by"u8, task.Assignee);
        Text("owner"u8, task.Owner);
        Name("del"u8, task.Delegation);
        Texts("users"u8, task.CandidateUsers);
        Texts("groups"u8, task.CandidateGroups);
        Moment("due"u8, task.Due);
        Moment("fu"u8, task.FollowUp);
        Number("prio"u8, task.Priority, 50);
        Text("form"u8, task.Form);
        Flag("touched"u8, task.Touched);
        Texts("after"u8, task.After);
        Number("before"u8, task.Before);
        Number("waits"u8, task.WaitsFor);
        Flag("more"u8, task.Added);
        Variables("draft"u8, task.Draft);
    }

    private void Row(ArmedTimer timer)
    {
        Number("i"u8, timer.Id);
        Number("p"u8, timer.Owner);
        Node("n"u8, timer.Node, NodeOf(timer.Owner));
        Moment("t"u8, timer.Due, _start);
        Text("plan"u8, timer.Plan);
        if (timer.Remaining is { } left) Number("left"u8, left, timer.Plan is null ? 1 : int.MinValue);
        else if (timer.Plan is null) json.WriteNull("left"u8);
    }

    private void Row(Subscription subscription)
    {
        Number("i"u8, subscription.Id);
        Number("p"u8, subscription.Owner);
        Node("n"u8, subscription.Node, NodeOf(subscription.Owner));
        Name("k"u8, subscription.Kind, subscription.Node.Event);
        if (subscription.Name.Length > 0) Text("m"u8, subscription.Name);
        Text("key"u8, subscription.CorrelationKey);
    }

    private void Row(Request request)
    {
        Number("i"u8, request.Id);
        Number("p"u8, request.Instance);
        Flag("call"u8, request.IsCall);
        Text("d"u8, request.Process);
        Flag("failed"u8, request.Failed);
    }

    private void Row(Incident incident)
    {
        Number("i"u8, incident.Id);
        Number("p"u8, incident.Instance);
        Text("code"u8, incident.Code);
        Moment("t"u8, incident.Since, _start);
        Texts("args"u8, incident.Arguments);
    }

    private void Row(Compensable done)
    {
        Number("i"u8, done.Id);
        Number("p"u8, done.Scope);
        Node("n"u8, done.Node);
        Number("in"u8, done.Within);
        Variables("x"u8, done.Variables);
    }

    private void Row(Step step)
    {
        Number("i"u8, step.Id);
        Number("p"u8, step.Within);
        Texts("f"u8, step.Flows);
        if (step.Node is { } node) Node("n"u8, node);
        if (!step.Causes.IsDefaultOrEmpty)
        {
            json.WriteStartArray("c"u8);
            foreach (var cause in step.Causes) json.WriteNumberValue(cause);
            json.WriteEndArray();
        }
        Number("task"u8, step.Task);
        Text("by"u8, step.Actor);
        Text("as"u8, step.Assignee);
        Moment("t"u8, step.At, _start);
        Number("l"u8, step.LoopCounter, -1);
        Flag("out"u8, step.LeftTheHouse);
        Flag("undone"u8, step.Undone);
        Name("vote"u8, step.Vote);
        Number("before"u8, step.Before);
    }

    private void Rows<T>(ReadOnlySpan<byte> name, ImmutableArray<T> rows, Action<StateWriter, T> write)
    {
        if (rows.Length == 0) return;
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            write(this, row);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private GraphNode? NodeOf(int instance)
    {
        foreach (var node in state.Nodes)
            if (node.Id == instance) return node.Node;
        return null;
    }

    private void Text(ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private void Texts(ReadOnlySpan<byte> name, ImmutableArray<string> texts)
    {
        if (texts.IsDefaultOrEmpty) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void Number(ReadOnlySpan<byte> name, int number, int usual = 0)
    {
        if (number != usual) json.WriteNumber(name, number);
    }

    private void Flag(ReadOnlySpan<byte> name, bool flag)
    {
        if (flag) json.WriteBoolean(name, true);
    }

    private void Name<T>(ReadOnlySpan<byte> name, T value, T usual = default) where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, usual)) json.WriteString(name, StoredName<T>.Of(value));
    }

    private void Node(ReadOnlySpan<byte> name, GraphNode node, GraphNode? usual = null)
    {
        if (node != usual) Text(name, node.Id);
    }

    private void Moment(ReadOnlySpan<byte> name, DateTimeOffset? at)
    {
        if (at is { } moment) Write(name, moment.UtcTicks - _start.UtcTicks);
    }

    private void Moment(ReadOnlySpan<byte> name, DateTimeOffset at, DateTimeOffset usual)
    {
        if (at != usual) Write(name, at.UtcTicks - usual.UtcTicks);
    }

    private void Write(ReadOnlySpan<byte> name, long ticks)
    {
        if (ticks % TimeSpan.TicksPerMillisecond == 0) json.WriteNumber(name, ticks / TimeSpan.TicksPerMillisecond);
        else json.WriteNumber(name, ticks / (decimal)TimeSpan.TicksPerMillisecond);
    }

    private void Values(ReadOnlySpan<byte> name, ImmutableArray<Value> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) ValueJson.Write(json, value);
        json.WriteEndArray();
    }

    private void Variables(ReadOnlySpan<byte> member, ImmutableDictionary<string, Value>? variables)
    {
        if (variables is null) return;
        json.WriteStartObject(member);
        foreach (var (name, value) in variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            if (!ValueJson.Whole(name)) throw new FormatException("$: a name of a variable has half a character.");
            json.WritePropertyName(name);
            ValueJson.Write(json, value);
        }
        json.WriteEndObject();
    }
}
