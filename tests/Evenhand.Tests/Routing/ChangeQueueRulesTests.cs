using System.Net;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Queues;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

public sealed class ChangeQueueRulesTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Everything_that_is_laid_down_of_a_queue_reaches_the_router_and_the_change_is_kept(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var calendar = (await (await manager.PostRules("calendars", new { Name = "白班", Week = new { monday = "09:00-12:00, 13:00-18:00" } })).Json()).GetProperty("id").GetGuid();
        (await manager.PutRules("queues/sales", new
        {
            Routed = true, Channel = "call", Policy = "longest-idle", Priority = 50, AgeingPerMinute = 5, Weight = 1.5, ExpectedHandlingSeconds = 240, OfferSeconds = 15, WrapUpSeconds = 45, RetrySeconds = 60,
            LastAgentSeconds = 20, VipAgentSeconds = 40, Skills = new[] { new { Skill = "英语", Level = 3 } }, Certificates = new[] { "基金" }, Calendar = calendar, WhenClosed = "wait",
            Overflow = new[] { new { To = "service", AfterSeconds = 30, Closed = true } }, ServiceLevelSeconds = 15, ShortAbandonSeconds = 3, Version = 1,
        })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var all = await centre.Organisation();
        var (sales, service) = (all.Queues.Values.Single(q => q.Code == "sales").Id, all.Queues.Values.Single(q => q.Code == "service").Id);
        var rules = await centre.ReadRules();
        var queue = rules.Queues.Single(q => q.Id == sales);
        (queue.Policy, queue.Priority, queue.AgeingPerMinute, queue.Weight, queue.WhenClosed).ShouldBe((Policy.LongestIdle, 50, 5, 1.5, WhenClosed.Wait));
        (queue.ExpectedHandling, queue.OfferFor, queue.WrapUpFor, queue.RetrySameAgentAfter, queue.LastAgentFor, queue.VipAgentFor).ShouldBe((Seconds(240), Seconds(15), Seconds(45), Seconds(60), Seconds(20), Seconds(40)));
        queue.Skills.ShouldBe([new SkillNeed("英语", 3)]);
        queue.Certificates.ShouldBe(["基金"]);
        queue.Overflow.ShouldBe([new OverflowRule(service, Seconds(30), null, true)]);
        queue.Hours!.IsOpen(At("2026-06-01T12:30:00+08:00")).ShouldBeFalse("Monday's noon break");
        queue.Hours.IsOpen(At("2026-06-01T13:00:00+08:00")).ShouldBeTrue();
        (rules.Targets[sales].ServiceLevelSeconds, rules.Targets[sales].ShortAbandonSeconds).ShouldBe((15, 3));
        new Dispatcher(rules.Dispatch).SetQueues(rules.Queues, At("2026-06-01T12:30:00+08:00")).ShouldBeNull();
        var shown = await manager.GetRules("queues/sales");
        shown.GetProperty("rules").GetProperty("version").GetInt32().ShouldBe(2);
        shown.GetProperty("rules").GetProperty("policy").GetString().ShouldBe("longest-idle");
        var step = shown.GetProperty("history")[0];
        step.GetProperty("version").GetInt32().ShouldBe(2);
        step.GetProperty("by").GetString()!.ShouldStartWith("manager-");
        step.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("what")}: {c.GetProperty("before")} → {c.GetProperty("after")}").ShouldContain("优先级: 0 → 50");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_the_router_would_refuse_is_refused_before_it_is_kept(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        async Task<string?> Put(string queue, object body) => await (await manager.PutRules($"queues/{queue}", body)).CodeOf(409);
        (await Put("sales", new { Routed = true, Channel = "call", Overflow = new[] { new { To = "log", AfterSeconds = 30 } } })).ShouldBe("routing.overflow-target", "not routed");
        (await Put("sales", new { Routed = true, Channel = "call", Overflow = new[] { new { To = "sales", AfterSeconds = 30 } } })).ShouldBe("routing.rule-bounds", "itself");
        (await Put("sales", new { Routed = true, Channel = "call", Overflow = new[] { new { To = "service" } } })).ShouldBe("routing.overflow-when");
        (await Put("sales", new { Routed = true, Channel = "chat" })).ShouldBe("routing.channel-settled");
        (await Put("sales", new { Routed = true, Channel = "call", Skills = new[] { new { Skill = "英语", Level = 6 } } })).ShouldBe("routing.skill-unfit");
        (await Put("sales", new { Routed = true, Channel = "call", Certificates = new[] { "基金", "基金" } })).ShouldBe("routing.certificate-twice");
        (await Put("sales", new { Routed = true, Channel = "call", Version = 0 })).ShouldBe("routing.rules-changed-meanwhile");
        (await manager.PutRules("queues/sales", new { Routed = true, Channel = "call", Priority = 1001 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await manager.PutRules("queues/sales", new { Routed = true, Channel = "smoke" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await manager.PutRules("queues/sales", new { Routed = true, Channel = "call", Overflow = new[] { new { To = "service", AtLength = 5 } } })).EnsureSuccessStatusCode();
        (await Put("service", new { Routed = false, Channel = "call" })).ShouldBe("routing.queue-helps");
        (await (await manager.PutRules("queues/nowhere", new { Routed = true, Channel = "call" })).CodeOf(404)).ShouldBe("routing.queue.not-found");
        (await manager.GetRules("queues/sales")).GetProperty("history").GetArrayLength().ShouldBe(2);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_manager_makes_a_queue_of_chats_and_of_work_items_that_is_routed_at_once(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        (await manager.PostRules("queues", new { Code = "orders-online", Name = "订单", Channel = "work-item" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await manager.PostRules("queues", new { Code = "orders-online", Name = "订单", Channel = "chat" })).CodeOf(409)).ShouldBe("routing.queue-there");
        (await (await manager.PostRules("queues", new { Code = "a b", Name = "订单", Channel = "chat" })).CodeOf(409)).ShouldBe("routing.queue-code-unfit");
        var rules = await centre.ReadRules();
        var queue = rules.Queues.Single(q => q.Channel == Channel.WorkItem);
        (queue.OfferFor, queue.WrapUpFor, rules.Targets[queue.Id].ServiceLevelSeconds).ShouldBe((Seconds(60), TimeSpan.Zero, 1800));
        var rows = (await manager.GetRules("queues?routed=true")).GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("code").GetString()).ToList();
        rows.ShouldBe(["sales", "service", "orders-online"], ignoreOrder: true);
        (await manager.GetRules("queues?channel=work-item")).GetProperty("total").GetInt64().ShouldBe(1);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_leader_reads_the_rules_and_changes_none_and_an_agent_does_neither(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (leader, agent, unitManager) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("agent", agent: "a1"), await centre.SignIn("manager", "D1"));
        (await leader.GetAsync($"{RuleCentre.Rules}/queues")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await leader.PutRules("queues/sales", new { Routed = false, Channel = "call" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await unitManager.PutRules("queues/sales", new { Routed = false, Channel = "call" })).CodeOf(403)).ShouldBe("routing.configure.not-allowed", "queues are the whole centre's");
        (await (await unitManager.PostRules("queues", new { Code = "q", Name = "q", Channel = "chat" })).CodeOf(403)).ShouldBe("routing.configure.not-allowed");
        (await agent.GetAsync($"{RuleCentre.Rules}/queues")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await centre.ReadRules()).Queues.Count.ShouldBe(2);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
