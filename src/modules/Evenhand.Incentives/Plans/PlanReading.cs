using System.Globalization;
using Evenhand.Analytics.Baselines;
using Evenhand.Kernel;

namespace Evenhand.Incentives.Plans;

/// <summary>Reads a plan from named texts, be they options of a command or fields of a form; the first text that cannot be read is named in the refusal.</summary>
internal sealed class PlanReading
{
    public static IReadOnlyList<string> Baseline { get; } =
        ["months", "until", "least-hours", "least-days", "new-days", "low-cut", "correction", "method", "percentiles", "tier-count", "tier-width", "tiers", "weights"];

    public static IReadOnlyList<string> Prices { get; } = ["price", "step", "budget", "flat", "hours", "currency"];

    private readonly Func<string, string?> text;
    private Refusal? problem;

    private PlanReading(Func<string, string?> text) => this.text = name => text(name) is { } found && !string.IsNullOrWhiteSpace(found) ? found.Trim() : null;

    /// <summary>The plan described, with budget and flat price.</summary>
    /// <param name="text">The text under a name; null or blank for none.</param>
    public static Outcome<SimulatePlan.Request> Of(Func<string, string?> text)
    {
        var read = new PlanReading(text);
        var request = read.Request();
        if (read.problem is not null) return read.problem;
        return request.Budget is not null && request.Choices.Price is not null ? new Refusal("incentives.price-and-budget") : request;
    }

    private SimulatePlan.Request Request()
    {
        var usual = new PlanChoices();
        var method = text("method")?.ToLowerInvariant();
        if (method is not (null or "normal" or "deviation")) problem = new Refusal("incentives.option-unreadable", "method", method);
        return new SimulatePlan.Request(new PlanChoices
        {
            Months = Whole("months") ?? usual.Months, Until = text("until"), LeastHours = Number("least-hours") ?? usual.LeastHours, LeastDays = Whole("least-days") ?? usual.LeastDays,
            NewStarterDays = Whole("new-days") ?? usual.NewStarterDays, LowCut = (double)(Number("low-cut") ?? 1), Correction = Number("correction") ?? 0,
            Method = method == "deviation" ? TierMethod.Deviation : TierMethod.Normal, Percentiles = Numbers("percentiles")?.Select(p => (double)p).ToList() ?? usual.Percentiles,
            TierCount = Whole("tier-count") ?? usual.TierCount, TierWidth = Number("tier-width") ?? usual.TierWidth, Tiers = Numbers("tiers"),
            Price = Number("price"), Step = Number("step") ?? 0, Weights = Pairs("weights").ToDictionary(p => p.Key, p => p.Value),
            Hours = [.. Pairs("hours").Select(p => new CoefficientStep(Number("hours", p.Key) ?? 0, p.Value))], Currency = text("currency") ?? usual.Currency,
        }, Number("budget"), Number("flat"));
    }

    private int? Whole(string name)
    {
        if (text(name) is not { } given) return null;
        if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        problem ??= new Refusal("incentives.option-unreadable", name, given);
        return null;
    }

    private decimal? Number(string name) => text(name) is { } given ? Number(name, given) : null;

    private decimal? Number(string name, string given)
    {
        if (decimal.TryParse(given, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        problem ??= new Refusal("incentives.option-unreadable", name, given);
        return null;
    }

    private List<decimal>? Numbers(string name) => text(name) is { } given ? [.. Parts(given).Select(part => Number(name, part) ?? 0)] : null;

    private List<KeyValuePair<string, decimal>> Pairs(string name)
    {
        List<KeyValuePair<string, decimal>> pairs = [];
        foreach (var part in Parts(text(name) ?? ""))
        {
            var halves = part.Split('=', StringSplitOptions.TrimEntries);
            if (halves.Length != 2 || halves[0].Length == 0 || pairs.Any(p => p.Key == halves[0])) problem ??= new Refusal("incentives.option-unreadable", name, part);
            else pairs.Add(new(halves[0], Number(name, halves[1]) ?? 0));
        }
        return pairs;
    }

    private static string[] Parts(string given) => given.Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
