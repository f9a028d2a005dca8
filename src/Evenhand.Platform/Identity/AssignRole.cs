using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Gives an account a role over a unit and all below it, from a day on. Nobody gives what reaches further than the own rights.</summary>
internal sealed class AssignRole(EvenhandDb db, CurrentAccess current, CentreCalendar calendar)
{
    public sealed record Request(Guid AccountId, [Required, MaxLength(50)] string Role, Guid? UnitId, DateOnly? From, DateOnly? To);

    public sealed record Assigned(Guid AssignmentId);

    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapPost("/role-assignments",
        async (Request request, AssignRole slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(PlatformRights.EditAccounts).WithName(nameof(AssignRole));

    public async Task<Outcome<Assigned>> Run(Request request, CancellationToken cancel)
    {
        if (!Roles.All.Contains(request.Role)) return new Refusal("platform.role-unknown", request.Role, string.Join(", ", Roles.All));
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == request.AccountId, cancel) is not { } account) return new Refusal("platform.account.not-found");
        if (request.UnitId is { } unit && !await db.Units.AnyAsync(u => u.Id == unit, cancel)) return new Refusal("platform.unit.not-found");
        if (request.Role == Roles.Agent && account.AgentId is null) return new Refusal("platform.account-without-agent", account.Name);
        if (!MayGive(current.Access, request.UnitId)) return new Refusal("platform.role-beyond-scope.not-allowed");
        var from = request.From ?? await calendar.Today(cancel);
        if (request.To is { } to && to <= from) return new Refusal("platform.dates-reversed", from, to);
        var same = await db.RoleAssignments.Where(a => a.AccountId == account.Id && a.Role == request.Role && a.UnitId == request.UnitId).ToListAsync(cancel);
        if (same.Exists(a => (request.To is null || a.From < request.To) && (a.To is null || from < a.To)))
            return new Refusal("platform.role-already-held", request.Role);
        var assignment = new RoleAssignment { Id = Guid.CreateVersion7(), AccountId = account.Id, Role = request.Role, UnitId = request.UnitId, From = from, To = request.To };
        db.Add(assignment);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return new Assigned(assignment.Id);
    }

    /// <summary>Whether this person's right to edit accounts reaches over the unit.</summary>
    public static bool MayGive(Access who, Guid? unit)
    {
        var scope = who.ScopeOf(PlatformRights.EditAccounts);
        return scope.All || (unit is { } given && scope.Units.Contains(given));
    }
}
