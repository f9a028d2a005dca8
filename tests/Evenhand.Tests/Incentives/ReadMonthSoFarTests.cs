using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Incentives.Statements;
using Evenhand.Kernel.Rights;

namespace Evenhand.Tests.Incentives;

/// <summary>What the running month has come to, before anybody ran it.</summary>
public sealed class ReadMonthSoFarTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_running_month_is_worth_what_a_statement_of_it_would_say_today(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        centre.Did("DORIT", "PS", "2026-05-02", 8);
        centre.Did("DORIT", "PE", "2026-05-02", 4);
        centre.Did("DORIT", "PS", "2026-05-10", 4);
        centre.Did("AVI", "PS", "2026-05-10", 70);

        var dorit = (await centre.Ask((ReadMonthSoFar s) => s.Run(default), centre.AsAgent("DORIT"))).Value;
        // 12 PS + 4 PE × 1.5 = 18 units: 10 × 1.25 + 5 × 1.75 + 3 × 2.25; the third tier begins after 20, and three of its five units are done.
        (dorit.Amount, dorit.Units, dorit.Contacts, dorit.Today, dorit.NextPrice, dorit.UnitsToNextTier, dorit.Climbed).ShouldBe((28.00m, 18m, 16, 4, 2.25m, 2m, .6m));
        var avi = (await centre.Ask((ReadMonthSoFar s) => s.Run(default), centre.AsAgent("AVI"))).Value;
        (avi.Today, avi.UnitsToNextTier, avi.Climbed).ShouldBe((70, null, null));
        var tova = (await centre.Ask((ReadMonthSoFar s) => s.Run(default), centre.AsAgent("TOVA"))).Value;
        (tova.Amount, tova.Contacts, tova.UnitsToNextTier, tova.Climbed).ShouldBe((0m, 0, 10m, 0m));
        await centre.Run(PayCentre.May);
        (await centre.Pay("DORIT", PayCentre.May)).Amount.ShouldBe("28.00");

        var client = await centre.SignIn("agent", null, "DORIT");
        var told = await client.GetFromJsonAsync<JsonElement>("/api/v1/incentives/months/so-far/mine");
        (told.GetProperty("month").GetString(), told.GetProperty("amount").GetString(), told.GetProperty("nextPrice").GetString()).ShouldBe((PayCentre.May, "28.00", "2.25"));
    }

    [Fact]
    public async Task Without_a_plan_or_for_nobody_there_is_nothing_to_say()
    {
        await using var centre = await PayCentre.Start(Store.Sqlite);
        (await centre.Ask((ReadMonthSoFar s) => s.Run(default), centre.AsAgent("DORIT"))).Refusal!.Code.ShouldBe("incentives.no-plan");
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        (await centre.Ask((ReadMonthSoFar s) => s.Run(default), Access.Nobody)).Refusal!.Code.ShouldBe("incentives.not-found");
    }
}
