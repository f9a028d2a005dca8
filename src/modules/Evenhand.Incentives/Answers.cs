using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenhand.Incentives;

/// <summary>Outcomes as the API gives them, and taken apart in one breath.</summary>
internal static class Answers
{
    /// <summary>The value as it is, or the refusal with its code and text.</summary>
    public static Results<Ok<T>, RefusedReply> Answer<T>(this Outcome<T> outcome) => outcome.Answer(value => value);

    /// <summary>The value in its published form, or the refusal with its code and text.</summary>
    public static Results<Ok<TShown>, RefusedReply> Answer<T, TShown>(this Outcome<T> outcome, Func<T, TShown> shown) =>
        outcome.Refused(out var refusal) ? new RefusedReply(refusal) : TypedResults.Ok(shown(outcome.Value));

    /// <summary>True with the refusal, or false with the value.</summary>
    public static bool Refused<T>(this Outcome<T> outcome, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Refusal? refusal, out T value)
    {
        value = outcome.Succeeded ? outcome.Value : default!;
        return outcome.Refused(out refusal);
    }
}
