using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Evenhand.Analytics.Kpis;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Kpis;
using Evenhand.Platform.Contracts;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

public sealed class AskFiguresTests
{
    private const long Monday = 1_772_409_600; // 2026-03-02 00:00 UTC

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_asks_sees_the_own_part_by_the_team_of_the_day(Store store)
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(store, intake);
        await FourContacts(centre, intake);
        var teams = (await centre.Do(s => s.GetRequiredService<IOrganisation>().Read(default))).Units.Values.ToDictionary(u => u.Code, u => u.Id);
        var request = new FigureRequest(Monday, Monday + 2 * 86_400, [FigureGroup.Team], ["ANSWERED", "OFFERED"]);

        async Task<string> Seen(Scope scope, FigureRequest asked) => string.Join(' ', (await Ask(centre, asked, scope)).Rows.Select(r => $"{r.Key.Team}{r.Key.Agent}{r.Key.Queue}".Length > 0 ? $"{r.Figures[0].Value}" : $"all {r.Figures[0].Value}"));
        // AVI moves from T1 to T2 on Tuesday: T1 answered 2 on Monday, T2 one on Monday and one on Tuesday.
        (await Seen(Scope.Everything, request)).ShouldBe("2 2");
        (await Seen(new Scope(false, new HashSet<Guid> { teams["T1"] }, null), request)).ShouldBe("2");
        (await Seen(new Scope(false, new HashSet<Guid>(), intake.Agents["AVI"]), request with { By = [FigureGroup.Agent] })).ShouldBe("2");
        (await Seen(Scope.Nothing, request)).ShouldBe("");
        var queues = await Ask(centre, request with { By = [FigureGroup.Queue] }, new Scope(false, new HashSet<Guid> { teams["T2"] }, null));
        queues.Rows.Select(r => (r.Figures[0].Value, r.Figures[1].Value, r.Figures[1].WithheldReason)).ShouldBe([(2, null, Withheld.NotByAgent)]);
        var filtered = await Ask(centre, request with { By = [], Filter = new(TeamIds: [teams["T1"]]) }, Scope.Everything);
        filtered.Rows.Single().Figures[0].Value.ShouldBe(2);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Time_at_work_is_withheld_without_a_state_log_and_exact_with_one(Store store)
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(store, intake);
        await FourContacts(centre, intake);
        var request = new FigureRequest(Monday, Monday + 86_400, [], ["OCC", "TPH", "AUX", "IDLE", "AHT", "ATT", "AUXPEAK"]);
        (await Ask(centre, request, Scope.Everything)).Rows.Single().Figures.Select(f => f.WithheldReason)
            .ShouldBe(["needs-state-log", "needs-state-log", "needs-state-log", "needs-state-log", "needs-state-log", null, "needs-state-log"]);

        var avi = intake.Agents["AVI"];
        StateInterval State(AgentState state, long from, long to) => new(avi, state, null, Monday + from, Monday + to);
        await intake.Record(centre, State(AgentState.SignedIn, 3600, 3600 + 7200), State(AgentState.Break, 5400, 5400 + 720), State(AgentState.Meal, 7200, 7200 + 1800), State(AgentState.AfterContact, 3730, 3760));
        var figures = (await Ask(centre, request, Scope.Everything)).Rows.Single().Figures;
        // Three contacts on Monday, talk 120 + 60 + 30; two hours signed in, half an hour of it a meal.
        figures[0].Value.ShouldBe(210 / 5400.0);
        figures[1].Value.ShouldBe(3 * 3600 / 5400.0);
        figures[2].Value.ShouldBe(720 / 7200.0);
        figures[3].WithheldReason.ShouldBe("needs-state-log", "nobody told when agents were available");
        figures[4].Value.ShouldBe((210 + 30) / 3.0);
        figures[6].Value.ShouldBe(0, "the busiest quarter hour is the one from one o'clock");
        (await Ask(centre, request with { By = [FigureGroup.Queue], Codes = ["OCC", "ATT"] }, Scope.Everything)).Rows.Single().Figures[0].WithheldReason.ShouldBe(Withheld.NotByQueue);
        var hours = await centre.Do(s => s.GetRequiredService<IFigures>().Hours(new(2026, 3, 2), new(2026, 3, 4), null, default));
        hours.Where(h => h.AgentId == avi).Select(h => (h.Day.Day, h.AtWorkSeconds)).ShouldBe([(2, 5400), (3, null)]);
        var volumes = await centre.Do(s => s.GetRequiredService<IFigures>().Volumes(new(2026, 3, 2), new(2026, 3, 4), null, default));
        volumes.Where(v => v.AgentId == avi).Select(v => (v.Day.Day, v.Handled, v.TalkSeconds)).ShouldBe([(2, 1, 120), (3, 1, 40)]);
    }

    [Fact]
    public async Task A_contact_is_resolved_unless_its_customer_comes_back_within_the_window()
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(Store.Sqlite, intake);
        var (queue, avi) = (intake.Queues["PS"], intake.Agents["AVI"]);
        Contact From(string? customer, long at) => FakeIntake.Contact(queue, avi, Monday + at, 0, 100, customer: customer);
        await intake.Record(centre, From("a", 0), From("a", 3700), From("b", 100), From("b", 90_000), From(null, 200), From(null, 300));
        async Task<double?> Fcr(string window) => (await Ask(centre, new(Monday, Monday + 86_400, [], ["FCR"], KpiSettings.Parse($"FCR.window={window}").Value), Scope.Everything)).Rows.Single().Figures[0].Value;
        (await Fcr("1h")).ShouldBe(2 / 3.0);
        (await Fcr("24h")).ShouldBe(2 / 3.0);
        (await Fcr("2d")).ShouldBe(1 / 3.0);
    }

    [Fact]
    public async Task A_figure_carries_its_definition_and_unlike_ones_are_not_compared()
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(Store.Sqlite, intake);
        await FourContacts(centre, intake);
        async Task<JsonElement> Answer(params string[] set) =>
            JsonDocument.Parse(await centre.Do(async s => (await s.GetRequiredService<AskFigures>().Run(new("2026-03-02", "2026-03-04", "queue", "offered,SL", set), default)).Value.Text.Json())).RootElement;
        var usual = await Answer();
        usual.GetProperty("definitions")[1].GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""{"code":"SL","version":1,"parameters":{"threshold":"20","variant":"offered","flow":"out"}}""");
        (usual.GetProperty("from").GetString(), usual.GetProperty("to").GetString(), usual.GetProperty("zone").GetString()).ShouldBe(("2026-03-02", "2026-03-04", "UTC"));
        CompareFigures.Run(usual, await Answer()).Value.ShouldAllBe(p => p.Difference == 0);
        var refusal = CompareFigures.Run(usual, await Answer("SL.threshold=30", "SL.variant=answered")).Refusal!;
        (refusal.Code, (string)refusal.Args[0]!).ShouldBe(("measurement.unlike-definitions", "SL (threshold: 20 ≠ 30; variant: offered ≠ answered; flow: out ≠ –)"));
    }

    [Theory]
    [InlineData("by", "que", "measurement.unknown-group")]
    [InlineData("codes", "SLX", "measurement.unknown-kpi")]
    [InlineData("set", "SL.threshold=soon", "measurement.bad-setting")]
    [InlineData("from", "2026-02-30", "measurement.bad-date")]
    [InlineData("from", "2026-03-02T08:07", "measurement.bad-date")]
    [InlineData("from", "2026-03-09", "measurement.empty-period")]
    public async Task A_question_that_cannot_be_answered_is_refused_with_the_place_and_the_mend(string part, string text, string code)
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(Store.Sqlite, intake);
        await FourContacts(centre, intake);
        var client = await centre.SignIn(Roles.Manager);
        var answer = await client.GetAsync($"/api/v1/measurement/figures?{part}={text}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task The_interface_answers_as_the_command_does_and_only_those_who_may()
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(Store.Sqlite, intake);
        await FourContacts(centre, intake);
        (await centre.Client().GetAsync("/api/v1/measurement/figures")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await centre.SignIn(Roles.Hr)).GetAsync("/api/v1/measurement/figures")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var command = await centre.Do(async s => (await s.GetRequiredService<AskFigures>().Run(new(null, null, "agent", null, []), default)).Value.Text.Json());
        (await (await centre.SignIn(Roles.Auditor)).GetStringAsync("/api/v1/measurement/figures?by=agent")).ShouldBe(Encoding.UTF8.GetString(command));
        var own = await (await centre.SignIn(Roles.Agent, agent: "TOVA")).GetFromJsonAsync<JsonElement>("/api/v1/measurement/figures?by=agent&codes=answered");
        own.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("agent").GetString()).ShouldBe(["TOVA"]);
        var csv = await (await centre.SignIn(Roles.Manager)).GetStringAsync("/api/v1/measurement/figures?by=queue&codes=answered,SL&format=csv");
        csv.Split("\r\n")[0].ShouldBe("queue,answered v1,\"SL v1 (threshold=20, variant=offered, flow=out)\"");
        await using (var book = new System.IO.Compression.ZipArchive(await (await centre.SignIn(Roles.Manager)).GetStreamAsync("/api/v1/measurement/figures?by=queue&codes=SL&format=xlsx")))
        {
            var sheets = await Task.WhenAll(book.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(async e => await new StreamReader(await e.OpenAsync()).ReadToEndAsync()));
            sheets.ShouldContain(s => s.Contains("threshold=20, variant=offered", StringComparison.Ordinal));
        }
        (await (await centre.SignIn(Roles.Manager)).GetAsync("/api/v1/measurement/figures/compare?codes=SL&leftSet=SL.threshold%3D20&rightSet=SL.threshold%3D30")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_own_kpi_is_tried_then_published_and_its_version_never_changes(Store store)
    {
        var intake = new FakeIntake();
        await using var centre = await Centre(store, intake);
        await FourContacts(centre, intake);
        string Text(int version, string formula, string queue = "PS") => $$"""{"code":"LONG","version":{{version}},"zh":"长等","en":"Long waits","unit":"ratio","formula":"{{formula}}","filters":{"queue":["{{queue}}"] } }""";
        Task<Evenhand.Kernel.Outcome<DefineKpi.Draft>> Define(string json) => centre.Do(s => s.GetRequiredService<DefineKpi>().Run(json, default));
        (await Define(Text(1, "Answerd / Offered"))).Refusal!.Code.ShouldBe("measurement.kpi-unreadable");
        (await Define(Text(1, "Abandoned / Offered", "XX"))).Refusal!.Code.ShouldBe("measurement.kpi-filter-unknown");
        (await Define(Text(1, "Abandoned / Offered"))).Value.Figures.Select(f => (f.Queue, f.Value)).ShouldBe([(null, 0.2), ("PS", 0.2)]);
        (await centre.Do(s => s.GetRequiredService<AskFigures>().Run(new(null, null, null, "LONG", []), default))).Refusal!.Code.ShouldBe("measurement.unknown-kpi");
        (await centre.Do(s => s.GetRequiredService<PublishKpi>().Run("LONG", 1, default))).Succeeded.ShouldBeTrue();
        (await Define(Text(1, "Answered / Offered"))).Refusal!.Code.ShouldBe("measurement.kpi-unreadable");
        (await Define(Text(2, "Answered / Offered"))).Succeeded.ShouldBeTrue();
        (await Ask(centre, new(Monday, Monday + 2 * 86_400, [], ["LONG"]), Scope.Everything)).Rows.Single().Figures[0].ToString().ShouldContain("Value = 0.2");
        (await centre.Do(s => s.GetRequiredService<PublishKpi>().Run("LONG", 2, default))).Succeeded.ShouldBeTrue();
        var (figure, definition) = (await Ask(centre, new(Monday, Monday + 2 * 86_400, [], ["LONG"]), Scope.Everything)) is var table ? (table.Rows.Single().Figures[0], table.Definitions[0]) : default;
        (figure.Value, definition.Version).ShouldBe((0.8, 2));
        (await centre.Do(s => s.GetRequiredService<DefineKpi>().Run(Text(3, "Answered / Offered"), default), Access.Nobody)).Refusal!.Code.ShouldBe("measurement.define.not-allowed");
    }

    /// <summary>AVI is in T1 on Monday and in T2 from Tuesday; TOVA in T1, DORIT in T2.</summary>
    private static async Task<TestCentre> Centre(Store store, FakeIntake intake)
    {
        var centre = await FakeIntake.Start(store, intake);
        var (monday, tuesday) = (new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 3));
        await centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(new("UTC",
            [new("C", null, UnitKind.Centre, "Centre"), new("T1", "C", UnitKind.Team, "One"), new("T2", "C", UnitKind.Team, "Two")],
            [new("AVI", "Avi", null, null, [("T1", monday, tuesday), ("T2", tuesday, null)]), new("TOVA", "Tova", null, null, [("T1", monday, null)]), new("DORIT", "Dorit", null, null, [("T2", monday, null)])],
            [new("PS", "Private")]), default));
        await intake.Know(centre, ["PS"], ["AVI", "TOVA", "DORIT"]);
        return centre;
    }

    /// <summary>Monday: AVI 120 s, TOVA 60 s, DORIT 30 s of talk, and one who gave up; Tuesday: AVI 40 s.</summary>
    private static Task FourContacts(TestCentre centre, FakeIntake intake)
    {
        var queue = intake.Queues["PS"];
        return intake.Record(centre, FakeIntake.Contact(queue, intake.Agents["AVI"], Monday + 3600, 5, 120), FakeIntake.Contact(queue, intake.Agents["TOVA"], Monday + 3650, 25, 60),
            FakeIntake.Contact(queue, intake.Agents["DORIT"], Monday + 20_000, 0, 30), FakeIntake.Contact(queue, null, Monday + 3700, 40, 0),
            FakeIntake.Contact(queue, intake.Agents["AVI"], Monday + 90_000, 10, 40));
    }

    private static Task<FigureTable> Ask(TestCentre centre, FigureRequest request, Scope scope) => centre.Do(s => s.GetRequiredService<IFigures>().Ask(request, scope, default));
}
