using System.Net.Http.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Tests.Platform;
using Evenhand.Tests.Routing;
using Microsoft.EntityFrameworkCore;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

public sealed class LiveFloorTests
{
    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_call_goes_from_its_arrival_to_its_end_and_every_step_is_kept(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1");
        var call = await centre.Arrive("1", customer: "138 0000 7468");
        (await desk.On(call, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.Talking);
        (await desk.On(call, "hold")).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.Holding);
        (await desk.On(call, "resume")).IsSuccessStatusCode.ShouldBeTrue();
        (await desk.On(call, "end")).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.AfterContactWork);
        (await (await desk.On(call, "complete")).CodeOf(409)).ShouldBe("routing.wrap-up-needed");
        (await desk.On(call, "complete", new { WrapUp = "resolved", Note = "已处理" })).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.Available);
        (await desk.On(call, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeTrue("the second click");
        var agent = await centre.Agent("a1");
        var kept = await centre.Read(db => db.FloorContacts.AsNoTracking().SingleAsync(c => c.Id == call));
        (kept.Outcome, kept.AgentId, kept.WrapUpCode, kept.Note, kept.Row, kept.Customer).ShouldBe(("completed", agent, "resolved", "已处理", null, "13800007468"));
        var steps = await centre.Read(db => db.ContactSteps.AsNoTracking().Where(s => s.ContactId == call).OrderBy(s => s.Id).ToListAsync());
        steps.Select(s => s.Kind).ShouldBe([OutputKind.Queued, OutputKind.Offered, OutputKind.Accepted, OutputKind.WrappingUp, OutputKind.Completed]);
        steps[1].Decision.ShouldNotBeNull().ShouldContain("eligible");
        var states = await centre.Read(db => db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent).OrderBy(s => s.Id).ToListAsync());
        states.Select(s => s.To).ShouldBe([EffectiveState.Available, EffectiveState.Talking, EffectiveState.Holding, EffectiveState.Talking, EffectiveState.AfterContactWork, EffectiveState.Available]);
        states.Select(s => s.By).Distinct().ShouldBe([Causer.Person, Causer.System]);
        var queue = centre.Floor.Now().Queues[await centre.Queue("sales")];
        (queue.Waiting, queue.Quarters.Sum(q => q.Offered), queue.Quarters.Sum(q => q.Answered), queue.Quarters.Sum(q => q.Completed)).ShouldBe((0, 1, 1, 1));
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_restart_finds_the_floor_as_it_was(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (first, second) = (await centre.Desk("a1"), await centre.Desk("b1"));
        var calls = new List<Guid>();
        for (var i = 0; i < 6; i++) calls.Add(await centre.Arrive($"{i}"));
        (await first.On(calls[0], "accept")).IsSuccessStatusCode.ShouldBeTrue();
        await first.Act("break", new { Reason = "rest" });
        var before = await centre.Look(f => f.Snapshot());
        var queue = await centre.Queue("sales");
        var line = await centre.Look(f => f.LineOf(queue));
        await centre.Reopen();
        var after = await centre.Look(f => f.Snapshot());
        after.Contacts.Select(c => (c.Arrival.Contact, c.State, c.Agent, c.Until, c.Offer)).ShouldBe(before.Contacts.Select(c => (c.Arrival.Contact, c.State, c.Agent, c.Until, c.Offer)));
        OnDuty(after).ShouldBe(OnDuty(before));
        (await centre.Look(f => f.LineOf(queue))).ShouldBe(line);
        (await centre.Look(f => f.PlaceOf(f.EverybodyOnTheFloor.First(a => f.Held(a).Any(h => h.State == ContactState.InHand))))).ShouldNotBeNull().Reason.ShouldBe("rest");
        (await second.On(calls[1], "accept")).IsSuccessStatusCode.ShouldBeTrue();
        centre.Floor.Now().Queues[queue].Quarters.Sum(q => q.Offered).ShouldBe(6);
        (await centre.Arrive("0")).ShouldBe(calls[0], "told again after the restart");
    }

    private static IEnumerable<(Guid, WantedState, DeviceState, TimeSpan, DateTimeOffset)> OnDuty(DispatchSnapshot floor) =>
        floor.Agents.Where(a => a.Presence.Wanted != WantedState.SignedOut).Select(a => (a.Profile.Id, a.Presence.Wanted, a.Presence.Device, a.Effort, a.IdleSince));

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Twenty_tellings_at_once_are_one_contact_and_two_hands_for_one_offer_are_one(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (a1, a2) = (await centre.Desk("a1"), await centre.Desk("a2"));
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => centre.Arrive("same")));
        ids.Distinct().Count().ShouldBe(1);
        var answers = await Task.WhenAll(a1.On(ids[0], "accept"), a2.On(ids[0], "accept"), a1.On(ids[0], "accept"), a2.On(ids[0], "accept"));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(2, "the one whose offer it is, both times");
        (await centre.Read(db => db.ContactSteps.CountAsync(s => s.ContactId == ids[0] && s.Kind == OutputKind.Accepted))).ShouldBe(1);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_cannot_be_stored_has_not_happened(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1");
        var (agent, queue) = (await centre.Agent("a1"), await centre.Queue("sales"));
        var call = await centre.Arrive("old");
        await desk.On(call, "accept");
        await desk.On(call, "end");
        await desk.On(call, "complete", new { WrapUp = "resolved" });
        await centre.Reopen();
        var outcome = await centre.Floor.Do(floor =>
        {
            floor.SetByLeader(agent, WantedState.Training, null, "新品培训", Guid.CreateVersion7());
            // The floor has forgotten this key by now, the store has not: the step cannot be stored.
            floor.Arrive(new NewContact(Channel.Call, queue, "test", "old", TimeProvider.System.GetUtcNow()));
            return null;
        }, default);
        outcome.Refusal!.Code.ShouldBe("routing.floor-not-stored");
        await FloorCentre.Until(() => centre.Floor.Now().IsRunning);
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.Available);
        var next = await centre.Arrive("after");
        (await desk.On(next, "accept")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_work_item_is_given_worked_on_and_done(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("b1");
        var manager = await centre.Centre.SignIn("manager");
        var item = await manager.Make(new { Type = "order", Subject = "两箱苹果", Queue = "orders", Fields = new Dictionary<string, string> { ["customer"] = "王小明", ["phone"] = "13800007468", ["product"] = "苹果", ["quantity"] = "2" } });
        await centre.Centre.CatchUp();
        var agent = await centre.Agent("b1");
        await FloorCentre.Until(() => centre.Floor.Now().Agents.GetValueOrDefault(agent)?.Contacts.Count == 1);
        var contact = centre.Floor.Now().Agents[agent].Contacts[0].ContactId;
        (await desk.On(contact, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        var working = await manager.Item(item);
        (working.GetProperty("state").GetString(), working.GetProperty("agent").GetString()).ShouldBe(("in-progress", "b1"));
        (await desk.On(contact, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeTrue();
        (await manager.Item(item)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_work_item_that_a_leader_gives_to_somebody_else_or_puts_back_leaves_the_hand_it_was_in(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var manager = await centre.Centre.SignIn("manager");
        var (b1, own, other) = (await centre.Desk("b1"), await centre.Agent("b1"), await centre.Agent("a1"));
        var item = await manager.Make(new { Type = "call-back", Subject = "回电", Queue = "orders", Fields = new Dictionary<string, string> { ["phone"] = "13800007468" } });
        var contact = await Taken();
        // To somebody who is not there: that is done outside the floor.
        await Move("assigned", "a1");
        await FloorCentre.Until(() => Held(own) == 0);
        (await State(item)).ShouldBe(("assigned", "a1"));
        (await centre.Read(db => db.FloorContacts.AsNoTracking().Select(c => c.Outcome).SingleAsync())).ShouldBe("withdrawn");
        // Back into the line: it comes anew, and is put back out of the hand that has it.
        await Move("new");
        contact = await Taken();
        await Move("assigned", "b1");
        (await centre.Look(f => f.Routed(contact)!.State)).ShouldBe(Evenhand.Dispatch.Queues.ContactState.InHand, "it is in the right hand");
        await Move("new");
        await FloorCentre.Until(() => centre.Floor.Now().Agents[own].Contacts.All(c => c.Stage == "offered"));
        (await State(item)).ShouldBe(("new", null));
        // To somebody who has room: the colleague has it in hand.
        (await b1.On(contact, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        await centre.Desk("a1");
        await Move("assigned", "a1");
        await FloorCentre.Until(() => Held(other) == 1);
        (await State(item)).ShouldBe(("in-progress", "a1"));
        (await b1.On(contact, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeFalse();

        async Task Move(string to, string? agent = null)
        {
            (await manager.PostAsJsonAsync($"{WorkCentre.Items}/{item}/state", new { Version = await Version(item), To = to, Agent = agent })).IsSuccessStatusCode.ShouldBeTrue(to);
            await centre.Centre.CatchUp();
        }
        async Task<int> Version(Guid id) => (await manager.Item(id)).GetProperty("version").GetInt32();
        async Task<(string?, string?)> State(Guid id) => (await manager.Item(id)) is var found ? (found.GetProperty("state").GetString(), found.GetProperty("agent").GetString()) : default;
        async Task<Guid> Taken()
        {
            await centre.Centre.CatchUp();
            await FloorCentre.Until(() => centre.Floor.Now().Agents.GetValueOrDefault(own)?.Contacts.Any(c => c.Stage == "offered") == true);
            var offered = centre.Floor.Now().Agents[own].Contacts[0].ContactId;
            (await b1.On(offered, "accept")).IsSuccessStatusCode.ShouldBeTrue();
            return offered;
        }
        int Held(Guid agent) => centre.Floor.Now().Agents.GetValueOrDefault(agent)?.Contacts.Count ?? 0;
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_work_item_cancelled_elsewhere_leaves_the_floor(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var manager = await centre.Centre.SignIn("manager");
        var item = await manager.Make(new { Type = "call-back", Subject = "回拨", Queue = "orders", Fields = new Dictionary<string, string> { ["phone"] = "13800007468" } });
        await centre.Centre.CatchUp();
        var queue = await centre.Queue("orders");
        await FloorCentre.Until(() => centre.Floor.Now().Queues[queue].Waiting == 1);
        (await manager.Move(item, 1, "cancelled")).IsSuccessStatusCode.ShouldBeTrue();
        await centre.Centre.CatchUp();
        await FloorCentre.Until(() => centre.Floor.Now().Queues[queue].Waiting == 0);
        (await centre.Read(db => db.FloorContacts.AsNoTracking().SingleAsync(c => c.QueueId == queue))).Outcome.ShouldBe("withdrawn");
        centre.Floor.Now().Queues[queue].Quarters.Sum(q => q.Abandoned).ShouldBe(0);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task The_more_urgent_item_is_given_first_and_one_that_is_raised_while_it_waits_overtakes(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (manager, queue, agent) = (await centre.Centre.SignIn("manager"), await centre.Queue("orders"), await centre.Agent("b1"));
        (await manager.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "13900001111", Agent = "b1" })).IsSuccessStatusCode.ShouldBeTrue();
        await Make("ordinary", 0);
        await Make("high", 100);
        var raised = await Make("raised", 0, "13900001111");
        await centre.Centre.CatchUp();
        await FloorCentre.Until(() => centre.Floor.Now().Queues[queue].Waiting == 3);
        (await manager.PatchAsJsonAsync($"{WorkCentre.Items}/{raised}", new { Version = 1, Priority = 200 })).IsSuccessStatusCode.ShouldBeTrue();
        await centre.Centre.CatchUp();
        for (var turn = 0; turn < 1200 && await centre.Read(db => db.FloorContacts.CountAsync(c => c.QueueId == queue)) < 4; turn++) await Task.Delay(25, TestContext.Current.CancellationToken);
        centre.Floor.Now().Queues[queue].Waiting.ShouldBe(3);
        var desk = await centre.Desk("b1");
        List<Guid> order = [];
        for (var done = 0; done < 3; done++)
        {
            await FloorCentre.Until(() => Work().Any(c => c.Stage == "offered"));
            var contact = Work().First(c => c.Stage == "offered").ContactId;
            order.Add(contact);
            if (order.Count == 1) (await desk.GetStringAsync("/desk")).ShouldContain("紧急");
            (await desk.On(contact, "accept")).IsSuccessStatusCode.ShouldBeTrue();
            (await desk.On(contact, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeTrue();
        }
        var kept = await centre.Read(db => db.FloorContacts.AsNoTracking().Where(c => order.Contains(c.Id)).ToDictionaryAsync(c => c.Id));
        order.Select(c => kept[c].Subject).ShouldBe(["raised", "high", "ordinary"]);
        kept[order[0]].Arrival!.ShouldContain(agent.ToString(), customMessage: "the customer's own agent is told to the router, as with a call");
        kept[order[2]].Arrival!.ShouldNotContain(agent.ToString());
        var item = await manager.Item(raised);
        item.GetProperty("priority").GetInt32().ShouldBe(200);
        item.GetProperty("history").GetRawText().ShouldContain("priority");

        IReadOnlyList<Evenhand.Routing.Contracts.FloorContact> Work() => centre.Floor.Now().Agents.GetValueOrDefault(agent)?.Contacts ?? [];
        Task<Guid> Make(string subject, int priority, string phone = "13800007468") =>
            manager.Make(new { Type = "call-back", Subject = subject, Queue = "orders", Priority = priority, Fields = new Dictionary<string, string> { ["phone"] = phone } });
    }
}
