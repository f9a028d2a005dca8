using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Changes the own password, which ends all other sessions of the account.</summary>
internal sealed class ChangePassword(EvenhandDb db, UserManager<Account> users, CurrentAccess current)
{
    public sealed record Request([Required, MaxLength(200)] string Old, [Required, MaxLength(200)] string New, [Required] string Again);

    public async Task<Outcome<ClaimsPrincipal>> Run(Request request, CancellationToken cancel)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == current.Access.AccountId, cancel) is not { } account) return new Refusal("platform.account.not-found");
        if (request.New != request.Again) return new Refusal("platform.passwords-differ");
        if (CreateAccount.PasswordRefusal(account.Name, request.New) is { } weak) return weak;
        if (request.New == request.Old) return new Refusal("platform.password-same");
        if (await users.IsLockedOutAsync(account)) return new Refusal("platform.password-wrong");
        if (!await users.CheckPasswordAsync(account, request.Old))
        {
            await users.AccessFailedAsync(account);
            return new Refusal("platform.password-wrong");
        }
        account.MustChangePassword = false;
        await db.RaiseVersion(cancel);
        var changed = await users.ChangePasswordAsync(account, request.Old, request.New);
        return changed.Succeeded ? AccessSource.Session(account) : new Refusal("platform.account-refused", string.Join(" ", changed.Errors.Select(e => e.Description)));
    }
}
