using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Talk;

public sealed class CallBackTests
{
    [Fact]
    public void When_a_peak_begins_lasts_and_is_over_and_what_an_attempt_leads_to()
    {
        var (rules, t) = (new PeakRules(10, 120, 5, 3), DateTimeOffset.UnixEpoch);
        PromiseStates.PeakSince(null, 11, 121, rules, t).ShouldBe(t);
        PromiseStates.PeakSince(null, 10, 500, rules, t).ShouldBeNull("ten is not more than ten");
        PromiseStates.PeakSince(null, 50, 120, rules, t).ShouldBeNull("nobody waits too long");
        PromiseStates.PeakSince(t, 11, 121, rules, t.AddMinutes(4)).ShouldBe(t, "it goes on");
        PromiseStates.PeakSince(t, 9, 121, rules, t.AddMinutes(4)).ShouldBeNull("one look below ends it");
        PromiseStates.Lasts(t, rules, t.AddSeconds(299)).ShouldBeFalse();
        PromiseStates.Lasts(t, rules, t.AddSeconds(300)).ShouldBeTrue();
        PromiseStates.Lasts(null, rules, t).ShouldBeFalse();
        PromiseStates.CalmSince(null, 3, rules, t).ShouldBe(t);
        PromiseStates.CalmSince(t, 4, rules, t).ShouldBeNull();
        PromiseStates.After(true, 1, 3, t, TimeSpan.FromMinutes(30)).ShouldBe((PromiseState.Reached, null));
        PromiseStates.After(false, 2, 3, t, TimeSpan.FromMinutes(30)).ShouldBe((PromiseState.Pending, t.AddMinutes(30)));
        PromiseStates.After(false, 3, 3, t, TimeSpan.FromMinutes(30)).ShouldBe((PromiseState.Exhausted, null));
        PromiseStates.IsOverdue(PromiseState.Pending, 0, t, t).ShouldBeTrue();
        PromiseStates.IsOverdue(PromiseState.Pending, 1, t, t.AddHours(1)).ShouldBeFalse("somebody has called");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task At_a_peak_numbers_are_taken_and_the_mode_ends_only_when_every_promise_is_kept(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        (await leader.Send("call-back-modes", new { Teams = new[] { "T1" }, Reason = "高峰" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        var desk = await centre.Floor.Desk("a1");
        await manager.Send("call-back-modes", new { Teams = new[] { "D1" }, Reason = "高峰" }).Refused("routing.unit-unknown");
        await manager.Send("call-back-modes", new { Teams = new[] { "T1" }, Reason = "促销高峰" }).Succeeds();
        await manager.Send("call-back-modes", new { Teams = new[] { "T1" }, Reason = "again" }).Refused("routing.call-back-mode-on");
        var (_, call) = await centre.Talking(desk: desk);
        (await TalkCentre.Bells(desk)).ShouldBe(["本组已切换为登记回拨：促销高峰"]);
        var promised = await (await desk.Send($"desk/contacts/{call}/call-back", new { About = "查订单" })).Json();
        var again = await (await desk.Send($"desk/contacts/{call}/call-back")).Json();
        again.GetProperty("id").GetGuid().ShouldBe(promised.GetProperty("id").GetGuid(), "the second click");
        (await centre.Floor.StateOf("a1")).ShouldBe(EffectiveState.Available);
        (await centre.Read(db => db.FloorContacts.AsNoTracking().SingleAsync(c => c.Id == call))).WrapUpCode.ShouldBe("call-back");
        var item = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync());
        (item.Type, item.State, item.Values["phone"], item.Values["about"]).ShouldBe(("call-back", "waiting", "13800007468", "查订单"));
        item.Customer.ShouldBe("13800007468", "it stands on the customer's card");
        var (_, second) = await centre.Talking(desk: desk);
        (await (await desk.Send($"desk/contacts/{second}/call-back", new { Phone = "+86 138 0000 7468" })).Json()).GetProperty("joined").GetBoolean().ShouldBeTrue("the same number has one open promise");
        (await centre.Read(db => db.Promises.AsNoTracking().SingleAsync())).Asked.ShouldBe(2);
        (await centre.Centre.Do(s => s.GetRequiredService<IPromises>().Open(default))).Pending.ShouldBe(1);

        var mode = (await manager.Look("call-backs")).GetProperty("modes")[0].GetProperty("id").GetGuid();
        await manager.Send($"call-back-modes/{mode}/done").Refused("routing.peak-not-ended");
        await manager.Send($"call-back-modes/{mode}/end-peak").Succeeds();
        await manager.Send($"call-back-modes/{mode}/done").Refused("routing.promises-open");
        (await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync())).State.ShouldBe("new");
        await centre.Centre.CatchUp();
        var work = await Offered(centre, item.Id);
        (await centre.Floor.Look(f => f.Routed(work)!.Agent)).ShouldBe(await centre.Floor.Agent("a1"), "who promised is asked first");
        await desk.On(work, "accept").Succeeds();
        await desk.Send($"call-backs/{promised.GetProperty("id").GetGuid()}/attempts", new { Result = "reached", Attempts = 0 }).Succeeds();
        (await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync())).State.ShouldBe("done");
        (await centre.Read(db => db.FloorContacts.AsNoTracking().SingleAsync(c => c.Id == work))).Outcome.ShouldBe("completed");
        await manager.Send($"call-back-modes/{mode}/done").Succeeds();
        (await centre.Centre.Do(s => s.GetRequiredService<IPromises>().Open(default))).ShouldSatisfyAllConditions(c => c.Pending.ShouldBe(0), c => c.EarliestDue.ShouldBeNull());
        await manager.Send("call-back-modes", new { Teams = new[] { "T1" }, Reason = "下一个高峰" }).Succeeds();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Nobody_reached_is_tried_again_until_a_leader_decides(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (manager, leader, stranger) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"));
        await TalkCentre.Settle(manager, attempts: 2, retryMinutes: 10).Succeeds();
        var (desk, call) = await centre.Talking();
        var id = await desk.Send($"desk/contacts/{call}/call-back", new { Minutes = 5 }).Id();
        await leader.Send($"call-backs/{id}/decision", new { GiveUp = true, Reason = "算了" }).Refused("routing.promise-not-tried");
        centre.Clock.Move(TimeSpan.FromMinutes(6));
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0);
        (await TalkCentre.Bells(leader)).ShouldBe(["138****7468 的回拨已超时"]);
        (await centre.Centre.Do(s => s.GetRequiredService<IPromises>().Open(default))).Overdue.ShouldBe(1);
        (await centre.Centre.Do(s => s.GetRequiredService<IFloorTallies>().Open("call-back", centre.Clock.GetUtcNow(), default))).Sum(w => w.Overdue).ShouldBe(1, "a wall counts what was promised, not what the type of item allows");
        await stranger.Send($"call-backs/{id}/attempts", new { Result = "no-answer", Attempts = 0 }).Refused("routing.promise.not-found", 404);
        var twice = await Task.WhenAll(desk.Send($"call-backs/{id}/attempts", new { Result = "no-answer", Attempts = 0 }), leader.Send($"call-backs/{id}/attempts", new { Result = "busy", Attempts = 0 }));
        twice.Count(a => a.IsSuccessStatusCode).ShouldBe(1, "one attempt is one attempt");
        var item = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync());
        item.State.ShouldBe("waiting");
        (await centre.Due()).ShouldBe(0);
        await centre.Floor.Reopen();
        centre.Clock.Move(TimeSpan.FromMinutes(11));
        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => centre.Centre.Do(s => s.GetRequiredService<FollowPromises>().Run(default))))).Sum().ShouldBe(1);
        (await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync())).State.ShouldBe("new");
        await desk.Send($"call-backs/{id}/attempts", new { Result = "busy", Attempts = 1 }).Succeeds();
        await desk.Send($"call-backs/{id}/attempts", new { Result = "busy", Attempts = 2 }).Refused("routing.promise-exhausted-refusal");
        (await TalkCentre.Bells(leader))[0].ShouldBe("138****7468 打了 2 次未接通，请决定");
        await stranger.Send($"call-backs/{id}/decision", new { GiveUp = true, Reason = "x" }).Refused("routing.promise.not-found", 404);
        await leader.Send($"call-backs/{id}/decision", new { GiveUp = false, Reason = "晚上再打" }).Succeeds();
        await desk.Send($"call-backs/{id}/attempts", new { Result = "wrong-number", Attempts = 2 }).Succeeds();
        await leader.Send($"call-backs/{id}/decision", new { GiveUp = true, Reason = "空号" }).Succeeds();
        (await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync())).State.ShouldBe("cancelled");
        var row = (await leader.Look("call-backs?all=true")).GetProperty("rows")[0];
        (row.GetProperty("state").GetString(), row.GetProperty("closedReason").GetString(), row.GetProperty("customer").GetString()).ShouldBe(("given-up", "空号", "138****7468"));
        row.GetProperty("history").EnumerateArray().Select(a => a.GetProperty("result").GetString()).Skip(1).ShouldBe(["busy", "again", "wrong-number", "given-up"]);
        (await stranger.Look("call-backs?all=true")).GetProperty("rows").GetArrayLength().ShouldBe(0);
        var (_, next) = await centre.Talking(desk: desk);
        (await desk.Send($"desk/contacts/{next}/call-back").Id()).ShouldNotBe(id, "a new wish is a new promise");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_closed_item_without_a_call_stays_promised_and_many_askers_at_once_make_one(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var leader = await centre.SignIn("team-leader", "T1");
        var desks = new List<(HttpClient Desk, Guid Call)>();
        foreach (var agent in new[] { "a1", "a2", "b1", "c1" }) desks.Add((await centre.Floor.Desk(agent), Guid.Empty));
        for (var i = 0; i < desks.Count; i++)
        {
            var call = await centre.Floor.Arrive($"same-{i}");
            var agent = await centre.Floor.Look(f => f.Routed(call)!.Agent!.Value);
            var who = (await centre.Centre.Organisation()).Agents[agent].Code;
            var at = Array.IndexOf(["a1", "a2", "b1", "c1"], who);
            desks[at] = (desks[at].Desk, call);
            await desks[at].Desk.On(call, "accept").Succeeds();
        }
        var answers = await Task.WhenAll(desks.Select(d => d.Desk.Send($"desk/contacts/{d.Call}/call-back", new { Phone = "13900001111" }).Id()));
        answers.Distinct().Count().ShouldBe(1);
        (await centre.Read(db => db.WorkItems.CountAsync())).ShouldBe(1, "no item without a promise");
        (await centre.Read(db => db.Promises.AsNoTracking().SingleAsync())).Asked.ShouldBe(4);
        var manager = await centre.SignIn("manager");
        var item = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync());
        await manager.Send($"work-items/{item.Id}/state", new { item.Version, To = "cancelled" }).Succeeds();
        var row = (await manager.Look("call-backs")).GetProperty("rows")[0];
        row.GetProperty("itemOver").GetBoolean().ShouldBeTrue();
        await manager.Send($"call-backs/{answers[0]}/attempts", new { Result = "no-answer", Attempts = 0 }).Succeeds();
        (await centre.Read(db => db.Promises.AsNoTracking().SingleAsync())).ItemId.ShouldNotBe(item.Id, "another item follows");
        (await centre.Read(db => db.WorkItems.AsNoTracking().OrderBy(i => i.Id).Select(i => i.State).ToListAsync())).ShouldBe(["cancelled", "waiting"]);
        leader.ShouldNotBeNull();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_peak_that_lasts_is_told_to_the_manager_once_and_so_is_the_calm(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        await TalkCentre.Settle(manager, peakWaiting: 1, peakSeconds: 30, peakMinutes: 2).Succeeds();
        var calls = new List<Guid>();
        for (var i = 0; i < 3; i++) calls.Add(await centre.Floor.Arrive($"{i}"));
        centre.Clock.Move(TimeSpan.FromSeconds(40));
        await Watch();
        centre.Clock.Move(TimeSpan.FromSeconds(60));
        await Watch();
        (await TalkCentre.Bells(manager)).ShouldBeEmpty("not for long enough");
        await centre.Floor.Reopen();
        centre.Clock.Move(TimeSpan.FromSeconds(61));
        await Watch();
        centre.Clock.Move(TimeSpan.FromSeconds(61));
        await Watch();
        (await TalkCentre.Bells(manager)).ShouldHaveSingleItem().ShouldContain("建议开启回拨模式");
        (await manager.Look("call-backs")).GetProperty("suggestion").GetString().ShouldBe("routing.peak-suggested");
        await manager.Send("call-back-modes", new { Teams = new[] { "T1" }, Reason = "高峰" }).Succeeds();
        foreach (var call in calls) await centre.Floor.Floor.Do(f => f.CustomerLeft(call), default);
        await Watch();
        centre.Clock.Move(TimeSpan.FromSeconds(121));
        await Watch();
        (await manager.Look("call-backs")).GetProperty("suggestion").GetString().ShouldBe("routing.calm-suggested");

        async Task Watch() => (await centre.Centre.Services.GetRequiredService<Deadlines>().Watch(default)).ShouldBeTrue();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_promised_call_is_not_wrapped_up_without_its_result_and_what_ends_it_otherwise_is_told_or_followed(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        await TalkCentre.Settle(manager, retryMinutes: 10).Succeeds();
        var (desk, call) = await centre.Talking();
        var id = await desk.Send($"desk/contacts/{call}/call-back").Id();
        var item = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync());
        var work = await Taken();
        await desk.On(work, "complete", new { WrapUp = "resolved" }).Refused("routing.call-back-not-called");
        await desk.On(work, "complete", new { Note = "边打边记", Keep = true }).Succeeds();
        (await State()).ShouldBe("in-progress");
        (await centre.Floor.Floor.Do(f => f.Complete(work, f.Routed(work)!.Agent!.Value, null, null), default)).Succeeded.ShouldBeTrue();
        (await State()).ShouldBe("new", "ended without a call it is back in the line");
        await Taken();
        await desk.Send($"call-backs/{id}/attempts", new { Result = "no-answer", Attempts = 0 }).Succeeds();
        (await State()).ShouldBe("waiting");
        centre.Clock.Move(TimeSpan.FromMinutes(11));
        await desk.Send("desk/beat").Succeeds();
        (await centre.Due()).ShouldBe(1);
        work = await Taken();
        await desk.On(work, "complete", new { WrapUp = "resolved" }).Refused("routing.call-back-not-called");
        item = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync());
        await manager.Send($"work-items/{item.Id}/state", new { item.Version, To = "done" }).Succeeds();
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0, "told once");
        (await TalkCentre.Bells(leader)).ShouldBe(["138****7468 的回拨工单已结束，但没有登记拨打结果，请跟进"]);
        await leader.Send($"call-backs/{id}/decision", new { GiveUp = false, Reason = "再打" }).Succeeds();
        (await centre.Read(db => db.WorkItems.AsNoTracking().OrderBy(i => i.Id).Select(i => i.State).ToListAsync())).ShouldBe(["done", "new"]);
        var next = await centre.Read(db => db.Promises.AsNoTracking().Select(p => p.ItemId).SingleAsync());
        next.ShouldNotBe(item.Id, "another item follows");
        (await centre.Due()).ShouldBe(0);

        async Task<Guid> Taken()
        {
            await centre.Centre.CatchUp();
            var offered = await Offered(centre, item.Id);
            await desk.On(offered, "accept").Succeeds();
            return offered;
        }

        Task<string> State() => centre.Read(db => db.WorkItems.AsNoTracking().Select(i => i.State).SingleAsync());
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_was_held_back_at_the_peak_and_closed_meanwhile_comes_into_the_line_after_it(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        await manager.Send("call-back-modes", new { Teams = new[] { "T1" }, Reason = "高峰" }).Succeeds();
        var desk = await centre.Floor.Desk("a1");
        for (var i = 0; i < 2; i++)
        {
            var (_, call) = await centre.Talking(customer: $"1380000000{i}", desk: desk);
            await desk.Send($"desk/contacts/{call}/call-back").Succeeds();
        }
        foreach (var item in await centre.Read(db => db.WorkItems.AsNoTracking().ToListAsync())) await manager.Send($"work-items/{item.Id}/state", new { item.Version, To = "cancelled" }).Succeeds();
        (await centre.Due()).ShouldBe(0, "their time comes");
        var early = await centre.Read(db => db.Promises.OrderBy(p => p.Id).Select(p => p.Id).FirstAsync());
        await centre.Centre.Do(async s => await s.GetRequiredService<EvenhandDb>().Promises.Where(p => p.Id == early).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextAt, p => p.MadeAt)));
        (await centre.Due()).ShouldBe(1);
        (await States()).ShouldBe(["cancelled", "cancelled", "new"], "the first one's time has come");
        await manager.Send($"call-back-modes/{(await manager.Look("call-backs")).GetProperty("modes")[0].GetProperty("id").GetGuid()}/end-peak").Succeeds();
        (await States()).ShouldBe(["cancelled", "cancelled", "new", "new"]);
        var promised = await centre.Read(db => db.Promises.Where(p => p.NextAt == null).Select(p => p.ItemId).ToListAsync());
        (await centre.Read(db => db.WorkItems.CountAsync(i => promised.Contains(i.Id) && i.ClosedAt == null))).ShouldBe(2);

        Task<List<string>> States() => centre.Read(db => db.WorkItems.AsNoTracking().OrderBy(i => i.State).Select(i => i.State).ToListAsync());
    }

    /// <summary>The contact by which an item stands on the floor, once it is offered.</summary>
    private static async Task<Guid> Offered(TalkCentre centre, Guid item)
    {
        Guid? found = null;
        for (var i = 0; found is null; i++)
        {
            if (i > 600) throw new TimeoutException("the item did not come to the floor");
            await Task.Delay(25);
            found = await centre.Floor.Look(f => f.ByKey("work-item", item.ToString()) is { } id && f.Routed(id) is { State: ContactState.Offered } ? id : f.EverybodyOnTheFloor.SelectMany(f.Held)
                .Where(r => r.State == ContactState.Offered && f.Contact(r.Arrival.Contact) is { Source: "work-item" } c && WorkItemEffects.ItemOf(c) == item).Select(r => (Guid?)r.Arrival.Contact).FirstOrDefault());
        }
        return found.Value;
    }
}
