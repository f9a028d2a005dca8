using Evenhand.Analytics.Kpis;

namespace Evenhand.Engines.Tests.Kpis;

public sealed class FigureTests
{
    [Fact]
    public void Figures_of_one_definition_are_compared()
    {
        var comparison = Figure.Compare(Sl("", 60, 40), Sl("SL.threshold=20; SL.short=3", 80, 20));
        comparison.Mismatch.ShouldBeNull();
        comparison.Difference!.Value.ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void Figures_of_different_parameters_are_refused_naming_each()
    {
        var comparison = Figure.Compare(Sl("", 60, 40), Sl("SL.threshold=15; SL.variant=excluding-short; SL.short=5", 80, 20));
        comparison.Difference.ShouldBeNull();
        comparison.Mismatch!.Differences.ShouldBe(
            [new("threshold", "20", "15"), new("variant", "offered", "excluding-short"), new("short", null, "5")], ignoreOrder: true);
        comparison.Mismatch.ToString().ShouldContain("threshold: 20 ≠ 15");
    }

    [Fact]
    public void Figures_of_different_codes_and_versions_are_refused()
    {
        var first = Own("""{"code":"KEYS","version":1,"zh":"按键率","en":"Keys","formula":"KeyExit / Offered"}""");
        var second = Own("""{"code":"KEYS","version":2,"zh":"按键率","en":"Keys","formula":"KeyExit / Answered"}""");
        Figure.Compare(first, second).Mismatch!.Differences.ShouldBe([new("version", "1", "2")]);
        Figure.Compare(first, KpiDictionary.Standard["ANS"].Evaluate(new())).Mismatch!.Differences.ShouldBe([new("code", "KEYS", "ANS")]);
    }

    [Fact]
    public void A_figure_without_a_value_gives_its_reason_instead_of_a_difference()
    {
        var comparison = Figure.Compare(Sl("", 60, 40), KpiDictionary.Standard["SL"].Evaluate(new()));
        (comparison.Difference, comparison.Mismatch, comparison.WithheldReason).ShouldBe((null, null, Withheld.ZeroDenominator));
    }

    [Fact]
    public void Definitions_are_equal_by_what_they_say()
    {
        var (one, same, other) = (Sl("", 1, 1).Definition, Sl("SL.threshold=20s", 5, 5).Definition, Sl("SL.threshold=21", 1, 1).Definition);
        one.ShouldBe(same);
        one.GetHashCode().ShouldBe(same.GetHashCode());
        one.ShouldNotBe(other);
    }

    private static Figure Own(string json) => KpiDefinition.TryParse(json).Required().Evaluate(new() { [Counter.Offered] = 1, [Counter.Answered] = 1 });

    private static Figure Sl(string settings, int within, int after)
    {
        var cell = new Counters();
        for (var i = 0; i < within + after; i++)
            cell.AddAnswered(i < within ? 1 : 100);
        return KpiDictionary.Standard["SL"].Evaluate(cell, KpiSettings.Parse(settings).Required());
    }
}
