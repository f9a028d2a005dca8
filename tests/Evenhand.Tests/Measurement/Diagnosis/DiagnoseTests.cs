using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Analytics.Diagnosis;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Diagnosis;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement.Diagnosis;

public sealed class DiagnoseTests
{
    private static readonly string Query = $"/api/v1/measurement/diagnosis?from={MadeCentre.From:yyyy-MM-dd}&to={MadeCentre.To:yyyy-MM-dd}";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_shift_of_the_handling_time_is_dated_once_the_first_two_steps_are_in_control(Store store)
    {
        await using var made = await MadeCentre.Start(store);
        await made.Centre.Do(services => services.GetRequiredService<RecordEvent>().Run(new(MadeCentre.ShiftDay, "script", "Script 7", "east"), default));
        var found = await made.Centre.Do(services => services.GetRequiredService<Diagnose>().Run(new(MadeCentre.From, MadeCentre.To), default));

        var report = found.Value.Report;
        (report.Occupancy.Status, report.Breaks.Status, report.Handling.Status).ShouldBe((StepStatus.InControl, StepStatus.InControl, StepStatus.OutOfControl), string.Join("; ", report.Breaks.Findings));
        found.Value.Rules.Code.ShouldBe("western-electric");
        found.Value.HandlingCode.ShouldBe("AHT");
        var east = report.HandlingCharts.Single(c => c.Team == "east");
        east.Shifts.ShouldHaveSingleItem().Date.ShouldBe(MadeCentre.ShiftDay);
        (east.Shifts[0].Shift.After / east.Shifts[0].Shift.Before).ShouldBe(1.08, 0.005);
        east.Shifts[0].Changes.ShouldHaveSingleItem().Title.ShouldBe("Script 7 (East team)");
        report.HandlingCharts.Single(c => c.Team == "west").Shifts.ShouldBeEmpty();
        report.Action.ShouldBe(Evenhand.Analytics.Diagnosis.Actions.LookIntoTheShift);
    }

    [Fact]
    public async Task The_figures_judged_are_those_of_the_agents()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var found = await made.Centre.Do(services => services.GetRequiredService<Diagnose>().Run(new(MadeCentre.From, MadeCentre.To), default));
        var input = found.Value.Input;

        input.Agents.Count.ShouldBe(8);
        input.Agents.ShouldAllBe(a => a.AtWorkSeconds == MadeCentre.Days * 8 * 3600 && Math.Abs(a.BreakRate!.Value - 0.085) < 1e-9 && Math.Abs(a.PeakBreakRate!.Value - 0.085) < 1e-9);
        input.Agents.Where(a => a.Team == "west").ShouldAllBe(a => Math.Abs(a.Occupancy!.Value - 0.704) < 0.005);
        input.Peaks.Count.ShouldBe(2 * MadeCentre.Days);
        input.Peaks.ShouldAllBe(p => p.At.Hour == 12 && p.At.Minute == 0 && p.SignedIn == 4 && p.OnBreak == 0);
        input.Handling.Select(s => s.Team).ShouldBe([null, "east", "west"]);
        input.Handling.ShouldAllBe(s => s.Days.Count == MadeCentre.Days && s.Days.All(d => d.Contacts == (s.Team == null ? 96 : 48)));
    }

    [Fact]
    public async Task With_a_call_log_alone_no_step_is_judged_and_the_charts_are_for_information()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite, states: false);
        var found = await made.Centre.Do(services => services.GetRequiredService<Diagnose>().Run(new(MadeCentre.From, MadeCentre.To), default));

        var report = found.Value.Report;
        (report.Occupancy.Status, report.Occupancy.Reason).ShouldBe((StepStatus.CannotJudge, Reasons.NoStateLog));
        (report.Breaks.Status, report.Handling.Status).ShouldBe((StepStatus.Withheld, StepStatus.Withheld));
        (report.HandlingForInformation, report.HandlingCharts.Count).ShouldBe((true, 3));
        report.HandlingCharts.ShouldAllBe(c => c.Chart.Level.Signals.Count == 0 && c.Shifts.Count == 0);
        (found.Value.Input.Agents.Count, found.Value.Input.Peaks.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task The_interface_answers_steps_with_codes_arguments_and_words()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var reply = await (await made.Centre.SignIn(Roles.Auditor)).GetFromJsonAsync<JsonElement>(Query + "&rules=nelson");

        reply.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("status").GetString()).ShouldBe(["in-control", "in-control", "out-of-control"]);
        reply.GetProperty("rules").GetProperty("falseAlarmRate").GetDouble().ShouldBe(1 / 109.0, 1e-6);
        reply.GetProperty("definitions").EnumerateArray().Select(d => d.GetProperty("code").GetString()).ShouldBe(["OCC", "AUX", "IDLE", "AHT"]);
        reply.GetProperty("shifts").EnumerateArray().Select(s => (s.GetProperty("team").GetString(), s.GetProperty("date").GetString())).ShouldContain(("east", MadeCentre.ShiftDay.ToString("O", CultureInfo.InvariantCulture)));
        var shift = reply.GetProperty("steps")[2].GetProperty("findings").EnumerateArray().First(f => f.GetProperty("code").GetString() == Findings.HandlingShift && f.GetProperty("team").GetString() == "east");
        shift.GetProperty("text").GetString().ShouldStartWith($"East team：从 {MadeCentre.ShiftDay:yyyy-MM-dd} 起");
        shift.GetProperty("args").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task A_leader_sees_the_own_team_and_an_agent_nothing_of_it()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var own = await (await made.Centre.SignIn(Roles.TeamLeader, "west")).GetFromJsonAsync<JsonElement>(Query);
        own.GetProperty("steps")[0].GetProperty("figures").GetProperty("teams").EnumerateArray().Select(t => t.GetProperty("team").GetString()).ShouldBe(["west"]);

        var agent = await made.Centre.SignIn(Roles.Agent, null, "w1");
        (await agent.GetAsync(Query)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await agent.GetAsync("/diagnosis")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await made.Centre.Client().GetAsync(Query)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("&rules=magic", "measurement.rules-unknown", HttpStatusCode.Conflict)]
    [InlineData("&unit=north", "measurement.unit.not-found", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_asked_is_refused_by_name(string more, string code, HttpStatusCode status)
    {
        await using var made = await MadeCentre.Start(Store.Sqlite, states: false);
        var reply = await (await made.Centre.SignIn(Roles.Manager)).GetAsync(Query + more);
        reply.StatusCode.ShouldBe(status);
        (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
    }
}
