using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Notifications;

/// <summary>The own notifications, newest first.</summary>
internal sealed class ReadNotifications(EvenhandDb db, CurrentAccess current, Texts texts)
{
    public sealed record Row(Guid Id, DateTimeOffset At, string Text, string? Href, bool Read);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notifications",
        async (HttpRequest request, ReadNotifications slice, CancellationToken cancel) => await slice.Run(GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel))
        .RequireAuthorization().WithName(nameof(ReadNotifications));

    public async Task<Paged<Row>> Run(GridQuery query, CancellationToken cancel)
    {
        var own = db.Notifications.Where(n => n.AccountId == current.Access.AccountId);
        if (query["unread"] is not null) own = own.Where(n => n.ReadAt == null);
        var rows = await own.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Skip(query.Skip).Take(query.Take).AsNoTracking().ToListAsync(cancel);
        return new([.. rows.Select(n => new Row(n.Id, n.At, n.Text(texts), n.Href, n.ReadAt is not null))], await own.LongCountAsync(cancel));
    }
}
