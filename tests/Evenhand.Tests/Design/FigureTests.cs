using System.Globalization;
using System.Text.Json;
using Evenhand.Design;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tests.Design;

/// <summary>Figures, addresses and charts as people read them.</summary>
public sealed class FigureTests
{
    [Theory]
    [InlineData(0.0, "0:00")]
    [InlineData(59.5, "1:00")]
    [InlineData(242.0, "4:02")]
    [InlineData(3599.4, "59:59")]
    [InlineData(3661.0, "1:01:01")]
    [InlineData(-6.0, "−0:06")]
    [InlineData(-0.2, "0:00")]
    [InlineData(double.NaN, "–")]
    [InlineData(null, "–")]
    public void Durations_read_as_minutes_and_seconds(double? seconds, string text) => Format.Duration(seconds).ShouldBe(text);

    [Fact]
    public void Shares_numbers_and_money_have_their_signs()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("zh-CN");
        Format.Percent(0.8642).ShouldBe("86.4%");
        Format.Percent(null).ShouldBe("–");
        Format.Number(18_400).ShouldBe("18,400");
        Format.Money(-1234.5m).ShouldBe("−¥1,234.50");
        Format.Change(1.25).ShouldBe("+1.3");
    }

    [Fact]
    public void A_fall_is_good_where_less_is_better()
    {
        Delta.Of(-2, "−2", "", moreIsBetter: false).Good.ShouldBe(true);
        Delta.Of(3.1, "+3.1", "", moreIsBetter: false).Good.ShouldBe(false);
        Delta.Of(0, "0", "", moreIsBetter: true).Good.ShouldBeNull();
    }

    [Fact]
    public void The_address_of_a_list_survives_its_own_links()
    {
        Prop.ForAll<NonNull<string>, PositiveInt, bool>((text, page, descending) =>
        {
            var value = new string([.. text.Get.Where(letter => !char.IsSurrogate(letter) && letter > ' ')]);
            var asked = GridQuery.Parse($"/contacts?sort={(descending ? "-" : "")}agent&show=a,b&size=50&q={Uri.EscapeDataString(value)}");
            var again = GridQuery.Parse(asked.ToPage(page.Get));
            return again.Page == Math.Min(page.Get, 1_000_000) && again.Size == 50 && again.Sort == "agent" && again.Descending == descending
                && again["q"] == (value == "" ? null : value) && again.Shown!.SetEquals(["a", "b"]) && again.Path == "/contacts";
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("/x?page=-3&size=0", 1, 1)]
    [InlineData("/x?page=two&size=many", 1, 20)]
    [InlineData("/x?page=99999999999&size=100000", 1, 200)]
    public void An_address_that_cannot_be_read_falls_back(string address, int page, int size)
    {
        var query = GridQuery.Parse(address);
        (query.Page, query.Size).ShouldBe((page, size));
    }

    [Fact]
    public void A_second_click_on_a_heading_turns_the_order_and_begins_at_the_first_page()
    {
        var first = GridQuery.Parse(GridQuery.Parse("/x?page=7").ToSort("agent"));
        (first.Sort, first.Descending, first.Page).ShouldBe(("agent", false, 1));
        GridQuery.Parse(first.ToSort("agent")).Descending.ShouldBeTrue();
    }

    [Fact]
    public void An_axis_of_durations_covers_its_values_in_whole_steps()
    {
        Prop.ForAll<NonEmptyArray<ushort>, bool>((seconds, fromZero) =>
        {
            var spec = LineOption.Of([.. seconds.Get.Select(_ => "x")], [new("AHT", [.. seconds.Get.Select(s => (double?)s)])], Figure.Duration, fromZero: fromZero);
            var axis = JsonSerializer.SerializeToElement(spec.Option).GetProperty("yAxis");
            var (min, max, step) = (axis.GetProperty("min").GetDouble(), axis.GetProperty("max").GetDouble(), axis.GetProperty("interval").GetDouble());
            return min <= seconds.Get.Min() && max >= seconds.Get.Max() && max > min && (max - min) % step == 0 && (max - min) / step <= 7 && (!fromZero || min == 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_control_chart_marks_the_point_out_of_control_and_says_why()
    {
        var spec = ControlChartOption.Of([new("d1", 240, 230, 200, 260), new("d2", 300, 230, 200, 260) { Violations = ["beyond the limits"] }], Figure.Duration, "AHT");
        var data = JsonSerializer.SerializeToElement(spec.Option).GetProperty("series")[0].GetProperty("data");
        data[0].TryGetProperty("note", out _).ShouldBeFalse();
        data[1].GetProperty("note")[0].GetString().ShouldBe("beyond the limits");
        spec.Rows[1].ShouldBe(["d2", "5:00", "3:50", "3:20", "4:20", "beyond the limits"]);
    }

    [Fact]
    public void A_histogram_whose_edges_do_not_fit_is_refused() =>
        Should.Throw<ArgumentException>(() => HistogramOption.Of([0, 1], [1, 2], Figure.Number, "n")).Message.ShouldContain("2 bins have 3 edges");

    [Fact]
    public void A_pareto_adds_up_from_the_heaviest_cause()
    {
        var spec = BarOption.Pareto([new("small", 10), new("large", 30)], Figure.Whole, "n", "share");
        spec.Rows.Select(row => string.Join(' ', row)).ShouldBe(["large 30 75.0%", "small 10 100.0%"]);
    }
}
