using Evenhand.Bpmn.Model;

namespace Evenhand.Engines.Tests.Bpmn.Layout;

/// <summary>Short ways to write models, and what has to hold of every drawing.</summary>
internal static class Sketch
{
    internal static FlowNode Node(string id, NodeKind kind = NodeKind.UserTask, string? name = null) => new() { Id = id, Kind = kind, Name = name ?? id };

    internal static FlowNode On(string id, string host, EventKind kind = EventKind.Timer) =>
        new() { Id = id, Kind = NodeKind.BoundaryEvent, Name = id, AttachedTo = host, Event = new(kind) };

    internal static SequenceFlow Flow(string source, string target, string? name = null, string? condition = null) => new($"{source}-{target}", source, target, name, condition, 0);

    /// <summary>Flows written as `a b c`: from a to b, from b to c.</summary>
    internal static Body Body(FlowNode[] nodes, params string[] chains) =>
        new(nodes, [.. chains.Select(c => c.Split(' ')).SelectMany(c => c.Zip(c.Skip(1), (a, b) => Flow(a, b))).DistinctBy(f => f.Id)], [], []);

    internal static BpmnModel Model(Body body, params Lane[] lanes) => new() { Processes = [new("p", "P", true, 1, body) { Lanes = lanes }] };

    /// <summary>A leave request over four lanes, as a Chinese office would draw it.</summary>
    internal static BpmnModel Leave()
    {
        FlowNode[] nodes =
        [
            Node("start", NodeKind.StartEvent, "发起请假"), Node("fill", name: "填写请假申请"), Node("lead", name: "组长审批"),
            Node("ok", NodeKind.ExclusiveGateway, "同意吗?"), Node("long", NodeKind.ExclusiveGateway, "超过三天?"), Node("boss", name: "经理审批"),
            Node("ok2", NodeKind.ExclusiveGateway, "经理同意?"), Node("fork", NodeKind.ParallelGateway, null) with { Name = null }, Node("book", NodeKind.ServiceTask, "登记考勤并扣减年假余额"),
            Node("plan", NodeKind.BusinessRuleTask, "调整排班"), Node("join", NodeKind.ParallelGateway) with { Name = null }, Node("tell", NodeKind.SendTask, "通知申请人"),
            Node("end", NodeKind.EndEvent, "请假生效"), Node("no", NodeKind.EndEvent, "已驳回") with { Event = new(EventKind.Message) },
            On("late", "lead") with { Interrupting = false, Name = "24 小时未处理" }, Node("urge", NodeKind.SendTask, "催办"), Node("urged", NodeKind.EndEvent, null) with { Name = null },
        ];
        var body = Body(nodes, "start fill lead ok long fork book join tell end", "long boss ok2 fork", "fork plan join", "ok fill", "ok2 no", "late urge urged") is var b
            ? b with
            {
                Flows = [.. b.Flows.Select(f => f.Id switch { "ok-long" => f with { Name = "同意", Condition = "${ok}" }, "ok-fill" => f with { Name = "退回修改" }, "long-boss" => f with { Name = "是", Condition = "${days>3}" }, "long-fork" => f with { Name = "否" }, "ok2-no" => f with { Name = "不同意" }, "ok2-fork" => f with { Name = "同意" }, _ => f })],
                Artifacts = [new("note", "textAnnotation", "年假、病假、调休都走这个流程;紧急情况可以事后补办。")],
                Associations = [new("noted", "note", "fill")],
            }
            : throw new InvalidOperationException();
        return Model(body with { Nodes = [.. body.Nodes.Select(n => n.Id == "long" ? n with { DefaultFlow = "long-fork" } : n)] },
            new Lane("l1", "坐席", null, ["start", "fill", "end", "no"]), new Lane("l2", "组长", null, ["lead", "ok", "long", "urge", "urged"]),
            new Lane("l3", "经理", null, ["boss", "ok2"]), new Lane("l4", "人力资源", null, ["fork", "book", "plan", "join", "tell"])) with { Pools = [new("pool", "请假审批", "p")] };
    }
}
