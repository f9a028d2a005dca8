using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Ends a role on a day; one that has not begun by then never begins.</summary>
internal sealed class EndRole(EvenhandDb db, CurrentAccess current, CentreCalendar calendar)
{
    public sealed record Request(DateOnly? On);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/role-assignments/{id:guid}/end",
        async (Guid id, Request request, EndRole slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
        .Needs(PlatformRights.EditAccounts).WithName(nameof(EndRole));

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.RoleAssignments.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } assignment) return new Refusal("platform.role.not-found");
        if (!AssignRole.MayGive(current.Access, assignment.UnitId)) return new Refusal("platform.role-beyond-scope.not-allowed");
        var on = request.On ?? await calendar.Today(cancel);
        if (assignment.Role == Roles.Administrator && assignment.UnitId is null && !await OtherAdministrator(id, on, cancel)) return new Refusal("platform.last-administrator");
        if (on <= assignment.From) db.Remove(assignment);
        else assignment.To = on;
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private async Task<bool> OtherAdministrator(Guid than, DateOnly on, CancellationToken cancel)
    {
        var active = db.Accounts.Where(a => a.Active).Select(a => a.Id);
        return await db.RoleAssignments.AnyAsync(
            a => a.Id != than && a.Role == Roles.Administrator && a.UnitId == null && a.From <= on && (a.To == null || a.To > on) && active.Contains(a.AccountId), cancel);
    }
}
