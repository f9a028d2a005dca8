using Evenhand.Routing.Announcements;
using Evenhand.Routing.Contracts;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Talk;

public sealed class AnnouncementTests
{
    private static object Told(TalkCentre centre, string unit, string importance = "normal", string title = "新活动") =>
        new { Units = new[] { unit }, Title = title, Text = "第一行\n第二行", Until = centre.Clock.GetUtcNow().AddMinutes(30), Importance = importance };

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task It_reaches_the_people_of_the_units_who_confirm_it_and_the_leader_sees_who_has_not(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (manager, leader, other) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T3"));
        var (a1, b1, c1) = (await centre.Floor.Desk("a1"), await centre.Floor.Desk("b1"), await centre.Floor.Desk("c1"));
        await leader.Send("announcements", Told(centre, "D1")).Refused("routing.announce.not-allowed", 403);
        (await a1.Send("announcements", Told(centre, "T1"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        await leader.Send("announcements", new { Units = new[] { "T1" }, Title = "x", Text = "y", Until = centre.Clock.GetUtcNow().AddHours(-1) }).Refused("routing.announcement-times");
        var id = await manager.Send("announcements", Told(centre, "D1")).Id();
        (await TalkCentre.Bells(a1)).ShouldBe(["新公告：新活动"]);
        (await TalkCentre.Bells(c1)).ShouldBeEmpty("not of the department");
        await c1.Send($"desk/announcements/{id}/read").Refused("routing.announcement.not-found", 404);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => a1.Send($"desk/announcements/{id}/read").Succeeds()));
        (await centre.Read(db => db.AnnouncementReads.CountAsync())).ShouldBe(1);
        var row = (await manager.Look("announcements"))[0];
        (row.GetProperty("read").GetInt32(), row.GetProperty("people").GetInt32()).ShouldBe((1, 3));
        row.GetProperty("unread").EnumerateArray().Select(p => p.GetProperty("code").GetString()).ShouldBe(["a2", "b1"]);
        (await leader.Look("announcements"))[0].GetProperty("unread").EnumerateArray().Select(p => p.GetProperty("code").GetString()).ShouldBe(["a2"], "a leader sees the own people");
        (await other.Look("announcements")).GetArrayLength().ShouldBe(0);
        await leader.Send($"announcements/{id}/withdraw").Refused("routing.announcement-wider");
        (await (await leader.Send($"announcements/{id}/remind")).Json()).GetProperty("people").GetInt32().ShouldBe(1);
        var d1 = (await centre.Centre.Organisation()).UnitOf("T1");
        (await centre.Centre.Do(s => s.GetRequiredService<IAnnouncements>().Current([d1], default))).ShouldHaveSingleItem().Title.ShouldBe("新活动");
        (await b1.Look("desk/announcements"))[0].GetProperty("text").GetString().ShouldBe("第一行\n第二行");
        await manager.Send($"announcements/{id}/withdraw").Succeeds();
        (await b1.Look("desk/announcements")).GetArrayLength().ShouldBe(0);
        (await centre.Centre.Do(s => s.GetRequiredService<IAnnouncements>().Current([d1], default))).ShouldBeEmpty();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_is_important_is_read_before_anybody_goes_ready(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var (a1, a2) = (await centre.Floor.Desk("a1"), await centre.Floor.Desk("a2", onDuty: false));
        await a1.Act("state", new { State = "after-contact-work" }).Succeeds();
        await manager.Send("announcements", Told(centre, "T1")).Succeeds();
        await a1.Act("state", new { State = "ready" }).Succeeds();
        await a1.Act("state", new { State = "after-contact-work" }).Succeeds();
        var id = await manager.Send("announcements", Told(centre, "T1", "important", "口径变更")).Id();
        await a1.Act("state", new { State = "ready" }).Refused("routing.announcement-unread");
        await a2.Act("sign-in").Refused("routing.announcement-unread");
        await a1.Send($"desk/announcements/{id}/read").Succeeds();
        await a1.Act("state", new { State = "ready" }).Succeeds();
        await a2.Act("sign-in").Refused("routing.announcement-unread");
        centre.Clock.Move(TimeSpan.FromMinutes(31));
        await a2.Act("sign-in").Succeeds();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Who_has_not_read_is_reminded_and_what_comes_later_rings_when_it_begins(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (manager, a1, a2) = (await centre.SignIn("manager"), await centre.SignIn("agent", null, "a1"), await centre.SignIn("agent", null, "a2"));
        await TalkCentre.Settle(manager, reminderMinutes: 10).Succeeds();
        var now = centre.Clock.GetUtcNow();
        var id = await manager.Send("announcements", new { Units = new[] { "T1" }, Title = "明早例会", Text = "九点", From = now.AddMinutes(10), Until = now.AddHours(3) }).Id();
        (await TalkCentre.Bells(a1)).ShouldBeEmpty();
        (await a1.Look("desk/announcements")).GetArrayLength().ShouldBe(0);
        centre.Clock.Move(TimeSpan.FromMinutes(11));
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0);
        (await TalkCentre.Bells(a1)).ShouldBe(["新公告：明早例会"]);
        await a1.Send($"desk/announcements/{id}/read").Succeeds();
        centre.Clock.Move(TimeSpan.FromMinutes(11));
        var rang = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => centre.Centre.Do(s => s.GetRequiredService<RemindUnread>().Run(default))));
        rang.Sum().ShouldBe(1);
        (await TalkCentre.Bells(a1)).Count.ShouldBe(1, "who has read it is left alone");
        (await TalkCentre.Bells(a2)).ShouldBe(["请阅读公告：明早例会", "新公告：明早例会"]);
        await a2.Send($"desk/announcements/{id}/read").Succeeds();
        centre.Clock.Move(TimeSpan.FromMinutes(11));
        (await centre.Due()).ShouldBe(0, "everybody has read it");
        (await centre.Read(db => db.Announcements.SingleAsync())).RemindAt.ShouldBeNull();
    }
}
