using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Rules;

/// <summary>Gives customers an agent of their own, one by one or by a list, and takes it away; a customer who had one gets the new one.</summary>
internal sealed class ChangeVips(EvenhandDb db, IOrganisation organisation, CurrentAccess current, IAuditTrail audit, TimeProvider clock, Texts texts)
{
    /// <param name="Customer">The customer's number, however it is written.</param>
    /// <param name="Agent">The agent's code.</param>
    public sealed record Request([Required, MaxLength(40)] string Customer, [Required, MaxLength(200)] string Agent);

    /// <param name="Customers">How many customers were given an agent.</param>
    public sealed record Given(int Customers);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/vips", async (Request request, ChangeVips slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ChangeVips)).WithSummary("Gives a customer an agent of the own").Needs(Rights.Configure);
        api.MapPost("/vips/import", async (IFormFile file, ChangeVips slice, CancellationToken cancel) => (await slice.Import(file, cancel)).ToReply())
            .WithName("ImportVips").WithSummary("Customers and their agents by CSV: customer;agent").Needs(Rights.Configure);
        api.MapDelete("/vips/{id:guid}", async (Guid id, ChangeVips slice, CancellationToken cancel) => (await slice.Remove(id, cancel)).ToReply())
            .WithName("RemoveVip").WithSummary("A customer no longer has an agent of the own").Needs(Rights.Configure);
    }

    public async Task<Outcome<Given>> Run(Request request, CancellationToken cancel)
    {
        if (CustomerKey.Of(request.Customer) is not { } key) return new Refusal("routing.customer-unfit");
        if (!(await Agents(cancel)).TryGetValue(request.Agent, out var agent)) return new Refusal("routing.profile.not-found", request.Agent);
        return await Give(new Dictionary<string, Guid> { [key] = agent }, CustomerKey.Masked(key), cancel);
    }

    public async Task<Outcome<Given>> Import(IFormFile? file, CancellationToken cancel)
    {
        if ((await ListFile.Read(file, ["customer", "phone", "客户", "电话", "手机"], 2, cancel)).Refused(out var refusal, out var rows)) return refusal;
        var agents = await Agents(cancel);
        var (wanted, problems) = (new Dictionary<string, Guid>(), new List<string>());
        foreach (var (number, cells) in rows)
        {
            if (CustomerKey.Of(cells[0]) is not { } key) problems.Add(texts["routing.list-line", number, texts["routing.customer-unfit"]]);
            else if (!agents.TryGetValue(cells[1], out var agent)) problems.Add(texts["routing.list-line", number, texts["routing.profile.not-found", cells[1]]]);
            else wanted[key] = agent;
        }
        return problems.Count > 0 ? ListFile.Faulty(problems) : await Give(wanted, file!.FileName, cancel);
    }

    public async Task<Outcome<Done>> Remove(Guid id, CancellationToken cancel)
    {
        var agents = (await Agents(cancel)).Values.ToHashSet();
        if (await db.VipCustomers.FirstOrDefaultAsync(v => v.Id == id, cancel) is not { } vip || !(agents.Contains(vip.AgentId) || current.Access.ScopeOf(Rights.Configure).All)) return new Refusal("routing.vip.not-found");
        db.Remove(vip);
        audit.Record("routing.vip-removed", "routing_vip", CustomerKey.Masked(vip.CustomerKey));
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private async Task<Outcome<Given>> Give(Dictionary<string, Guid> wanted, string named, CancellationToken cancel)
    {
        var (now, keys) = (clock.GetUtcNow(), wanted.Keys.ToArray());
        var scope = current.Access.ScopeOf(Rights.Configure);
        var (centre, there) = (await organisation.Read(cancel), await db.VipCustomers.Where(v => keys.Contains(v.CustomerKey)).ToDictionaryAsync(v => v.CustomerKey, cancel));
        if (there.Values.Any(v => !centre.Covers(scope, v.AgentId, FloorRules.Today(centre, clock)))) return new Refusal("routing.vip-of-another.not-allowed");
        foreach (var (key, agent) in wanted)
        {
            if (!there.TryGetValue(key, out var vip)) db.Add(vip = new VipCustomer { Id = Guid.CreateVersion7(), CustomerKey = key, AgentId = agent, At = now, By = current.Access.Name });
            (vip.AgentId, vip.At, vip.By) = (agent, now, current.Access.Name);
        }
        audit.Record("routing.vips-given", "routing_vip", named, new { customers = wanted.Count });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("routing.rules-changed-meanwhile");
        }
        return new Given(wanted.Count);
    }

    /// <summary>The agents the asker may give customers to, by code.</summary>
    private async Task<Dictionary<string, Guid>> Agents(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var today = FloorRules.Today(centre, clock);
        return centre.Agents.Values.Where(a => FloorRules.IsHere(a, today) && centre.Covers(current.Access.ScopeOf(Rights.Configure), a.Id, today)).ToDictionary(a => a.Code, a => a.Id);
    }
}
