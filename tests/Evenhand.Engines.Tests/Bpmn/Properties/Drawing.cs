using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>Draws a block as nodes and flows; ids tell where in the block they come from.</summary>
internal sealed class Drawing
{
    private readonly List<FlowNode> _nodes = [];
    private readonly List<SequenceFlow> _flows = [];
    private readonly Dictionary<string, EventName> _messages;

    private Drawing(Dictionary<string, EventName> messages) => _messages = messages;

    public static Definition Process(Sub process)
    {
        var messages = new Dictionary<string, EventName>();
        var model = new BpmnModel { Processes = [new ProcessModel("p", null, true, 1, Inside(process, "r", messages))], EventNames = messages };
        var compiled = Definition.Compile(model);
        return compiled.Definition ?? throw new InvalidOperationException(string.Join("\n", compiled.Findings));
    }

    private static Body Inside(Sub sub, string path, Dictionary<string, EventName> messages)
    {
        var drawing = new Drawing(messages);
        drawing.Add(new() { Id = $"{path}_s", Kind = NodeKind.StartEvent });
        var (first, last) = drawing.Draw(sub.Body, $"{path}0");
        drawing.Add(new() { Id = $"{path}_e", Kind = NodeKind.EndEvent });
        drawing.Flow($"{path}_s", first);
        drawing.Flow(last, $"{path}_e");
        if (sub.Listener is { } listener)
            drawing.Add(new() { Id = $"{path}_l", Kind = NodeKind.SubProcess, TriggeredByEvent = true, Body = drawing.Listening(listener, $"{path}_l") });
        return new Body(drawing._nodes, drawing._flows, [], []);
    }

    private Body Listening(Listener listener, string path) => new(
        [
            new() { Id = $"{path}_s", Kind = NodeKind.StartEvent, Interrupting = listener.Interrupts, Event = listener.ByMessage ? Message($"{path}_s") : Timer(listener.Times, listener.Interrupts) },
            new() { Id = $"{path}_u", Kind = NodeKind.UserTask },
        ], [new($"{path}_f", $"{path}_s", $"{path}_u", null, null, 0)], [], []);

    private (string First, string Last) Draw(Block block, string path)
    {
        switch (block)
        {
            case User user:
                return One(new() { Id = path, Kind = NodeKind.UserTask, Loop = user.Times is { } times ? new LoopSpec(user.Sequential ? LoopKind.Sequential : LoopKind.Parallel, 0) { Cardinality = Number(times) } : null });
            case Pass:
                return One(new() { Id = path, Kind = NodeKind.Task });
            case Ask:
                return One(new() { Id = path, Kind = NodeKind.ServiceTask, Service = new ServiceSpec("topic", "work") });
            case Race:
                return Branches(path, NodeKind.EventBasedGateway, NodeKind.ExclusiveGateway, null,
                    [One(new() { Id = $"{path}_t", Kind = NodeKind.IntermediateCatchEvent, Event = Timer(1, true) }), One(new() { Id = $"{path}_m", Kind = NodeKind.IntermediateCatchEvent, Event = Message($"{path}_m") })]);
            case Sequence sequence:
                var parts = sequence.Blocks.Select((b, i) => Draw(b, path + (char)('a' + i))).ToList();
                for (var i = 1; i < parts.Count; i++) Flow(parts[i - 1].Last, parts[i].First);
                return (parts[0].First, parts[^1].Last);
            case Choice choice:
                return Branches(path, NodeKind.ExclusiveGateway, NodeKind.ExclusiveGateway, choice.Conditions, Each(choice.Branches, path));
            case Some some:
                return Branches(path, NodeKind.InclusiveGateway, NodeKind.InclusiveGateway, some.Conditions, Each(some.Branches, path));
            case All all:
                return Branches(path, NodeKind.ParallelGateway, NodeKind.ParallelGateway, null, Each(all.Branches, path));
            case Loop loop:
                return Round(loop, path);
            case Sub sub:
                return One(new() { Id = path, Kind = NodeKind.SubProcess, Body = Inside(sub, path, _messages) });
            case Timed timed:
                return Late(timed, path);
            default:
                throw new NotSupportedException(block.GetType().Name);
        }
    }

    private List<(string First, string Last)> Each(IReadOnlyList<Block> branches, string path) => [.. branches.Select((b, i) => Draw(b, path + Number(i)))];

    private (string First, string Last) Branches(string path, NodeKind split, NodeKind join, IReadOnlyList<Below>? conditions, List<(string First, string Last)> branches)
    {
        Add(new() { Id = $"{path}_x", Kind = split, DefaultFlow = conditions is null ? null : $"{path}_x-{branches[^1].First}" });
        Add(new() { Id = $"{path}_j", Kind = join });
        for (var i = 0; i < branches.Count; i++)
        {
            Flow($"{path}_x", branches[i].First, conditions is not null && i < conditions.Count ? $"${{v{Number(conditions[i].Variable)} < {Number(conditions[i].Limit)}}}" : null);
            Flow(branches[i].Last, $"{path}_j");
        }
        return ($"{path}_x", $"{path}_j");
    }

    private (string First, string Last) Round(Loop loop, string path)
    {
        var count = $"c{path}";
        Add(new() { Id = $"{path}_i", Kind = NodeKind.ScriptTask, Script = new(null, "0", count) });
        Add(new() { Id = $"{path}_m", Kind = NodeKind.ExclusiveGateway });
        var body = Draw(loop.Body, $"{path}0");
        Add(new() { Id = $"{path}_n", Kind = NodeKind.ScriptTask, Script = new(null, $"{count} + 1", count) });
        Add(new() { Id = $"{path}_b", Kind = NodeKind.ExclusiveGateway, DefaultFlow = $"{path}_b-{path}_o" });
        Add(new() { Id = $"{path}_o", Kind = NodeKind.Task });
        Flow($"{path}_i", $"{path}_m");
        Flow($"{path}_m", body.First);
        Flow(body.Last, $"{path}_n");
        Flow($"{path}_n", $"{path}_b");
        Flow($"{path}_b", $"{path}_m", $"${{{count} < {Number(loop.Times)}}}");
        Flow($"{path}_b", $"{path}_o");
        return ($"{path}_i", $"{path}_o");
    }

    private (string First, string Last) Late(Timed timed, string path)
    {
        var host = Draw(timed.Host, $"{path}0");
        Add(new() { Id = $"{path}_t", Kind = NodeKind.BoundaryEvent, AttachedTo = host.First, Interrupting = timed.Interrupts, Event = Timer(timed.Times, timed.Interrupts) });
        Add(new() { Id = $"{path}_u", Kind = NodeKind.UserTask });
        Add(new() { Id = $"{path}_j", Kind = timed.Interrupts ? NodeKind.ExclusiveGateway : NodeKind.EndEvent });
        Flow($"{path}_t", $"{path}_u");
        Flow($"{path}_u", $"{path}_j");
        if (!timed.Interrupts) return host;
        Flow(host.Last, $"{path}_j");
        return (host.First, $"{path}_j");
    }

    private static EventSpec Timer(int times, bool once) =>
        once || times == 1 ? new(EventKind.Timer, null, TimerKind.Duration, "PT10M") : new(EventKind.Timer, null, TimerKind.Cycle, $"R{Number(times)}/PT10M");

    private EventSpec Message(string id)
    {
        _messages[id] = new EventName(id, EventKind.Message, id, null, null, 0);
        return new(EventKind.Message, id, null, null);
    }

    private (string First, string Last) One(FlowNode node)
    {
        Add(node);
        return (node.Id, node.Id);
    }

    private void Add(FlowNode node) => _nodes.Add(node);

    private void Flow(string from, string to, string? condition = null) => _flows.Add(new($"{from}-{to}", from, to, null, condition, 0));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
