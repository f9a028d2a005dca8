using Evenhand.Routing.Contracts;
using Evenhand.Routing.Help;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Talk;

public sealed class HelpTests
{
    [Fact]
    public void What_may_follow_what()
    {
        HelpStates.After(HelpState.Waiting, HelpAct.Take).Value.ShouldBe(HelpState.Taken);
        HelpStates.After(HelpState.Taken, HelpAct.Take, "张三").Refusal!.ToString().ShouldBe("routing.help-taken(张三)");
        HelpStates.After(HelpState.Taken, HelpAct.GiveBack).Value.ShouldBe(HelpState.Waiting);
        HelpStates.After(HelpState.Taken, HelpAct.Answer).Value.ShouldBe(HelpState.Answered);
        HelpStates.After(HelpState.Waiting, HelpAct.Record).Refusal!.Code.ShouldBe("routing.help-not-answered");
        HelpStates.After(HelpState.Answered, HelpAct.Record).Value.ShouldBe(HelpState.Recorded);
        foreach (var act in Enum.GetValues<HelpAct>()) HelpStates.After(HelpState.Recorded, act).Refusal!.Code.ShouldBe("routing.help-over");
        foreach (var act in Enum.GetValues<HelpAct>()) HelpStates.After(HelpState.Withdrawn, act).Refusal!.Code.ShouldBe("routing.help-over");
        var now = DateTimeOffset.UnixEpoch;
        HelpStates.Escalated(1, now, TimeSpan.FromSeconds(60)).ShouldBe((2, now.AddSeconds(60)));
        HelpStates.Escalated(2, now, TimeSpan.FromSeconds(60)).ShouldBe((3, null));
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Help_is_asked_on_hold_taken_by_one_of_many_answered_recorded_and_announced(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (leader, second, stranger) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"));
        var (desk, call) = await centre.Talking();
        var help = await desk.Send("desk/help", new { Kind = "hold", Contact = call }).Id();
        (await desk.Send("desk/help", new { Kind = "hold", Contact = call }).Id()).ShouldBe(help, "the second click");
        (await centre.Floor.StateOf("a1")).ShouldBe(Dispatch.Presence.EffectiveState.Holding);
        (await TalkCentre.Bells(leader)).ShouldContain("A1 求助：客户正在保持");
        (await TalkCentre.Bells(stranger)).ShouldBeEmpty();
        var row = (await leader.Look("help"))[0];
        row.GetProperty("state").GetString().ShouldBe("waiting");
        (row.GetProperty("heldAt").ValueKind, row.GetProperty("holdLimit").GetInt32()).ShouldBe((System.Text.Json.JsonValueKind.String, 120));
        (await stranger.Look("help")).GetArrayLength().ShouldBe(0);
        await stranger.Send($"help/{help}/take").Refused("routing.help.not-found", 404);
        (await desk.Send($"help/{help}/take")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? leader : second).Send($"help/{help}/take")));
        var kept = await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync(h => h.Id == help));
        (await centre.Read(db => db.HelpSteps.CountAsync(s => s.HelpId == help && s.What == "taken"))).ShouldBe(1, "exactly one took it");
        answers.Count(a => !a.IsSuccessStatusCode).ShouldBeGreaterThanOrEqualTo(4, "the other leader never has it");
        foreach (var lost in answers.Where(a => !a.IsSuccessStatusCode)) (await lost.CodeOf(409)).ShouldBe("routing.help-taken");
        var winner = (await leader.Send($"help/{help}/take")).IsSuccessStatusCode ? leader : second;
        var loser = winner == leader ? second : leader;
        kept.TakenAt.ShouldNotBeNull();
        (await TalkCentre.Bells(desk)).ShouldContain($"{kept.TakenBy} 正在赶来");

        await loser.Send($"help/{help}/answer").Refused("routing.help-taken");
        await winner.Send($"help/{help}/record", new { Problem = "退款", Answer = "走审批" }).Refused("routing.help-not-answered");
        await winner.Send($"help/{help}/answer").Succeeds();
        await desk.On(call, "resume").Succeeds();
        await winner.Send($"help/{help}/record", new { Problem = "客户要求当天退款" }).Refused("routing.help-needs-answer");
        await winner.Send($"help/{help}/record", new { Problem = "客户要求当天退款", Answer = "班长可批 200 元以内", Announce = true, Systematic = true }).Succeeds();
        await winner.Send($"help/{help}/record", new { Problem = "x", Answer = "y" }).Refused("routing.help-over");
        (await TalkCentre.Bells(desk)).ShouldContain("新公告：客户要求当天退款");
        var team = (await centre.Centre.Organisation()).UnitOf("T1");
        var (from, to) = (centre.Clock.GetUtcNow().AddHours(-1), centre.Clock.GetUtcNow().AddHours(1));
        var handed = await centre.Centre.Do(s => s.GetRequiredService<IEscalations>().Between(from, to, [team], default));
        var note = handed.ShouldHaveSingleItem();
        (note.Problem, note.Answer, note.Recorded, note.Systematic, note.OnHold, note.Level).ShouldBe(("客户要求当天退款", "班长可批 200 元以内", true, true, true, 1));
        note.AnnouncementId.ShouldNotBeNull();
        (await centre.Centre.Do(s => s.GetRequiredService<IEscalations>().Between(from, to, [Guid.CreateVersion7()], default))).ShouldBeEmpty();
        (await centre.Read(db => db.HelpSteps.Where(s => s.HelpId == help).OrderBy(s => s.Id).Select(s => s.What).ToListAsync())).ShouldBe(["asked", "taken", "answered", "recorded"]);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_nobody_takes_goes_up_once_a_level_over_restarts_and_nodes(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (leader, floor, manager, other) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("floor-manager", "D1"), await centre.SignIn("manager"), await centre.SignIn("floor-manager", "T3"));
        var (desk, call) = await centre.Talking();
        var help = await desk.Send("desk/help", new { Kind = "hold", Contact = call }).Id();
        (await centre.Due()).ShouldBe(0);
        (await TalkCentre.Bells(floor)).ShouldBeEmpty();
        centre.Clock.Move(TimeSpan.FromSeconds(61));
        await centre.Floor.Reopen();
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0, "another node, the same second");
        (await TalkCentre.Bells(floor)).ShouldHaveSingleItem().ShouldStartWith("A1 的求助");
        (await TalkCentre.Bells(manager)).ShouldBeEmpty();
        (await TalkCentre.Bells(other)).ShouldBeEmpty();
        centre.Clock.Move(TimeSpan.FromSeconds(61));
        var raised = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => centre.Centre.Do(s => s.GetRequiredService<EscalateHelp>().Run(default))));
        raised.Sum().ShouldBe(1, "four at once without a lease");
        (await TalkCentre.Bells(manager)).Count.ShouldBe(1);
        centre.Clock.Move(TimeSpan.FromMinutes(30));
        (await centre.Due()).ShouldBe(0, "nobody is above the manager");
        await manager.Send($"help/{help}/take").Succeeds();
        await manager.Send($"help/{help}/give-back").Succeeds();
        await leader.Send($"help/{help}/take").Succeeds();
        (await centre.Read(db => db.HelpSteps.Where(s => s.HelpId == help).OrderBy(s => s.Id).Select(s => s.What).ToListAsync())).ShouldBe(["asked", "escalated", "escalated", "taken", "given-back", "taken"]);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_problem_goes_up_without_hold_and_the_agent_may_take_it_back(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (desk, _) = await centre.Talking();
        await desk.Send("desk/help", new { Kind = "hold" }).Refused("routing.contact-not-in-hand");
        await desk.Send("desk/help", new { Kind = "hold", Contact = Guid.CreateVersion7() }).Refused("routing.contact-not-in-hand");
        await desk.Send("desk/help", new { Kind = "escalation" }).Refused("routing.help-needs-problem");
        var help = await desk.Send("desk/help", new { Kind = "escalation", Problem = "系统里查不到库存" }).Id();
        (await centre.Floor.StateOf("a1")).ShouldBe(Dispatch.Presence.EffectiveState.Talking, "nobody is put on hold");
        var stranger = await centre.Floor.Desk("a2");
        await stranger.Send($"desk/help/{help}/withdraw").Refused("routing.help.not-found", 404);
        await desk.Send($"desk/help/{help}/withdraw").Succeeds();
        await desk.Send($"desk/help/{help}/withdraw").Succeeds();
        await (await centre.SignIn("team-leader", "T1")).Send($"help/{help}/take").Refused("routing.help-over");
        (await desk.Send("desk/help", new { Kind = "escalation", Problem = "又来了" }).Id()).ShouldNotBe(help, "asking again is another request");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Help_on_hold_is_called_although_something_else_is_open_and_the_customer_is_held(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var leader = await centre.SignIn("team-leader", "T1");
        var (desk, call) = await centre.Talking();
        var problem = await desk.Send("desk/help", new { Kind = "escalation", Problem = "系统里查不到库存" }).Id();
        (await desk.Send("desk/help", new { Kind = "escalation", Problem = "系统里查不到库存" }).Id()).ShouldBe(problem, "the second click");
        await leader.Send($"help/{problem}/take").Succeeds();
        var asked = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => desk.Send("desk/help", new { Kind = "hold", Contact = call })));
        var help = await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync(h => h.OpenOf != null));
        foreach (var answer in asked.Where(a => a.IsSuccessStatusCode)) (await answer.Json()).GetProperty("id").GetGuid().ShouldBe(help.Id);
        asked.ShouldContain(a => a.IsSuccessStatusCode);
        (await centre.Floor.StateOf("a1")).ShouldBe(Dispatch.Presence.EffectiveState.Holding);
        (help.Kind, help.ContactId, help.State, help.Problem).ShouldBe(("hold", (Guid?)call, HelpState.Waiting, "系统里查不到库存"));
        (await TalkCentre.Bells(leader)).Count(b => b == "A1 求助：客户正在保持").ShouldBe(1);
        (await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync(h => h.Id == problem))).State.ShouldBe(HelpState.Withdrawn);
        (await leader.Look("help")).GetArrayLength().ShouldBe(1);

        await desk.On(call, "resume").Succeeds();
        (await desk.Send("desk/help", new { Kind = "hold", Contact = call }).Id()).ShouldBe(help.Id);
        (await centre.Floor.StateOf("a1")).ShouldBe(Dispatch.Presence.EffectiveState.Holding, "asked once more, held once more");
        await desk.On(call, "end").Succeeds();
        await desk.On(call, "complete", new { WrapUp = "resolved" }).Succeeds();
        var (_, next) = await centre.Talking(desk: desk);
        (await desk.Send("desk/help", new { Kind = "hold", Contact = next }).Id()).ShouldNotBe(help.Id, "the older one was about another customer");
        (await centre.Floor.StateOf("a1")).ShouldBe(Dispatch.Presence.EffectiveState.Holding);
        (await TalkCentre.Bells(leader)).Count(b => b == "A1 求助：客户正在保持").ShouldBe(2);
        (await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync(h => h.OpenOf != null))).ContactId.ShouldBe(next);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Help_that_is_taken_and_not_answered_goes_up_and_help_on_hold_ends_with_its_contact(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (leader, floor, manager) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("floor-manager", "D1"), await centre.SignIn("manager"));
        var (desk, call) = await centre.Talking();
        var help = await desk.Send("desk/help", new { Kind = "hold", Contact = call }).Id();
        await leader.Send($"help/{help}/take").Succeeds();
        centre.Clock.Move(TimeSpan.FromSeconds(200));
        (await centre.Due()).ShouldBe(0, "who comes has time to answer");
        centre.Clock.Move(TimeSpan.FromSeconds(101));
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0);
        (await TalkCentre.Bells(floor)).ShouldHaveSingleItem().ShouldContain("接手后没有解答");
        await leader.Send($"help/{help}/answer").Refused("routing.help-not-taken");
        await floor.Send($"help/{help}/take").Succeeds();
        centre.Clock.Move(TimeSpan.FromSeconds(301));
        (await centre.Due()).ShouldBe(1);
        (await TalkCentre.Bells(manager)).ShouldHaveSingleItem().ShouldContain("接手后没有解答");
        await manager.Send($"help/{help}/take").Succeeds();
        await desk.On(call, "end").Succeeds();
        (await centre.Due()).ShouldBe(0, "the contact still has its work");
        await desk.On(call, "complete", new { WrapUp = "resolved" }).Succeeds();
        (await centre.Due()).ShouldBe(1);
        var kept = await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync());
        (kept.State, kept.OpenOf, kept.DueAt, kept.AnsweredAt).ShouldBe((HelpState.Answered, null, null, null), "who took it writes down what it was");
        await manager.Send($"help/{help}/record", new { Problem = "退款", Answer = "客户已挂机" }).Succeeds();

        await desk.Send("desk/beat").Succeeds();
        await desk.Act("state", new { State = "ready" });
        var (_, next) = await centre.Talking(desk: desk);
        var second = await desk.Send("desk/help", new { Kind = "hold", Contact = next }).Id();
        await desk.On(next, "end").Succeeds();
        await desk.On(next, "complete", new { WrapUp = "resolved" }).Succeeds();
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0);
        (await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync(h => h.Id == second))).State.ShouldBe(HelpState.Withdrawn);
        await leader.Send($"help/{second}/take").Refused("routing.help-over");
    }
}
