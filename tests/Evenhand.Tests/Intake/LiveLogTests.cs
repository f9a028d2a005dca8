using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

/// <summary>Lines that are told while they happen.</summary>
public sealed class LiveLogTests
{
    private static readonly string[] Call =
    [
        "1795293860|c.1|q|NONE|ENTERQUEUE||13800138000|1", "1795293865|c.1|q|1001|RINGNOANSWER|4000", "1795293870|c.1|q|1002|CONNECT|10|c.2|3", "1795293900|c.1|q|1002|COMPLETECALLER|10|30|1",
    ];

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_call_told_line_by_line_is_the_contact_of_the_whole_log(Store store)
    {
        await using var whole = await TestCentre.Start(store);
        await whole.Import(string.Join('\n', Call) + "\n");
        await using var live = await TestCentre.Start(store);
        await Append(live, Call[0]);
        (await live.Contacts()).ShouldContain("c.1 q - 13800138000 1795293860   0 0 0 0  Unfinished Unknown 0");
        foreach (var line in Call[1..]) await Append(live, line);
        (await live.Contacts()).ShouldBe(await whole.Contacts());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Lines_told_twice_and_the_log_imported_afterwards_add_nothing(Store store)
    {
        string[] agent = ["1795293850|NONE|q|1002|ADDMEMBER|", "1795293905|NONE|q|1002|PAUSE|meal", "1795293905|NONE|q|1002|UNPAUSE|", "1795293905|NONE|q|1002|PAUSE|acw", "1795293950|NONE|q|1002|UNPAUSE|"];
        await using var centre = await TestCentre.Start(store);
        await Append(centre, [agent[0], .. Call]);
        foreach (var line in agent[1..]) await Append(centre, line);
        var (contacts, states) = (await centre.Contacts(), await centre.States());
        states.ShouldBe("1002 AfterContact acw 1795293905 1795293950\n1002 SignedIn  1795293850 ");
        await Append(centre, [.. Call, .. agent]);
        var imported = (await centre.Import(string.Join('\n', [agent[0], .. Call, .. agent[1..]]) + "\n")).Value;
        (imported.Added, imported.Changed, imported.Known).ShouldBe((0, 0, 1));
        (await centre.Contacts(), await centre.States()).ShouldBe((contacts, states));
        await centre.Do(async services =>
        {
            var kept = await services.GetRequiredService<EvenhandDb>().Imports.AsNoTracking().SingleAsync(i => i.Format == ImportFormat.Live);
            (kept.Source, kept.Status, kept.Lines, kept.Added).ShouldBe(("pbx", ImportStatus.Running, 18, 1));
        });
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_people_and_queues_that_are_known_do_leaves_the_organisation_as_it_was(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await Told("c.1", 1795293860);
        var before = await Version();
        await Told("c.2", 1795294860);
        (await Version()).ShouldBe(before, "everybody who keeps something by the organisation's version would read it all again");

        // One agent's call and another's state in the same breath.
        Task Told(string key, long at) => centre.Do(async services => (await services.GetRequiredService<ILiveLog>().Record("floor",
            [new LiveContact(key, "q", "1002", "13800138000", at, at + 5, at + 50, 0, 10, ContactOutcome.Answered)], [new LiveState("1003", AgentState.Break, "rest", at, at + 60)], default)).Succeeded.ShouldBeTrue());
        Task<long> Version() => centre.Do(async services => (await services.GetRequiredService<IOrganisation>().Read(default)).Version);
    }

    [Fact]
    public async Task While_a_log_of_the_source_is_imported_lines_are_refused_and_nothing_of_them_is_kept()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        await centre.Do(s => Lease.Take(s.GetRequiredService<EvenhandDb>(), BatchWriter.LeaseName("pbx"), Guid.CreateVersion7(), TimeSpan.FromMinutes(1), TimeProvider.System, default));
        (await centre.Do(s => s.GetRequiredService<ILiveLog>().Append("pbx", Call, default))).Refusal!.Code.ShouldBe("intake.source-is-busy");
        (await centre.Contacts()).ShouldBeEmpty();
        await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<Lease>().ExecuteDeleteAsync());
        await Append(centre, Call);
        (await centre.Contacts()).ShouldContain("c.1");
    }

    [Fact]
    public async Task Figures_hear_of_it_as_of_any_import()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        await Append(centre, Call);
        await centre.Do(async services =>
        {
            var fact = await services.GetRequiredService<EvenhandDb>().Set<Evenhand.Kernel.Facts.Fact>().AsNoTracking().SingleAsync(f => f.Type == nameof(ContactsRecorded));
            fact.Source.ShouldBe("pbx");
            fact.Body.ShouldContain("1795293000");
        });
    }

    private static Task Append(TestCentre centre, params string[] lines) =>
        centre.Do(async s => (await s.GetRequiredService<ILiveLog>().Append("pbx", lines, default)).Succeeded.ShouldBeTrue());
}
