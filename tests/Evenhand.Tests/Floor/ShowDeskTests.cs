using System.Net;
using System.Net.Http.Json;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Desk;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Live;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

/// <summary>What a desk shows, to whom, and that it does so without being asked.</summary>
public sealed class ShowDeskTests
{
    private const string Number = "13800007468";

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_desk_shows_what_rings_then_what_is_in_hand_with_the_customers_history(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1", onDuty: false);
        (await desk.Look()).GetProperty("state").GetProperty("code").GetString().ShouldBe("signed-out");
        await desk.Act("sign-in");
        var first = await centre.Arrive("one", customer: Number);
        var offer = (await desk.Look()).GetProperty("offers").EnumerateArray().Single();
        (offer.GetProperty("contactId").GetGuid(), offer.GetProperty("customer").GetString(), offer.GetProperty("why").GetProperty("code").GetString()).ShouldBe((first, "138****7468", "only-one"));
        await desk.On(first, "accept");
        await desk.On(first, "complete", new { WrapUp = "resolved", Note = "改约周五" });
        await desk.Act("state", new { State = "ready" });
        var second = await centre.Arrive("two", customer: "+86 138 0000 7468");
        await desk.On(second, "accept");
        var view = await desk.Look();
        view.GetProperty("current").GetProperty("id").GetGuid().ShouldBe(second);
        var before = view.GetProperty("customer").GetProperty("history").EnumerateArray().Single();
        (before.GetProperty("note").GetString(), before.GetProperty("wrapUp").GetProperty("zh").GetString(), before.GetProperty("agent").GetString()).ShouldBe(("改约周五", "已解决", "A1"));
        view.GetProperty("today").GetProperty("handled").GetInt32().ShouldBe(1);
        view.ToString().ShouldNotContain(Number);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Nobody_sees_another_ones_desk_and_what_is_unmasked_is_recorded(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (desk, other) = (await centre.Desk("a1"), await centre.Desk("b1", onDuty: false));
        var call = await centre.Arrive("c", customer: Number);
        await desk.On(call, "accept");
        (await other.Look()).GetProperty("contacts").GetArrayLength().ShouldBe(0);
        (await (await other.On(call, "unmask", new { Reason = "核对身份" })).CodeOf(409)).ShouldBe("routing.contact-not-in-hand");
        (await (await centre.Centre.SignIn("team-leader", "T1")).GetAsync("/api/v1/routing/desk")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await centre.Centre.SignIn("agent")).GetAsync("/api/v1/routing/desk")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "an account that is no agent's");
        await using var page = await centre.Centre.Listen(await centre.Centre.Cookie("agent", null, "b1"));
        await Should.ThrowAsync<HubException>(() => page.Join($"desk:{centre.Agent("a1").Result}"));
        (await desk.On(call, "unmask", new { Reason = "短" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await desk.On(call, "unmask", new { Reason = "核对身份" })).Json()).GetProperty("customer").GetString().ShouldBe(Number);
        (await desk.Look()).GetProperty("customer").GetProperty("number").GetString().ShouldBe(Number);
        (await centre.Read(db => db.Set<Evenhand.Platform.Audit.AuditEntry>().CountAsync(e => e.Action == "routing.contact-unmasked"))).ShouldBe(1);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task The_desk_works_by_plain_forms_and_gives_back_what_was_refused(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1", onDuty: false);
        (await desk.Fill("/desk", "desk", ("what", "sign-in"))).Headers.Location!.ToString().ShouldEndWith("/desk");
        var call = await centre.Arrive("c", customer: Number);
        (await desk.GetStringAsync("/desk")).ShouldContain("138****7468");
        (await desk.Fill("/desk", "desk", ("what", "accept"), ("contact", $"{call}"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var refused = await desk.Fill("/desk", "desk", ("what", "complete"), ("contact", $"{call}"), ("note", "还没选小结"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await refused.Content.ReadAsStringAsync();
        html.ShouldContain("还没选小结");
        html.ShouldContain("请先选择小结代码");
        (await desk.Fill("/desk", "desk", ("what", "complete"), ("contact", $"{call}"), ("note", "好"), ("wrapUp", "resolved"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.Read(db => db.Set<Evenhand.Routing.Floor.FloorContact>().SingleAsync(c => c.Id == call))).Note.ShouldBe("好");
        (await desk.Fill("/desk", "desk", ("what", "nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task An_offer_reaches_the_open_desk_by_itself(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var agent = await centre.Agent("a1");
        var desk = await centre.Desk("a1");
        await using var page = await centre.Centre.Listen(await centre.Centre.Cookie("agent", null, "a1"), "en");
        await page.Join($"desk:{agent}");
        (await page.NextMarkup()).ShouldContain("target=\"desk-state\"");
        var call = await centre.Arrive("c", customer: Number);
        var (drawn, signalled) = ("", false);
        while (!drawn.Contains($"offer-{call}", StringComparison.Ordinal) || !signalled)
        {
            var message = await page.Next();
            if (message.Target == "stream") drawn += message.Arguments[0].GetString();
            else signalled |= message.Arguments[1].GetString() == "offer";
        }
        drawn.ShouldContain("You alone can take it now");
        drawn.ShouldNotContain(Number);
        await desk.On(call, "accept");
        while (!drawn.Contains($"id=\"note-{call}\"", StringComparison.Ordinal)) drawn += await page.NextMarkup();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_colleague_is_told_at_the_own_desk_and_the_caller_holds(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var a1 = await centre.Desk("a1");
        var call = await centre.Arrive("c");
        await a1.On(call, "accept");
        (await (await a1.On(call, "consult", new { Agent = "b1" })).CodeOf(409)).ShouldBe("routing.consult-off-duty");
        var b1 = await centre.Desk("b1");
        var free = (await (await a1.GetAsync($"{DeskCalls.Api}desk/contacts/{call}/colleagues")).Json()).EnumerateArray().Single();
        (free.GetProperty("code").GetString(), free.GetProperty("state").GetString()).ShouldBe(("b1", "available"));
        (await a1.On(call, "consult", new { Agent = "b1", Note = "退货超期怎么办" })).IsSuccessStatusCode.ShouldBeTrue();
        var asked = (await b1.Look()).GetProperty("consults").EnumerateArray().Single();
        (asked.GetProperty("note").GetString(), asked.GetProperty("who").GetString(), asked.GetProperty("isMine").GetBoolean()).ShouldBe(("退货超期怎么办", "A1", false));
        (await a1.Look()).GetProperty("state").GetProperty("code").GetString().ShouldBe("holding");
        (await b1.Act($"../desk/consults/{asked.GetProperty("id").GetGuid()}/seen")).IsSuccessStatusCode.ShouldBeTrue();
        (await b1.Look()).GetProperty("consults").GetArrayLength().ShouldBe(0);
        (await a1.Look()).GetProperty("consults")[0].GetProperty("seenAt").GetString().ShouldNotBeNull();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task An_order_is_filled_in_at_the_desk_and_another_is_opened_for_the_caller(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        await centre.Centre.Do(async s =>
        {
            var (db, all) = (s.GetRequiredService<EvenhandDb>(), await s.GetRequiredService<IOrganisation>().Read(default));
            db.Add(new QueueUnit { QueueId = all.Queues.Values.Single(q => q.Code == "orders").Id, UnitId = all.UnitOf("centre") });
            await db.SaveChangesAsync();
        });
        var desk = await centre.Desk("a1");
        var call = await centre.Arrive("c", customer: Number);
        await desk.On(call, "accept");
        (await desk.Fill("/desk", "desk", ("what", "create-item"), ("contact", $"{call}"), ("type", "address-completion"), ("queue", "orders"), ("field.order-number", "A-17"), ("field.phone", ""), ("field.address", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var item = await centre.Read(db => db.Set<WorkItem>().SingleAsync());
        (item.Values["phone"], item.Customer, item.Type).ShouldBe((Number, Number, "address-completion"));
        (await desk.Look()).GetProperty("customer").GetProperty("open").EnumerateArray().Single().GetProperty("itemId").GetGuid().ShouldBe(item.Id);
        await desk.On(call, "complete", new { WrapUp = "resolved" });
        await centre.Centre.CatchUp();
        await FloorCentre.Until(() => desk.Look().Result.GetProperty("offers").GetArrayLength() == 1);
        var offered = (await desk.Look()).GetProperty("offers")[0].GetProperty("contactId").GetGuid();
        await desk.On(offered, "accept");
        var form = (await desk.Look()).GetProperty("current").GetProperty("item");
        var version = form.GetProperty("version").GetInt32();
        (string, string)[] Saved(int seen, string address) => [("what", "save-item"), ("contact", $"{offered}"), ("item", $"{item.Id}"), ("version", $"{seen}"), ("hidden", "phone"), ("field.order-number", "A-17"), ("field.phone", ""), ("field.address", address)];
        (await desk.Fill("/desk", "desk", Saved(version, "上海市浦东新区世纪大道100号"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var saved = await centre.Read(db => db.Set<WorkItem>().SingleAsync());
        (saved.Values["address"], saved.Values["phone"], saved.Version).ShouldBe(("上海市浦东新区世纪大道100号", Number, version + 1));
        (await desk.Fill("/desk", "desk", Saved(version, "别处"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "somebody was faster");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task The_day_shows_what_was_handled_and_every_state(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1");
        foreach (var key in new[] { "x", "y" })
        {
            var call = await centre.Arrive(key);
            await desk.On(call, "accept");
            await desk.On(call, "complete", new { WrapUp = "resolved" });
        }
        await desk.On(await centre.Arrive("z"), "reject");
        await desk.Act("break", new { Reason = "rest" });
        var day = await (await desk.GetAsync($"{DeskCalls.Api}desk/day")).Json();
        (day.GetProperty("accepted").GetInt32(), day.GetProperty("rejected").GetInt32(), day.GetProperty("channels")[0].GetProperty("count").GetInt32()).ShouldBe((2, 1, 2));
        day.GetProperty("states").EnumerateArray().Last().GetProperty("code").GetString().ShouldBe("on-break");
        (await desk.GetStringAsync("/desk/day")).ShouldContain("class=\"on-break\"");
    }
}

internal static class DeskLooks
{
    public static async Task<System.Text.Json.JsonElement> Look(this HttpClient client) => await (await client.GetAsync($"{DeskCalls.Api}desk")).Json();
}
