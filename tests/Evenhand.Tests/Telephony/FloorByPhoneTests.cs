using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Routing.Floor;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Tests.Telephony;

/// <summary>Calls of a telephone system on the live floor, whole: a socket, the router, phones, the store.</summary>
public sealed class FloorByPhoneTests
{
    private static readonly (string, string)[] Phones = [("sales", "PJSIP/a1"), ("sales", "PJSIP/a2"), ("sales", "PJSIP/b1")];

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_caller_joins_the_router_offers_the_phone_rings_the_call_is_in_hand_and_after_it_comes_the_work(Store store)
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await PhoneCentre.Start(store);
        var desk = await centre.Floor.Desk("a2");
        await centre.Connect(pbx.Port, routes: true);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        pbx.Join("1.1", "sales");
        await FloorCentre.Until(() => pbx.Ringing.GetValueOrDefault("PJSIP/a2") == "1.1");
        await Is(centre, "a2", EffectiveState.Ringing);
        var contact = await Only(centre);
        (contact.Source, contact.SourceKey, contact.Customer).ShouldBe(("pbx", "1.1|sales", "13800138000"));
        (await (await desk.On(contact.Id, "accept")).CodeOf(409)).ShouldBe("routing.pick-up-the-phone");
        pbx.PickUp("PJSIP/a2");
        await Is(centre, "a2", EffectiveState.Talking);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        pbx.HangUp("1.1");
        await Is(centre, "a2", EffectiveState.AfterContactWork);
        await FloorCentre.Until(() => pbx.ReasonOf("sales", "PJSIP/a2") == "acw");
        (await desk.On(contact.Id, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeTrue();
        await Is(centre, "a2", EffectiveState.Available);
        await FloorCentre.Until(() => pbx.ReasonOf("sales", "PJSIP/a2") == "evenhand");
        var agent = await centre.Floor.Agent("a2");
        var steps = await Steps(centre, contact.Id);
        steps.Select(s => s.Kind).ShouldBe([OutputKind.Queued, OutputKind.Offered, OutputKind.Accepted, OutputKind.WrappingUp, OutputKind.Completed]);
        (await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().SingleAsync())).AgentId.ShouldBe(agent);
        // The same call, once more in the same queue, is another contact.
        pbx.Join("1.1", "sales");
        await FloorCentre.Until(() => pbx.Ringing.ContainsKey("PJSIP/a2"));
        (await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().Select(c => c.SourceKey).ToListAsync())).Order().ShouldBe(["1.1|sales", "1.1|sales|2"]);
    }

    [Fact]
    public async Task The_router_and_not_the_order_of_members_says_who_is_rung()
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await PhoneCentre.Start(Store.Sqlite);
        foreach (var agent in new[] { "b1", "a1", "a2" }) await centre.Floor.Desk(agent);
        await centre.Connect(pbx.Port, routes: true);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        foreach (var (call, phone) in new[] { ("1", "PJSIP/b1"), ("2", "PJSIP/a1"), ("3", "PJSIP/a2") })
        {
            pbx.Join(call, "sales");
            await FloorCentre.Until(() => pbx.Ringing.GetValueOrDefault(phone) == call);
            pbx.PickUp(phone);
            await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        }
        centre.Lines.Named("pbx")!.Line.State.Deviations.ShouldBe(0);
    }

    [Fact]
    public async Task A_phone_that_rings_in_vain_a_caller_who_leaves_and_a_break_are_followed_both_ways()
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await PhoneCentre.Start(Store.Sqlite);
        var (first, second) = (await centre.Floor.Desk("a1"), await centre.Floor.Desk("a2"));
        await centre.Connect(pbx.Port, routes: true);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        pbx.Join("1", "sales");
        await FloorCentre.Until(() => pbx.Ringing.ContainsKey("PJSIP/a1"));
        pbx.LetRing("PJSIP/a1");
        await FloorCentre.Until(() => pbx.Ringing.ContainsKey("PJSIP/a2"));
        pbx.Working("sales").ShouldBe(["PJSIP/a2"]);
        pbx.Abandon("1");
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        await Eventually(async () => (await Only(centre)).Outcome is not null);
        var contact = await Only(centre);
        (await Steps(centre, contact.Id)).Select(s => s.Kind)
            .ShouldBe([OutputKind.Queued, OutputKind.Offered, OutputKind.Ignored, OutputKind.Queued, OutputKind.Offered, OutputKind.Withdrawn, OutputKind.Abandoned]);
        contact.Outcome.ShouldBe("abandoned");
        (await first.Act("break", new { Reason = "rest" })).IsSuccessStatusCode.ShouldBeTrue();
        await FloorCentre.Until(() => pbx.ReasonOf("sales", "PJSIP/a1") == "rest");
        (await first.Act("state", new { State = "ready" })).IsSuccessStatusCode.ShouldBeTrue();
        await FloorCentre.Until(() => pbx.ReasonOf("sales", "PJSIP/a1") == "evenhand");
        pbx.ReasonOf("sales", "PJSIP/b1").ShouldBe("evenhand", "who is not signed in is given nothing");
        second.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_system_did_by_itself_is_followed_and_recorded()
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await PhoneCentre.Start(Store.Sqlite);
        await centre.Floor.Desk("a1");
        await centre.Floor.Desk("a2");
        await centre.Connect(pbx.Port, routes: true);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        pbx.Join("1", "sales");
        await FloorCentre.Until(() => pbx.Ringing.ContainsKey("PJSIP/a1"));
        pbx.Connect("1", "PJSIP/a2");
        await Is(centre, "a2", EffectiveState.Talking);
        await Is(centre, "a1", EffectiveState.Available);
        var steps = await Steps(centre, (await Only(centre)).Id);
        steps.Select(s => s.Kind).ShouldBe([OutputKind.Queued, OutputKind.Offered, OutputKind.Withdrawn, OutputKind.Followed]);
        steps[^1].AgentId.ShouldBe(await centre.Floor.Agent("a2"));
        await FloorCentre.Until(() => centre.Lines.Named("pbx")!.Line.State.Deviations == 1);
        pbx.Join("2", "sales");
        await FloorCentre.Until(() => pbx.Ringing.ContainsKey("PJSIP/a1"));
        pbx.Connect("2", "PJSIP/stranger");
        await Eventually(async () => await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().Where(c => c.SourceKey == "2|sales").Select(c => c.Outcome).SingleAsync()) == "withdrawn");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task After_a_cut_and_after_a_restart_of_the_floor_a_call_is_the_same_and_what_ended_meanwhile_is_over(Store store)
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await PhoneCentre.Start(store);
        await centre.Floor.Desk("a1");
        await centre.Connect(pbx.Port, routes: true);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        foreach (var call in new[] { "1", "2", "3" }) pbx.Join(call, "sales");
        await FloorCentre.Until(() => pbx.Ringing.ContainsKey("PJSIP/a1"));
        pbx.PickUp("PJSIP/a1");
        await Is(centre, "a1", EffectiveState.Talking);
        await pbx.Cut();
        pbx.Abandon("2");
        pbx.HangUp("1");
        await FloorCentre.Until(() => pbx.Connections == 2 && centre.Lines.Named("pbx")!.Line.State.IsConnected);
        await Is(centre, "a1", EffectiveState.AfterContactWork);
        await Open(centre, "3|sales");
        await centre.Floor.Reopen();
        await pbx.Cut();
        await FloorCentre.Until(() => pbx.Connections == 3 && centre.Lines.Named("pbx")!.Line.State.IsConnected);
        pbx.Abandon("3");
        await Open(centre);
        var outcomes = await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().OrderBy(c => c.SourceKey).Select(c => c.Outcome).ToListAsync());
        outcomes[1..].ShouldBe(["abandoned", "abandoned"]);
    }

    [Fact]
    public async Task Where_the_system_chooses_nobody_is_offered_anything_and_the_floor_follows()
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await PhoneCentre.Start(Store.Sqlite);
        await centre.Floor.Desk("a2");
        await centre.Connect(pbx.Port, routes: false);
        pbx.Join("1", "sales");
        pbx.Ringing.Keys.ShouldBe(["PJSIP/a1"]);
        await FloorCentre.Until(() => centre.Floor.Floor.Now().Queues.Values.Sum(q => q.Waiting) == 1);
        pbx.PickUp("PJSIP/a1");
        await Is(centre, "a1", EffectiveState.Talking);
        (await Steps(centre, (await Only(centre)).Id)).Select(s => s.Kind).ShouldBe([OutputKind.Queued, OutputKind.Followed]);
        pbx.Working("sales").Length.ShouldBe(3);
        pbx.HangUp("1");
        await FloorCentre.Until(() => pbx.ReasonOf("sales", "PJSIP/a1") is "" or "acw");
    }

    private static Task Is(PhoneCentre centre, string agent, EffectiveState state) => Eventually(async () => await centre.Floor.StateOf(agent) == state);

    private static Task Open(PhoneCentre centre, params string[] keys) => Eventually(async () =>
        (await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().Where(c => c.TalkEndedAt == null && c.EndedAt == null).Select(c => c.SourceKey).ToListAsync())).SequenceEqual(keys));

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            if (i > 600) throw new TimeoutException("what was waited for did not come");
            await Task.Delay(25);
        }
    }

    private static Task<FloorContact> Only(PhoneCentre centre) => centre.Floor.Read(db => db.FloorContacts.AsNoTracking().SingleAsync());

    private static Task<List<ContactStep>> Steps(PhoneCentre centre, Guid contact) =>
        centre.Floor.Read(db => db.ContactSteps.AsNoTracking().Where(s => s.ContactId == contact).OrderBy(s => s.Id).ToListAsync());
}
