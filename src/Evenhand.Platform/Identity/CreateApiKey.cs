using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Makes a machine's key with a role over a unit. The key is shown in the answer and never again.</summary>
internal sealed class CreateApiKey(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    private const int StartShown = 9;

    public sealed record Request([Required, MaxLength(100)] string Name, [Required, MaxLength(50)] string Role, Guid? UnitId, DateTimeOffset? ExpiresAt);

    public sealed record Created(Guid KeyId, string Key);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/api-keys",
        async (Request request, CreateApiKey slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(PlatformRights.EditApiKeys).WithName(nameof(CreateApiKey));

    public async Task<Outcome<Created>> Run(Request request, CancellationToken cancel)
    {
        if (!Roles.All.Contains(request.Role) || request.Role == Roles.Agent)
            return new Refusal("platform.role-unknown", request.Role, string.Join(", ", Roles.All.Where(r => r != Roles.Agent)));
        if (request.UnitId is { } unit && !await db.Units.AnyAsync(u => u.Id == unit, cancel)) return new Refusal("platform.unit.not-found");
        var scope = current.Access.ScopeOf(PlatformRights.EditApiKeys);
        if (!scope.All && !(request.UnitId is { } own && scope.Units.Contains(own))) return new Refusal("platform.role-beyond-scope.not-allowed");
        if (request.ExpiresAt is { } end && end <= clock.GetUtcNow()) return new Refusal("platform.key-expires-in-past");
        var key = ApiKeyScheme.NewKey();
        var row = new ApiKey
        {
            Id = Guid.CreateVersion7(), Name = request.Name.Trim(), Start = key[..StartShown], Hash = ApiKeyScheme.HashOf(key), Role = request.Role,
            UnitId = request.UnitId, CreatedAt = clock.GetUtcNow(), ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        db.Add(row);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return new Created(row.Id, key);
    }
}
