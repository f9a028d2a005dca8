using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Execution;

public sealed class StateJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    private static readonly Definition Approval = Compile("""
        <process id="approval" isExecutable="true">
          <startEvent id="start"/><sequenceFlow id="f0" sourceRef="start" targetRef="fork"/>
          <parallelGateway id="fork"/><sequenceFlow id="f1" sourceRef="fork" targetRef="sign"/><sequenceFlow id="f2" sourceRef="fork" targetRef="check"/>
          <userTask id="sign" name="会签"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>
          <userTask id="check"/><boundaryEvent id="late" attachedToRef="check" cancelActivity="false"><timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>
          <sequenceFlow id="f3" sourceRef="sign" targetRef="join"/><sequenceFlow id="f4" sourceRef="check" targetRef="join"/><sequenceFlow id="f5" sourceRef="late" targetRef="remind"/>
          <serviceTask id="remind"/>
          <parallelGateway id="join"/><sequenceFlow id="f6" sourceRef="join" targetRef="end"/><endEvent id="end"/>
        </process>
        """);

    /// <summary>Every state ever stored by a released version: they load for ever. Rows are added, never changed.</summary>
    public static TheoryData<string, string> Stored => new()
    {
        { "New 0", """{"v":1,"id":"n","d":"approval","s":"new"}""" },
        { "Running 2", """{"v":1,"id":"a","d":"approval","k":"K-1","by":"lin","ver":1,"t":1772353800000,"next":14,"nodes":[{"x":{"amount":120.5,"at":{"$at":"2026-01-31T12:00:00+00:00"},"n":null}},{"i":1,"n":"sign","role":"body","r":{"n":3,"s":3,"items":[1,"b"],"out":[null,true],"more":["di"],"less":1}},{"i":2,"n":"check"},{"i":5,"n":"sign","p":1,"role":"repetition","l":0,"x":{"who":"ann"}}],"tasks":[{"i":3,"p":2},{"i":6,"p":5,"t":5,"name":"Ann signs","by":"ann","owner":"bo","del":"pending","users":["a","b"],"groups":["g"],"due":86400000,"fu":0.5,"prio":70,"form":"sheet","touched":true,"after":["c"],"before":3,"waits":1,"more":true,"draft":{"note":"half"}}],"timers":[{"i":4,"p":2,"n":"late","t":3600000,"plan":"2026-03-01T09:30:00Z R3/2026-03-01T08:30:00Z/PT1H","left":3}]}""" },
        { "Suspended 0", """{"v":1,"id":"b","d":"approval","s":"suspended","ver":7,"t":1772353800000.1234,"next":40,"nodes":[{"c":12},{"i":20,"n":"remind","stuck":"leaving","back":"sign","comp":2,"for":-1,"t":60000}],"joins":[{"i":21,"f":"f3","c":12}],"waits":[{"i":22,"p":20,"k":"message","m":"paid","key":"7"}],"asks":[{"i":23,"p":20,"call":true,"d":"other","failed":true}],"stuck":[{"i":24,"p":20,"code":"call-failed","t":61000,"args":["down"]}],"done":[{"i":8,"p":-1,"n":"check","in":3,"x":{"a":1}},{"i":9,"n":"sign"}],"steps":[{"i":12,"p":4,"n":"sign","task":6,"by":"ann","as":"bo","t":50000,"l":2,"out":true,"undone":true,"vote":"refuse","before":6},{"i":13,"c":[12,0]}]}""" },
        { "Completed 0", """{"v":1,"id":"c","d":"approval","s":"completed","ver":4,"end":"end","t":1772353800000,"next":9,"x":{"ok":true},"steps":[{"i":5,"n":"check","task":3,"vote":"agree"}]}""" },
        { "Terminated 0", """{"v":1,"id":"d","d":"approval","s":"terminated"}""" },
        { "Failed 0", """{"v":1,"id":"d","d":"approval","s":"failed"}""" },
        { "Cancelled 0", """{"v":1,"id":"d","d":"approval","s":"cancelled"}""" },
        { "Running 0", """{"v":1,"id":"d","d":"approval","nodes":[{},{"i":4,"n":"remind","stuck":"entering"}],"waits":[{"i":5,"p":4,"k":"signal","m":"s"},{"i":6,"p":4,"k":"conditional"}],"tasks":[]}""" },
    };

    [Theory, MemberData(nameof(Stored))]
    public void Stored_state_loads_for_ever_and_is_written_the_same(string says, string json)
    {
        var state = Read(json);
        $"{state.Status} {state.Tasks.Length}".ShouldBe(says);
        Sameness.Difference(state, Read(StateJson.Write(state))).ShouldBeNull();
        if (!says.EndsWith("Running 0", StringComparison.Ordinal)) JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(StateJson.Write(state))).ShouldBeTrue(Encoding.UTF8.GetString(StateJson.Write(state)));
    }

    [Fact]
    public void Stored_values_mean_what_they_meant()
    {
        var state = Read(Stored.Select(row => row.Data.Item2).First(json => json.Contains("K-1", StringComparison.Ordinal)));
        (state.BusinessKey, state.Starter, state.Version, state.NextId).ShouldBe(("K-1", "lin", 1, 14));
        state.Variables["amount"].ShouldBe(120.5m);
        state.Variables["n"].IsNull.ShouldBeTrue();
        state.Nodes[1].Repetitions!.Items[1].ShouldBe("b");
        (state.Nodes[3].Role, state.Nodes[3].LoopCounter, state.Nodes[3].Variables!["who"]).ShouldBe((NodeRole.Repetition, 0, "ann"));
        (state.Tasks[0].Name, state.Tasks[0].Created, state.Tasks[0].Node.Id).ShouldBe(("check", At, "check"));
        (state.Tasks[1].Name, state.Tasks[1].Created, state.Tasks[1].FollowUp).ShouldBe(("Ann signs", At.AddMilliseconds(5), At.AddTicks(5000)));
        (state.Timers[0].Due, state.Timers[0].Remaining, state.Timers[0].Owner).ShouldBe((At.AddHours(1), 3, 2));
    }

    [Fact]
    public void Members_may_come_in_any_order_and_unknown_ones_are_ignored()
    {
        foreach (var (_, json) in Stored.Select(row => row.Data))
        {
            var turned = Turn(JsonNode.Parse(json)!);
            Sameness.Difference(Read(json), Read(turned.ToJsonString())).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("""{"v":2,"id":"a","d":"approval","s":"dreaming"}""", "state-newer 2, 1")]
    [InlineData("""{"v":1,"id":"a","d":"other"}""", "state-of-another-process other, approval")]
    [InlineData("""{"v":1,"id":"a","d":"approval","nodes":[{},{"i":2,"n":"gone"},{"i":3,"n":"check","back":"lost"}],"joins":[{"i":4,"p":0,"f":"f99"}],"tasks":[{"i":5,"p":2,"n":"gone"}]}""", "state-elements-unknown gone, lost, f99")]
    [InlineData("""{"v":1,"id":"a","d":"approval"}""", "state-inconsistent nodes")]
    [InlineData("""{"v":1,"id":"a","d":"approval","s":"completed","nodes":[{}]}""", "state-inconsistent nodes")]
    [InlineData("""{"v":1,"id":"a","d":"approval","nodes":[{},{"i":2,"n":"check","p":2},{"i":3,"n":"check","p":9},{"i":3,"n":"check"},{"i":4,"n":"sign","role":"body"}],"tasks":[{"i":5,"p":7}]}""", "state-inconsistent nodes[3], nodes[1], nodes[2], nodes[3], tasks[0]")]
    [InlineData("""{"v":1,"id":"a","d":"approval","nodes":[{},{"i":"2"}]}""", "state-corrupt nodes[1], byte 48, *")]
    [InlineData("""{"v":1,"id":"a","d":"approval","s":"dreaming"}""", "state-corrupt byte 35, “dreaming” is no InstanceStatus")]
    [InlineData("""{"v":1,"id":"a","d":"approval","nodes":{}}""", "state-corrupt byte 39, StartObject stands where StartArray should.")]
    [InlineData("""{"v":1,"id":"a","d":"approval","nodes":[{"t":99999999999999999}]}""", "state-corrupt nodes[0], byte 45, *")]
    [InlineData("""{"v":1,"id":"a","d":"approval","nodes":[{}""", "state-not-json line 1, byte 43")]
    [InlineData("""{"v":1} {}""", "state-not-json *")]
    [InlineData("[]", "state-corrupt byte 0, StartArray stands where StartObject should.")]
    [InlineData("", "state-not-json line 1, byte 1")]
    public void What_cannot_be_read_is_a_problem_with_its_place(string json, string problem)
    {
        var (state, found) = StateJson.Read(Encoding.UTF8.GetBytes(json), Approval);
        state.ShouldBeNull();
        var says = $"{found!.Code} {string.Join(", ", found.Arguments)}";
        if (problem.EndsWith('*')) says.ShouldStartWith(problem[..^1]);
        else says.ShouldBe(problem);
    }

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var stored = Stored.Select(row => Encoding.UTF8.GetBytes(row.Data.Item2)).ToArray();
        Prop.ForAll<int, int, byte[]>((which, place, damage) =>
        {
            var bytes = stored[(which & int.MaxValue) % stored.Length].ToArray();
            var at = (place & int.MaxValue) % bytes.Length;
            damage.AsSpan(0, Math.Min(damage.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
            return One(StateJson.Read(bytes, Approval)) && One(StateJson.Read(bytes.AsMemory(0, at), Approval)) && One(StateJson.Read(damage, Approval));
        }).QuickCheckThrowOnFailure();
        static bool One(StateRead read) => read.State is null != read.Problem is null;
    }

    [Fact]
    public void Small_state_is_small()
    {
        var state = Engine.Apply(InstanceState.New(Approval, "000001"), new Start(), At).State;
        foreach (var task in state.Tasks.Skip(1)) state = Engine.Apply(state, new CompleteTask(task.Id), At).State;
        var bytes = StateJson.Write(state with { Steps = [], Variables = ImmutableDictionary<string, Value>.Empty });
        bytes.Length.ShouldBeLessThan(300, Encoding.UTF8.GetString(bytes));
    }

    /// <summary>A new property of the state's records has to be written, or named here with what it follows from.</summary>
    private static readonly HashSet<string> Derived = ["InstanceState.Definition", "InstanceState.Variables", "InstanceState.HasEnded"];

    [Fact]
    public void No_property_is_forgotten()
    {
        var full = Read(Stored.Select(row => row.Data.Item2).First(json => json.Contains("Ann signs", StringComparison.Ordinal))) with
        {
            Nodes = [new(0, Approval.Root, -1) { Since = At }, new(1, Approval.Node("remind")!, 0), new(2, Approval.Node("check")!, 0), new(3, Approval.Node("check")!, 0)],
            Tasks = [new HumanTask(89, 2, Approval.Node("check")!, At)],
            Arrivals = [new Arrival(90, 0, Approval.Node("join")!, Approval.Flow("f3")!, 1)],
            Subscriptions = [new Subscription(91, 2, Approval.Node("late")!, EventKind.Message, "m", null)],
            Requests = [new Request(92, 2, false)],
            Incidents = [new Incident(93, 2, "code", At)],
            Compensables = [new Compensable(94, 1, Approval.Node("check")!, 0, null)],
            Steps = [new Step(95, Approval.Node("check"), [1], 3, "a", "b", At, 1)],
            Variables = ImmutableDictionary<string, Value>.Empty,
            NextId = 99,
        };
        Lost(full).ShouldBeFalse();
        var forgotten = new List<string>();
        foreach (var property in Sameness.Properties(typeof(InstanceState)).Where(p => !Derived.Contains($"InstanceState.{p.Name}")))
            if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
                forgotten.AddRange(Rows(full, property));
            else if (Lost(Copy(full, property, Other(property.GetValue(full), property)))) forgotten.Add(property.Name);
        forgotten.ShouldBeEmpty();
    }

    private static IEnumerable<string> Rows(InstanceState full, PropertyInfo list)
    {
        dynamic rows = list.GetValue(full)!;
        object row = rows[rows.Length - 1];
        foreach (var property in Sameness.Properties(row.GetType()).Where(p => p.Name is not ("Id" or "Role")))
        {
            foreach (var part in property.PropertyType == typeof(Repetitions) ? Sameness.Properties(typeof(Repetitions)).ToList() : [property])
            {
                var value = part == property ? Other(property.GetValue(row), property) : Copy(new Repetitions(2, 1, 0, [1]), part, Other(part.GetValue(new Repetitions(2, 1, 0, [1])), part));
                dynamic changed = Copy(row, property, value);
                if (Lost(Copy(full, list, rows.SetItem(rows.Length - 1, changed)))) yield return $"{part.DeclaringType!.Name}.{part.Name}";
            }
        }
    }

    private static bool Lost(InstanceState state) => Sameness.Difference(state, StateJson.Read(StateJson.Write(state), Approval).State) is not null;

    private static T Copy<T>(T from, PropertyInfo property, object? value) where T : notnull
    {
        var copy = (T)from.GetType().GetMethod("<Clone>$")!.Invoke(from, null)!;
        property.SetValue(copy, value);
        return copy;
    }

    /// <summary>A value of the property's type that differs from the one it has.</summary>
    private static object Other(object? now, PropertyInfo property) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
    {
        var t when t == typeof(int) => property.Name == "NextId" ? 100 : now is 1 ? 2 : 1,
        var t when t == typeof(bool) => now is not true,
        var t when t == typeof(string) => $"{now}端平",
        var t when t == typeof(DateTimeOffset) => ((DateTimeOffset?)now ?? At).AddTicks(1),
        var t when t.IsEnum => Enum.GetValues(t).Cast<object>().First(v => !v.Equals(now) && !(v is InstanceStatus and not InstanceStatus.Suspended)),
        var t when t == typeof(GraphNode) => Approval.Node(((GraphNode?)now)?.Id == "sign" ? "remind" : "sign")!,
        var t when t == typeof(GraphFlow) => Approval.Flow("f4")!,
        var t when t == typeof(ImmutableArray<string>) => ImmutableArray.Create("p", "q"),
        var t when t == typeof(ImmutableArray<int>) => ImmutableArray.Create(7, 8),
        var t when t == typeof(ImmutableArray<Value>) => ImmutableArray.Create<Value>("z", 9, true),
        var t when t == typeof(ImmutableDictionary<string, Value>) => ImmutableDictionary<string, Value>.Empty.Add("new", 1.50m),
        var t => throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name} is of a new type, {t.Name}: say here what another value of it is."),
    };

    private static JsonNode Turn(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Key is "x" or "draft" ? m.Value?.DeepClone() : m.Value is null ? null : (JsonNode?)Turn(m.Value))).Append(new("later", new JsonArray(1, new JsonObject { ["i"] = 1 })))),
        JsonArray { Count: > 0 } list when list[0] is JsonObject => new JsonArray([.. list.Reverse().Select(i => Turn(i!))]),
        _ => node.DeepClone(),
    };

    private static InstanceState Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static InstanceState Read(byte[] json)
    {
        var (state, problem) = StateJson.Read(json, Approval);
        problem.ShouldBeNull(problem is null ? null : $"{problem.Code} {string.Join(", ", problem.Arguments)}");
        return state!;
    }

    private static Definition Compile(string process)
    {
        var file = BpmnFile.Read(Encoding.UTF8.GetBytes($"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">{process}</definitions>""")).File!;
        var compiled = Definition.Compile(file.Model);
        return compiled.Definition ?? throw new InvalidOperationException(string.Join("\n", compiled.Findings));
    }
}
