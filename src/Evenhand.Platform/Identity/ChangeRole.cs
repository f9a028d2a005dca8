using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Says what a role may do. Only differences from what the modules start with are kept, so that permissions of a later version come with their own start.</summary>
internal sealed class ChangeRole(EvenhandDb db, AccessSource rights, ModuleList modules)
{
    public sealed record Request([Required] string Role, [Required] IReadOnlyList<string> Permissions);

    public sealed record Line(string Permission, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/roles", async (ChangeRole slice, CancellationToken cancel) => await slice.Read(cancel)).Needs(PlatformRights.ReadAccounts).WithName("ReadRoles");
        api.MapPut("/roles", async (Request request, ChangeRole slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .Needs(PlatformRights.EditRoles).WithName(nameof(ChangeRole));
    }

    public async Task<IReadOnlyList<Line>> Read(CancellationToken cancel)
    {
        var map = await rights.Roles(cancel);
        return [.. map.Permissions.Select(p => new Line(p.Code, [.. Roles.All.Where(role => map.Grants(role, p.Code))]))];
    }

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!Roles.All.Contains(request.Role)) return new Refusal("platform.role-unknown", request.Role, string.Join(", ", Roles.All));
        var permissions = modules.All.SelectMany(m => m.Permissions).ToList();
        if (request.Permissions.Except(permissions.Select(p => p.Code)).FirstOrDefault() is { } unknown) return new Refusal("platform.permission-unknown", unknown);
        if (request.Role == Roles.Administrator && !(request.Permissions.Contains(PlatformRights.EditRoles) && request.Permissions.Contains(PlatformRights.EditAccounts)))
            return new Refusal("platform.administrator-keeps");
        var kept = await db.RolePermissions.Where(p => p.Role == request.Role).ToDictionaryAsync(p => p.Permission, cancel);
        foreach (var permission in permissions)
        {
            var (asked, start) = (request.Permissions.Contains(permission.Code), permission.Roles.Contains(request.Role));
            var row = kept.GetValueOrDefault(permission.Code);
            if (asked == start && row is not null) db.Remove(row);
            else if (asked != start && row is null) db.Add(new RolePermission { Role = request.Role, Permission = permission.Code, Granted = asked });
            else if (asked != start) row!.Granted = asked;
        }
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
