using Evenhand.Analytics.Kpis;

namespace Evenhand.Engines.Tests.Kpis;

public sealed class KpiDefinitionTests
{
    [Theory]
    [InlineData("KeyExit / Offered", 0.1)]
    [InlineData("(KeyExit + TimedOut) / Offered", 0.3)]
    [InlineData("（KeyExit ＋ TimedOut − Abandoned） ÷ Offered", 0.25)]
    [InlineData("-KeyExit / (Offered - TimedOut)", -0.125)]
    [InlineData("answered_within(10) / Offered", 0.5)]
    [InlineData("answered_within(limit)/(Offered)", 0.75)]
    [InlineData("KeyExit[mode=a] / Offered", 0.1)]
    [InlineData("(KeyExit[mode!=a] + Abandoned) / Offered", 0.05)]
    public void A_centres_own_ratio_of_sums_is_read_and_computed(string formula, double expected)
    {
        var cell = new Counters { [Counter.Offered] = 20, [Counter.KeyExit] = 2, [Counter.TimedOut] = 4, [Counter.Abandoned] = 1 };
        for (var i = 0; i < 15; i++)
            cell.AddAnswered(i < 10 ? 10 : 11);
        Own(formula).Required().Evaluate(cell).Value!.Value.ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void A_denominator_below_zero_is_withheld() =>
        Own("KeyExit / (Answered - Offered)").Required().Evaluate(new() { [Counter.Offered] = 1 }).WithheldReason.ShouldBe(Withheld.NegativeDenominator);

    [Theory]
    [InlineData("", "formula-missing", 1)]
    [InlineData("Answerd / Offered", "unknown-counter", 1)]
    [InlineData("Answered / Offred", "unknown-counter", 12)]
    [InlineData("5 / Offered", "unknown-counter", 1)]
    [InlineData("within(20) / Offered", "unknown-function", 1)]
    [InlineData("Answered / ", "term-expected", 12)]
    [InlineData("Answered * 2", "sign-expected", 10)]
    [InlineData("Answered / Offered / Offered", "sign-expected", 20)]
    [InlineData("(Answered / Offered", "sign-expected", 11)]
    [InlineData("KeyExit + TimedOut / Offered", "sum-needs-parentheses", 20)]
    [InlineData("KeyExit / Offered + TimedOut", "sum-needs-parentheses", 10)]
    [InlineData("answered_within(treshold) / Offered", "unknown-parameter", 17)]
    [InlineData("answered_within(mode) / Offered", "unknown-parameter", 17)]
    [InlineData("answered_within 20 / Offered", "sign-expected", 17)]
    [InlineData("KeyExit[way=a] / Offered", "unknown-condition", 9)]
    [InlineData("KeyExit[mode] / Offered", "unknown-condition", 9)]
    [InlineData("KeyExit[mode=c] / Offered", "not-allowed", 9)]
    [InlineData("KeyExit[mode=a / Offered", "sign-expected", 25)]
    [InlineData("(TalkSeconds + Answered) / Offered", "mixed-units", 16)]
    [InlineData("percentile(Waits, limit)", "unknown-distribution", 12)]
    [InlineData("percentile(Talk, limit)", "unknown-parameter", 18)]
    public void Faults_in_a_formula_name_their_position(string formula, string code, int position)
    {
        var error = Own(formula).Errors.ShouldHaveSingleItem();
        (error.Code, error.Place).ShouldBe((code, $"OWN.formula:{position}"));
    }

    [Fact]
    public void An_unknown_counter_is_answered_with_those_like_it() =>
        Own("Ans / Offered").Errors[0].Allowed.ShouldContain("Answered");

    [Theory]
    [InlineData("ratio", "TalkSeconds / Answered", "Seconds")]
    [InlineData("seconds", "Answered / Offered", "Ratio, Count, PerTenThousand")]
    [InlineData("per-hour", "Answered", "Count")]
    [InlineData("count", "CostCents / Answered", "Money")]
    public void A_unit_the_formula_does_not_give_is_refused(string unit, string formula, string allowed)
    {
        var error = Own(formula, unit).Errors.ShouldHaveSingleItem();
        (error.Code, error.Place, string.Join(", ", error.Allowed)).ShouldBe(("unit-does-not-fit", "OWN.unit", allowed));
    }

    [Theory]
    [InlineData("""[]""", "json-malformed")]
    [InlineData("""null""", "json-malformed")]
    [InlineData("""{"code":"A","zh":"甲","en":"A"}""", "json-malformed")]
    [InlineData("""{"code":"A","zh":null,"en":"A","formula":"Offered","unit":"count"}""", "json-malformed")]
    [InlineData("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"pieces"}""", "json-malformed")]
    [InlineData("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"count","colour":"red"}""", "json-malformed")]
    [InlineData("""{"code":"a b","zh":"甲","en":"A","formula":"Offered","unit":"count"}""", "malformed-code")]
    [InlineData("""{"code":"A","version":0,"zh":"甲","en":"A","formula":"Offered","unit":"count"}""", "malformed-version")]
    [InlineData("""{"code":"A","zh":" ","en":"A","formula":"Offered","unit":"count"}""", "name-missing")]
    [InlineData("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"count","parameters":[null]}""", "malformed-parameter")]
    [InlineData("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"count","parameters":[{"name":"x","default":"a"}]}""", "malformed-bounds")]
    [InlineData("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"count","parameters":[{"name":"x","kind":"seconds","default":"90","max":60}]}""", "not-allowed")]
    [InlineData("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"count","parameters":[{"name":"x","kind":"percent","default":"90","max":101}]}""", "malformed-bounds")]
    public void Faults_in_a_definition_are_values(string json, string code) =>
        KpiDefinition.TryParse(json).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void A_fault_in_the_JSON_names_its_place() =>
        KpiDefinition.TryParse("{\n\"code\":\"A\",\n\"version\":\"x\"}").Errors[0].Place.ShouldBe("$.version (line 3)");

    [Fact]
    public void Filters_are_kept_for_whoever_sums() =>
        KpiDefinition.TryParse("""{"code":"A","zh":"甲","en":"A","formula":"Offered","unit":"count","filters":{"queue":["presales"]}}""")
            .Required().Filters["queue"].ShouldBe(["presales"]);

    [Fact]
    public void A_dictionary_takes_own_KPIs_and_newer_versions_only()
    {
        var own = Own("KeyExit / Offered").Required();
        var dictionary = KpiDictionary.Standard.With(own).Required();
        dictionary["OWN"].ShouldBeSameAs(own);
        KpiDictionary.Standard.Find("OWN").ShouldBeNull();
        dictionary.With(own).Errors.ShouldHaveSingleItem().Code.ShouldBe("version-not-newer");
        KpiDictionary.Standard.With(KpiDictionary.Standard["SL"]).Errors.ShouldHaveSingleItem().Code.ShouldBe("code-taken");
        KpiSettings.Parse("OWN.limit=5", dictionary).Required().Find("OWN", "limit").ShouldBe("5");
        Should.Throw<KeyNotFoundException>(() => dictionary["NONE"]).Message.ShouldContain("OWN");
    }

    private static Checked<KpiDefinition> Own(string formula, string unit = "ratio") => KpiDefinition.TryParse($$"""
        {"code":"OWN","zh":"自定义","en":"Own","unit":"{{unit}}","formula":"{{formula}}","parameters":[
        {"name":"limit","kind":"seconds","default":"20","max":60},{"name":"mode","default":"a","allowed":["a","b"]}]}
        """);
}
