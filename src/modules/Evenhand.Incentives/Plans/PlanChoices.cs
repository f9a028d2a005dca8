using System.Text.Json.Serialization;
using Evenhand.Analytics.Baselines;
using Evenhand.Kernel;

namespace Evenhand.Incentives.Plans;

/// <summary>How the tiers above a baseline are found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TierMethod>))]
internal enum TierMethod
{
    /// <summary>At percentiles of the normal distribution.</summary>
    Normal,

    /// <summary>In steps of the standard deviation.</summary>
    Deviation,
}

/// <summary>All a manager decides about a plan; kept with it, so that everybody can see how its numbers came about.</summary>
internal sealed record PlanChoices
{
    /// <summary>How many months the baseline looks back over, 1…24.</summary>
    public int Months { get; init; } = 2;

    /// <summary>The last of them, as 2026-11; null for the last complete one.</summary>
    public string? Until { get; init; }

    /// <summary>Fewest hours worked a month, where hours are known.</summary>
    public decimal LeastHours { get; init; } = 100;

    /// <summary>Fewest days with contacts a month, where hours are not known.</summary>
    public int LeastDays { get; init; } = 10;

    /// <summary>Days from joining during which an agent is new.</summary>
    public int NewStarterDays { get; init; } = 90;

    /// <summary>Agents below mean − this many standard deviations do not count.</summary>
    public double LowCut { get; init; } = 1;

    /// <summary>Units a person adds to the computed baseline, or takes off.</summary>
    public decimal Correction { get; init; }

    /// <summary>How tiers are found, unless they are set by hand.</summary>
    public TierMethod Method { get; init; } = TierMethod.Normal;

    /// <summary>Method normal: where tiers begin.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [0.75, 0.90];

    /// <summary>Method deviation: how many tiers above the first.</summary>
    public int TierCount { get; init; } = 3;

    /// <summary>Method deviation: width of a tier in standard deviations.</summary>
    public decimal TierWidth { get; init; } = 0.5m;

    /// <summary>Tiers set by hand; null to take the method's.</summary>
    public IReadOnlyList<decimal>? Tiers { get; init; }

    /// <summary>X; null to solve it for the budget.</summary>
    public decimal? Price { get; init; }

    /// <summary>n.</summary>
    public decimal Step { get; init; }

    public string Currency { get; init; } = "¥";

    public IReadOnlyDictionary<string, decimal> Weights { get; init; } = new Dictionary<string, decimal>();

    public IReadOnlyList<CoefficientStep> Quality { get; init; } = [];

    public IReadOnlyList<CoefficientStep> Hours { get; init; } = [];

    public BaselineSettings BaselineSettings(bool hoursKnown) =>
        new() { LeastHours = hoursKnown ? LeastHours : LeastDays, NewStarterDays = NewStarterDays, LowCutDeviations = LowCut };

    public Refusal? Problem()
    {
        if (Months is < 1 or > 24) return new Refusal("incentives.months-out-of-bounds", Months);
        if (LeastHours is < 0 or > 744 || LeastDays is < 0 or > 31 || NewStarterDays is < 0 or > 3650 || LowCut is not (>= 0 and <= 10)) return new Refusal("incentives.settings-out-of-bounds");
        if (Method == TierMethod.Normal && Tiers is null && Percentiles.Any(p => p is not (> 0.5 and < 1))) return new Refusal("incentives.percentile-out-of-bounds");
        if (Method == TierMethod.Deviation && Tiers is null && (TierCount is < 1 or > 20 || TierWidth <= 0)) return new Refusal("incentives.tier-width-out-of-bounds");
        if (Quality.Count > 0) return new Refusal("incentives.accuracy-not-measured");
        return string.IsNullOrWhiteSpace(Currency) || Currency.Length > 8 ? new Refusal("incentives.currency-unreadable") : null;
    }

    /// <summary>The tiers for a baseline; null with the reason when the agents are too alike or too few for the method.</summary>
    public Outcome<Tiers> TiersAbove(Baseline baseline)
    {
        var moved = baseline with { Value = Math.Max(0, baseline.Value + Correction) };
        if (Tiers is { } byHand)
            return Analytics.Baselines.Tiers.Problem(Math.Min(moved.Natural, byHand.Count > 0 ? byHand[0] : 0), byHand) is null
                ? new Tiers(Math.Min(moved.Natural, byHand[0]), byHand)
                : new Refusal("incentives.tiers-not-rising", Exact.Ladder(byHand), moved.Natural);
        if (baseline.Kept.Count == 0) return new Refusal("incentives.nobody-counts");
        var tiers = (Method == TierMethod.Normal ? Percentiles.Count : TierCount) + 1;
        var deviations = Method == TierMethod.Normal ? Percentiles.Order().ToList() : null;
        try
        {
            return deviations is null ? Analytics.Baselines.Tiers.ByDeviation(moved, TierCount, TierWidth) : Analytics.Baselines.Tiers.ByNormal(moved, deviations);
        }
        catch (ArgumentException)
        {
            return new Refusal("incentives.agents-too-alike", tiers, moved.Natural, Math.Round(baseline.StandardDeviation, 2));
        }
    }
}
