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

/// <summary>Creates an account, with its first role where one is given.</summary>
internal sealed class CreateAccount(EvenhandDb db, UserManager<Account> users, AssignRole roles, TimeProvider clock)
{
    public const int ShortestPassword = 10;

    public sealed record Request([Required, MaxLength(100)] string Name, [MaxLength(100)] string? DisplayName, [Required, MaxLength(200)] string Password,
        string? Role, Guid? UnitId, Guid? AgentId, bool MustChangePassword = true);

    public sealed record Created(Guid AccountId);

    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapPost("/accounts",
        async (Request request, CreateAccount slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(PlatformRights.EditAccounts).WithName(nameof(CreateAccount));

    public async Task<Outcome<Created>> Run(Request request, CancellationToken cancel)
    {
        var name = request.Name.Trim();
        if (PasswordRefusal(name, request.Password) is { } weak) return weak;
        if (await users.FindByNameAsync(name) is not null) return new Refusal("platform.account-name-taken", name);
        if (request.AgentId is { } agent && !await db.Agents.AnyAsync(a => a.Id == agent, cancel)) return new Refusal("platform.agent.not-found");
        var account = new Account
        {
            Id = Guid.CreateVersion7(), Name = name, DisplayName = Blank(request.DisplayName), AgentId = request.AgentId,
            MustChangePassword = request.MustChangePassword, CreatedAt = clock.GetUtcNow(),
        };
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await using var transaction = own;
        var result = await users.CreateAsync(account, request.Password);
        if (!result.Succeeded) return new Refusal("platform.account-refused", string.Join(" ", result.Errors.Select(e => e.Description)));
        if (request.Role is { } role)
        {
            var assigned = await roles.Run(new AssignRole.Request(account.Id, role, request.UnitId, null, null), cancel);
            if (assigned.Refused(out var refusal)) return refusal;
        }
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        if (transaction is not null) await transaction.CommitAsync(cancel);
        return new Created(account.Id);
    }

    public static Refusal? PasswordRefusal(string name, string password) =>
        password.Length < ShortestPassword ? new Refusal("platform.password-too-short", ShortestPassword)
        : password.Contains(name, StringComparison.OrdinalIgnoreCase) || password.Distinct().Count() < 4 ? new Refusal("platform.password-too-plain")
        : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
