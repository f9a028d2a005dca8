using Evenhand.Analytics.Kpis;

namespace Evenhand.Engines.Tests.Kpis;

public sealed class KpiSettingsTests
{
    [Fact]
    public void Settings_are_read_into_their_one_written_form() =>
        KpiSettings.Parse("SL.threshold = 2m\nFCR.window=48h; SL.variant=answered;; FCR.window=1d; ABN.short=off").Required()
            .ToString().ShouldBe("ABN.short=off; FCR.window=24h; SL.threshold=120; SL.variant=answered");

    [Theory]
    [InlineData("SL.threshold=-1", "not-allowed", "SL.threshold", "0–3600")]
    [InlineData("SL.threshold=3601", "not-allowed", "SL.threshold", "0–3600")]
    [InlineData("SL.threshold=99999999999", "not-allowed", "SL.threshold", "0–3600")]
    [InlineData("SL.threshold=off", "not-allowed", "SL.threshold", "0–3600")]
    [InlineData("SL.threshold=", "not-allowed", "SL.threshold", "0–3600")]
    [InlineData("ABN.short=x", "not-allowed", "ABN.short", "0–3600, off")]
    [InlineData("SL.variant=all", "not-allowed", "SL.variant", "answered, offered, excluding-short, including-short")]
    [InlineData("FCR.window=31d", "not-allowed", "FCR.window", "1h–30d")]
    [InlineData("WAIT.P90.percentile=80", "not-allowed", "WAIT.P90.percentile", "90–90")]
    [InlineData("SL.treshold=20", "unknown-parameter", "SL.treshold", "threshold, variant, short, flow")]
    [InlineData("ASA.hold=in", "unknown-parameter", "ASA.hold", "")]
    [InlineData("SL=20", "malformed-setting", "SL=20", "CODE.parameter=value")]
    [InlineData("SL.threshold", "malformed-setting", "SL.threshold", "CODE.parameter=value")]
    public void Faults_name_the_place_and_what_is_allowed(string text, string code, string place, string allowed)
    {
        var error = KpiSettings.Parse(text).Errors.ShouldHaveSingleItem();
        (error.Code, error.Place, string.Join(", ", error.Allowed)).ShouldBe((code, place, allowed));
    }

    [Fact]
    public void Every_fault_is_reported_and_no_half_of_the_settings_holds()
    {
        var read = KpiSettings.Parse("SL.threshold=30; XX.y=1; SL.variant=?");
        read.Value.ShouldBeNull();
        read.Errors.Select(e => e.Code).ShouldBe(["unknown-kpi", "not-allowed"]);
        read.Errors[0].ToString().ShouldStartWith("XX.y: unknown-kpi 'XX'; allowed: SL, ");
        Should.Throw<FormatException>(read.Required).Message.ShouldContain("SL.variant");
    }

    [Fact]
    public void Later_settings_lie_over_earlier_ones()
    {
        var settings = KpiSettings.Parse("SL.threshold=30; ABN.short=5").Required().With(KpiSettings.Parse("SL.threshold=10").Required());
        (settings.Find("SL", "threshold"), settings.Find("ABN", "short"), settings.Find("SL", "variant")).ShouldBe(("10", "5", null));
    }
}
