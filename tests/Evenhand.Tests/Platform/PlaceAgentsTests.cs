using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

public sealed class PlaceAgentsTests
{
    private static readonly DateOnly July = new(2026, 7, 1);

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_move_ends_the_former_stay_on_the_day_and_publishes_facts(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var hr = await centre.SignIn(Roles.Hr);
        (await hr.Post("/placements", new { agentIds = new[] { all.AgentOf("a1"), all.AgentOf("x1") }, teamId = all.UnitOf("T2"), from = July })).EnsureSuccessStatusCode();
        all = await centre.Organisation();
        all.TeamOf(all.AgentOf("a1"), July.AddDays(-1)).ShouldBe(all.UnitOf("T1"));
        all.TeamOf(all.AgentOf("a1"), July).ShouldBe(all.UnitOf("T2"));
        all.TeamOf(all.AgentOf("x1"), July).ShouldBe(all.UnitOf("T2"));
        all.Agents[all.AgentOf("x1")].Placed.ShouldBeTrue();
        var facts = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<Fact>().Select(f => f.Type).ToListAsync());
        facts.Count(t => t == nameof(AgentMoved)).ShouldBe(1);
        facts.Count(t => t == nameof(AgentPlaced)).ShouldBe(1);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task All_are_placed_or_none(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var hr = await centre.SignIn(Roles.Hr);
        var answer = await hr.Post("/placements", new { agentIds = new[] { all.AgentOf("x1"), all.AgentOf("b1") }, teamId = all.UnitOf("T2"), from = July });
        (await answer.CodeOf(409)).ShouldBe("platform.already-in-team");
        all = await centre.Organisation();
        all.PlacementsOf(all.AgentOf("x1")).ShouldBeEmpty();
        (await (await hr.Post("/placements", new { agentIds = new[] { all.AgentOf("a1") }, teamId = all.UnitOf("T2"), from = SampleCentre.Start.AddDays(-1) })).CodeOf(409)).ShouldBe("platform.placed-before-joined");
        (await (await hr.Post("/placements", new { agentIds = new[] { all.AgentOf("a1") }, teamId = all.UnitOf("D1"), from = July })).CodeOf(409)).ShouldBe("platform.not-a-team");
        (await hr.Post("/placements", new { agentIds = Array.Empty<Guid>(), teamId = all.UnitOf("T1"), from = July })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Nobody_takes_agents_from_a_team_that_is_not_theirs(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var manager = await centre.SignIn(Roles.Manager, "D1");
        (await (await manager.Post("/placements", new { agentIds = new[] { all.AgentOf("c1") }, teamId = all.UnitOf("T1"), from = July })).CodeOf(403)).ShouldBe("platform.team-beyond-scope.not-allowed");
        (await (await manager.Post("/placements", new { agentIds = new[] { all.AgentOf("a1") }, teamId = all.UnitOf("T3"), from = July })).CodeOf(403)).ShouldBe("platform.team-beyond-scope.not-allowed");
        (await manager.Post("/placements", new { agentIds = new[] { all.AgentOf("a1") }, teamId = all.UnitOf("T2"), from = July })).EnsureSuccessStatusCode();
    }

    [Fact]
    public void A_stay_that_begins_later_is_never_overlapped()
    {
        var agent = new AgentRow { Id = Guid.CreateVersion7(), Code = "a", Name = "a" };
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        PlacementRow Stay(Guid team, int from, int? to) => new() { Id = Guid.CreateVersion7(), AgentId = agent.Id, TeamId = team, From = July.AddDays(from), To = to is { } t ? July.AddDays(t) : null };
        Stays.Into(other, July, agent, [Stay(one, 10, null)]).Refusal!.Code.ShouldBe("platform.stay-overlaps");
        Stays.Into(other, July, agent, [Stay(one, -10, -5)]).Value.ShouldBe(new Stays.Move(null, null, null));
        Stays.Into(other, July, agent, [Stay(one, -10, null)]).Value.Former.ShouldBe(one);
        Stays.Into(other, July, agent, [Stay(one, 0, null)]).Value.Corrects.ShouldNotBeNull();
        Stays.Into(one, July, agent, [Stay(one, -1, null)]).Refusal!.Code.ShouldBe("platform.already-in-team");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_page_places_whom_is_ticked(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var hr = await centre.SignIn(Roles.Hr);
        var answer = await hr.Fill("/organisation?state=to-place", "place", ("agents", all.AgentOf("x1").ToString()), ("Move.Team", all.UnitOf("T3").ToString()), ("Move.From", "2026-07-01"));
        ((int)answer.StatusCode).ShouldBe(302, await answer.Content.ReadAsStringAsync());
        all = await centre.Organisation();
        all.TeamOf(all.AgentOf("x1"), July).ShouldBe(all.UnitOf("T3"));
        ((int)(await hr.Fill("/organisation", "place", ("Move.Team", all.UnitOf("T3").ToString()), ("Move.From", "2026-07-01"))).StatusCode).ShouldBe(422);
    }
}
