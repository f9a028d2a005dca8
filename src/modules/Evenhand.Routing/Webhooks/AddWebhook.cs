using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Webhooks;

/// <summary>Registers who is told of work items, and lets it end; the secret that signs is shown once.</summary>
internal sealed class AddWebhook(EvenhandDb db, WorkItemTypes types, Destination destination, IDataProtectionProvider protection, CurrentAccess current, TimeProvider clock)
{
    public const string Purpose = "evenhand.webhooks";
    private const int SecretBytes = 32;

    /// <param name="Type">Only items of this type; without it all.</param>
    public sealed record Request([Required, MaxLength(2000)] string Url, [MaxLength(50)] string? Type = null);

    public sealed record Added(Guid Id, string Secret);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/webhooks", async (Request request, AddWebhook slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(AddWebhook)).WithSummary("Registers a webhook; answers the secret that signs its deliveries, once").Needs(Rights.Configure);
        api.MapDelete("/webhooks/{id:guid}", async (Guid id, AddWebhook slice, CancellationToken cancel) => (await slice.End(id, cancel)).ToReply())
            .WithName("EndWebhook").WithSummary("Ends a webhook").Needs(Rights.Configure);
    }

    public async Task<Outcome<Added>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (destination.Problem(request.Url) is { } problem) return problem;
        var type = string.IsNullOrEmpty(request.Type) ? null : request.Type;
        if (type is not null && (await types.Current(type, cancel)).Refused(out var refusal)) return refusal;
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var hook = new Webhook { Id = Guid.CreateVersion7(), Url = request.Url, Type = type, Secret = protection.CreateProtector(Purpose).Protect(secret), CreatedAt = clock.GetUtcNow(), CreatedBy = current.Access.Name };
        db.Add(hook);
        await db.SaveChangesAsync(cancel);
        return new Added(hook.Id, secret);
    }

    public async Task<Outcome<Done>> End(Guid id, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (await db.Webhooks.FirstOrDefaultAsync(h => h.Id == id, cancel) is not { } hook) return new Refusal("routing.webhook.not-found");
        hook.EndedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
