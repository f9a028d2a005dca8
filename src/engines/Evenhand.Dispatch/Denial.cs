namespace Evenhand.Dispatch;

/// <summary>An expected "no" of this engine: a code that is a text key, and what the text names.</summary>
/// <param name="Code">`dispatch.reason-in-kebab`; stable, asserted by tests and answered by the API.</param>
/// <param name="Arguments">What fills the text: the place, the bound, the mend. Instants are <see cref="DateTimeOffset"/>, lengths <see cref="TimeSpan"/>, counts <see cref="int"/>.</param>
public sealed record Denial(string Code, params IReadOnlyList<object> Arguments)
{
    /// <summary>The code, followed by the arguments in brackets when there are any.</summary>
    public override string ToString() => Arguments.Count == 0 ? Code : $"{Code}({string.Join(", ", Arguments)})";

    /// <summary>Equal when code and arguments are equal, one by one.</summary>
    /// <param name="other">Another denial, or null.</param>
    public bool Equals(Denial? other) => other is not null && Code == other.Code && Arguments.SequenceEqual(other.Arguments);

    /// <summary>A hash of the code and the number of arguments.</summary>
    public override int GetHashCode() => HashCode.Combine(Code, Arguments.Count);
}
