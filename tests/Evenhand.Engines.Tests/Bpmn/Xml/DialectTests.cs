using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>What files of each dialect say arrives in the model.</summary>
public sealed class DialectTests
{
    private static readonly BpmnModel Camunda = BpmnFile.Read(Samples.Camunda).File!.Model;
    private static readonly BpmnModel Zeebe = BpmnFile.Read(Samples.Zeebe).File!.Model;
    private static readonly BpmnModel Flowable = BpmnFile.Read(Samples.Flowable).File!.Model;

    [Fact]
    public void The_file_its_process_pools_and_lanes()
    {
        (Camunda.Id, Camunda.Name, Camunda.TargetNamespace, Camunda.Exporter).ShouldBe(("d", "Complaints", "urn:t", "By hand"));
        var process = Camunda.Processes.ShouldHaveSingleItem();
        (process.Id, process.Name, process.IsExecutable, process.VersionTag, process.CandidateStarters, process.Documentation, process.Line)
            .ShouldBe(("p", "Complaint", true, "v3", "ann,agents", "What to do", 16));
        process.Lanes.Select(l => (l.Id, l.Name, l.Parent, string.Join(' ', l.Nodes))).ShouldBe([("outer", "Front", null, "start"), ("inner", null, "outer", "check")]);
        Camunda.Pools.ShouldBe([new("pool", "Centre", "p"), new("box", "Customer", null)]);
        Camunda.MessageFlows.ShouldBe([new("mf", "box", "pool", "calls")]);
        Camunda.EventNames.Values.ShouldBe([new("paid", EventKind.Message, "Paid", null, null, 5), new("stop", EventKind.Signal, "stop-${region}", null, null, 6),
            new("broken", EventKind.Error, "Broken", "E1", null, 7), new("late", EventKind.Escalation, "Late", "L1", null, 8)]);
        process.Body.Artifacts.ShouldBe([new("note", "textAnnotation", "Mind"), new("grp", "group", "Group name")]);
        process.Body.Associations.ShouldBe([new("as", "work", "undoWork")]);
        process.Body.Flows.Select(f => (f.Id, f.Name, f.Condition)).ShouldBe([("f1", null, null), ("f2", "else", null), ("f3", null, "${amount > 100}")]);
        Zeebe.Processes[0].VersionTag.ShouldBe("v9");
        Zeebe.EventNames["m"].CorrelationKey.ShouldBe("= key");
    }

    [Fact]
    public void What_points_nowhere_is_warned_of()
    {
        Camunda.Findings.Select(f => f.ToString()).ShouldBe([
            "Note extension-not-run (taskListener) at check, line 36", "Warning dangling-reference (nowhere) at f4, line 46",
            "Warning dangling-reference (gone) at inner, line 20", "Warning dangling-reference (nobody) at lost, line 14", "Warning drawing-number (x, one), line 84",
        ], ignoreOrder: true);
        Flowable.Findings.Select(f => f.ToString()).ShouldBe([
            "Warning dangling-reference (E7) at h, line 16", "Warning dangling-reference (missing) at h, line 16", "Warning unknown-element (mystery) at what, line 18",
        ]);
    }

    [Fact]
    public void Tasks_for_people()
    {
        var check = Node("check");
        check.Task.ShouldBeEquivalentTo(new TaskSpec
        {
            Assignee = "${starter}", CandidateUsers = "a, b", CandidateGroups = "g", DueDate = "P3D", FollowUpDate = "P1D", Priority = "70", FormKey = "form:1",
            Policies = check.Task!.Policies,
        });
        check.Task.Policies.OrderBy(p => p.Key).ShouldBe([new("ratio", "0.6"), new("vote", "all")]);
        check.DefaultFlow.ShouldBe("f2");
        check.Properties.OrderBy(p => p.Key).ShouldBe([new("asyncBefore", "true"), new("colour", "red")]);
        check.Inputs.ShouldBe([new("plain", null, "${order.id}"), new("list", null, "=[\"a\\\"b\", x]"), new("map", null, "={\"k\": \"v\"}"), new("code", null, "${1 + 1}")]);
        check.Outputs.ShouldBe([new("out", null, "${decision}")]);
        check.Loop.ShouldBe(new(LoopKind.Sequential, 38) { Collection = "people", ElementVariable = "person", Condition = "${nrOfCompletedInstances > 1}" });

        var task = Node("u", Zeebe).Task!;
        (task.Assignee, task.CandidateUsers, task.CandidateGroups, task.FormKey, task.DueDate, task.FollowUpDate, task.Priority)
            .ShouldBe(("=who", "= [\"a\"]", "g1,g2", "f1", "= due", "= later", "60"));
        Node("u", Zeebe).Inputs.ShouldBe([new("c", null, "= a.b"), new("d.e", null, "text")]);
        Node("u", Zeebe).Outputs.ShouldBe([new("s", null, "= r")]);
        Node("u", Zeebe).Properties["k"].ShouldBe("v");

        (Node("u", Flowable).Task!.Assignee, Node("u", Flowable).SkipExpression, Node("u", Flowable).Properties["category"]).ShouldBe(("${a}", "${skip}", "c"));
        var given = Node("v", Flowable).Task!;
        (given.Assignee, given.CandidateUsers, given.CandidateGroups).ShouldBe(("kermit", "a,${f(1,2)}", "x,b,c"));
    }

    [Fact]
    public void What_is_asked_of_the_host()
    {
        var mail = Node("work").Service!;
        (mail.Kind, mail.Text, mail.Fields["to"], mail.Fields["cc"], Node("work").Properties["failedJobRetryTimeCycle"]).ShouldBe(("topic", "mail", "x", "${y}", "R5/PT5M"));
        Asked("rule", Camunda).ShouldBe(("decision", "dish", "meal", null));
        Asked("s", Zeebe).ShouldBe(("type", "mail", null, "5"));
        Node("s", Zeebe).Service!.Fields["h"].ShouldBe("1");
        Asked("b", Zeebe).ShouldBe(("decision", "risk", "r", null));
        Asked("x", Flowable).ShouldBe(("expression", "${bean.run()}", "r", null));
        Asked("y", Flowable).ShouldBe(("type", "http", null, null));
        Node("calc").Script.ShouldBe(new("juel", "${1 + 2}", "r"));
        Node("x", Zeebe).Script.ShouldBe(new("feel", "= 1 + 1", "two"));

        static (string, string, string?, string?) Asked(string id, BpmnModel model) =>
            Node(id, model).Service is { } s ? (s.Kind, s.Text, s.ResultVariable, s.Retries) : throw new ShouldAssertException(id);
    }

    [Fact]
    public void Calls_hand_over_what_their_dialect_means()
    {
        var call = Node("call").Call!;
        (call.Element, call.Binding, call.Version, call.BusinessKey, call.PassesAll).ShouldBe(("child", "version", "3", "#{key}", false));
        call.In.ShouldBe([new("", null, null, true), new("b", null, "${a + 1}")]);
        call.Out.ShouldBe([new("d", "c", null)]);
        Node("all", Zeebe).Call!.PassesAll.ShouldBeTrue();
        var some = Node("some", Zeebe).Call!;
        (some.Binding, some.In.Count, some.Out.Count, some.PassesAll).ShouldBe(("deployment", 1, 0, false));
        var inherits = Node("c", Flowable).Call!;
        (inherits.In.Count, inherits.Out.Count, inherits.PassesAll, inherits.Binding, inherits.BusinessKey).ShouldBe((1, 0, false, "deployment", "${k}"));
        var plain = Node("n", Flowable).Call!;
        (plain.Element, plain.In.Count, plain.Out.Count, plain.PassesAll).ShouldBe(("${child}", 0, 0, false));
    }

    [Fact]
    public void Events_of_every_kind()
    {
        Event("start").ShouldBe((EventKind.Message, "paid", null, null));
        Event("slow").ShouldBe((EventKind.Timer, null, TimerKind.Cycle, "R3/PT1H"));
        (Node("slow").AttachedTo, Node("slow").Interrupting, Node("fail").Interrupting, Node("fail").Event!.CodeVariable).ShouldBe(("check", false, true, "code"));
        Event("sig").ShouldBe((EventKind.Signal, "stop", null, null));
        (Node("sig").Interrupting, Node("onSignal").TriggeredByEvent).ShouldBe((false, true));
        Event("thrown").ShouldBe((EventKind.Escalation, "late", null, null));
        Event("goto").ShouldBe((EventKind.Link, "L", null, null));
        Event("when").ShouldBe((EventKind.Conditional, null, null, "${n == 1}"));
        Node("when").Event!.VariableName.ShouldBe("n");
        Event("undo").ShouldBe((EventKind.Compensation, "work", null, null));
        (Node("undo").Event!.WaitForCompletion, Node("undoWork").IsForCompensation).ShouldBe((false, true));
        Event("two").Item1.ShouldBe(EventKind.Multiple);
        Node("two").Event!.Names.ShouldBe(["terminateEventDefinition", "cancelEventDefinition"]);
        (Node("wait").MessageRef, Node("wait").Instantiates).ShouldBe(("paid", true));
        (Node("h", Flowable).AttachedTo, Node("h", Flowable).Event!.Reference).ShouldBe((null, "E7"));
        (Node("par", Flowable).Event!.Kind, Node("par", Flowable).Properties["parallelMultiple"]).ShouldBe((EventKind.Multiple, "true"));
        (Node("dance", Flowable).Kind, Node("dance", Flowable).ElementName).ShouldBe((NodeKind.Unsupported, "choreographyTask"));

        static (EventKind, string?, TimerKind?, string?) Event(string id) => Node(id).Event is { } e ? (e.Kind, e.Reference, e.Timer, e.Text) : throw new ShouldAssertException(id);
    }

    [Fact]
    public void Loops_and_sub_processes()
    {
        Node("again").Loop.ShouldBe(new(LoopKind.Standard, 71) { Cardinality = "3", Condition = "${more}", TestBefore = true });
        Node("free").AdHoc.ShouldBe(new(true, "${done}", false, null));
        Node("free", Zeebe).AdHoc.ShouldBe(new(false, null, true, "= ids"));
        Node("many", Zeebe).Loop.ShouldBe(new(LoopKind.Parallel, 16) { Collection = "= items", ElementVariable = "item", OutputCollection = "results", OutputElement = "= result" });
        Node("u", Flowable).Loop.ShouldBe(new(LoopKind.Parallel, 5) { Cardinality = "3", ElementVariable = "e" });
        Node("u", Flowable).Properties["elementIndexVariable"].ShouldBe("i");
        Node("w", Flowable).Loop.ShouldBe(new(LoopKind.Parallel, 11) { Collection = "list", ElementVariable = "one" });
        Node("sub").Body!.Nodes.Select(n => n.Id).ShouldBe(["onSignal", "thrown", "two"]);
    }

    [Fact]
    public void Flows_without_ids_get_the_same_ones_at_every_reading() =>
        Flowable.Processes[0].Body.Flows.Select(f => (f.Id, f.Source, f.Target)).ShouldBe([("_3_sequenceFlow", "s", "u"), ("_3_sequenceFlow_2", "u", "v")]);

    [Fact]
    public void Drawings()
    {
        Camunda.Shapes["start"].ShouldBe(new("start", new(10, 20.5, 36, 36), new(1, 2, 3, 4)));
        (Camunda.Shapes["sub"].IsExpanded, Camunda.Shapes["free"].IsExpanded, Camunda.Shapes["pool"].IsHorizontal).ShouldBe((false, true, false));
        Camunda.Shapes.ContainsKey("work").ShouldBeFalse();
        Camunda.Edges.Keys.ShouldBe(["f1"]);
        Camunda.Edges["f1"].Spots.ShouldBe([new(46, 38), new(100, 38)]);
    }

    [Fact]
    public void Every_dialect_survives_being_written_afresh()
    {
        foreach (var model in new[] { Camunda, Zeebe, Flowable })
        {
            var again = BpmnFile.Read(BpmnWriter.Write(model)).File!.Model;
            ModelText.Of(again).ShouldBe(ModelText.Of(model));
        }
    }

    private static FlowNode Node(string id, BpmnModel? model = null) => (model ?? Camunda).Processes.SelectMany(p => p.Body.AllNodes).Single(n => n.Id == id);
}
