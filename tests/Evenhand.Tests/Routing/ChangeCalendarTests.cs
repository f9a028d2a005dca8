using System.Net;
using System.Net.Http.Json;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

public sealed class ChangeCalendarTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Holidays_are_closed_make_up_days_open_and_a_list_adds_what_is_not_known(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var id = (await (await manager.PostRules("calendars", new { Name = "工作日", Week = Weekdays("09:00-18:00") })).Json()).GetProperty("id").GetGuid();
        (await manager.PutRules("queues/sales", new { Routed = true, Channel = "call", Calendar = id })).EnsureSuccessStatusCode();
        (await (await manager.PostRules($"calendars/{id}/holidays/2026", new { })).Json()).GetProperty("days").GetInt32().ShouldBe(33 + 6, "33 days off and 6 made up for");
        (await IsOpen("2026-10-01")).ShouldBeFalse("National Day, a Thursday");
        (await IsOpen("2026-10-10")).ShouldBeTrue("a Saturday that is worked");
        (await IsOpen("2026-10-17")).ShouldBeFalse("an ordinary Saturday");
        (await IsOpen("2026-10-12")).ShouldBeTrue("an ordinary Monday");
        (await (await manager.PostRules($"calendars/{id}/holidays/2031", new { })).CodeOf(409)).ShouldBe("routing.holidays-unknown");
        (await (await manager.PostRules($"calendars/{id}/days", new { Lines = "2026-10-12;closed;;盘点\r\n\r\n2026/10/17;营业;10:00-16:00;加班" })).Json()).GetProperty("days").GetInt32().ShouldBe(2);
        (await IsOpen("2026-10-12")).ShouldBeFalse();
        (await IsOpen("2026-10-17")).ShouldBeTrue();
        (await manager.DeleteAsync($"{RuleCentre.Rules}/calendars/{id}/days/2026-10-12")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await IsOpen("2026-10-12")).ShouldBeTrue("the day follows its week again");
        (await manager.GetRules("calendars"))[0].GetProperty("days").GetArrayLength().ShouldBe(40);

        async Task<bool> IsOpen(string day) => (await centre.ReadRules()).Queues.Single(q => q.Hours is not null).Hours!.IsOpen(DateTimeOffset.Parse($"{day}T10:30:00+08:00", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_cannot_be_read_names_its_place_and_changes_nothing(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        foreach (var hours in new[] { "9-18", "18:00-09:00", "09:00-12:00, 11:00-13:00", "00:00-24:00, 09:00-10:00" })
            (await (await manager.PostRules("calendars", new { Name = "x", Week = new { monday = hours } })).CodeOf(409)).ShouldBe("routing.hours-unreadable", hours);
        (await (await manager.PostRules("calendars", new { Name = "x", Week = new { someday = "09:00-18:00" } })).CodeOf(409)).ShouldBe("routing.weekday-unknown");
        var id = (await (await manager.PostRules("calendars", new { Name = "x", Week = Weekdays("00:00-24:00") })).Json()).GetProperty("id").GetGuid();
        (await (await manager.PostRules("calendars", new { Name = "x", Week = Weekdays("09:00-18:00") })).CodeOf(409)).ShouldBe("routing.calendar-there");
        foreach (var line in new[] { "2026-13-01;closed", "2026-10-01;open;", "2026-10-01;closed;09:00-10:00", "2026-10-01;perhaps", "2026-10-01" })
            (await (await manager.PostRules($"calendars/{id}/days", new { Lines = $"2026-01-01;closed\n{line}" })).CodeOf(409)).ShouldBe("routing.day-unreadable", line);
        (await manager.GetRules("calendars"))[0].GetProperty("days").GetArrayLength().ShouldBe(0);
        (await manager.PutRules("queues/sales", new { Routed = true, Channel = "call", Calendar = id })).EnsureSuccessStatusCode();
        (await (await manager.DeleteAsync($"{RuleCentre.Rules}/calendars/{id}")).CodeOf(409)).ShouldBe("routing.calendar-used");
        (await (await manager.PutRules("queues/sales", new { Routed = true, Channel = "call", Calendar = Guid.CreateVersion7() })).CodeOf(404)).ShouldBe("routing.calendar.not-found");
        (await manager.PutRules("queues/sales", new { Routed = true, Channel = "call" })).EnsureSuccessStatusCode();
        (await leader.DeleteAsync($"{RuleCentre.Rules}/calendars/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.DeleteAsync($"{RuleCentre.Rules}/calendars/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.GetRules("calendars")).GetArrayLength().ShouldBe(0);
        (await leader.GetFromJsonAsync<object[]>($"{RuleCentre.Rules}/calendars"))!.ShouldBeEmpty();
    }

    private static Dictionary<string, string> Weekdays(string hours) => new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.ToDictionary(d => d, _ => hours);
}
