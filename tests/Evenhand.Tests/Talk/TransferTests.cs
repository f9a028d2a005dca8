using Evenhand.Routing.Transfers;
using Evenhand.Routing.WorkItems;
using Evenhand.Routing.Webhooks;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Evenhand.Tests.Routing;
using Microsoft.EntityFrameworkCore;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Talk;

public sealed class TransferTests
{
    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_was_not_connected_becomes_a_note_is_answered_and_the_customer_told_by_a_call_back(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (head, manager, stranger) = (await centre.SignIn("team-leader", "D1"), await centre.SignIn("manager"), await centre.SignIn("team-leader", "T3"));
        var (desk, call) = await centre.Talking();
        (await desk.Look("desk/mailboxes")).EnumerateArray().Select(b => b.GetString()).ShouldBe(["呼入部"]);
        await desk.Send($"desk/contacts/{call}/transfer", new { Mailbox = "物流部", Outcome = "connected" }).Refused("routing.mailbox.not-found", 404);
        await desk.Send($"desk/contacts/{call}/transfer", new { Mailbox = "呼入部", Outcome = "note" }).Refused("routing.note-needs-about");
        await desk.Send($"desk/contacts/{Guid.CreateVersion7()}/transfer", new { Mailbox = "呼入部", Outcome = "connected" }).Refused("routing.contact-not-in-hand");
        var id = await desk.Send($"desk/contacts/{call}/transfer", new { Mailbox = "呼入部", Outcome = "note", Person = "李经理", About = "发票抬头" }).Id("note");
        (await desk.Send($"desk/contacts/{call}/transfer", new { Mailbox = "呼入部", Outcome = "note", About = "发票抬头" }).Id("note")).ShouldBe(id, "the second click");
        var item = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync());
        (item.Type, item.Values["department"], item.Values["phone"], item.Values["about"]).ShouldBe(("transfer-note", "呼入部", "13800007468", "发票抬头"));
        (await TalkCentre.Bells(head)).ShouldContain("“呼入部”有新的转接留言");
        (await stranger.Look("transfers")).GetArrayLength().ShouldBe(0);
        await stranger.Send($"transfers/{id}/answer", new { Answer = "x" }).Refused("routing.note.not-found", 404);
        await desk.Send($"transfers/{id}/told").Refused("routing.note-not-answered");
        centre.Clock.Move(TimeSpan.FromMinutes(20));
        var open = (await head.Look("transfers"))[0];
        (open.GetProperty("state").GetString(), open.GetProperty("ageMinutes").GetInt32(), open.GetProperty("mayAnswer").GetBoolean()).ShouldBe(("open", 20, true));
        open.ToString().ShouldNotContain("13800007468");
        var answers = await Task.WhenAll(head.Send($"transfers/{id}/answer", new { Answer = "可以改" }), head.Send($"transfers/{id}/answer", new { Answer = "不能改" }));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        (await TalkCentre.Bells(desk)).ShouldContain("“呼入部”答复了转接留言，请告知客户");
        await stranger.Send($"transfers/{id}/told").Refused("routing.note.not-found", 404);
        var back = await desk.Send($"transfers/{id}/told", new { CallBack = true }).Id("callBack");
        (await desk.Send($"transfers/{id}/told", new { CallBack = true }).Id("callBack")).ShouldBe(back);
        var made = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync(i => i.Id == back));
        (made.Type, made.Values["phone"]).ShouldBe(("call-back", "13800007468"));
        await manager.Move(back, made.Version, "in-progress").Succeeds();
        await manager.Move(back, made.Version + 1, "done").Succeeds();
        await centre.Centre.CatchUp();
        var kept = await centre.Read(db => db.TransferNotes.AsNoTracking().SingleAsync());
        kept.State.ShouldBe(NoteState.Told);
        kept.ToldAt.ShouldNotBeNull();
        (await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync(i => i.Id == item.Id))).State.ShouldBe("done");
        (await head.Look("transfers")).GetArrayLength().ShouldBe(0);
        (await head.Look("transfers?all=true")).GetArrayLength().ShouldBe(1);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_mailbox_may_be_another_system_and_every_try_is_kept(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        await TalkCentre.Settle(manager, mailboxes: [new { Name = "物流", Unit = "D1", Webhook = Guid.CreateVersion7() }]).Refused("routing.mailbox-unfit");
        var hook = await manager.Send("webhooks", new { Url = "https://example.org/notes", Type = "transfer-note" }).Id();
        await TalkCentre.Settle(manager, mailboxes: [new { Name = "物流", Webhook = hook }]).Succeeds();
        var (desk, call) = await centre.Talking();
        await desk.Send($"desk/contacts/{call}/transfer", new { Mailbox = "物流", Outcome = "customer-calls" }).Succeeds();
        (await centre.Read(db => db.WorkItems.CountAsync())).ShouldBe(0);
        var id = await desk.Send($"desk/contacts/{call}/transfer", new { Mailbox = "物流", Outcome = "note", Phone = "021-5555 1234", About = "还没收到货" }).Id("note");
        (await centre.Read(db => db.TransferTries.OrderBy(t => t.Id).Select(t => t.Outcome).ToListAsync())).ShouldBe(["customer-calls", "note"]);
        var told = await centre.Read(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.WebhookId == hook));
        told.Body.ShouldContain(id.ToString());
        told.Body.ShouldNotContain("5555");
        await (await centre.SignIn("team-leader", "D1")).Send($"transfers/{id}/answer", new { Answer = "x" }).Refused("routing.note.not-found", 404);
        await manager.Send($"transfers/{id}/answer", new { Answer = "明天送到" }).Succeeds();
        await desk.Send($"transfers/{id}/told").Succeeds();
        (await centre.Read(db => db.TransferNotes.AsNoTracking().SingleAsync())).State.ShouldBe(NoteState.Told);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task An_order_without_an_address_waits_at_the_leader_and_comes_back_with_it(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (leader, desk) = (await centre.SignIn("team-leader", "centre"), await centre.SignIn("agent", null, "a1"));
        var order = await desk.Make(new { Type = "order", Subject = "订单", Queue = "sales", Fields = new Dictionary<string, string> { ["customer"] = "王", ["phone"] = "13800007468", ["product"] = "茶", ["quantity"] = "1" } });
        await leader.Move(order, 1, "in-progress", "a1").Succeeds();
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.Send($"work-items/{order}/ask-address")));
        foreach (var answer in asked.Where(a => !a.IsSuccessStatusCode)) (await answer.CodeOf(409)).ShouldBe("routing.work-item-changed");
        var item = await desk.Send($"work-items/{order}/ask-address").Id("item");
        (await centre.Read(db => db.WorkItems.CountAsync())).ShouldBe(2, "asked once");
        (await leader.Item(order)).GetProperty("state").GetString().ShouldBe("waiting");
        (await TalkCentre.Bells(leader)).ShouldContain("请补充地址：订单");
        await leader.Move(item, 1, "in-progress").Succeeds();
        await leader.Change(item, 2, "address", "上海市浦东新区世纪大道1号").Succeeds();
        await leader.Move(item, 3, "done").Succeeds();
        await centre.Centre.CatchUp();
        var done = await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync(i => i.Id == order));
        (done.Values["address"], done.State, done.AgentId).ShouldBe(("上海市浦东新区世纪大道1号", "assigned", (Guid?)await centre.Floor.Agent("a1")));
        (await TalkCentre.Bells(desk))[0].ShouldBe("地址已补好，请完成订单：订单");
        await desk.Send($"work-items/{order}/ask-address").Refused("routing.address-there");
    }
}
