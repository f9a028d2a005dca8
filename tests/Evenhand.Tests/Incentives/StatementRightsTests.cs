using Evenhand.Incentives.Statements;
using Evenhand.Kernel.Rights;

namespace Evenhand.Tests.Incentives;

public sealed class StatementRightsTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_agent_sees_the_own_statement_a_leader_those_of_the_team_and_nobody_else_any(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        centre.Did("TOVA", "PS", "2026-03-02", 3);
        await centre.Publish(PayCentre.March);
        await centre.Run(PayCentre.March);

        async Task<string?> Sees(Access access, string agent) => (await centre.Ask((ReadStatement s) => s.Run(PayCentre.March, centre.Agent(agent), default), access)).Refusal?.Code;
        (await Sees(centre.AsAgent("DORIT"), "DORIT")).ShouldBeNull();
        (await Sees(centre.AsAgent("DORIT"), "AVI")).ShouldBe("incentives.not-found");
        (await Sees(centre.AsLeader("T1"), "AVI")).ShouldBeNull();
        (await Sees(centre.AsLeader("T2"), "AVI")).ShouldBe("incentives.not-found");
        (await Sees(Access.Nobody, "AVI")).ShouldBe("incentives.not-found");

        (await centre.Sheet(PayCentre.March, centre.AsLeader("T1"))).Agents.Select(a => a.Agent).ShouldBe(["AVI", "DORIT"]);
        var tova = await centre.Sheet(PayCentre.March, centre.AsLeader("T2"));
        (tova.Agents.Single().Agent, tova.Total).ShouldBe(("TOVA", "3.75"));
        (await centre.Ask((ReadContacts s) => s.Run(centre.Agent("AVI"), centre.Queue("PS"), new DateOnly(2026, 3, 2), 1, 50, default), centre.AsAgent("DORIT"))).Refusal!.Code.ShouldBe("incentives.not-found");
    }

    [Fact]
    public async Task A_statement_says_what_the_next_contact_earns_and_how_far_the_next_tier_is()
    {
        await using var centre = await PayCentre.Start(Store.Sqlite);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        await centre.Run(PayCentre.March);
        var dorit = (await centre.Ask((ReadStatement s) => s.Run(PayCentre.March, centre.Agent("DORIT"), default))).Value;
        (dorit.NextPrice, dorit.UnitsToNextTier).ShouldBe((2.25m, 2m));
        var rates = dorit.Terms.Rates;
        ReadStatement.Next(rates, 10).ShouldBe((1.75m, 5m));
        ReadStatement.Next(rates, 20).ShouldBe((2.75m, null));
        ReadStatement.Next(rates, 0).ShouldBe((1.25m, 10m));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_agent_asks_about_the_own_statement_only_and_is_answered_once(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        await centre.Run(PayCentre.March);
        var ask = new QuestionStatement.Request(PayCentre.March, "Where is 5 March?");
        var asked = (await centre.Ask((QuestionStatement s) => s.Run(ask, default), centre.AsAgent("AVI"))).Value;
        asked.AnswerBy.ShouldBe(new DateTimeOffset(2026, 5, 15, 9, 0, 0, TimeSpan.Zero));
        (await centre.Ask((QuestionStatement s) => s.Run(ask, default), centre.AsAgent("AVI"))).Value.Id.ShouldBe(asked.Id);
        (await centre.Ask((QuestionStatement s) => s.Run(ask, default), centre.AsAgent("TOVA"))).Refusal!.Code.ShouldBe("incentives.not-found");
        (await centre.Ask((QuestionStatement s) => s.Run(ask, default), centre.AsLeader("T1"))).Refusal!.Code.ShouldBe("incentives.only-own.not-allowed");
        (await centre.Ask((QuestionStatement s) => s.Run(ask with { Text = " " }, default), centre.AsAgent("AVI"))).Refusal!.Code.ShouldBe("incentives.question-unreadable");

        (await centre.Ask((AnswerQuestion s) => s.Run(asked.Id, new("It came on the 6th."), default), centre.AsAgent("AVI"))).Refusal!.Code.ShouldBe("incentives.not-found");
        (await centre.Ask((AnswerQuestion s) => s.Run(asked.Id, new("It came on the 6th."), default))).Succeeded.ShouldBeTrue();
        (await centre.Ask((AnswerQuestion s) => s.Run(asked.Id, new("Again."), default))).Refusal!.Code.ShouldBe("incentives.already-answered");
        var mine = (await centre.Ask((ReadStatement s) => s.Run(PayCentre.March, centre.Agent("AVI"), default), centre.AsAgent("AVI"))).Value;
        mine.Questions.Single().Answer.ShouldBe("It came on the 6th.");
        await centre.Run(PayCentre.March);
        (await centre.Ask((ReadStatement s) => s.Run(PayCentre.March, centre.Agent("AVI"), default))).Value.Questions.Count.ShouldBe(1);
    }
}
