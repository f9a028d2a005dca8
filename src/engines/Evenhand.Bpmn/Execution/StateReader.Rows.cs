using System.Collections.Immutable;
using System.Text.Json;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>The rows, each beginning with what is usual, and whether they hang together.</summary>
internal sealed partial class StateReader
{
    private ImmutableArray<T> Rows<T>(ref Utf8JsonReader json, string section, RowReader<T> read) where T : INumbered
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        Open(ref json, JsonTokenType.StartArray);
        for ((_section, _row) = (section, 0); json.Read() && json.TokenType != JsonTokenType.EndArray; _row++)
        {
            Open(ref json);
            var row = read(ref json);
            if (rows.Count > 0 && rows[^1].Id >= row.Id)
            {
                if (rows.Any(r => r.Id == row.Id)) _wrong.Add(Place(section, _row));
                else rows.Insert(rows.Count(r => r.Id < row.Id), row);
            }
            else rows.Add(row);
        }
        _section = "";
        return rows.DrainToImmutable();
    }

    private NodeInstance Node(ref Utf8JsonReader json)
    {
        var node = new NodeInstance(0, definition.Root, int.MinValue) { Since = _start };
        while (Next(ref json, out var name))
            node = name switch
            {
                "i" => node with { Id = json.GetInt32() },
                "n" => node with { Node = Element(ref json) },
                "p" => node with { Parent = json.GetInt32() },
                "role" => node with { Role = Name<NodeRole>(ref json) },
                "l" => node with { LoopCounter = json.GetInt32() },
                "r" => node with { Repetitions = Loop(ref json) },
                "t" => node with { Since = Moment(ref json) },
                "c" => node with { Cause = json.GetInt32() },
                "comp" => node with { Compensating = json.GetInt32() },
                "for" => node with { CompensatesFor = json.GetInt32() },
                "stuck" => node with { Stuck = Name<Stuck>(ref json) },
                "back" => node with { ReturnsTo = Element(ref json) },
                "to" => node with { ReturnsFor = json.GetString() },
                "bc" => node with { ReturnsBecause = json.GetInt32() },
                "x" => node with { Variables = Variables(ref json) },
                _ => Skip(ref json, node),
            };
        return node.Parent != int.MinValue ? node : node with { Parent = node.Id == 0 ? -1 : 0 };
    }

    private static Repetitions Loop(ref Utf8JsonReader json)
    {
        Open(ref json);
        var loop = new Repetitions(0, 0, 0, default);
        while (Next(ref json, out var name))
            loop = name switch
            {
                "n" => loop with { Total = json.GetInt32() },
                "s" => loop with { Started = json.GetInt32() },
                "d" => loop with { Completed = json.GetInt32() },
                "a" => loop with { Agreed = json.GetInt32() },
                "f" => loop with { Refused = json.GetInt32() },
                "items" => loop with { Items = List(ref json, ValueJson.Read) },
                "out" => loop with { Results = List(ref json, ValueJson.Read) },
                "more" => loop with { Added = List(ref json, Text) },
                "less" => loop with { Removed = json.GetInt32() },
                _ => Skip(ref json, loop),
            };
        return loop;
    }

    private Arrival Arrival(ref Utf8JsonReader json)
    {
        var (arrival, named) = (new Arrival(0, 0, definition.Root, NoFlow, 0), false);
        while (Next(ref json, out var name))
        {
            arrival = name switch
            {
                "i" => arrival with { Id = json.GetInt32() },
                "p" => arrival with { Scope = json.GetInt32() },
                "f" => arrival with { Flow = Flow(ref json) },
                "n" => arrival with { Node = Element(ref json) },
                "c" => arrival with { Cause = json.GetInt32() },
                _ => Skip(ref json, arrival),
            };
            named |= name == "n";
        }
        return named ? arrival : arrival with { Node = arrival.Flow.To };
    }

    private HumanTask Task(ref Utf8JsonReader json)
    {
        var (task, node, title) = (new HumanTask(0, 0, definition.Root, _start), (GraphNode?)null, (string?)null);
        while (Next(ref json, out var name))
            task = name switch
            {
                "i" => task with { Id = json.GetInt32() },
                "p" => task with { Instance = json.GetInt32() },
                "n" => task with { Node = node = Element(ref json) },
                "t" => task with { Created = Moment(ref json) },
                "name" => task with { Name = title = json.GetString()! },
                "by" => task with { Assignee = json.GetString() },
                "owner" => task with { Owner = json.GetString() },
                "del" => task with { Delegation = Name<Delegation>(ref json) },
                "users" => task with { CandidateUsers = List(ref json, Text) },
                "groups" => task with { CandidateGroups = List(ref json, Text) },
                "due" => task with { Due = Moment(ref json) },
                "fu" => task with { FollowUp = Moment(ref json) },
                "prio" => task with { Priority = json.GetInt32() },
                "form" => task with { Form = json.GetString() },
                "touched" => task with { Touched = json.GetBoolean() },
                "after" => task with { After = List(ref json, Text) },
                "before" => task with { Before = json.GetInt32() },
                "waits" => task with { WaitsFor = json.GetInt32() },
                "more" => task with { Added = json.GetBoolean() },
                "draft" => task with { Draft = Variables(ref json) },
                _ => Skip(ref json, task),
            };
        node ??= NodeOf(task.Instance);
        return task with { Node = node, Name = title ?? node.Name ?? node.Id };
    }

    private ArmedTimer Timer(ref Utf8JsonReader json)
    {
        var (timer, node, counted) = (new ArmedTimer(0, 0, definition.Root, _start, null, null), (GraphNode?)null, false);
        while (Next(ref json, out var name))
        {
            timer = name switch
            {
                "i" => timer with { Id = json.GetInt32() },
                "p" => timer with { Owner = json.GetInt32() },
                "n" => timer with { Node = node = Element(ref json) },
                "t" => timer with { Due = Moment(ref json) },
                "plan" => timer with { Plan = json.GetString() },
                "left" => timer with { Remaining = json.TokenType == JsonTokenType.Null ? null : json.GetInt32() },
                _ => Skip(ref json, timer),
            };
            counted |= name == "left";
        }
        return timer with { Node = node ?? NodeOf(timer.Owner), Remaining = counted || timer.Plan is not null ? timer.Remaining : 1 };
    }

    private Subscription Subscription(ref Utf8JsonReader json)
    {
        var (row, node, kind) = (new Subscription(0, 0, definition.Root, default, "", null), (GraphNode?)null, (Model.EventKind?)null);
        while (Next(ref json, out var name))
            row = name switch
            {
                "i" => row with { Id = json.GetInt32() },
                "p" => row with { Owner = json.GetInt32() },
                "n" => row with { Node = node = Element(ref json) },
                "k" => row with { Kind = (kind = Name<Model.EventKind>(ref json)).Value },
                "m" => row with { Name = json.GetString() ?? "" },
                "key" => row with { CorrelationKey = json.GetString() },
                _ => Skip(ref json, row),
            };
        node ??= NodeOf(row.Owner);
        return row with { Node = node, Kind = kind ?? node.Event };
    }

    private Request Request(ref Utf8JsonReader json)
    {
        var request = new Request(0, 0, false);
        while (Next(ref json, out var name))
            request = name switch
            {
                "i" => request with { Id = json.GetInt32() },
                "p" => request with { Instance = json.GetInt32() },
                "call" => request with { IsCall = json.GetBoolean() },
                "d" => request with { Process = json.GetString() },
                "failed" => request with { Failed = json.GetBoolean() },
                _ => Skip(ref json, request),
            };
        return request;
    }

    private Incident Incident(ref Utf8JsonReader json)
    {
        var incident = new Incident(0, 0, "", _start);
        while (Next(ref json, out var name))
            incident = name switch
            {
                "i" => incident with { Id = json.GetInt32() },
                "p" => incident with { Instance = json.GetInt32() },
                "code" => incident with { Code = json.GetString() ?? "" },
                "t" => incident with { Since = Moment(ref json) },
                "args" => incident with { Arguments = List(ref json, Text) },
                _ => Skip(ref json, incident),
            };
        return incident;
    }

    private Compensable Compensable(ref Utf8JsonReader json)
    {
        var done = new Compensable(0, 0, definition.Root, 0, null);
        while (Next(ref json, out var name))
            done = name switch
            {
                "i" => done with { Id = json.GetInt32() },
                "p" => done with { Scope = json.GetInt32() },
                "n" => done with { Node = Element(ref json) },
                "in" => done with { Within = json.GetInt32() },
                "x" => done with { Variables = Variables(ref json) },
                _ => Skip(ref json, done),
            };
        return done;
    }

    private Step Step(ref Utf8JsonReader json)
    {
        var step = new Step(0, null, [], 0, null, null, _start, -1);
        while (Next(ref json, out var name))
            step = name switch
            {
                "i" => step with { Id = json.GetInt32() },
                "p" => step with { Within = json.GetInt32() },
                "f" => step with { Flows = List(ref json, Text) },
                "n" => step with { Node = Element(ref json) },
                "c" => step with { Causes = List(ref json, (ref number) => number.GetInt32()) },
                "task" => step with { Task = json.GetInt32() },
                "by" => step with { Actor = json.GetString() },
                "as" => step with { Assignee = json.GetString() },
                "t" => step with { At = Moment(ref json) },
                "l" => step with { LoopCounter = json.GetInt32() },
                "out" => step with { LeftTheHouse = json.GetBoolean() },
                "undone" => step with { Undone = json.GetBoolean() },
                "vote" => step with { Vote = Name<Vote>(ref json) },
                "before" => step with { Before = json.GetInt32() },
                _ => Skip(ref json, step),
            };
        return step;
    }
}
