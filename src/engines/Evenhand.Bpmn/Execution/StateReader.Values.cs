using System.Collections.Immutable;
using System.Text.Json;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>What rows are made of, and whether they hang together.</summary>
internal sealed partial class StateReader
{
    private static readonly GraphFlow NoFlow = new(-1, new SequenceFlow("", "", "", null, null, 0), new GraphNode(0, new FlowNode { Id = "", Kind = NodeKind.Unsupported }, null), new GraphNode(0, new FlowNode { Id = "", Kind = NodeKind.Unsupported }, null));

    private GraphNode Element(ref Utf8JsonReader json)
    {
        var id = json.GetString() ?? "";
        if (definition.Node(id) is { } node) return node;
        _unknown.Add(id);
        return definition.Root;
    }

    private GraphFlow Flow(ref Utf8JsonReader json)
    {
        var id = json.GetString() ?? "";
        if (definition.Flow(id) is { } flow) return flow;
        _unknown.Add(id);
        return NoFlow;
    }

    private GraphNode NodeOf(int instance) => _instances.TryGetValue(instance, out var found) ? found.Node : definition.Root;

    private DateTimeOffset Moment(ref Utf8JsonReader json)
    {
        var ticks = json.TryGetInt64(out var whole) ? checked(whole * TimeSpan.TicksPerMillisecond) : (long)(json.GetDecimal() * TimeSpan.TicksPerMillisecond);
        return new DateTimeOffset(checked(_start.UtcTicks + ticks), TimeSpan.Zero);
    }

    private static T Name<T>(ref Utf8JsonReader json) where T : struct, Enum => StoredName<T>.Read(json.GetString());

    private static string Text(ref Utf8JsonReader json) => json.GetString() ?? "";

    private static ImmutableArray<T> List<T>(ref Utf8JsonReader json, RowReader<T> read)
    {
        Open(ref json, JsonTokenType.StartArray);
        var items = ImmutableArray.CreateBuilder<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(read(ref json));
        return items.DrainToImmutable();
    }

    private static ImmutableDictionary<string, Value> Variables(ref Utf8JsonReader json)
    {
        Open(ref json);
        var variables = ImmutableDictionary.CreateBuilder<string, Value>();
        while (Next(ref json, out var name)) variables[name] = ValueJson.Read(ref json);
        return variables.ToImmutable();
    }

    /// <summary>Every row belongs to a node instance that is there; the instance's variables and next number follow from the rows.</summary>
    private bool Check(ref InstanceState state)
    {
        var runs = state.Status is InstanceStatus.Running or InstanceStatus.Suspended;
        if (runs != _instances.ContainsKey(0) || (!runs && state.Nodes.Length > 0)) _wrong.Add("nodes");
        for (var i = 0; i < state.Nodes.Length; i++)
            if (!Fits(state.Nodes[i])) _wrong.Add(Place("nodes", i));
        Belong("joins", state.Arrivals, a => a.Scope);
        Belong("tasks", state.Tasks, t => t.Instance);
        Belong("timers", state.Timers, t => t.Owner);
        Belong("waits", state.Subscriptions, s => s.Owner);
        Belong("asks", state.Requests, r => r.Instance);
        Belong("stuck", state.Incidents, i => i.Instance);
        if (_wrong.Count > 0) return false;
        state = state with { NextId = Math.Max(state.NextId, Greatest(state) + 1) };
        if (runs) state = state with { Variables = state.Nodes[0].Variables ?? ImmutableDictionary<string, Value>.Empty };
        return true;
    }

    private bool Fits(NodeInstance node)
    {
        if (node.Id == 0) return node.Parent == -1 && node.Node == definition.Root;
        if (node.Parent >= node.Id || !_instances.TryGetValue(node.Parent, out var around)) return false;
        return node.Role switch
        {
            NodeRole.Body => node.Repetitions is not null,
            NodeRole.Repetition => around.Role == NodeRole.Body && around.Node == node.Node,
            _ => true,
        };
    }

    private void Belong<T>(string section, ImmutableArray<T> rows, Func<T, int> to)
    {
        for (var i = 0; i < rows.Length; i++)
            if (!_instances.ContainsKey(to(rows[i]))) _wrong.Add(Place(section, i));
    }

    private static int Greatest(InstanceState state)
    {
        static int Last<T>(ImmutableArray<T> rows) where T : INumbered => rows.Length == 0 ? 0 : rows[^1].Id;
        ReadOnlySpan<int> last =
        [
            Last(state.Nodes), Last(state.Arrivals), Last(state.Tasks), Last(state.Timers), Last(state.Subscriptions),
            Last(state.Requests), Last(state.Incidents), Last(state.Compensables), Last(state.Steps),
        ];
        var greatest = 0;
        foreach (var id in last) greatest = Math.Max(greatest, id);
        return greatest;
    }
}
