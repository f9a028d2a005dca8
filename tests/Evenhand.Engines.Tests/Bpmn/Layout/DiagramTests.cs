using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;
using FsCheck;
using FsCheck.Fluent;
using static Evenhand.Engines.Tests.Bpmn.Layout.Sketch;

namespace Evenhand.Engines.Tests.Bpmn.Layout;

public class DiagramTests
{
    [Fact]
    public void A_chain_runs_straight_from_left_to_right()
    {
        var diagram = Diagram.Of(Model(Body([Node("s", NodeKind.StartEvent), Node("a"), Node("b"), Node("e", NodeKind.EndEvent)], "s a b e")));
        diagram.Shapes.Values.Select(s => Lines.Middle(s.Box).Y).Distinct().Count().ShouldBe(1);
        diagram.Edges.Values.ShouldAllBe(e => e.Spots.Count == 2 && e.Spots[0].X < e.Spots[1].X);
        diagram.IsFromFile.ShouldBeFalse();
    }

    [Fact]
    public void The_longer_branch_is_the_straight_one()
    {
        var diagram = Diagram.Of(Model(Body([Node("s", NodeKind.StartEvent), Node("g", NodeKind.ExclusiveGateway), Node("no", NodeKind.EndEvent), Node("a"), Node("e", NodeKind.EndEvent)], "s g no", "g a e")));
        Lines.Middle(diagram.Shapes["a"].Box).Y.ShouldBe(Lines.Middle(diagram.Shapes["g"].Box).Y);
        diagram.Edges["g-no"].Spots[0].X.ShouldBe(Lines.Middle(diagram.Shapes["g"].Box).X);
    }

    [Fact]
    public void A_way_back_goes_around_and_not_through()
    {
        var model = Model(Body([Node("s", NodeKind.StartEvent), Node("a"), Node("b"), Node("g", NodeKind.ExclusiveGateway), Node("e", NodeKind.EndEvent)], "s a b g e", "g a", "b b"));
        var diagram = Diagram.Of(model);
        Drawings.Faults(model, diagram).ShouldBeNull();
        diagram.Edges["g-a"].Spots.Min(s => s.Y).ShouldBeLessThan(diagram.Shapes["b"].Box.Y);
    }

    [Fact]
    public void Lanes_are_bands_and_boundary_events_leave_downwards()
    {
        var model = Leave();
        var diagram = Diagram.Of(model);
        Drawings.Faults(model, diagram).ShouldBeNull();
        Lines.Holds(diagram.Shapes["pool"].Box, diagram.Shapes["l4"].Box).ShouldBeTrue();
        diagram.Edges["late-urge"].Spots[1].Y.ShouldBeGreaterThan(diagram.Shapes["lead"].Box.Y + 80);
    }

    [Fact]
    public void What_compensates_stands_below_and_event_sub_processes_too()
    {
        var model = Model(Body([Node("s", NodeKind.StartEvent), Node("book"), On("undo", "book", EventKind.Compensation), Node("cancel", NodeKind.ServiceTask) with { IsForCompensation = true }, Node("e", NodeKind.EndEvent),
            Node("sub", NodeKind.SubProcess) with { TriggeredByEvent = true, Body = Body([Node("s2", NodeKind.StartEvent), Node("t2")], "s2 t2") }], "s book e") with { Associations = [new("x", "undo", "cancel")] });
        var diagram = Diagram.Of(model);
        Drawings.Faults(model, diagram).ShouldBeNull();
        diagram.Shapes["cancel"].Box.Y.ShouldBeGreaterThan(diagram.Shapes["undo"].Box.Y + 36);
        diagram.Shapes["sub"].Box.Y.ShouldBeGreaterThan(diagram.Shapes["cancel"].Box.Y + 80);
        diagram.Edges["x"].Spots.Select(s => s.X).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void A_complete_drawing_of_the_file_is_kept_and_a_partial_one_is_not()
    {
        var model = Model(Body([Node("s", NodeKind.StartEvent), Node("a")], "s a"));
        var drawn = model with
        {
            Shapes = new Dictionary<string, Shape> { ["s"] = new("s", new(7, 8, 36, 36)), ["a"] = new("a", new(99, 1, 100, 80)) },
            Edges = new Dictionary<string, Edge> { ["s-a"] = new("s-a", [new(43, 26), new(99, 26)]) },
        };
        Diagram.Of(drawn).IsFromFile.ShouldBeTrue();
        Diagram.WithLayout(drawn).ShouldBeSameAs(drawn);
        Diagram.Of(drawn).Bounds.ShouldBe(new Box(7, 1, 192, 80));
        var partial = drawn with { Shapes = new Dictionary<string, Shape> { ["s"] = drawn.Shapes["s"] } };
        Diagram.Of(partial).Shapes["s"].Box.ShouldNotBe(drawn.Shapes["s"].Box);
        Diagram.WithLayout(partial).Shapes.Keys.ShouldBe(["s", "a"], true);
        Diagram.Of(Diagram.WithLayout(partial)).IsFromFile.ShouldBeTrue();
    }

    [Fact]
    public void A_collapsed_sub_process_hides_what_is_in_it()
    {
        var model = Model(Body([Node("s", NodeKind.StartEvent), Node("sub", NodeKind.SubProcess) with { Body = Body([Node("in")]) }], "s sub"));
        Diagram.Of(model).Shapes.ContainsKey("in").ShouldBeTrue();
        var diagram = Diagram.Of(model with { Shapes = new Dictionary<string, Shape> { ["sub"] = new("sub", new(0, 0, 100, 80), IsExpanded: false) } });
        diagram.Shapes.ContainsKey("in").ShouldBeFalse();
        diagram.Shapes["sub"].Box.Width.ShouldBe(100);
    }

    [Fact]
    public void Pages_of_a_file_stand_one_below_the_other()
    {
        ProcessModel Process(string id) => new(id, id, true, 1, Body([Node($"{id}s", NodeKind.StartEvent), Node($"{id}a")], $"{id}s {id}a"));
        var model = new BpmnModel
        {
            Processes = [Process("p"), Process("q")],
            Shapes = new[] { "p", "q" }.SelectMany(p => new[] { new Shape($"{p}s", new(10, 30, 36, 36)), new Shape($"{p}a", new(100, 10, 100, 80)) }).ToDictionary(s => s.Element),
            Edges = new[] { "p", "q" }.Select(p => new Edge($"{p}s-{p}a", [new(46, 48), new(100, 48)])).ToDictionary(e => e.Element),
        };
        var diagram = Diagram.Of(model);
        diagram.IsFromFile.ShouldBeTrue();
        diagram.Shapes["pa"].Box.ShouldBe(model.Shapes["pa"].Box);
        diagram.Shapes["qa"].Box.ShouldBe(new Box(100, 150, 100, 80));
        diagram.Edges["qs-qa"].Spots[0].ShouldBe(new Spot(46, 188));
    }

    [Fact]
    public void Messages_go_from_pool_to_pool_and_a_black_box_is_a_band()
    {
        var model = Leave() with { Pools = [new("pool", "请假审批", "p"), new("boss", "总部", null)], MessageFlows = [new("m", "tell", "boss", "通知"), new("n", "boss", "boss", null), new("x", "tell", "nobody", null)] };
        var diagram = Diagram.Of(model);
        diagram.Shapes["boss"].Box.Width.ShouldBe(diagram.Shapes["pool"].Box.Width);
        diagram.Shapes["boss"].Box.Y.ShouldBeGreaterThan(diagram.Shapes["pool"].Box.Y + diagram.Shapes["pool"].Box.Height);
        Drawings.IsOnBorder(diagram.Shapes["tell"].Box, diagram.Edges["m"].Spots[0]).ShouldBeTrue();
        Drawings.IsOnBorder(diagram.Shapes["boss"].Box, diagram.Edges["m"].Spots[^1]).ShouldBeTrue();
        diagram.Edges.ContainsKey("x").ShouldBeFalse();
    }

    [Fact]
    public void Data_and_notes_of_the_collaboration_stand_with_their_node()
    {
        var model = Model(Body([Node("s", NodeKind.StartEvent), Node("a")], "s a") with { Artifacts = [new("d", "dataObjectReference", "单据")], Associations = [new("in", "d", "a") { IsDirected = true }] }) with
        {
            Artifacts = [new("note", "textAnnotation", "看这里")],
            Associations = [new("about", "note", "a")],
        };
        var diagram = Diagram.Of(model);
        Drawings.Faults(model, diagram).ShouldBeNull();
        Lines.Middle(diagram.Shapes["d"].Box).X.ShouldBe(Lines.Middle(diagram.Shapes["a"].Box).X);
        Lines.Middle(diagram.Shapes["note"].Box).X.ShouldBe(Lines.Middle(diagram.Shapes["a"].Box).X);
        diagram.Edges.Keys.ShouldBe(["s-a", "in", "about"], true);
    }

    [Fact]
    public void An_empty_model_is_an_empty_drawing() => Diagram.Of(new BpmnModel()).Bounds.ShouldBe(new Box(0, 0, 0, 0));

    static Gen<BpmnModel> Models(int depth) =>
        from count in Gen.Choose(1, 14)
        from kinds in Gen.ArrayOf(Gen.Elements(NodeKind.UserTask, NodeKind.ExclusiveGateway, NodeKind.EndEvent, NodeKind.SubProcess, NodeKind.BoundaryEvent, NodeKind.ParallelGateway), count)
        from ends in Gen.ArrayOf(Gen.Choose(0, count - 1), count * 3)
        from lanes in Gen.Choose(0, 3)
        from laneOf in Gen.ArrayOf(Gen.Choose(0, 2), count)
        from inner in depth == 0 ? Gen.Constant<BpmnModel?>(null) : Models(depth - 1).Select(m => (BpmnModel?)m)
        select Random(kinds, ends, lanes, laneOf, inner, depth);

    static BpmnModel Random(NodeKind[] kinds, int[] ends, int lanes, int[] laneOf, BpmnModel? inner, int depth)
    {
        string Id(int i) => $"n{depth}_{i}";
        var used = false;
        var nodes = new List<FlowNode>();
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == NodeKind.BoundaryEvent && i > 0 && kinds[ends[i] % i] == NodeKind.UserTask) nodes.Add(On(Id(i), Id(ends[i] % i)));
            else if (kinds[i] == NodeKind.SubProcess && inner is not null && !used)
            {
                used = true;
                nodes.Add(Node(Id(i), NodeKind.SubProcess) with { Body = inner.Processes[0].Body, TriggeredByEvent = laneOf[i] == 2 });
            }
            else nodes.Add(Node(Id(i), kinds[i] == NodeKind.BoundaryEvent ? NodeKind.UserTask : kinds[i]));
        }
        var flows = Enumerable.Range(0, ends.Length / 2).Select(k => (From: nodes[ends[2 * k]], To: nodes[ends[2 * k + 1]])).Where(p => p.To.AttachedTo is null)
            .DistinctBy(p => (p.From.Id, p.To.Id)).Select(p => Flow(p.From.Id, p.To.Id, p.From.Id)).ToList();
        int LaneOf(FlowNode node) => laneOf[int.Parse((node.AttachedTo ?? node.Id).Split('_')[1], System.Globalization.CultureInfo.InvariantCulture)];
        var bands = Enumerable.Range(0, lanes).Select(l => new Lane($"lane{l}", $"L{l}", null, [.. nodes.Where(n => LaneOf(n) == l).Select(n => n.Id)])).ToArray();
        return Model(new(nodes, flows, [new($"note{depth}", "textAnnotation", "a note")], [new($"assoc{depth}", $"note{depth}", nodes[0].Id)]), depth == 1 ? bands : []);
    }

    [Fact]
    public void Any_graph_is_drawn_without_boxes_on_boxes_or_lines_through_boxes() =>
        Prop.ForAll(Models(1).ToArbitrary(), model => Sound(Drawings.Faults(model, Diagram.Of(model)))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Lines_hardly_ever_run_on_top_of_each_other()
    {
        var (flows, overlaid) = (0, 0);
        foreach (var model in Models(1).Sample(300, 20))
        {
            flows += model.Processes[0].Body.AllFlows.Count();
            overlaid += Drawings.Overlaid(model.Processes[0].Body, Diagram.Of(model)).Count;
        }
        overlaid.ShouldBeLessThan(flows / 100, $"{overlaid} of {flows}");
    }

    static Property Sound(string? fault) => (fault is null).Label(fault ?? "");

    [Fact]
    public void The_same_model_is_drawn_the_same() =>
        Prop.ForAll(Models(1).ToArbitrary(), model => Diagram.Of(model).Edges.Values.SelectMany(e => e.Spots).SequenceEqual(Diagram.Of(model).Edges.Values.SelectMany(e => e.Spots))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Five_hundred_nodes_are_drawn_without_fault()
    {
        FlowNode[] nodes = [.. Enumerable.Range(0, 500).Select(i => Node($"n{i}", i % 5 == 0 ? NodeKind.ExclusiveGateway : NodeKind.UserTask))];
        var model = Model(Body(nodes, [.. Enumerable.Range(0, 499).Select(i => $"n{i} n{i + 1}"), .. Enumerable.Range(0, 90).Select(i => $"n{i * 5} n{Math.Min(499, i * 5 + 7 + i % 11)}"), "n400 n20", "n90 n10"]));
        Drawings.Faults(model, Diagram.Of(model)).ShouldBeNull();
    }
}
