using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Evenhand.Platform.Identity;

/// <summary>Checks a name and a password. Whatever is wrong, the answer and the time it takes are the same, so that nobody learns which names exist.</summary>
internal sealed class SignIn(EvenhandDb db, UserManager<Account> users, IAuditTrail audit, TimeProvider clock)
{
    private static readonly Account Nobody = new() { Id = Guid.Empty, Name = "" };
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(Nobody, "a password nobody has");

    public sealed record Request([Required, MaxLength(100)] string Name, [Required, MaxLength(200)] string Password);

    public sealed record SignedIn(ClaimsPrincipal Session, string? Language, bool MustChangePassword);

    public async Task<Outcome<SignedIn>> Run(Request request, CancellationToken cancel)
    {
        var account = await users.FindByNameAsync(request.Name.Trim());
        var known = users.PasswordHasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? NobodysHash, request.Password) != PasswordVerificationResult.Failed;
        if (account is null) return new Refusal("platform.sign-in-refused");
        if (!account.Active || await users.IsLockedOutAsync(account)) return await Refuse(account, cancel);
        if (!known)
        {
            await users.AccessFailedAsync(account);
            return await Refuse(account, cancel);
        }
        (account.FailedSignIns, account.LastSignInAt) = (0, clock.GetUtcNow());
        audit.Record("platform.audit-signed-in", "account", account.Name);
        await db.SaveChangesAsync(cancel);
        return new SignedIn(AccessSource.Session(account), account.Language, account.MustChangePassword);
    }

    private async Task<Refusal> Refuse(Account account, CancellationToken cancel)
    {
        audit.Record("platform.audit-sign-in-refused", "account", account.Name);
        await db.SaveChangesAsync(cancel);
        return new Refusal("platform.sign-in-refused");
    }
}
