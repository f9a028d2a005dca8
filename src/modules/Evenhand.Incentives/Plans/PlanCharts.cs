using Evenhand.Analytics.Baselines;
using Evenhand.Design;
using Evenhand.Kernel.Text;

namespace Evenhand.Incentives.Plans;

/// <summary>The pictures of a plan: how volumes are distributed, and the staircase of prices.</summary>
internal static class PlanCharts
{
    private const string Step = "end";

    /// <summary>The distribution of volumes with baseline and tiers on its axis.</summary>
    public static ChartSpec? Distribution(Texts texts, VolumeShape shape, decimal baseline, IReadOnlyList<decimal> starts)
    {
        if (shape.Bins.Count < 2) return null;
        List<double> edges = [.. shape.Bins.Select(b => (double)b.From), (double)shape.Bins[^1].To];
        List<Mark> marks = [new(texts["incentives.baseline"], (double)baseline, "$ok")];
        marks.AddRange(starts.Select((start, i) => (start, tier: i + 1)).Where(s => s.start != baseline && (double)s.start <= edges[^1]).Select(s => new Mark(texts["incentives.tier-short", s.tier], (double)s.start, "$warn")));
        return HistogramOption.Of(edges, [.. shape.Bins.Select(b => b.Count)], Figure.Whole, texts["incentives.agents"], texts["incentives.volume"], marks);
    }

    /// <summary>What the next unit earns at each volume; with the units reached, where the reader stands.</summary>
    public static ChartSpec Staircase(Texts texts, PlanTerms terms, decimal? units = null)
    {
        var last = terms.Starts[^1];
        var end = Math.Max(last == 0 ? 100 : last * 1.2m, (units ?? 0) * 1.08m);
        var price = (int tier) => terms.Price + tier * terms.Step;
        List<decimal[]> all = [[0, price(0)], .. terms.Starts.Select((start, i) => new[] { start, price(i + 1) }), [end, price(terms.Starts.Count)]];
        List<object> series = [new { type = "line", name = texts["incentives.price"], step = Step, data = all, symbol = "none", color = "$series-1", lineStyle = new { width = 2.5 }, areaStyle = new { opacity = 0.06 }, emphasis = new { disabled = true } }];
        if (units is { } reached)
        {
            var tier = terms.Starts.Count(start => start < reached);
            List<decimal[]> done = [[0, price(0)], .. terms.Starts.Take(tier).Select((start, i) => new[] { start, price(i + 1) }), [reached, price(tier)]];
            series.Add(new
            {
                type = "line", name = texts["incentives.you-are-here"], step = Step, data = done, symbol = "none", color = "$ok", lineStyle = new { width = 3 }, areaStyle = new { opacity = 0.22 }, emphasis = new { disabled = true },
                markLine = new
                {
                    silent = true, symbol = "none",
                    data = new[] { new { xAxis = reached, lineStyle = new { color = "$ok", type = "dashed", width = 1.5 }, label = new { formatter = texts["incentives.you-are-here"], color = "$ok", fontSize = 13, position = "end" } } },
                },
            });
        }
        var option = new
        {
            formats = series.Select(_ => "price").ToArray(),
            tooltip = new { show = false },
            grid = new { left = 8, right = 20, top = 34, bottom = 24, outerBoundsMode = "same", outerBoundsContain = "axisLabel" },
            xAxis = new { type = "value", min = 0, max = Math.Ceiling(end), name = texts["incentives.units"], nameLocation = "middle", nameGap = 26, splitLine = new { show = false }, axisLabel = new { formatter = "@whole" } },
            yAxis = new { type = "value", min = 0, name = texts["incentives.price-of-next"], nameTextStyle = new { align = "left" }, axisLabel = new { formatter = "@number" } },
            series,
        };
        var rows = Enumerable.Range(0, terms.Starts.Count + 1).Select(tier => (IReadOnlyList<string>)[Range(texts, terms.Starts, tier), terms.Currency + Exact.Price(price(tier))]);
        return new ChartSpec(option, [texts["incentives.units"], texts["incentives.price"]], [.. rows]);
    }

    /// <summary>The units of a tier in words: 2001–2500, or more than 2800.</summary>
    public static string Range(Texts texts, IReadOnlyList<decimal> starts, int tier) =>
        tier == starts.Count ? texts["incentives.more-than", Exact.Short(starts[^1])] : $"{Exact.Short(tier == 0 ? 0 : starts[tier - 1])} – {Exact.Short(starts[tier])}";
}
