using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Evenhand.Analytics.Diagnosis;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel.Text;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Diagnosis;

namespace Evenhand.Tests.Measurement.Diagnosis;

public sealed class DiagnosisWordsTests
{
    private static readonly IReadOnlyDictionary<string, string> English = Texts.Read(typeof(IFigures).Assembly, "en");

    [Theory, InlineData(typeof(Findings), "finding"), InlineData(typeof(Reasons), "reason"), InlineData(typeof(Evenhand.Analytics.Diagnosis.Actions), "action")]
    public void Every_code_of_the_diagnosis_has_words(Type codes, string prefix) =>
        Codes(codes).Where(code => !English.ContainsKey($"measurement.{prefix}-{code}")).ShouldBeEmpty();

    [Fact]
    public void Every_rule_of_every_set_has_words() =>
        Diagnose.RuleSets.SelectMany(set => set.Rules.Select(r => $"measurement.rule-{r.Code}").Append($"measurement.rules-{set.Code}")).Where(key => !English.ContainsKey(key)).ShouldBeEmpty();

    [Fact]
    public void Every_standard_kpi_is_explained() =>
        KpiDictionary.Standard.All.Where(k => !English.ContainsKey($"measurement.kpi-{k.Code}")).Select(k => k.Code).ShouldBeEmpty();

    [Fact]
    public void Every_kind_of_event_has_words() =>
        CentreEvent.Kinds.Where(kind => !English.ContainsKey($"measurement.event-{kind}")).ShouldBeEmpty();

    [Fact]
    public void The_default_rules_are_those_of_western_electric_and_say_their_price()
    {
        Diagnose.RuleSets[0].Code.ShouldBe("western-electric");
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
        Diagnose.RuleSets.Select(r => new DiagnosisWords(new Texts([typeof(IFigures).Assembly])).FalseAlarms(r)).ShouldBe(
            ["one false alarm in 92 points of a steady process (1.1% a point)", "one false alarm in 109 points of a steady process (0.9% a point)", "one false alarm in 47 points of a steady process (2.1% a point)"]);
    }

    private static IEnumerable<string> Codes(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).Where(c => Regex.IsMatch(c, "^[a-z-]+$"));
}
