using Evenhand.Kernel;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Incentives;

/// <summary>Outcomes as the API gives them, and taken apart in one breath.</summary>
internal static class Answers
{
    public static IResult Answer<T>(this Outcome<T> outcome) => outcome.Answer(value => value);

    /// <summary>The value in its published form, or the refusal with its code and text.</summary>
    public static IResult Answer<T, TShown>(this Outcome<T> outcome, Func<T, TShown> shown) =>
        outcome.Refused(out var refusal) ? new RefusedAnswer(refusal) : Results.Ok(shown(outcome.Value));

    /// <summary>True with the refusal, or false with the value.</summary>
    public static bool Refused<T>(this Outcome<T> outcome, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Refusal? refusal, out T value)
    {
        value = outcome.Succeeded ? outcome.Value : default!;
        return outcome.Refused(out refusal);
    }

    private sealed class RefusedAnswer(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var texts = (Texts)httpContext.RequestServices.GetService(typeof(Texts))!;
            return Results.Problem(texts[refusal], statusCode: refusal.Status, extensions: new Dictionary<string, object?> { ["code"] = refusal.Code }).ExecuteAsync(httpContext);
        }
    }
}
