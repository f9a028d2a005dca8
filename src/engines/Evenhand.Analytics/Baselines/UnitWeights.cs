namespace Evenhand.Analytics.Baselines;

/// <summary>Work of one kind done in a month.</summary>
/// <param name="Queue">Queue or channel, as a code.</param>
/// <param name="ContactType">Contact or order type, as a code.</param>
/// <param name="Difficulty">Difficulty, as a code.</param>
/// <param name="Quantity">Units, 0 or more.</param>
public sealed record WorkDone(string? Queue, string? ContactType, string? Difficulty, decimal Quantity);

/// <summary>What a unit of some work counts. A null field fits all; of the weights that fit, the one with the most fields named wins, the first on a tie.</summary>
/// <param name="Queue">Queue or channel, or null.</param>
/// <param name="ContactType">Contact type, or null.</param>
/// <param name="Difficulty">Difficulty, or null.</param>
/// <param name="Weight">Weighted units per unit, 0 or more.</param>
public sealed record UnitWeight(string? Queue, string? ContactType, string? Difficulty, decimal Weight)
{
    internal int Named => (Queue is null ? 0 : 1) + (ContactType is null ? 0 : 1) + (Difficulty is null ? 0 : 1);

    internal bool Fits(WorkDone work) => (Queue ?? work.Queue) == work.Queue && (ContactType ?? work.ContactType) == work.ContactType && (Difficulty ?? work.Difficulty) == work.Difficulty;
}

/// <summary>One step of a coefficient table.</summary>
/// <param name="AtLeast">Lowest figure it applies to (accuracy as a share 0…1, or hours).</param>
/// <param name="Coefficient">Factor on the month's units, 0 or more.</param>
public sealed record CoefficientStep(decimal AtLeast, decimal Coefficient);

/// <summary>One line of weighing.</summary>
/// <param name="Work">The work.</param>
/// <param name="Weight">What a unit of it counts.</param>
/// <param name="Units">Quantity × weight.</param>
public sealed record WeighedLine(WorkDone Work, decimal Weight, decimal Units);

/// <summary>A month's weighted units and how they came about.</summary>
/// <param name="Lines">One line per kind of work, in the order given.</param>
/// <param name="Quality">Coefficient for accuracy; 1 without table or figure.</param>
/// <param name="Hours">Coefficient for hours; 1 without table or figure.</param>
/// <param name="Units">Sum of the lines × both coefficients, unrounded.</param>
public sealed record WeighedMonth(IReadOnlyList<WeighedLine> Lines, decimal Quality, decimal Hours, decimal Units);

/// <summary>How plain units become the weighted units a plan pays: by queue, contact type and difficulty, then by the month's accuracy and hours.</summary>
/// <param name="Weights">Weights; work that none fits counts 1.</param>
/// <param name="Quality">Accuracy steps; the highest step reached applies, the lowest step's coefficient below all; none = 1.</param>
/// <param name="Hours">Steps by hours worked, read alike; none = 1.</param>
public sealed record UnitWeights(IReadOnlyList<UnitWeight> Weights, IReadOnlyList<CoefficientStep>? Quality = null, IReadOnlyList<CoefficientStep>? Hours = null)
{
    /// <summary>Every unit counts 1.</summary>
    public static UnitWeights Plain { get; } = new([]);

    /// <summary>Weighs a month.</summary>
    /// <param name="work">The work done.</param>
    /// <param name="accuracy">Right ÷ checked, 0…1; null when nothing was checked.</param>
    /// <param name="hours">Hours worked; null when not measured.</param>
    /// <exception cref="ArgumentException">A quantity, weight or coefficient is below 0.</exception>
    public WeighedMonth Weigh(IEnumerable<WorkDone> work, decimal? accuracy = null, decimal? hours = null)
    {
        if (Weights.Any(w => w.Weight < 0) || (Quality ?? []).Concat(Hours ?? []).Any(s => s.Coefficient < 0)) throw new ArgumentException("A weight or coefficient is below 0; give 0 for work that does not count.");
        var lines = work.Select(w =>
        {
            if (w.Quantity < 0) throw new ArgumentException($"Work {w.Queue}/{w.ContactType}/{w.Difficulty} has a quantity of {w.Quantity}; give 0 or more.", nameof(work));
            var weight = Weights.Where(x => x.Fits(w)).MaxBy(x => x.Named)?.Weight ?? 1;
            return new WeighedLine(w, weight, w.Quantity * weight);
        }).ToList();
        var (quality, time) = (Reached(Quality, accuracy), Reached(Hours, hours));
        return new WeighedMonth(lines, quality, time, lines.Sum(l => l.Units) * quality * time);
    }

    private static decimal Reached(IReadOnlyList<CoefficientStep>? steps, decimal? figure)
    {
        if (steps is null or [] || figure is null) return 1;
        var rising = steps.OrderBy(s => s.AtLeast).ToList();
        return (rising.LastOrDefault(s => s.AtLeast <= figure) ?? rising[0]).Coefficient;
    }
}
