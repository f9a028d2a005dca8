using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>The accounts with their roles, within the reader's part of the organisation.</summary>
internal sealed class ReadAccounts(EvenhandDb db, IOrganisation organisation, CentreCalendar calendar, CurrentAccess current)
{
    public sealed record Held(Guid AssignmentId, string Role, Guid? UnitId, string? Unit, DateOnly From, DateOnly? To, bool Now);

    public sealed record Row(Guid Id, string Name, string? DisplayName, Guid? AgentId, string? Agent, bool Active, DateTimeOffset? LockedUntil, DateTimeOffset? LastSignInAt, IReadOnlyList<Held> Roles);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", async (HttpRequest request, ReadAccounts slice, CancellationToken cancel) =>
            await slice.Run(GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel)).Needs(PlatformRights.ReadAccounts).WithName(nameof(ReadAccounts));
        api.MapGet("/accounts/export", async (string? format, HttpRequest request, ReadAccounts slice, CancellationToken cancel) =>
            Export.Of(format, "accounts",
            [
                new("name", r => r.Name), new("displayName", r => r.DisplayName), new("agent", r => r.Agent), new("active", r => r.Active),
                new("roles", r => string.Join("; ", r.Roles.Where(h => h.Now).Select(h => h.Unit is null ? h.Role : $"{h.Role}@{h.Unit}"))), new("lastSignIn", r => r.LastSignInAt?.UtcDateTime),
            ], (await slice.All(GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel)).ToAsyncEnumerable())).Needs(PlatformRights.ReadAccounts).WithName("ExportAccounts");
    }

    public async Task<Paged<Row>> Run(GridQuery query, CancellationToken cancel)
    {
        var all = await All(query, cancel);
        return new([.. all.Skip(query.Skip).Take(query.Take)], all.Count);
    }

    public async Task<Row?> One(Guid id, CancellationToken cancel) => (await All(GridQuery.Parse("/"), cancel)).Find(r => r.Id == id);

    private async Task<List<Row>> All(GridQuery query, CancellationToken cancel)
    {
        var shape = await organisation.Read(cancel);
        var today = await calendar.Today(cancel);
        var scope = current.Access.ScopeOf(PlatformRights.ReadAccounts);
        var roles = (await db.RoleAssignments.AsNoTracking().ToListAsync(cancel)).ToLookup(r => r.AccountId);
        var rows = (await db.Accounts.AsNoTracking().ToListAsync(cancel)).Select(a => new Row(a.Id, a.Name, a.DisplayName, a.AgentId,
            a.AgentId is { } agent ? shape.Agents.GetValueOrDefault(agent)?.Name : null, a.Active, a.LockedUntil, a.LastSignInAt,
            [.. roles[a.Id].OrderBy(r => r.From).Select(r => new Held(r.Id, r.Role, r.UnitId, r.UnitId is { } unit ? shape.Units.GetValueOrDefault(unit)?.Name : null,
                r.From, r.To, r.From <= today && (r.To is not { } to || today < to)))]))
            .Where(r => scope.All || (r.Roles.Count > 0 && r.Roles.All(h => h.UnitId is { } unit && scope.Units.Contains(unit))));
        if (query["q"] is { } text) rows = rows.Where(r => r.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || r.DisplayName?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
        if (query["role"] is { } role) rows = rows.Where(r => r.Roles.Any(h => h.Now && h.Role == role));
        if (query["active"] is { } active) rows = rows.Where(r => r.Active == (active == "yes"));
        Func<Row, object?> key = query.Sort switch { "last" => r => r.LastSignInAt, _ => r => r.Name };
        return [.. query.Descending ? rows.OrderByDescending(key) : rows.OrderBy(key)];
    }
}
