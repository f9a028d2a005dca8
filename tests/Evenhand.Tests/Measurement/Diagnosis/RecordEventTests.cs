using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Diagnosis;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement.Diagnosis;

public sealed class RecordEventTests
{
    private static Access Leader(MadeCentre made, string team) => new(Guid.CreateVersion7(), "leader", null, [Roles.TeamLeader], new Dictionary<string, Scope>
    {
        [RecordEvent.Permission] = new(false, new HashSet<Guid> { made.Unit(team) }, null),
        [Diagnose.Permission] = new(false, new HashSet<Guid> { made.Unit(team) }, null),
    });

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_same_event_twice_is_one_event_and_can_be_taken_back(Store store)
    {
        await using var made = await MadeCentre.Start(store, states: false);
        var request = new RecordEvent.Request(MadeCentre.ShiftDay, "training", "Empathy", "west");
        var first = await made.Centre.Do(s => s.GetRequiredService<RecordEvent>().Run(request, default));
        var second = await made.Centre.Do(s => s.GetRequiredService<RecordEvent>().Run(request with { Title = " Empathy " }, default));
        second.Value.ShouldBe(first.Value);
        (await List(made)).ShouldBe(["Empathy"]);
        await made.Centre.Do(s => s.GetRequiredService<RemoveEvent>().Run(new(first.Value.EventId), default));
        (await List(made)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_leader_records_for_the_own_team_only_and_does_not_see_the_others()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite, states: false);
        async Task<string?> Record(string? unit) => (await made.Centre.Do(s => s.GetRequiredService<RecordEvent>().Run(new(MadeCentre.From, "other", $"for {unit}", unit), default), Leader(made, "west"))).Refusal?.Code;
        (await Record("west")).ShouldBeNull();
        (await Record("east")).ShouldBe("measurement.event.not-allowed");
        (await Record(null)).ShouldBe("measurement.event.not-allowed");
        foreach (var unit in new[] { "east", "C", null })
            await made.Centre.Do(s => s.GetRequiredService<RecordEvent>().Run(new(MadeCentre.From, "other", $"for {unit}", unit), default));
        (await List(made, Leader(made, "west"))).ShouldBe(["for west", "for C", "for"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_unknown_kind_is_refused_with_those_there_are()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite, states: false);
        var refused = await made.Centre.Do(s => s.GetRequiredService<RecordEvent>().Run(new(MadeCentre.From, "party", "Party"), default));
        refused.Refusal!.Code.ShouldBe("measurement.event-kind-unknown");
        refused.Refusal.Args[1].ShouldBe("script, product, training, campaign, roster, other");
    }

    private static async Task<IReadOnlyList<string>> List(MadeCentre made, Access? access = null) =>
        [.. (await made.Centre.Do(s => s.GetRequiredService<ListEvents>().Run(new(), default), access)).Value.Rows.Select(r => r.Title)];
}
