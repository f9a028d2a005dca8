using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Webhooks;

/// <summary>Lists the webhooks, and the log of what was delivered to one.</summary>
internal sealed class ListWebhooks(EvenhandDb db, CurrentAccess current)
{
    public sealed record Row(Guid Id, string Url, string? Type, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? EndedAt);

    public sealed record Request([Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    public sealed record Delivery(Guid Id, string Event, DateTimeOffset CreatedAt, int Attempts, DateTimeOffset? DeliveredAt, DateTimeOffset? NextAt, int? Status, string? Problem);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks", async (ListWebhooks slice, CancellationToken cancel) => (await slice.Run(cancel)).ToReply())
            .WithName(nameof(ListWebhooks)).WithSummary("The webhooks, ended ones included").Needs(Rights.Configure);
        api.MapGet("/webhooks/{id:guid}/deliveries", async (Guid id, [AsParameters] Request request, ListWebhooks slice, CancellationToken cancel) => (await slice.Deliveries(id, request, cancel)).ToReply())
            .WithName("ListDeliveries").WithSummary("What was delivered to a webhook, newest first").Needs(Rights.Configure);
    }

    public async Task<Outcome<IReadOnlyList<Row>>> Run(CancellationToken cancel) => current.Access.ScopeOf(Rights.Configure).All
        ? await db.Webhooks.AsNoTracking().OrderBy(h => h.Id).Select(h => new Row(h.Id, h.Url, h.Type, h.CreatedAt, h.CreatedBy, h.EndedAt)).ToListAsync(cancel)
        : new Refusal("routing.configure.not-allowed");

    public async Task<Outcome<Paged<Delivery>>> Deliveries(Guid id, Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var found = db.Deliveries.AsNoTracking().Where(d => d.WebhookId == id);
        var size = request.Size ?? Usual;
        var rows = await found.OrderByDescending(d => d.Id).Skip(((request.Page ?? 1) - 1) * size).Take(size)
            .Select(d => new Delivery(d.Id, d.Event, d.CreatedAt, d.Attempts, d.DeliveredAt, d.NextAt, d.Status, d.Problem)).ToListAsync(cancel);
        return new Paged<Delivery>(rows, await found.LongCountAsync(cancel));
    }
}
