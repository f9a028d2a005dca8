using System.CommandLine;
using System.Globalization;
using Evenhand.Analytics.Baselines;
using Evenhand.Incentives.Plans;
using Evenhand.Kernel;

namespace Evenhand.Incentives.Commands;

/// <summary>The options that describe a plan, read into choices; every number is read here so that what cannot be read is named in one line.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> months = new("--months") { Description = "Months the baseline looks back over, 2 / 基准值取几个月" };
    private readonly Option<string?> until = new("--until") { Description = "Last of them, yyyy-MM; the last complete one / 最后一个月" };
    private readonly Option<string?> leastHours = new("--least-hours") { Description = "Fewest hours worked a month, 100 / 月最少工时" };
    private readonly Option<string?> leastDays = new("--least-days") { Description = "Fewest days with contacts a month where hours are not known, 10 / 无工时数据时的月最少出勤天数" };
    private readonly Option<string?> newDays = new("--new-days") { Description = "Days an agent is new, 90 / 新人天数" };
    private readonly Option<string?> lowCut = new("--low-cut") { Description = "Remove below mean − this many standard deviations, 1 / 剔除低于均值几个标准差" };
    private readonly Option<string?> correction = new("--correction") { Description = "Units added to the baseline / 基准值修正" };
    private readonly Option<string?> method = new("--method") { Description = "normal | deviation / 档次方法" };
    private readonly Option<string?> percentiles = new("--percentiles") { Description = "Method normal: where tiers begin, 0.75,0.9 / 分位点" };
    private readonly Option<string?> tierCount = new("--tier-count") { Description = "Method deviation: tiers above the first, 3 / 档数" };
    private readonly Option<string?> tierWidth = new("--tier-width") { Description = "Method deviation: width in standard deviations, 0.5 / 档宽" };
    private readonly Option<string?> tiers = new("--tiers") { Description = "Tiers by hand, as 2000,2500,2800 / 手工档次" };
    private readonly Option<string?> price = new("--price") { Description = "X, price of a unit up to the baseline / 单价 X" };
    private readonly Option<string?> step = new("--step") { Description = "n, added per tier / 每档加价 n" };
    private readonly Option<string?> budget = new("--budget") { Description = "Solve X so that these months cost no more together / 按总预算求 X" };
    private readonly Option<string?> flat = new("--flat") { Description = "Compare with this flat price per contact / 与统一单价比较" };
    private readonly Option<string?> weights = new("--weights") { Description = "What a contact counts by queue, as PS=1.2,PE=1.5 / 队列权重" };
    private readonly Option<string?> hours = new("--hours") { Description = "Coefficient by hours worked, as 0=0.9,140=1,170=1.05 / 工时系数" };
    private readonly Option<string?> currency = new("--currency") { Description = "Currency symbol, ¥ / 货币符号" };

    public void AddBaseline(Command command)
    {
        foreach (var option in new[] { months, until, leastHours, leastDays, newDays, lowCut, correction, method, percentiles, tierCount, tierWidth, tiers, weights }) command.Options.Add(option);
    }

    public void AddPrices(Command command)
    {
        AddBaseline(command);
        foreach (var option in new[] { price, step, budget, flat, hours, currency }) command.Options.Add(option);
    }

    /// <summary>The plan described, with budget and flat price.</summary>
    public Outcome<SimulatePlan.Request> Read(ParseResult parsed)
    {
        var standard = new PlanChoices();
        var read = new Reading(parsed);
        if (parsed.GetValue(method)?.ToLowerInvariant() is { } named and not ("normal" or "deviation")) return new Refusal("incentives.option-unreadable", method.Name, named);
        var choices = standard with
        {
            Months = read.Whole(months) ?? standard.Months, Until = parsed.GetValue(until), LeastHours = read.Number(leastHours) ?? standard.LeastHours, LeastDays = read.Whole(leastDays) ?? standard.LeastDays,
            NewStarterDays = read.Whole(newDays) ?? standard.NewStarterDays, LowCut = (double)(read.Number(lowCut) ?? 1), Correction = read.Number(correction) ?? 0,
            Method = string.Equals(parsed.GetValue(method), "deviation", StringComparison.OrdinalIgnoreCase) ? TierMethod.Deviation : TierMethod.Normal,
            Percentiles = read.Numbers(percentiles)?.Select(p => (double)p).ToList() ?? standard.Percentiles, TierCount = read.Whole(tierCount) ?? standard.TierCount, TierWidth = read.Number(tierWidth) ?? standard.TierWidth,
            Tiers = read.Numbers(tiers), Price = read.Has(price) ? read.Number(price) : null, Step = read.Has(step) ? read.Number(step) ?? 0 : 0,
            Weights = read.Pairs(weights).ToDictionary(p => p.Key, p => p.Value),
            Hours = read.Has(hours) ? [.. read.Pairs(hours).Select(p => new CoefficientStep(read.Number(hours.Name, p.Key) ?? 0, p.Value))] : [],
            Currency = (read.Has(currency) ? parsed.GetValue(currency) : null) ?? standard.Currency,
        };
        var request = new SimulatePlan.Request(choices, read.Has(budget) ? read.Number(budget) : null, read.Has(flat) ? read.Number(flat) : null);
        if (request.Budget is not null && choices.Price is not null) return new Refusal("incentives.price-and-budget");
        return read.Problem is { } problem ? problem : request;
    }

    /// <summary>Reads option by option and keeps the first that cannot be read.</summary>
    private sealed class Reading(ParseResult parsed)
    {
        public Refusal? Problem { get; private set; }

        public bool Has(Option<string?> option) => parsed.GetResult(option) is not null;

        public decimal? Number(Option<string?> option) => parsed.GetValue(option) is { } text ? Number(option.Name, text) : null;

        public int? Whole(Option<string?> option)
        {
            if (parsed.GetValue(option) is not { } text) return null;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
            Problem ??= new Refusal("incentives.option-unreadable", option.Name, text);
            return null;
        }

        public IReadOnlyList<decimal>? Numbers(Option<string?> option) =>
            parsed.GetValue(option) is { } text ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => Number(option.Name, t) ?? 0)] : null;

        public List<KeyValuePair<string, decimal>> Pairs(Option<string?> option)
        {
            List<KeyValuePair<string, decimal>> pairs = [];
            foreach (var part in (parsed.GetValue(option) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var halves = part.Split('=', StringSplitOptions.TrimEntries);
                if (halves.Length != 2 || halves[0].Length == 0 || pairs.Any(p => p.Key == halves[0])) Problem ??= new Refusal("incentives.option-unreadable", option.Name, part);
                else pairs.Add(new(halves[0], Number(option.Name, halves[1]) ?? 0));
            }
            return pairs;
        }

        public decimal? Number(string option, string text)
        {
            if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
            Problem ??= new Refusal("incentives.option-unreadable", option, text);
            return null;
        }
    }
}
