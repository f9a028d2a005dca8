using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Graph;
using Evenhand.Engines.Tests.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>What goes round and round does not grow, and can still be sent back.</summary>
public sealed class LongRunTests
{
    private const string Round = """<startEvent id="s"/><userTask id="first"/><exclusiveGateway id="m"/><userTask id="a"/><endEvent id="e"/><go>s first m a m</go>""";

    private const string Forked = """<startEvent id="s"/><userTask id="first"/><exclusiveGateway id="m"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/><userTask id="c"/><go>s first m f a j c m</go><go>f b j</go>""";

    private static InstanceState Turn(Definition definition, int rounds, Action<InstanceState>? look = null)
    {
        var state = Apply(InstanceState.New(definition, "1"), new Start());
        for (var i = 0; i < rounds; i++)
        {
            state = Apply(state, new CompleteTask(state.Tasks[i % state.Tasks.Length].Id) { Actor = i % 2 == 0 ? "ann" : "bo" });
            look?.Invoke(state);
        }
        return state;
    }

    private static InstanceState Apply(InstanceState state, Command command)
    {
        var (next, _, refusal) = Engine.Apply(state, command, Course.Begin);
        refusal.ShouldBeNull();
        return next;
    }

    [Theory, Proves("human/reject")]
    [InlineData(Round)]
    [InlineData(Forked)]
    public void Thousand_rounds_keep_a_bounded_state(string process)
    {
        var largest = 0;
        var state = Turn(Written.Process(process), 3_000, at => largest = Math.Max(largest, at.Steps.Length));
        largest.ShouldBeLessThan(400);
        StateJson.Write(state).Length.ShouldBeLessThan(40_000);
    }

    [Theory, Proves("human/reject")]
    [InlineData(Round)]
    [InlineData(Forked)]
    public void What_is_left_hangs_together_and_leads_back_to_the_start(string process)
    {
        var state = Turn(Written.Process(process), 1_001);
        var known = state.Steps.Select(s => s.Id).ToHashSet();
        state.Steps.SelectMany(s => s.Causes).ShouldAllBe(c => known.Contains(c));
        state.Nodes.Where(n => n.Cause != 0).ShouldAllBe(n => known.Contains(n.Cause));
        var first = state.Steps.Single(s => s.Node?.Id == "first");
        foreach (var node in state.Nodes.Where(n => n.Id != 0)) Before(state, node.Cause).ShouldContain(first.Id);
        Apply(state, new Reject(state.Tasks[0].Id, RejectTo.Node, "first")).Tasks.Single().Node.Id.ShouldBe("first");
        Apply(state, new Reject(state.Tasks[0].Id, RejectTo.Starter)).Tasks.Single().Node.Id.ShouldBe("first");
    }

    private static HashSet<int> Before(InstanceState state, int step)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>([step]);
        while (open.TryPop(out var at))
            if (found.Add(at) && state.Steps.FirstOrDefault(s => s.Id == at) is { } row)
                foreach (var cause in row.Causes) open.Push(cause);
        return found;
    }
}
