using System.Collections.Immutable;
using Evenhand.Bpmn.Model;

namespace Evenhand.Engines.Tests.Bpmn;

/// <summary>Models with everything in them that a model can hold, the same for the same seed; they need not make sense to run.</summary>
internal sealed class RandomModels
{
    private static readonly string[] Texts = ["a", "端平", "it's \"so\" & <more>", "${a > 1 && b}", "= feel", "line\nbreak", "tab\there", "]]>", "😀", "<!-- -->", "&amp;", "x y"];

    private readonly Random _random;
    private int _last;

    private RandomModels(int seed) => _random = new(seed);

    public static BpmnModel Make(int seed) => new RandomModels(seed).Model();

    private BpmnModel Model()
    {
        var names = Many(4, () => Pick(new[] { EventKind.Message, EventKind.Signal, EventKind.Error, EventKind.Escalation }))
            .Select(k => new EventName(Id(), k, Maybe(Text), k is EventKind.Error or EventKind.Escalation ? Maybe(Text) : null, k == EventKind.Message ? Maybe(Text) : null, 0)).ToDictionary(n => n.Id);
        var processes = Many(2, () => Process(names)).DefaultIfEmpty(Process(names)).ToList();
        var nodes = processes.SelectMany(p => p.Body.AllNodes).ToList();
        var pools = Many(3, () => new Pool(Id(), Maybe(Text), Maybe(() => Pick(processes).Id)));
        return new()
        {
            Id = "definitions_1",
            Name = Maybe(Text),
            TargetNamespace = "urn:random",
            Exporter = Maybe(Text),
            Processes = processes,
            Pools = pools,
            MessageFlows = pools.Count < 2 ? [] : [new(Id(), pools[0].Id, pools[1].Id, Maybe(Text))],
            Artifacts = Many(2, Artifact),
            EventNames = names,
            Shapes = nodes.Where(_ => Chance()).Select(n => new Shape(n.Id, Box(), Chance() ? Box() : null, n.Body is null || Chance())).ToDictionary(s => s.Element),
            Edges = processes.SelectMany(p => p.Body.AllFlows).Where(_ => Chance()).Select(f => new Edge(f.Id, [Spot(), Spot(), .. Many(2, Spot)], Chance() ? Box() : null)).ToDictionary(e => e.Element),
        };
    }

    private ProcessModel Process(Dictionary<string, EventName> names)
    {
        var body = Body(names, 2);
        var outer = new Lane(Id(), Maybe(Text), null, Chance() && body.Nodes.Count > 0 ? [body.Nodes[0].Id] : []);
        return new(Id(), Maybe(Text), Pick(new bool?[] { null, true, false }), 0, body)
        {
            VersionTag = Maybe(Text),
            CandidateStarters = Maybe(Text),
            Documentation = Maybe(Text),
            Lanes = Chance() ? [] : [outer, new(Id(), Maybe(Text), outer.Id, [])],
        };
    }

    private Body Body(Dictionary<string, EventName> names, int depth)
    {
        var nodes = Many(6, () => Node(names, depth)).ToList();
        if (nodes.Count == 0) return new(nodes, [], Many(2, Artifact), []);
        var flows = Many(6, () => new SequenceFlow(Id(), Pick(nodes).Id, Pick(nodes).Id, Maybe(Text), Maybe(Text), 0));
        return new([.. nodes.Select(n => n with { DefaultFlow = n.Kind == NodeKind.ExclusiveGateway && flows.Count > 0 ? flows[0].Id : null })], flows,
            Many(2, Artifact), Many(1, () => new Association(Id(), Pick(nodes).Id, Pick(nodes).Id)));
    }

    private FlowNode Node(Dictionary<string, EventName> names, int depth)
    {
        var kind = Pick(Enum.GetValues<NodeKind>().Where(k => k is not (NodeKind.Unsupported or NodeKind.BoundaryEvent)).ToArray());
        var isSub = kind is NodeKind.SubProcess or NodeKind.Transaction or NodeKind.AdHocSubProcess;
        var isEvent = kind is NodeKind.StartEvent or NodeKind.EndEvent or NodeKind.IntermediateCatchEvent or NodeKind.IntermediateThrowEvent;
        var isActivity = isSub || kind is <= NodeKind.BusinessRuleTask or NodeKind.CallActivity;
        var spec = isEvent ? Event(names) : null;
        return new()
        {
            Id = Id(),
            Kind = kind,
            ElementName = char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..],
            Name = Maybe(Text),
            Documentation = Maybe(Text),
            IsForCompensation = isActivity && Chance(),
            Event = spec,
            Interrupting = kind != NodeKind.StartEvent || Chance(),
            Loop = isActivity && Chance() ? Loop() : null,
            Task = kind == NodeKind.UserTask ? Task() : null,
            Service = kind is NodeKind.ServiceTask or NodeKind.SendTask or NodeKind.BusinessRuleTask || spec?.Kind == EventKind.Message && kind is NodeKind.EndEvent or NodeKind.IntermediateThrowEvent
                ? Maybe(Service) : null,
            Call = kind == NodeKind.CallActivity ? Call() : null,
            Script = kind == NodeKind.ScriptTask ? Maybe(() => new ScriptSpec(Maybe(Text), Text(), Maybe(Text))) : null,
            Body = !isSub ? null : depth > 0 ? Body(names, depth - 1) : Evenhand.Bpmn.Model.Body.Empty,
            TriggeredByEvent = isSub && Chance(),
            AdHoc = kind == NodeKind.AdHocSubProcess ? new(Chance(), Maybe(Text), Chance(), Maybe(Text)) : null,
            MessageRef = kind is NodeKind.ReceiveTask or NodeKind.SendTask ? Maybe(() => Named(names, EventKind.Message)) : null,
            Instantiates = kind is NodeKind.ReceiveTask or NodeKind.EventBasedGateway && Chance(),
            Inputs = Many(2, () => new Mapping(Text(), null, Text())),
            Outputs = Many(2, () => new Mapping(Text(), null, Text())),
            SkipExpression = Maybe(Text),
            Properties = Map(),
        };
    }

    private EventSpec Event(Dictionary<string, EventName> names)
    {
        var kind = Pick(Enum.GetValues<EventKind>());
        return kind switch
        {
            EventKind.Message or EventKind.Signal => new(kind, Named(names, kind)) { Payload = Many(1, Mapping) },
            EventKind.Error or EventKind.Escalation => new(kind, Named(names, kind)) { CodeVariable = Maybe(Text) },
            EventKind.Compensation => new(kind) { WaitForCompletion = Chance() },
            EventKind.Link => new(kind, Text()),
            EventKind.Conditional => new(kind, Text: Text()) { VariableName = Maybe(Text) },
            EventKind.Timer => new(kind, Timer: Pick(Enum.GetValues<TimerKind>()), Text: Text()),
            EventKind.Multiple => new(kind) { Names = ["signalEventDefinition", "messageEventDefinition"] },
            _ => new(kind),
        };
    }

    private LoopSpec Loop() => Chance()
        ? new(LoopKind.Standard, 0) { Cardinality = Maybe(() => "7"), Condition = Maybe(Text), TestBefore = Chance() }
        : new(Chance() ? LoopKind.Parallel : LoopKind.Sequential, 0)
        {
            Cardinality = Maybe(Text), Collection = Maybe(Text), ElementVariable = Maybe(Text), OutputCollection = Maybe(Text), OutputElement = Maybe(Text), Condition = Maybe(Text),
        };

    private TaskSpec Task() => new()
    {
        Assignee = Maybe(Text), CandidateUsers = Maybe(Text), CandidateGroups = Maybe(Text), DueDate = Maybe(Text), FollowUpDate = Maybe(Text), Priority = Maybe(Text), FormKey = Maybe(Text),
        Policies = Map(),
    };

    private ServiceSpec Service()
    {
        var kind = Pick(new[] { "class", "expression", "delegateExpression", "topic", "type", "decision" });
        return new(kind, Text(), Maybe(Text)) { Fields = Map(), Retries = kind == "type" ? Maybe(() => "3") : null };
    }

    private CallSpec Call()
    {
        var (given, taken) = (Many(2, Mapping), Many(2, Mapping));
        var binding = Pick(new[] { "latest", "deployment", "version", "versionTag" });
        return new("called", binding, binding.StartsWith('v') ? Text() : null, Maybe(Text), given, taken) { PassesAll = given.Any(m => m.All) && taken.Any(m => m.All) };
    }

    private Mapping Mapping() => _random.Next(3) switch { 0 => new("", null, null, true), 1 => new(Text(), Text(), null), _ => new(Text(), null, Text()) };

    private Artifact Artifact() => new(Id(), Pick(new[] { "textAnnotation", "group" }), Maybe(Text));

    private static string? Named(Dictionary<string, EventName> names, EventKind kind) => names.Values.Where(n => n.Kind == kind).Select(n => n.Id).FirstOrDefault();

    private ImmutableDictionary<string, string> Map() => Many(2, Id).ToImmutableDictionary(k => k, _ => Text());

    private Box Box() => new(_random.Next(-50, 900), _random.NextDouble() * 100, _random.Next(1, 200), 80.5);

    private Spot Spot() => new(_random.Next(-50, 900), _random.NextDouble());

    private string Id() => $"n{++_last}";

    private string Text() => Pick(Texts);

    private bool Chance() => _random.Next(2) == 0;

    private T? Maybe<T>(Func<T> make) where T : class? => Chance() ? make() : null;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private List<T> Many<T>(int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make())];
}
