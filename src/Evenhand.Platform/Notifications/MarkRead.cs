using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Notifications;

/// <summary>Marks own notifications as read: one, or all.</summary>
internal sealed class MarkRead(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public sealed record Request(Guid? NotificationId);

    public sealed record Marked(int Count, string? Href);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/notifications/read",
        async (Request request, MarkRead slice, CancellationToken cancel) => await slice.Run(request, cancel)).RequireAuthorization().WithName(nameof(MarkRead));

    public async Task<Marked> Run(Request request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var own = db.Notifications.Where(n => n.AccountId == current.Access.AccountId && (request.NotificationId == null || n.Id == request.NotificationId));
        var count = await own.Where(n => n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancel);
        return new(count, request.NotificationId is null ? null : await own.Select(n => n.Href).FirstOrDefaultAsync(cancel));
    }
}
