using System.Net.Http.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Routing;

public sealed class FloorRulesTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_centre_that_laid_nothing_down_has_rules_that_work(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var organisation = await centre.Establish();
        var rules = await centre.ReadRules();
        rules.Queues.ShouldBeEmpty("a queue of a log is not routed by itself");
        rules.Targets[organisation.Queues.Values.Single().Id].ShouldBe(new QueueTargets(20, 5));
        rules.Agents.Select(a => a.Id).ShouldBe(new[] { "a1", "a2", "b1", "c1" }.Select(organisation.AgentOf), ignoreOrder: true);
        rules.Agents.ShouldAllBe(a => a.Mix == ChannelMix.Default && a.Skills.Count == 0);
        rules.Agents.Single(a => a.Id == organisation.AgentOf("b1")).Team.ShouldBe(organisation.UnitOf("T2"));
        var breaks = rules.Breaks[organisation.UnitOf("T1")];
        (breaks.Cap, breaks.Longest, breaks.GrantHolds, breaks.Peaks.Count).ShouldBe((1, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5), 0));
        BreakDefinition.Usual.ToRules(20).Cap.ShouldBe(3, "15 % of twenty");
        (rules.Duty, rules.Lease, rules.Dispatch).ShouldBe((DutyRules.Default, Evenhand.Dispatch.Presence.Lease.Default, DispatchSettings.Default));
        rules.BreakReasons.Select(r => r.Code).ShouldBe(["rest", "water", "restroom"]);
        rules.WrapUpCodes.Select(c => c.Code).ShouldBe(["resolved", "call-back", "passed-on", "complaint", "invalid"]);
        rules.LimitOf(EffectiveState.Talking, null, null).ShouldBe(TimeSpan.FromMinutes(20));
        rules.LimitOf(EffectiveState.OnBreak, "water", null).ShouldBe(TimeSpan.FromMinutes(5));
        rules.LimitOf(EffectiveState.OnBreak, "unheard-of", organisation.UnitOf("T1")).ShouldBe(TimeSpan.FromMinutes(15), "the team's longest");
        rules.LimitOf(EffectiveState.Available, null, null).ShouldBeNull();
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_version_is_another_after_a_change_of_rules_or_of_the_organisation_and_the_same_otherwise(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var manager = await centre.SignIn("manager");
        var seen = new HashSet<long>();
        async Task Fresh()
        {
            var version = await centre.Do(s => s.GetRequiredService<FloorRules>().Version(default));
            (await centre.Do(s => s.GetRequiredService<FloorRules>().Version(default))).ShouldBe(version);
            seen.Add(version).ShouldBeTrue("a change that nobody hears of");
            (await centre.ReadRules()).Version.ShouldBe(version);
        }
        await Fresh();
        (await manager.PutAsJsonAsync($"{RuleCentre.Rules}/queues/sales", new { Routed = true, Channel = "call" })).EnsureSuccessStatusCode();
        await Fresh();
        (await centre.ReadRules()).Queues.Count.ShouldBe(1);
        (await manager.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", new { Skills = new[] { new { Skill = "英语", Level = 3 } } })).EnsureSuccessStatusCode();
        await Fresh();
        (await manager.PutAsJsonAsync($"{RuleCentre.Rules}/breaks/T1", new { Cap = 2 })).EnsureSuccessStatusCode();
        await Fresh();
        await centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(new OrganisationPlan(null, [], [new PlannedAgent("a9", "A9", null, null, [("T1", SampleCentre.Start, null)])], []), default));
        await Fresh();
        (await centre.ReadRules()).Agents.Count.ShouldBe(5);
        (await manager.PutAsJsonAsync($"{RuleCentre.Rules}/breaks/T1", new { Cap = 2 })).EnsureSuccessStatusCode();
        seen.ShouldContain((await centre.ReadRules()).Version, "the same once more is no change");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_was_laid_down_can_be_neither_rewritten_nor_removed(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            await Should.ThrowAsync<Exception>(() => db.RuleVersions.ExecuteDeleteAsync());
            await Should.ThrowAsync<Exception>(() => db.RuleVersions.ExecuteUpdateAsync(r => r.SetProperty(x => x.By, "nobody")));
        });
    }
}
