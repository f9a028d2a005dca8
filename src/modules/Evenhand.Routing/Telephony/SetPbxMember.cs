using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Telephony;

/// <summary>Says whose phone a member of a telephone system is, and lists what was said or follows from the agents' codes.</summary>
internal sealed class SetPbxMember(EvenhandDb db, IOrganisation organisation, CurrentAccess current, IAuditTrail audit)
{
    /// <param name="Member">The interface of an Asterisk, such as PJSIP/1001, or the agent of a FreeSWITCH.</param>
    /// <param name="Agent">The agent's code; empty to go by the codes again.</param>
    public sealed record Request([Required, MaxLength(200)] string Member, [MaxLength(100)] string? Agent);

    public sealed record Paging([Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    /// <param name="Name">Its name in the system's log.</param>
    /// <param name="Agent">Code of the agent whose phone it is; null for nobody's.</param>
    /// <param name="IsSet">Whether somebody said so; otherwise it follows from the code.</param>
    public sealed record Row(Guid Pbx, string PbxName, string Member, string? Name, string? Agent, string? AgentName, bool IsSet);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/pbxs/{id:guid}/members", async (Guid id, Request request, SetPbxMember slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(SetPbxMember)).WithSummary("Says whose phone a member is").Needs(Rights.Configure);
        api.MapGet("/pbxs/{id:guid}/members", async (Guid id, [AsParameters] Paging page, SetPbxMember slice, CancellationToken cancel) => (await slice.List(id, page, cancel)).ToReply())
            .WithName("ListPbxMembers").WithSummary("The members that were seen or named, and whose phones they are").Needs(Rights.Configure);
    }

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (await db.Pbxs.FirstOrDefaultAsync(p => p.Id == id && p.EndedAt == null, cancel) is not { } pbx) return new Refusal("routing.pbx.not-found");
        Agent? agent = null;
        if (!string.IsNullOrWhiteSpace(request.Agent))
        {
            agent = (await organisation.Read(cancel)).Agents.Values.FirstOrDefault(a => a.Code == request.Agent.Trim() && a.LeftOn is null);
            if (agent is null) return new Refusal("routing.agent-unknown", request.Agent);
        }
        var member = await db.PbxMembers.FirstOrDefaultAsync(m => m.PbxId == id && m.Member == request.Member, cancel);
        if (member is null) db.Add(member = new PbxMember { PbxId = id, Member = request.Member });
        member.AgentId = agent?.Id;
        audit.Record("routing.pbx-member-set", "pbx-member", $"{pbx.Name} {request.Member}", new { Agent = agent?.Code });
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    /// <summary>The members of one system, or of all.</summary>
    public async Task<Outcome<Paged<Row>>> List(Guid? id, Paging page, CancellationToken cancel)
    {
        const int Usual = 50;
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var pbxs = await db.Pbxs.AsNoTracking().Where(p => p.EndedAt == null && (id == null || p.Id == id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        if (id is not null && pbxs.Count == 0) return new Refusal("routing.pbx.not-found");
        var ids = pbxs.Keys.ToArray();
        var found = db.PbxMembers.AsNoTracking().Where(m => ids.Contains(m.PbxId));
        var size = page.Size ?? Usual;
        var rows = await found.OrderBy(m => m.PbxId).ThenBy(m => m.Member).Skip(((page.Page ?? 1) - 1) * size).Take(size).ToListAsync(cancel);
        var centre = await organisation.Read(cancel);
        var codes = centre.Agents.Values.ToDictionary(a => a.Code, a => a.Id);
        return new Paged<Row>([.. rows.Select(m =>
        {
            var agent = MemberBook.Owner(m, codes) is { } a ? centre.Agents.GetValueOrDefault(a) : null;
            return new Row(m.PbxId, pbxs[m.PbxId], m.Member, m.Name, agent?.Code, agent?.Name, m.AgentId is not null);
        })], await found.LongCountAsync(cancel));
    }
}
