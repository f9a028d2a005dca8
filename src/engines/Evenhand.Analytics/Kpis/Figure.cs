namespace Evenhand.Analytics.Kpis;

/// <summary>The definition a figure was computed with (取数口径): only figures with equal definitions may be compared.</summary>
/// <param name="Code">The KPI's code, e.g. <c>SL</c>.</param>
/// <param name="Version">The version of its definition, from 1.</param>
/// <param name="Parameters">The values of those parameters that mattered, in the definition's order.</param>
public sealed record FigureDefinition(string Code, int Version, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>True for the same code, version and parameter values.</summary>
    public bool Equals(FigureDefinition? other) => other is not null && DefinitionMismatch.Between(this, other) is null;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Version, Parameters.Count);

    /// <summary>The definition in one line: <c>SL v1 (threshold=20, variant=offered)</c>.</summary>
    public override string ToString() => $"{Code} v{Version}" + (Parameters.Count == 0 ? "" : $" ({string.Join(", ", Parameters.Select(p => $"{p.Key}={p.Value}"))})");
}

/// <summary>A KPI's value together with its definition; without one, the reason why there is none.</summary>
/// <param name="Definition">What was computed.</param>
/// <param name="Unit">The value's unit.</param>
/// <param name="Value">Ratios 0–1 (differences such as NPS may be negative), times in seconds, otherwise as the unit says; null when withheld.</param>
/// <param name="Numerator">The sum above the line; for a percentile the rank it was read at. 0 when its facts are missing.</param>
/// <param name="Denominator">The sum below the line, 1 for a plain sum; for a percentile the number of observations. 0 when its facts are missing.</param>
/// <param name="WithheldReason">Null when there is a value, else one of <see cref="Withheld"/>.</param>
public sealed record Figure(FigureDefinition Definition, KpiUnit Unit, double? Value, long Numerator, long Denominator, string? WithheldReason)
{
    /// <summary>The KPI's code.</summary>
    public string Code => Definition.Code;

    /// <summary>The version of the KPI's definition.</summary>
    public int Version => Definition.Version;

    /// <summary>The parameters that mattered.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Definition.Parameters;

    /// <summary>Right less left, or why the two may not be compared.</summary>
    public static FigureComparison Compare(Figure left, Figure right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return DefinitionMismatch.Between(left.Definition, right.Definition) is { } mismatch
            ? new(null, mismatch, null)
            : new(right.Value - left.Value, null, left.WithheldReason ?? right.WithheldReason);
    }
}

/// <summary>Why a figure has no value.</summary>
public static class Withheld
{
    /// <summary>Nothing to divide by: no contact, no time.</summary>
    public const string ZeroDenominator = "zero-denominator";

    /// <summary>The sum to divide by came out below zero: the formula does not fit the facts.</summary>
    public const string NegativeDenominator = "negative-denominator";

    /// <summary>Its counters are not known for an agent or a team.</summary>
    public const string NotByAgent = "not-by-agent";

    /// <summary>Its counters are not known for a queue.</summary>
    public const string NotByQueue = "not-by-queue";

    /// <summary>The reason for the first of the missing logs, e.g. <c>needs-state-log</c>.</summary>
    /// <param name="missing">At least one source.</param>
    public static string Needs(FactSources missing) => (FactSources)((int)missing & -(int)missing) switch
    {
        FactSources.Contacts => "needs-contact-log",
        FactSources.States => "needs-state-log",
        FactSources.Customers => "needs-customers",
        FactSources.Roster => "needs-roster",
        FactSources.Orders => "needs-orders",
        FactSources.Surveys => "needs-surveys",
        FactSources.Complaints => "needs-complaints",
        FactSources.Quality => "needs-inspection",
        FactSources.Cost => "needs-cost",
        _ => throw new ArgumentOutOfRangeException(nameof(missing), missing, "Name at least one missing source."),
    };
}

/// <summary>The outcome of comparing two figures: exactly one of the three is set.</summary>
/// <param name="Difference">Right less left in the figures' unit.</param>
/// <param name="Mismatch">The definitions differ: the comparison is refused.</param>
/// <param name="WithheldReason">A figure has no value; one of <see cref="Withheld"/>.</param>
public sealed record FigureComparison(double? Difference, DefinitionMismatch? Mismatch, string? WithheldReason);

/// <summary>One point in which two definitions differ.</summary>
/// <param name="What"><c>code</c>, <c>version</c> or a parameter's name.</param>
/// <param name="Left">The left figure's; null where the parameter does not matter to it.</param>
/// <param name="Right">The right figure's; null where the parameter does not matter to it.</param>
public sealed record DefinitionDifference(string What, string? Left, string? Right);

/// <summary>The refusal to compare figures of different definitions, naming every difference.</summary>
/// <param name="Differences">At least one: code first, then version, then parameters.</param>
public sealed record DefinitionMismatch(IReadOnlyList<DefinitionDifference> Differences)
{
    /// <summary>The differences of two definitions; null when they are the same.</summary>
    public static DefinitionMismatch? Between(FigureDefinition left, FigureDefinition right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var differences = new List<DefinitionDifference>();
        if (left.Code != right.Code)
            differences.Add(new("code", left.Code, right.Code));
        if (left.Version != right.Version)
            differences.Add(new("version", $"{left.Version}", $"{right.Version}"));
        foreach (var name in left.Parameters.Keys.Union(right.Parameters.Keys))
            if (left.Parameters.GetValueOrDefault(name) is var ours && right.Parameters.GetValueOrDefault(name) is var theirs && ours != theirs)
                differences.Add(new(name, ours, theirs));
        return differences.Count == 0 ? null : new(differences);
    }

    /// <summary>One English line: <c>variant: offered ≠ answered; …</c>.</summary>
    public override string ToString() => string.Join("; ", Differences.Select(d => $"{d.What}: {d.Left ?? "–"} ≠ {d.Right ?? "–"}"));
}
