using System.Net;
using System.Net.Http.Json;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Tests.Platform;
using Evenhand.Workforce.Roster;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Workforce;

public sealed class PublishDutiesTests
{
    private static readonly object[] TwoDays =
        [new { Agent = "a1", Day = "2026-11-26", From = "16:00", To = "24:00" }, new { Agent = "a1", Day = "2026-11-27", Shift = "night" }, new { Agent = "b1", Day = "2026-11-26", From = "22:00", To = "06:00" }];

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_published_replaces_the_days_of_those_named_and_twice_is_once(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        var first = await (await manager.Publish("2026-11-26", "2026-11-27", ["a1", "b1"], TwoDays)).Json();
        (first.GetProperty("agents").GetInt32(), first.GetProperty("added").GetInt32(), first.GetProperty("removed").GetInt32()).ShouldBe((2, 3, 0));
        var again = await (await manager.Publish("2026-11-26", "2026-11-27", ["a1", "b1"], TwoDays)).Json();
        (again.GetProperty("added").GetInt32(), again.GetProperty("removed").GetInt32(), again.GetProperty("unchanged").GetInt32()).ShouldBe((0, 0, 3));
        (await manager.Duties("?from=2026-11-26&to=2026-11-27")).ShouldBe(["a1 2026-11-26 16:00–24:00", "b1 2026-11-26 22:00–06:00", "a1 2026-11-27 00:00–08:00"], ignoreOrder: true);
        await (await manager.Publish("2026-11-26", "2026-11-26", ["a1"])).Json();
        (await manager.Duties("?from=2026-11-26&to=2026-11-27")).ShouldBe(["b1 2026-11-26 22:00–06:00", "a1 2026-11-27 00:00–08:00"], ignoreOrder: true);
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Publications.CountAsync())).ShouldBe(2);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Nobody_works_two_duties_at_once_not_even_over_midnight_or_beside_days_that_stay(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        await (await manager.Publish("2026-11-26", "2026-11-26", ["b1"], new { Agent = "b1", Day = "2026-11-26", From = "22:00", To = "06:00" })).Json();
        var clash = await manager.Publish("2026-11-27", "2026-11-27", ["b1"], new { Agent = "b1", Day = "2026-11-27", From = "05:00", To = "12:00" });
        (await clash.CodeOf(409)).ShouldBe("workforce.lines-rejected");
        (await clash.Content.ReadAsStringAsync()).ShouldContain("重叠");
        (await (await manager.Publish("2026-11-27", "2026-11-27", ["a1"], new { Agent = "a1", Day = "2026-11-27", From = "05:00", To = "12:00" }, new { Agent = "a1", Day = "2026-11-27", From = "11:00", To = "13:00" })).CodeOf(409)).ShouldBe("workforce.lines-rejected");
        (await manager.Publish("2026-11-27", "2026-11-27", ["b1"], new { Agent = "b1", Day = "2026-11-27", From = "06:00", To = "12:00" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await manager.Publish("2026-11-27", "2026-11-27", ["b1"], new { Agent = "a2", Day = "2026-11-27", Shift = "early" })).CodeOf(409)).ShouldBe("workforce.duty-outside");
        (await (await manager.Publish("2026-11-27", "2026-11-27", ["b1"], new { Agent = "b1", Day = "2026-11-28", Shift = "early" })).CodeOf(409)).ShouldBe("workforce.duty-outside");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Two_people_publishing_one_person_at_once_make_no_double_duty(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => manager.Publish($"2026-12-0{1 + i % 2}", $"2026-12-0{1 + i % 2}", ["a1"], new { Agent = "a1", Day = $"2026-12-0{1 + i % 2}", From = "20:00", To = "04:00" }))));
        answers.ShouldAllBe(a => a.IsSuccessStatusCode);
        (await manager.Duties("?from=2026-12-01&to=2026-12-02")).ShouldBe(["a1 2026-12-01 20:00–04:00", "a1 2026-12-02 20:00–04:00"]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_duty_gate_is_told_of_no_roster_until_one_was_published(Store store)
    {
        var (centre, clock) = await ShiftCentre.Start(store);
        await using var open = centre;
        var roster = centre.Services.GetRequiredService<IRoster>();
        (await roster.Duties(clock.Now.AddDays(-1), clock.Now.AddDays(1), default)).ShouldBeNull();
        var manager = await centre.SignIn("manager");
        await manager.Publish("2026-11-26", "2026-11-27", ["a1", "b1"], TwoDays);
        var duties = await roster.Duties(ShiftCentre.At("23:59"), ShiftCentre.At("00:30", 27), default);
        duties!.Select(d => (d.Start, d.End)).ShouldBe([(ShiftCentre.At("16:00"), ShiftCentre.At("00:00", 27)), (ShiftCentre.At("22:00"), ShiftCentre.At("06:00", 27)), (ShiftCentre.At("00:00", 27), ShiftCentre.At("08:00", 27))]);
        (await roster.Duties(ShiftCentre.At("00:00", 27), ShiftCentre.At("00:30", 27), default))!.Count.ShouldBe(2);
        await manager.Publish("2026-11-26", "2026-11-27", ["a1", "b1"]);
        (await roster.Duties(clock.Now.AddDays(-1), clock.Now.AddDays(1), default)).ShouldBe([]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_file_is_taken_whole_or_refused_with_each_line_and_its_mend(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        var refused = await manager.Import("工号,日期,上班,下班,班次\na1,2026-11-26,08:00,16:00,\nzz,2026-11-26,08:00,16:00,\na2,2026-11-26,25:00,16:00,\nb1,2026-11-26,,,晚晚班\nc1,2026-11-26,06:00,23:30,\n");
        (await refused.CodeOf(409)).ShouldBe("workforce.lines-rejected");
        var said = await refused.Content.ReadAsStringAsync();
        foreach (var part in new[] { "第 3 行", "zz", "第 4 行", "25:00", "第 5 行", "晚晚班", "第 6 行", "16 小时" }) said.ShouldContain(part);
        said.ShouldNotContain("第 2 行");
        (await manager.Duties("?from=2026-11-26")).ShouldBeEmpty();
        (await (await manager.Import("agent,when\na1,2026-11-26\n")).CodeOf(409)).ShouldBe("workforce.file-columns");
        (await (await manager.Import("agent,date,shift\na1,26th of November,early\n")).CodeOf(409)).ShouldBe("workforce.lines-rejected");
        var taken = await (await manager.Import("工号;日期;上班;下班;班次\r\na1;2026/11/26;8:00;16:00;\r\na2;2026-11-26;;;夜班\r\nb1;2026-11-27;22:00;6:00;\r\n")).Json();
        taken.GetProperty("added").GetInt32().ShouldBe(3);
        (await manager.Duties("?from=2026-11-26&to=2026-11-27&team=T1")).ShouldBe(["a2 2026-11-26 00:00–08:00", "a1 2026-11-26 08:00–16:00"]);
        var file = await (await manager.GetAsync(ShiftCentre.Api + "/duties/export?format=csv&from=2026-11-26&to=2026-11-27")).Content.ReadAsStringAsync();
        (await (await manager.Import(file)).Json()).GetProperty("unchanged").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_leader_reads_the_own_team_an_agent_the_own_line_and_only_a_manager_writes()
    {
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        await manager.Publish("2026-11-26", "2026-11-27", ["a1", "b1"], TwoDays);
        var leader = await centre.SignIn("team-leader", "T1");
        (await leader.Duties("?from=2026-11-26&to=2026-11-27")).Select(d => d[..2]).Distinct().ShouldBe(["a1"]);
        (await leader.Publish("2026-11-26", "2026-11-26", ["a1"])).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await leader.Import("x")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var agent = await centre.SignIn("agent", agent: "b1");
        (await agent.Duties("?from=2026-11-26&to=2026-11-27")).ShouldBe(["b1 2026-11-26 22:00–06:00"]);
        (await (await centre.SignIn("qa")).GetAsync("/roster")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var narrow = await centre.SignIn("manager", "D1");
        var beyond = await narrow.Publish("2026-11-26", "2026-11-26", ["c1"], new { Agent = "c1", Day = "2026-11-26", Shift = "early" });
        (await beyond.CodeOf(409)).ShouldBe("workforce.lines-rejected");
        (await beyond.Content.ReadAsStringAsync()).ShouldContain("权限范围");
        (await (await narrow.PutAsJsonAsync(ShiftCentre.Api + "/shifts", new { Shifts = new[] { new { Code = "day", Name = "白班", From = "09:00", To = "18:00" } } })).CodeOf(403)).ShouldBe("workforce.whole-centre.not-allowed");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_centre_names_its_own_shifts(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        (await manager.Read("/shifts")).EnumerateArray().Select(s => s.GetProperty("name").GetString()).ShouldBe(["早班", "中班", "夜班"]);
        async Task<HttpResponseMessage> Set(params object[] shifts) => await manager.PutAsJsonAsync(ShiftCentre.Api + "/shifts", new { Shifts = shifts });
        (await Set(new { Code = "day", Name = "白班", From = "09:00", To = "18:00", Opens = 30 }, new { Code = "owl", Name = "大夜", From = "22:00", To = "07:00", Opens = (int?)null })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Set(new { Code = "day", Name = "白天", From = "09:00", To = "17:00", Opens = 30 }, new { Code = "owl", Name = "大夜", From = "22:00", To = "07:00", Opens = 45 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.Read("/shifts")).EnumerateArray().Select(s => s.GetProperty("to").GetString()).ShouldBe(["17:00", "07:00"]);
        (await (await Set(new { Code = "a", Name = "一", From = "09:00", To = "18:00" }, new { Code = "b", Name = "一", From = "10:00", To = "18:00" })).CodeOf(409)).ShouldBe("workforce.shift-twice");
        (await (await Set(new { Code = "a", Name = "一", From = "25:00", To = "18:00" })).CodeOf(409)).ShouldBe("workforce.time-unreadable");
        (await Set()).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await manager.Import("agent,date,shift\na1,2026-11-26,Night\n")).CodeOf(409)).ShouldBe("workforce.lines-rejected");
        await manager.Import("agent,date,shift\na1,2026-11-26,大夜\n");
        (await manager.Duties("?from=2026-11-26")).ShouldBe(["a1 2026-11-26 22:00–07:00"]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Standard_shifts_are_read_in_each_readers_language_also_after_they_were_saved(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        (await manager.PutAsJsonAsync(ShiftCentre.Api + "/shifts", new { Shifts = new[] { new { Code = "night", Name = "Night", From = "00:00", To = "08:00", Opens = 90 }, new { Code = "early", Name = "早早班", From = "08:00", To = "16:00", Opens = 60 } } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.Read("/shifts")).EnumerateArray().Select(s => s.GetProperty("name").GetString()).ShouldBe(["夜班", "早早班"]);
        await manager.Import("agent,date,shift\na1,2026-11-26,Night\na2,2026-11-26,夜班\nb1,2026-11-26,early\n");
        (await manager.Duties("?from=2026-11-26&to=2026-11-26")).Order().ShouldBe(["a1 2026-11-26 00:00–08:00", "a2 2026-11-26 00:00–08:00", "b1 2026-11-26 08:00–16:00"]);
    }

    [Fact]
    public void Times_of_the_clock_are_read_as_people_write_them()
    {
        new[] { "8:00", "08:00", "24:00", "00:00", "8：30", "24:01", "8:60", "x", null }.Select(CentreTime.Minutes).ShouldBe([480, 480, 1440, 0, 510, null, null, null, null]);
        CentreTime.Monday(new DateOnly(2026, 11, 29)).ShouldBe(new DateOnly(2026, 11, 23));
    }
}
