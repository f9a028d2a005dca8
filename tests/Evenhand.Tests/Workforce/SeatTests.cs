using System.Net;
using System.Net.Http.Json;
using Evenhand.Kernel;
using Evenhand.Tests.Platform;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Workforce;

public sealed class SeatTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_room_is_laid_out_once_and_shrinks_only_where_nobody_is_to_sit(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        Task<HttpResponseMessage> Define(string room, int rows, int columns) => manager.PutAsJsonAsync(ShiftCentre.Api + "/rooms", new { Room = room, Rows = rows, Columns = columns });
        (await (await Define("A", 2, 3)).Json()).GetProperty("added").GetInt32().ShouldBe(6);
        (await (await Define("A", 2, 3)).Json()).GetProperty("added").GetInt32().ShouldBe(0);
        (await manager.Read("/seats")).EnumerateArray().Select(s => s.GetProperty("seat").GetString()).ShouldBe(["A01-01", "A01-02", "A01-03", "A02-01", "A02-02", "A02-03"]);
        await (await manager.Publish("2026-11-26", "2026-11-26", ["a1"], new { Agent = "a1", Day = "2026-11-26", Shift = "late" })).Json();
        await (await manager.PutAsJsonAsync(ShiftCentre.Api + "/seats/people", new { Agent = "a1", Seat = "A02-03" })).Json();
        (await (await Define("A", 1, 3)).CodeOf(409)).ShouldBe("workforce.seats-taken");
        (await (await Define("A", 2, 4)).Json()).GetProperty("seats").GetInt32().ShouldBe(8);
        await (await manager.PutAsJsonAsync(ShiftCentre.Api + "/seats/people", new { Agent = "a1" })).Json();
        (await (await Define("A", 1, 2)).Json()).GetProperty("removed").GetInt32().ShouldBe(6);
        (await Define("A/B", 1, 2)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await centre.SignIn("team-leader", "T1")).PutAsJsonAsync(ShiftCentre.Api + "/rooms", new { Room = "B", Rows = 1, Columns = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task People_keep_their_seats_and_two_are_never_on_one_at_once(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        await manager.PutAsJsonAsync(ShiftCentre.Api + "/rooms", new { Room = "A", Rows = 1, Columns = 3 });
        await manager.Import("agent,date,shift\na1,2026-11-26,early\na2,2026-11-26,early\nb1,2026-11-26,late\nc1,2026-11-26,late\na1,2026-11-27,early\na2,2026-11-27,early\n");
        var assigned = await (await manager.PostAsJsonAsync(ShiftCentre.Api + "/seats/assign", new { From = ShiftCentre.At("08:00"), To = ShiftCentre.At("23:00") })).Json();
        (assigned.GetProperty("seated").GetInt32(), assigned.GetProperty("left").GetInt32()).ShouldBe((4, 0));
        (await Seated(centre)).ShouldBe(["a1 A01-01", "a2 A01-02", "b1 A01-01", "c1 A01-02"]);
        Task<HttpResponseMessage> Put(string agent, string? seat, bool swap = false, HttpClient? by = null) => (by ?? manager).PutAsJsonAsync(ShiftCentre.Api + "/seats/people", new { Agent = agent, Seat = seat, Swap = swap });
        await (await Put("a1", "A01-03")).Json();
        (await (await Put("a1", "A01-02")).CodeOf(409)).ShouldBe("workforce.seat-taken");
        (await (await Put("a1", "A01-02", true)).Json()).GetProperty("moved").GetString().ShouldBe("a2");
        (await Seated(centre)).ShouldBe(["a1 A01-02", "a2 A01-03", "b1 A01-01", "c1 A01-02"]);
        await manager.PostAsJsonAsync(ShiftCentre.Api + "/seats/assign", new { From = ShiftCentre.At("08:00", 27), To = ShiftCentre.At("16:00", 27) });
        (await Seated(centre, 27)).ShouldBe(["a1 A01-02", "a2 A01-01"]);
        var leader = await centre.SignIn("team-leader", "T2");
        (await (await Put("a1", "A01-01", true, leader)).CodeOf(403)).ShouldBe("workforce.agent-beyond.not-allowed");
        (await (await Put("b1", "A01-02", true, leader)).CodeOf(409)).ShouldBe("workforce.seat-taken");
        (await (await Put("x1", "A01-01")).CodeOf(409)).ShouldBe("workforce.no-duty");
        (await (await manager.PostAsJsonAsync(ShiftCentre.Api + "/seats/state", new { Seats = new[] { "A01-03" }, State = "closed" })).Json()).GetProperty("seats").GetInt32().ShouldBe(1);
        (await (await Put("b1", "A01-03")).CodeOf(409)).ShouldBe("workforce.seat-closed");
        (await (await leader.PostAsJsonAsync(ShiftCentre.Api + "/seats/state", new { Seats = new[] { "A01-03" }, State = "closed" })).CodeOf(403)).ShouldBe("workforce.seat-close.not-allowed");
        (await (await leader.PostAsJsonAsync(ShiftCentre.Api + "/seats/state", new { Seats = new[] { "A01-02" }, State = "burnt" })).CodeOf(409)).ShouldBe("workforce.seat-state-unknown");
    }

    [Fact]
    public void Four_hundred_leave_and_four_hundred_arrive_on_four_hundred_seats()
    {
        var seats = Enumerable.Range(0, 400).Select(_ => Guid.CreateVersion7()).ToList();
        var change = ShiftCentre.At("16:00");
        var duties = Enumerable.Range(0, 800).Select(i => new Duty { Id = Guid.CreateVersion7(), AgentId = Guid.CreateVersion7(), Start = i < 400 ? change.AddHours(-8) : change, End = i < 400 ? change : change.AddHours(8), Shift = "" }).ToList();
        var usual = duties.Skip(400).Take(100).Select((d, i) => (d.AgentId, Seat: seats[399 - i])).ToDictionary(u => u.AgentId, u => u.Seat);
        new SeatPlan(seats, []).Seat(duties, usual).Count.ShouldBe(800);
        duties.Take(400).Select(d => d.SeatId).Distinct().Count().ShouldBe(400);
        duties.Skip(400).Select(d => d.SeatId).Distinct().Count().ShouldBe(400);
        duties.Skip(400).Take(100).ShouldAllBe(d => d.SeatId == usual[d.AgentId]);
        var late = new Duty { Id = Guid.CreateVersion7(), AgentId = Guid.CreateVersion7(), Start = change.AddMinutes(-30), End = change.AddHours(4), Shift = "" };
        new SeatPlan(seats, duties).Seat([late], usual).ShouldBeEmpty();
        late.SeatId.ShouldBeNull();
    }

    [Fact]
    public void Names_are_short_on_a_small_seat() => new[] { "张志强", "欧阳明华", "李四", "Anna Maria Berg", "Berg", "8001", "" }.Select(ShowSeats.Short).ShouldBe(["志强", "明华", "李四", "AM", "Berg", "8001", ""]);

    [Fact]
    public async Task The_map_shows_who_sits_and_who_comes_and_takes_forms()
    {
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        (await RosterPageTests.Page(leader, "/seats")).TextContent.ShouldContain("现场经理设置职场后");
        (await manager.Fill("/seats", "room", ("Room", "A"), ("Rows", "99"), ("Columns", "4"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await manager.Fill("/seats", "room", ("Room", "A"), ("Rows", "2"), ("Columns", "4"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await manager.Import("agent,date,shift\na1,2026-11-26,early\nb1,2026-11-26,late\n");
        (await manager.Fill("/seats", "assign")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await RosterPageTests.Page(leader, "/seats");
        page.QuerySelectorAll("td.spot").Length.ShouldBe(8);
        page.QuerySelector("td.taken")!.TextContent.ShouldContain("A1");
        (await RosterPageTests.Page(leader, "/seats?view=next")).QuerySelector("td.taken")!.TextContent.ShouldContain("B1");
        (await leader.Fill("/seats", "place", ("Agent", "a1"), ("Seat", "A02-02"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await leader.Fill("/seats", "place", ("Agent", "b1"), ("Seat", "A02-02"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await leader.Fill("/seats", "mark", ("Seats", "A02-02、A02-03"), ("State", "headset"), ("Note", "左耳无声"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page = await RosterPageTests.Page(leader, "/seats?view=list");
        page.TextContent.ShouldContain("左耳无声");
        (await RosterPageTests.Page(leader, "/seats")).QuerySelectorAll("td.bad").Length.ShouldBe(2);
    }

    private static async Task<string[]> Seated(TestCentre centre, int day = 26) => await centre.Do(async s =>
    {
        var db = s.GetRequiredService<EvenhandDb>();
        var (from, to) = (ShiftCentre.At("00:00", day), ShiftCentre.At("00:00", day + 1));
        var organisation = await centre.Organisation();
        var duties = await db.Duties.AsNoTracking().Where(d => d.Start >= from.ToUniversalTime() && d.Start < to.ToUniversalTime() && d.SeatId != null).ToListAsync();
        var seats = await db.Seats.AsNoTracking().ToDictionaryAsync(x => x.Id, x => x.Code);
        return duties.Select(d => $"{organisation.Agents[d.AgentId].Code} {seats[d.SeatId!.Value]}").Order().ToArray();
    });
}
