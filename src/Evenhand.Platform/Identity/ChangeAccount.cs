using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Changes an account: the name shown, the agent it belongs to, whether it may sign in, a new password. Switching it off or a new password ends its sessions at once.</summary>
internal sealed class ChangeAccount(EvenhandDb db, UserManager<Account> users, CurrentAccess current)
{
    public sealed record Request([MaxLength(100)] string? DisplayName, Guid? AgentId, bool Active, [MaxLength(200)] string? NewPassword = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/accounts/{id:guid}",
        async (Guid id, Request request, ChangeAccount slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
        .Needs(PlatformRights.EditAccounts).WithName(nameof(ChangeAccount));

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } account) return new Refusal("platform.account.not-found");
        if (!await MayKeep(db, current.Access, id, cancel)) return new Refusal("platform.account-beyond-scope.not-allowed", account.Name);
        if (!request.Active && id == current.Access.AccountId) return new Refusal("platform.own-account-off");
        if (request.AgentId is { } agent && !await db.Agents.AnyAsync(a => a.Id == agent, cancel)) return new Refusal("platform.agent.not-found");
        if (request.AgentId is { } taken && await db.Accounts.FirstOrDefaultAsync(a => a.AgentId == taken && a.Id != id && a.Active, cancel) is { } other)
            return new Refusal("platform.agent-has-account", other.Name);
        (account.DisplayName, account.AgentId) = (string.IsNullOrWhiteSpace(request.DisplayName) ? null : request.DisplayName.Trim(), request.AgentId);
        if (account.Active != request.Active)
        {
            account.Active = request.Active;
            account.SecurityStamp = Guid.CreateVersion7().ToString("N");
        }
        if (!string.IsNullOrEmpty(request.NewPassword))
        {
            if (CreateAccount.PasswordRefusal(account.Name, request.NewPassword) is { } weak) return weak;
            account.PasswordHash = users.PasswordHasher.HashPassword(account, request.NewPassword);
            (account.SecurityStamp, account.MustChangePassword, account.LockedUntil, account.FailedSignIns) = (Guid.CreateVersion7().ToString("N"), true, null, 0);
        }
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    /// <summary>Whether all of an account's roles lie within what this person may edit: nobody takes over an account that reaches further than the own rights.</summary>
    public static async Task<bool> MayKeep(EvenhandDb db, Access who, Guid account, CancellationToken cancel)
    {
        if (who.ScopeOf(PlatformRights.EditAccounts).All) return true;
        var units = await db.RoleAssignments.Where(a => a.AccountId == account).Select(a => a.UnitId).ToListAsync(cancel);
        return units.Count > 0 && units.TrueForAll(unit => AssignRole.MayGive(who, unit));
    }
}
