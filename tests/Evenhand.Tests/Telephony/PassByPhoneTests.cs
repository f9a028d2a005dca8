using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Routing.Floor;
using Evenhand.Routing.FloorView;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Evenhand.Tests.Talk;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Tests.Telephony;

/// <summary>A call is passed on at the desk: the telephone system transfers it, and the floor follows.</summary>
public sealed class PassByPhoneTests
{
    private static readonly (string, string)[] Phones = [("sales", "PJSIP/a1"), ("sales", "PJSIP/a2"), ("sales", "PJSIP/b1"), ("chats", "PJSIP/a2"), ("chats", "PJSIP/b1")];

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_colleague_is_offered_the_call_first_with_the_note_and_who_passed_it_wraps_up(Store store)
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await Start(store);
        var (first, second) = (await centre.Floor.Desk("a1"), await centre.Floor.Desk("a2"));
        await centre.Connect(pbx.Port, routes: true);
        var call = await InHand(pbx, centre, "1");
        // Without a name it would be a2's turn, who has been idle for longer.
        var colleague = await centre.Floor.Desk("b1");
        await first.On(call, "pass", new { Agent = "b1", Note = "想退货，已核实订单" }).Succeeds();
        await FloorCentre.Until(() => pbx.Ringing.GetValueOrDefault("PJSIP/b1") == "1");
        await Is(centre, "a1", EffectiveState.AfterContactWork);
        await Is(centre, "b1", EffectiveState.Ringing);
        (await colleague.GetStringAsync("/desk")).ShouldContain("想退货，已核实订单");
        pbx.PickUp("PJSIP/b1");
        await Is(centre, "b1", EffectiveState.Talking);
        (await first.On(call, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeTrue();
        await Is(centre, "a1", EffectiveState.Available);
        var contacts = await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().OrderBy(c => c.SourceKey).ToListAsync());
        contacts.Select(c => c.SourceKey).ShouldBe(["1|sales", "1|sales|2"]);
        contacts[1].Note.ShouldBe("想退货，已核实订单");
        contacts[1].AgentId.ShouldBe(await centre.Floor.Agent("b1"));
        (await Offer(centre, contacts[1].Id)).HasFlag(Bends.VipAgent).ShouldBeTrue();
        // Once more, now by the colleague: into the line, and not back to the one whom the customer had last.
        await colleague.On(contacts[1].Id, "pass").Succeeds();
        await FloorCentre.Until(() => pbx.Ringing.Count == 1);
        pbx.Ringing.Keys.ShouldNotContain("PJSIP/b1", "though the queue waits for the last agent, who passed it on");
        second.ShouldNotBeNull();
        Transfers(pbx).ShouldBe(["PJSIP/a1-2 from-internal sales", "PJSIP/b1-2 from-internal sales"]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Another_queue_takes_the_call_also_after_the_line_was_cut(Store store)
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await Start(store);
        var first = await centre.Floor.Desk("a1");
        await centre.Connect(pbx.Port, routes: true);
        var call = await InHand(pbx, centre, "1");
        await pbx.Cut();
        await FloorCentre.Until(() => pbx.Connections == 2 && centre.Lines.Named("pbx")!.Line.State.IsConnected);
        await centre.Floor.Desk("b1");
        (await first.Fill("/desk", "desk", ("what", "pass"), ("contact", call.ToString()), ("queue", "chats"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        await FloorCentre.Until(() => pbx.Ringing.GetValueOrDefault("PJSIP/b1") == "1");
        await Is(centre, "a1", EffectiveState.AfterContactWork);
        (await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().Select(c => c.SourceKey).ToListAsync())).Order().ShouldBe(["1|chats", "1|sales"]);
    }

    [Fact]
    public async Task What_cannot_be_passed_on_stays_where_it_is_and_says_why()
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await Start(Store.Sqlite);
        var (first, other) = (await centre.Floor.Desk("a1"), await centre.Floor.Desk("a2"));
        var id = await centre.Connect(pbx.Port, routes: true);
        var call = await InHand(pbx, centre, "1");
        await other.On(call, "pass", new { Agent = "b1" }).Refused("routing.contact-not-in-hand");
        await first.On(call, "pass", new { Agent = "c1" }).Refused("dispatch.colleague-not-free");
        await first.On(call, "pass", new { Queue = "orders" }).Refused("routing.queue-other-channel");
        pbx.Deaf = true;
        await first.On(call, "pass", new { Queue = "chats", Note = "不该带走" }).Refused("routing.pass-refused");
        pbx.Deaf = false;
        await Is(centre, "a1", EffectiveState.Talking);
        await centre.Manager.PutAsync($"{PhoneCentre.Pbxs}/{id}", System.Net.Http.Json.JsonContent.Create(new { Host = "127.0.0.1", pbx.Port, User = "evenhand", Routes = false, DialContext = "from-internal" }));
        await FloorCentre.Until(() => centre.Lines.Named("pbx") is { Pbx.Routes: false, Line.State.IsConnected: true });
        await first.On(call, "pass", new { Agent = "a2" }).Refused("routing.pass-pbx-chooses");
        Transfers(pbx).Count.ShouldBe(1);
        pbx.HangUp("1");
        await Is(centre, "a1", EffectiveState.AfterContactWork);
    }

    [Fact]
    public async Task However_often_a_call_comes_back_while_the_first_agent_still_wraps_up_each_time_is_a_contact_of_its_own()
    {
        await using var pbx = new SmallAsterisk(Phones);
        await using var centre = await Start(Store.Sqlite);
        await centre.Floor.Desk("a1");
        await centre.Connect(pbx.Port, routes: true);
        await InHand(pbx, centre, "1");
        pbx.HangUp("1");
        await Is(centre, "a1", EffectiveState.AfterContactWork);
        for (var visit = 2; visit <= 4; visit++)
        {
            pbx.Join("1", "sales");
            await FloorCentre.Until(() => centre.Floor.Floor.Now().Queues.Values.Sum(q => q.Waiting) == 1);
            // What is over is forgotten by a floor that begins anew; the store has it.
            if (visit == 3) await centre.Floor.Reopen();
            pbx.Abandon("1");
            await FloorCentre.Until(() => centre.Floor.Floor.Now() is { IsRunning: true } now && now.Queues.Values.Sum(q => q.Waiting) == 0);
        }
        var contacts = await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().OrderBy(c => c.SourceKey).Select(c => new { c.SourceKey, c.Outcome }).ToListAsync());
        contacts.Select(c => $"{c.SourceKey} {c.Outcome}").ShouldBe(["1|sales ", "1|sales|2 abandoned", "1|sales|3 abandoned", "1|sales|4 abandoned"]);
    }

    private static Task<PhoneCentre> Start(Store store) => PhoneCentre.Start(store, (code, rules) => code == "chats" ? rules with { Channel = Channel.Call } : rules with { LastAgentSeconds = 600 });

    /// <summary>a1, alone on duty or first in turn, has the call in hand.</summary>
    private static async Task<Guid> InHand(SmallAsterisk pbx, PhoneCentre centre, string call)
    {
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        pbx.Join(call, "sales");
        await FloorCentre.Until(() => pbx.Ringing.GetValueOrDefault("PJSIP/a1") == call);
        pbx.PickUp("PJSIP/a1");
        await Is(centre, "a1", EffectiveState.Talking);
        return await centre.Floor.Read(db => db.FloorContacts.AsNoTracking().Select(c => c.Id).SingleAsync());
    }

    private static async Task<Bends> Offer(PhoneCentre centre, Guid contact) =>
        DecisionWords.Read(await centre.Floor.Read(db => db.ContactSteps.AsNoTracking().Where(s => s.ContactId == contact && s.Decision != null).OrderBy(s => s.Id).FirstAsync()))!.Value.Bent;

    private static List<string> Transfers(SmallAsterisk pbx) => [.. pbx.Requests.Where(r => r.StartsWith("Action: BlindTransfer", StringComparison.Ordinal))
        .Select(r => $"{ScriptedAmi.Value(r, "Channel")} {ScriptedAmi.Value(r, "Context")} {ScriptedAmi.Value(r, "Exten")}")];

    private static async Task Is(PhoneCentre centre, string agent, EffectiveState state)
    {
        for (var i = 0; await centre.Floor.StateOf(agent) != state; i++)
        {
            if (i > 600) throw new TimeoutException($"{agent} did not become {state}");
            await Task.Delay(25);
        }
    }
}
