using System.Reflection;
using Evenhand.Kernel;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Platform.Contracts;

/// <summary>One page of a list, as the API answers it.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Rows">The rows of the page asked for.</param>
/// <param name="Total">How many rows meet the conditions, on all pages.</param>
public sealed record Paged<T>(IReadOnlyList<T> Rows, long Total);

/// <summary>A refusal as the API answers it: ProblemDetails with the refusal's status, its code and its text in the reader's language.</summary>
/// <param name="refusal">What was refused and why.</param>
public sealed class RefusedReply(Refusal refusal) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    /// <summary>404, 403 or 409.</summary>
    public int? StatusCode => refusal.Status;

    /// <summary>Writes the problem.</summary>
    /// <param name="httpContext">The request.</param>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = httpContext.RequestServices.GetRequiredService<Texts>()[refusal];
        return TypedResults.Problem(detail: text, statusCode: refusal.Status, title: refusal.Code,
            extensions: [new("code", refusal.Code)]).ExecuteAsync(httpContext);
    }

    /// <summary>Tells the API's description that a conflict can be answered.</summary>
    /// <param name="method">The endpoint's method.</param>
    /// <param name="builder">The endpoint.</param>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status409Conflict, typeof(ProblemDetails), ["application/problem+json"]));
}

/// <summary>From a slice's outcome to the API's answer.</summary>
public static class Replies
{
    /// <summary>200 with the value, or the refusal as a problem.</summary>
    /// <param name="outcome">What the slice answered.</param>
    public static Results<Ok<T>, RefusedReply> ToReply<T>(this Outcome<T> outcome) =>
        outcome.Refused(out var refusal) ? new RefusedReply(refusal) : TypedResults.Ok(outcome.Value);

    /// <summary>204, or the refusal as a problem.</summary>
    /// <param name="outcome">What the slice answered.</param>
    public static Results<NoContent, RefusedReply> ToReply(this Outcome<Done> outcome) =>
        outcome.Refused(out var refusal) ? new RefusedReply(refusal) : TypedResults.NoContent();
}
