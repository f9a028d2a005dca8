namespace Evenhand.Analytics.Kpis;

/// <summary>What is wrong with a definition or a setting, where, and how to mend it.</summary>
/// <param name="Code">Kebab-case code, e.g. <c>unknown-counter</c>: the text key.</param>
/// <param name="Place">Where: <c>SL.threshold</c>, or <c>SL.formula:12</c> with the position (from 1) in the text.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Allowed">What may stand there: names, or bounds in words; possibly empty.</param>
public sealed record KpiError(string Code, string Place, string Found, IReadOnlyList<string> Allowed)
{
    /// <summary>One English line: place, fault, what is allowed.</summary>
    public override string ToString() =>
        $"{Place}: {Code} '{Found}'" + (Allowed.Count == 0 ? "." : $"; allowed: {string.Join(", ", Allowed)}.");
}

/// <summary>A value, or the errors that prevented it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value; null exactly when there are errors.</param>
/// <param name="Errors">Empty exactly when there is a value.</param>
public sealed record Checked<T>(T? Value, IReadOnlyList<KpiError> Errors) where T : class
{
    /// <summary>True when there is a value.</summary>
    public bool IsValid => Value is not null;

    /// <summary>The value, or an exception that lists the errors: for texts the program itself brings.</summary>
    /// <exception cref="FormatException">There are errors.</exception>
    public T Required() => Value ?? throw new FormatException(string.Join(Environment.NewLine, Errors));

    internal static Checked<T> Bad(params IReadOnlyList<KpiError> errors) => new(null, errors);

    internal static Checked<T> Good(T value) => new(value, []);
}
