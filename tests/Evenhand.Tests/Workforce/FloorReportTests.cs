using System.Net;
using System.Net.Http.Json;
using Evenhand.Dispatch.Queues;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Tests.Platform;
using Evenhand.Workforce.Contracts;
using Evenhand.Workforce.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evenhand.Tests.Workforce;

public sealed class FloorReportTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Every_hour_is_filed_once_whoever_runs_whatever_the_clock_does(Store store)
    {
        var (centre, clock, done) = await Start(store);
        await using var open = centre;
        done.Add("a1", "14:10", 1, 0);
        done.Add("a1", "14:59", 1, 2, Channel.Chat);
        done.Add("c1", "15:00", 7, 0);
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => File(centre))))).Sum().ShouldBe(2);
        (await File(centre)).ShouldBe(0);
        (await Filed(centre)).ShouldBe(["14 - v1 2/0 2p", "14 T1 v1 2/0 2p"]);
        clock.Now = ShiftCentre.At("18:01");
        (await File(centre)).ShouldBe(5);
        clock.Now = ShiftCentre.At("18:02");
        await File(centre);
        (await Filed(centre)).Where(f => f.Contains(" - ", StringComparison.Ordinal)).Select(f => f[..2]).ShouldBe(["14", "15", "16", "17"]);
        (await Filed(centre)).ShouldContain("15 T3 v1 7/0 0p");
        clock.Now = ShiftCentre.At("14:30");
        (await File(centre)).ShouldBe(0);
        clock.Now = ShiftCentre.At("18:05", 29);
        await File(centre);
        (await Filed(centre)).Count(f => f.Contains(" - v1", StringComparison.Ordinal)).ShouldBe(4 + 26);
        await Should.ThrowAsync<Exception>(() => centre.Do(s => s.GetRequiredService<EvenhandDb>().Reports.ExecuteUpdateAsync(set => set.SetProperty(r => r.Taken, 99))));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_day_is_compiled_when_the_night_shift_ends_and_late_facts_make_a_further_version(Store store)
    {
        var (centre, clock, done) = await Start(store);
        await using var open = centre;
        var (manager, floor, leader) = (await centre.SignIn("manager"), await centre.SignIn("floor-manager", "centre"), await centre.SignIn("team-leader", "T1"));
        done.Add("a1", "14:10", 3, 0);
        done.Add("b1", "20:10", 2, 0);
        await File(centre);
        for (var hour = 1; hour <= 17; hour++)
        {
            clock.Now = ShiftCentre.At("15:03").AddHours(hour);
            await File(centre);
        }
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Reports.CountAsync(r => r.Kind == "day"))).ShouldBe(1);
        var day = (await manager.Read("/reports?kind=day")).GetProperty("rows")[0];
        (day.GetProperty("taken").GetInt32(), day.GetProperty("from").GetDateTimeOffset(), day.GetProperty("to").GetDateTimeOffset()).ShouldBe((5, ShiftCentre.At("08:00"), ShiftCentre.At("08:00", 27)));
        foreach (var (client, told) in new[] { (manager, 1), (floor, 1), (leader, 0) })
            (await (await client.Get("/notifications")).Json()).GetProperty("rows").EnumerateArray().Count(n => n.GetProperty("text").GetString()!.Contains("日报已生成", StringComparison.Ordinal)).ShouldBe(told);
        (await leader.Read("/reports?kind=day")).GetProperty("total").GetInt32().ShouldBe(0);
        (await leader.GetAsync($"{ShiftCentre.Api}/reports/{day.GetProperty("id").GetGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        done.Add("a2", "14:20", 4, 0);
        var at = ShiftCentre.At("14:15").ToUnixTimeSeconds();
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            db.Publish(new ContactsRecorded(Guid.CreateVersion7(), 1, [new Touch(at, at + 900)], 4), clock.Now, "test");
            await db.SaveChangesAsync();
        });
        await centre.CatchUp();
        (await File(centre)).ShouldBe(3);
        (await File(centre)).ShouldBe(0);
        (await Filed(centre)).Where(f => f.StartsWith("14 ", StringComparison.Ordinal)).ShouldBe(["14 - v1 3/0 2p", "14 - v2 7/0 2p", "14 T1 v1 3/0 2p", "14 T1 v2 7/0 2p"]);
        day = (await manager.Read("/reports?kind=day")).GetProperty("rows")[0];
        (day.GetProperty("version").GetInt32(), day.GetProperty("taken").GetInt32()).ShouldBe((2, 9));
        var shown = await manager.Read($"/reports/{day.GetProperty("id").GetGuid()}");
        shown.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("taken").GetInt32()).ShouldBe([9, 5]);
        shown.GetProperty("versions")[0].GetProperty("why").GetString().ShouldBe("有数据迟到，重新统计");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task One_node_works_and_another_goes_on_when_it_dies(Store store)
    {
        var (centre, clock, _) = await Start(store);
        await using var open = centre;
        WorkforceLoop Node() => new(centre.Services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<WorkforceLoop>.Instance);
        var (one, two) = (Node(), Node());
        (await one.Round(default)).ShouldBe((1, 2));
        (await two.Round(default)).ShouldBeNull();
        (await one.Round(default)).ShouldBe((0, 0));
        // The lease of a node that died runs out; PostgreSQL goes by its own clock, so the test lets it.
        await centre.Do(services => services.GetRequiredService<EvenhandDb>().Set<Lease>().ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, DateTimeOffset.UnixEpoch)));
        (await two.Round(default)).ShouldBe((0, 0));
        (await one.Round(default)).ShouldBeNull();
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Agents_write_their_own_the_leader_files_the_shift_and_who_took_over_confirms_it(Store store)
    {
        var (centre, clock, done) = await Start(store);
        await using var open = centre;
        done.Add("a1", "09:10", 5, 0);
        done.Add("a1", "10:10", 0, 3, Channel.WorkItem);
        await HandoverTests.RunOpen(centre);
        var (agent, one, two, three) = (await centre.SignIn("agent", agent: "a1"), await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("team-leader", "T3"));
        clock.Now = ShiftCentre.At("15:20");
        var own = await agent.Read("/reports/own");
        (own.GetProperty("taken").GetInt32(), own.GetProperty("closed").GetInt32()).ShouldBe((5, 3));
        await (await agent.PutAsJsonAsync(ShiftCentre.Api + "/reports/own", new { Problems = "优惠券叠加问题多", Suggestions = "" })).Json();
        await (await agent.PutAsJsonAsync(ShiftCentre.Api + "/reports/own", new { Problems = "优惠券叠加问题多", Suggestions = "加一条话术" })).Json();
        Task<HttpResponseMessage> FileShift(HttpClient by, string? why = null, string team = "T1") => by.PostAsJsonAsync(ShiftCentre.Api + "/reports/shifts", new { Team = team, Start = ShiftCentre.At("08:00"), Note = "平稳", Why = why });
        (await (await FileShift(one)).CodeOf(409)).ShouldBe("workforce.shift-not-over");
        clock.Now = ShiftCentre.At("15:40");
        (await (await FileShift(two)).CodeOf(404)).ShouldBe("workforce.team.not-found");
        (await one.Read("/reports/shifts")).EnumerateArray().Single().GetProperty("team").GetString().ShouldBe("T1");
        var filed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => FileShift(one))));
        filed.Count(f => f.IsSuccessStatusCode).ShouldBe(1);
        (await (await FileShift(one)).CodeOf(409)).ShouldBe("workforce.why-again");
        (await (await agent.PutAsJsonAsync(ShiftCentre.Api + "/reports/own", new { Problems = "x" })).CodeOf(409)).ShouldBe("workforce.shift-filed");
        var first = (await filed.Single(f => f.IsSuccessStatusCode).Json()).GetProperty("id").GetGuid();
        var second = (await (await FileShift(one, "补充说明")).Json()).GetProperty("id").GetGuid();
        Task<HttpResponseMessage> Confirm(HttpClient by, Guid id) => by.PostAsync($"{ShiftCentre.Api}/reports/{id}/confirmation", null);
        (await (await Confirm(three, second)).CodeOf(404)).ShouldBe("workforce.report.not-found");
        (await (await Confirm(two, first)).CodeOf(409)).ShouldBe("workforce.report-replaced");
        (await (await Confirm(one, second)).CodeOf(404)).ShouldBe("workforce.report.not-found");
        (await Confirm(two, second)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await Confirm(two, second)).CodeOf(409)).ShouldBe("workforce.report-confirmed");
        (await (await FileShift(one, "再改")).CodeOf(409)).ShouldBe("workforce.report-confirmed");
        var report = await two.Read($"/reports/{second}");
        report.GetProperty("lines")[0].GetProperty("said").GetString().ShouldBe("优惠券叠加问题多\n加一条话术");
        (report.GetProperty("taken").GetInt32(), report.GetProperty("closed").GetInt32(), report.GetProperty("versions").GetArrayLength()).ShouldBe((5, 3, 2));
    }

    [Fact]
    public async Task The_pages_list_show_file_and_confirm()
    {
        var (centre, clock, done) = await Start(Store.Sqlite);
        await using var open = centre;
        var (one, two, agent, manager) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("agent", agent: "a2"), await centre.SignIn("manager"));
        (await RosterPageTests.Page(one, "/reports/floor")).TextContent.ShouldContain("每个整点过后自动归档");
        done.Add("a2", "14:10", 6, 0);
        await File(centre);
        await HandoverTests.RunOpen(centre);
        var list = await RosterPageTests.Page(one, "/reports/floor");
        foreach (var said in new[] { "待提交的班报", "一组", "14:00" }) list.TextContent.ShouldContain(said);
        (await RosterPageTests.Page(two, "/reports/floor")).TextContent.ShouldContain("没有报表");
        (await RosterPageTests.Page(agent, "/reports/mine")).TextContent.ShouldContain("6");
        (await agent.Fill("/reports/mine", "own", ("Problems", "系统卡顿"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var shift = $"/reports/shift/T1/{ShiftCentre.At("08:00").ToUnixTimeSeconds()}";
        (await RosterPageTests.Page(one, shift)).TextContent.ShouldContain("系统卡顿");
        (await two.GetAsync(shift)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await one.Fill(shift, "file", ("Note", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var filed = await one.Fill(shift, "file", ("Note", "下午系统卡顿半小时"));
        filed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = new Uri(new Uri("http://localhost"), filed.Headers.Location!).AbsolutePath;
        (await RosterPageTests.Page(one, address)).TextContent.ShouldContain("等待接班组长确认");
        (await two.Fill(address, "confirm")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await RosterPageTests.Page(one, address)).TextContent.ShouldContain("确认");
        (await RosterPageTests.Page(manager, "/reports/floor?kind=shift")).TextContent.ShouldContain("已确认");
        (await (await manager.GetAsync($"{ShiftCentre.Api}/reports/export?format=csv&kind=hour")).Content.ReadAsStringAsync()).ShouldContain("全场");
        (await manager.GetAsync($"{ShiftCentre.Api}/reports/export?format=xlsx&kind=hour")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await one.GetAsync($"{ShiftCentre.Api}{address.Replace("/floor", "", StringComparison.Ordinal)}/export?format=csv")).Content.ReadAsStringAsync()).ShouldContain("系统卡顿");
        (await (await centre.SignIn("agent", agent: "x1")).GetAsync("/reports/mine")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await agent.GetAsync("/reports/floor")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        clock.Now = ShiftCentre.At("05:00", 27);
        (await RosterPageTests.Page(agent, "/reports/mine")).TextContent.ShouldContain("最近 12 小时没有班次");
    }

    /// <summary>T1 works the early shift, T2 the late one, T3 is not rostered.</summary>
    private static async Task<(TestCentre Centre, StandingClock Clock, DoneWork Done)> Start(Store store)
    {
        var done = new DoneWork();
        var (centre, clock) = await ShiftCentre.Start(store, s => s.AddSingleton<IHandled>(done));
        await (await (await centre.SignIn("manager")).Import("agent,date,shift\na1,2026-11-26,early\na2,2026-11-26,early\nb1,2026-11-26,late\n")).Json();
        done.Centre = await centre.Organisation();
        return (centre, clock, done);
    }

    private static Task<int> File(TestCentre centre) => centre.Do(s => s.GetRequiredService<FileReports>().Run(default));

    private static async Task<string[]> Filed(TestCentre centre)
    {
        var organisation = await centre.Organisation();
        var reports = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Reports.Where(r => r.Kind == "hour").ToListAsync());
        return [.. reports.OrderBy(r => r.From).Select(r => $"{r.From.ToOffset(TimeSpan.FromHours(8)):HH} {(r.TeamId == Guid.Empty ? "-" : organisation.Units[r.TeamId].Code)} v{r.Version} {r.Taken}/{r.Closed} {r.People}p").Order(StringComparer.Ordinal)];
    }

    /// <summary>What was done, as a test says it.</summary>
    private sealed class DoneWork : IHandled
    {
        private readonly List<(string Agent, DateTimeOffset At, int Taken, int Closed, Channel Channel)> work = [];

        public Evenhand.Platform.Contracts.OrganisationSnapshot? Centre { get; set; }

        public void Add(string agent, string time, int taken, int closed, Channel channel = Channel.Call) => work.Add((agent, ShiftCentre.At(time), taken, closed, channel));

        public Task<IReadOnlyList<HandledWork>> Handled(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<HandledWork>>([.. work.Where(w => w.At >= from && w.At < to).Select(w => new HandledWork(Centre!.AgentOf(w.Agent), w.Channel, w.Taken, w.Closed))]);
    }
}
