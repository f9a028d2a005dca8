using System.Runtime.CompilerServices;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.WorkItems;

/// <summary>Accepts many work items as they come; each row has its own outcome, and a bad one does not lose the others.</summary>
internal sealed class CreateWorkItems(EvenhandDb db, CreateWorkItem one, Texts texts)
{
    public const int Most = 1000;
    private const long LargestBody = 16 << 20;

    /// <param name="Row">Its place in the array, from 1.</param>
    /// <param name="Created">The item, when it was accepted.</param>
    /// <param name="Code">Why it was refused.</param>
    /// <param name="Text">The same in the reader's language.</param>
    public sealed record RowOutcome(int Row, CreateWorkItem.Created? Created, string? Code = null, string? Text = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/work-items/bulk", (HttpContext http, CreateWorkItems slice, CancellationToken cancel) =>
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LargestBody;
        return slice.Run(http.Request.Body, cancel);
    }).Accepts<CreateWorkItem.Request[]>("application/json").WithName(nameof(CreateWorkItems)).WithSummary("Accepts up to 1,000 work items, each with its own outcome and, by `key`, its own idempotency").Needs(Rights.Create);

    public async IAsyncEnumerable<RowOutcome> Run(Stream body, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, JsonSerializerOptions.Web, cancel).GetAsyncEnumerator(cancel);
        for (var row = 1; ; row++)
        {
            bool? more;
            try
            {
                more = await rows.MoveNextAsync();
            }
            catch (JsonException)
            {
                more = null;
            }
            if (more == false) yield break;
            if (more is null || row > Most)
            {
                yield return Refused(row, more is null ? new Refusal("routing.bulk-unreadable", row) : new Refusal("routing.bulk-too-long", Most));
                yield break;
            }
            yield return await Accept(row, rows.Current, cancel);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<RowOutcome> Accept(int row, JsonElement given, CancellationToken cancel)
    {
        CreateWorkItem.Request? request;
        try
        {
            request = given.Deserialize<CreateWorkItem.Request>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            request = null;
        }
        if (request is null) return Refused(row, new Refusal("routing.bulk-unreadable", row));
        if (Checks.Of(request, texts) is [var (field, message), ..]) return Refused(row, new Refusal("routing.bulk-check", field, message));
        var outcome = await one.Run(request, cancel);
        return outcome.Refused(out var refusal, out var created) ? Refused(row, refusal) : new RowOutcome(row, created);
    }

    private RowOutcome Refused(int row, Refusal refusal) => new(row, null, refusal.Code, texts[refusal]);
}
