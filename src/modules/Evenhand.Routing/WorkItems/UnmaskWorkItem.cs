using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.WorkItems;

/// <summary>Shows an item's personal values in full to who may see them and says why; the look is recorded.</summary>
internal sealed class UnmaskWorkItem(EvenhandDb db, QueueAccess access, WorkItemTypes types, IAuditTrail audit)
{
    public sealed record Request([Required, MinLength(4), MaxLength(200)] string Reason);

    public sealed record Unmasked(IReadOnlyDictionary<string, string> Fields);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/work-items/{id:guid}/unmask", async (Guid id, Request request, UnmaskWorkItem slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(UnmaskWorkItem)).WithSummary("Personal values in full, with a reason that is recorded").Needs(Rights.Unmask);

    public async Task<Outcome<Unmasked>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Unmask, cancel)).Refused(out var refusal, out var item)) return refusal;
        var personal = (await types.At(item.Type, item.TypeVersion, cancel)).Fields.Where(f => f.Personal).Select(f => f.Code).ToHashSet();
        audit.Record("routing.unmasked", "work-item", id.ToString(), new { request.Reason });
        await db.SaveChangesAsync(cancel);
        return new Unmasked(item.Values.Where(v => personal.Contains(v.Key)).ToDictionary());
    }
}
