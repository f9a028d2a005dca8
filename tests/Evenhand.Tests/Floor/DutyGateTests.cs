using System.Net.Http.Json;
using Evenhand.Dispatch.Presence;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

public sealed class DutyGateTests
{
    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Nobody_comes_on_duty_outside_the_roster_or_leaves_before_the_end_without_a_leader(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (agent, now) = (await centre.Agent("a1"), TimeProvider.System.GetUtcNow());
        centre.Roster.Published = [new RosteredDuty(agent, now.AddHours(-1), now.AddHours(3))];
        await centre.Reopen();
        var stranger = await centre.Desk("a2", onDuty: false);
        (await (await stranger.Act("sign-in")).CodeOf(409)).ShouldBe("dispatch.not-rostered");
        var desk = await centre.Desk("a1");
        (await (await desk.Act("sign-off")).CodeOf(409)).ShouldBe("dispatch.sign-off-needs-approval");
        var request = (await (await desk.Act("duty-requests", new { Kind = "sign-off", Reason = "孩子发烧" })).Json()).GetProperty("id").GetGuid();
        var (own, other) = (await centre.Centre.SignIn("team-leader", "T1"), await centre.Centre.SignIn("team-leader", "T2"));
        (await (await other.Decide(request, true, "同意")).CodeOf(404)).ShouldBe("routing.duty-request.not-found");
        (await own.Decide(request, true, "")).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await own.Decide(request, true, "同意，人手够")).IsSuccessStatusCode.ShouldBeTrue();
        (await desk.Act("sign-off")).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.SignedOut);
        var kept = await centre.Read(db => db.DutyOverrides.AsNoTracking().SingleAsync());
        (kept.AgentId, kept.What, kept.Reason).ShouldBe((agent, "sign-off", "同意，人手够"));
        (await desk.Act("sign-in")).IsSuccessStatusCode.ShouldBeTrue("still rostered");
        (await (await desk.Act("sign-off")).CodeOf(409)).ShouldBe("dispatch.sign-off-needs-approval", "an approval is used once");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_team_leaves_when_both_leaders_have_signed_the_handover(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        await centre.Read(async db =>
        {
            FloorCentre.Rule(db, RuleKind.Floor, Guid.Empty, FloorSettings.Usual with { GraceMinutes = 120 });
            await db.RaiseRules(default);
            return await db.SaveChangesAsync();
        });
        var now = TimeProvider.System.GetUtcNow();
        centre.Roster.Published = [new RosteredDuty(await centre.Agent("a1"), now.AddHours(-8), now.AddHours(1))];
        await centre.Reopen();
        var desk = await centre.Desk("a1");
        centre.Roster.Released = false;
        (await (await desk.Act("sign-off")).CodeOf(409)).ShouldBe("routing.not-released");
        centre.Roster.Released = true;
        (await desk.Act("sign-off")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Work_in_hand_is_handed_over_or_put_back_at_its_old_place(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1");
        var call = await centre.Arrive("c");
        (await desk.On(call, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        (await (await desk.Act("sign-off")).CodeOf(409)).ShouldBe("dispatch.work-in-hand");
        (await (await desk.Act("sign-off", new { Work = new[] { new { Contact = call } } })).CodeOf(409)).ShouldBe("dispatch.live-contact-cannot-wait");
        (await (await desk.Act("sign-off", new { Work = new[] { new { Contact = call, To = "b1" } } })).CodeOf(409)).ShouldBe("dispatch.colleague-not-free");
        await centre.Desk("b1");
        (await desk.Act("sign-off", new { Work = new[] { new { Contact = call, To = "b1" } } })).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("b1")).ShouldBe(EffectiveState.Talking);
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.SignedOut);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Breaks_go_in_the_order_of_asking_and_a_leader_may_send_somebody_with_a_reason(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (a1, a2) = (await centre.Desk("a1"), await centre.Desk("a2"));
        (await (await a1.Act("break", new { Reason = "rest" })).Json()).GetProperty("position").GetInt32().ShouldBe(0);
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.OnBreak);
        (await (await a2.Act("break", new { Reason = "meal" })).Json()).GetProperty("position").GetInt32().ShouldBe(1, "the team's cap is one");
        (await centre.StateOf("a2")).ShouldBe(EffectiveState.Available);
        (await a1.Act("state", new { State = "ready" })).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a2")).ShouldBe(EffectiveState.AtMeal);
        (await (await a1.Act("state", new { State = "training" })).CodeOf(409)).ShouldBe("routing.state-needs-leader");
        var leader = await centre.Centre.SignIn("team-leader", "T1");
        (await leader.PostAsJsonAsync($"{DeskCalls.Api}floor/agents/a1/state", new { State = "break", BreakReason = "rest", Reason = "连续通话两小时" })).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.OnBreak);
        var (agent, team) = (await centre.Agent("a1"), (await centre.Centre.Organisation()).UnitOf("T1"));
        var step = await centre.Read(db => db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent).OrderByDescending(s => s.Id).FirstAsync());
        (step.By, step.Reason).ShouldBe((Causer.Leader, "连续通话两小时"));
        (await centre.Look(f => f.BreaksOf(team).Away.Count)).ShouldBe(2);
        (await (await leader.PostAsJsonAsync($"{DeskCalls.Api}floor/agents/b1/state", new { State = "break", BreakReason = "rest", Reason = "x" })).CodeOf(404)).ShouldBe("routing.agent.not-found");
    }
}

internal static class LeaderCalls
{
    public static Task<HttpResponseMessage> Decide(this HttpClient client, Guid request, bool grant, string reason) =>
        client.PostAsJsonAsync($"{DeskCalls.Api}floor/duty-requests/{request}", new { Grant = grant, Reason = reason });
}
