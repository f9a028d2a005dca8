using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Rules;

/// <summary>Lists the customers who have an agent of their own, within the asker's scope; their numbers are masked.</summary>
internal sealed class ListVips(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    /// <param name="Agent">Code of an agent.</param>
    public sealed record Request([MaxLength(200)] string? Agent = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    /// <param name="Customer">The masked number.</param>
    public sealed record Row(Guid Id, string Customer, string AgentCode, string AgentName, DateTimeOffset At, string By);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/vips", async ([AsParameters] Request request, ListVips slice, CancellationToken cancel) =>
        TypedResults.Ok(await slice.Run(request, cancel))).WithName(nameof(ListVips)).WithSummary("Customers with an agent of their own, masked").Needs(Rights.Rules);

    public async Task<Paged<Row>> Run(Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        var centre = await organisation.Read(cancel);
        var scope = current.Access.ScopeOf(Rights.Rules);
        var today = FloorRules.Today(centre, clock);
        var found = db.VipCustomers.AsNoTracking();
        if (!scope.All || !string.IsNullOrEmpty(request.Agent))
        {
            var agents = centre.Agents.Values.Where(a => centre.Covers(scope, a.Id, today) && (string.IsNullOrEmpty(request.Agent) || a.Code == request.Agent)).Select(a => a.Id).ToArray();
            found = found.Where(v => agents.Contains(v.AgentId));
        }
        var size = request.Size ?? Usual;
        var rows = await found.OrderByDescending(v => v.At).ThenBy(v => v.Id).Skip(((request.Page ?? 1) - 1) * size).Take(size).ToListAsync(cancel);
        return new Paged<Row>([.. rows.Select(v => new Row(v.Id, CustomerKey.Masked(v.CustomerKey), centre.Agents[v.AgentId].Code, centre.Agents[v.AgentId].Name, v.At, v.By))], await found.LongCountAsync(cancel));
    }
}
