using System.Diagnostics.CodeAnalysis;

namespace Evenhand.Kernel;

/// <summary>An expected "no": its code is the API's code, the text key and what tests assert; the arguments fill the text.</summary>
/// <param name="Code">`module.reason-in-kebab`.</param>
/// <param name="Args">What the text names: the place and the mend.</param>
public sealed record Refusal(string Code, params object?[] Args)
{
    /// <summary>The HTTP status the refusal answers with: 404 for what is not there, 403 for what is not allowed, else 409.</summary>
    public int Status => Code.EndsWith(".not-found", StringComparison.Ordinal) ? 404 : Code.EndsWith(".not-allowed", StringComparison.Ordinal) ? 403 : 409;

    public override string ToString() => Args.Length == 0 ? Code : $"{Code}({string.Join(", ", Args)})";
}

/// <summary>A value or a refusal; never both.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>The value; asking a refused outcome for it is misuse and throws.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal}");

    public bool Refused([NotNullWhen(true)] out Refusal? refusal)
    {
        refusal = Refusal;
        return refusal is not null;
    }

    /// <summary>Gives the refusal or the value, whichever there is.</summary>
    public bool Refused([NotNullWhen(true)] out Refusal? refusal, [NotNullWhen(false)] out T? given)
    {
        (refusal, given) = (Refusal, value);
        return refusal is not null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>What an outcome without a value carries.</summary>
public readonly record struct Done
{
    public static Done It => default;
}
