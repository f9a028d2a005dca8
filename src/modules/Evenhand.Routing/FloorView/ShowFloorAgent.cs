using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.FloorView;

/// <summary>One agent of the floor: today's states with who made them, what came to this person and why, and what waits for a leader's word.</summary>
internal sealed class ShowFloorAgent(EvenhandDb db, FloorReading reading, FloorAccess access, IOrganisation organisation, LiveFloor floor, CurrentAccess current, Texts texts, TimeProvider clock)
{
    private const int LatestContacts = 8;

    /// <param name="By">person, system or leader.</param>
    /// <param name="Who">The leader's name is not kept here; the audit trail has it.</param>
    public sealed record Step(DateTimeOffset At, string From, string To, string? BreakReason, string By, string? Reason);

    /// <param name="Why">The decision in sentences of the reader's language.</param>
    public sealed record Given(Guid ContactId, DateTimeOffset At, string Queue, string Channel, IReadOnlyList<string> Why, string? Became);

    public sealed record Asked(Guid Id, string Kind, string Reason, DateTimeOffset At);

    public sealed record Colleague(string Code, string Name);

    /// <param name="IsOwn">Whether this is the asker: nobody acts on the own person here.</param>
    public sealed record Shown(FloorTile.Seat Agent, string Team, IReadOnlyList<Step> Today, IReadOnlyList<Given> Contacts, IReadOnlyList<Asked> Requests, IReadOnlyList<Colleague> Free, bool IsOwn, DateTimeOffset DayStart, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/floor/agents/{code}", async (string code, ShowFloorAgent slice, CancellationToken cancel) => (await slice.Run(code, cancel)).ToReply())
        .WithName(nameof(ShowFloorAgent)).WithSummary("One agent of the floor: today's states, what came and why, open requests").Needs(Rights.Floor);

    public async Task<Outcome<Shown>> Run(string code, CancellationToken cancel) => (await Read(code, cancel)).Refused(out var refusal, out var found) ? refusal : found.Shown;

    public async Task<Outcome<(Shown Shown, FloorSheet Sheet)>> Read(string code, CancellationToken cancel)
    {
        if ((await access.Agent(code, Rights.Floor, cancel)).Refused(out var refusal, out var agent)) return refusal;
        var centre = await organisation.Read(cancel);
        var team = centre.TeamOf(agent.Id, access.Today(centre));
        var sheet = await reading.Read(team, cancel);
        if (sheet.Seats.FirstOrDefault(s => s.AgentId == agent.Id) is not { } seat) return new Refusal("routing.agent-not-on-floor");
        var start = FloorState.DayStart(clock.GetUtcNow(), centre.Zone);
        var steps = await db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent.Id && s.At >= start).OrderBy(s => s.Id).ToListAsync(cancel);
        var requests = await floor.Do<List<Asked>>(state => state.OpenRequests.Where(r => r.AgentId == agent.Id).Select(r => new Asked(r.Id, r.Kind, r.Reason, r.At)).ToList(), cancel);
        return (new Shown(seat, team is { } id ? centre.Units[id].Name : "", [.. steps.Select(s => new Step(s.At, FloorState.StateCode(s.From), FloorState.StateCode(s.To), s.BreakReason, FloorState.StateCode(s.By), s.Reason))],
            await Latest(agent.Id, start, centre, cancel), requests.Succeeded ? requests.Value : [],
            [.. sheet.Seats.Where(s => s.State == "available" && s.AgentId != agent.Id && !s.IsPaused).Select(s => new Colleague(s.Code, s.Name))], current.Access.AgentId == agent.Id, start, sheet.At), sheet);
    }

    private async Task<IReadOnlyList<Given>> Latest(Guid agent, DateTimeOffset start, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var offers = await db.ContactSteps.AsNoTracking().Where(s => s.AgentId == agent && s.At >= start && s.Decision != null).OrderByDescending(s => s.Id).Take(LatestContacts).ToListAsync(cancel);
        var ids = offers.Select(o => o.ContactId).OfType<Guid>().Distinct().ToArray();
        var contacts = await db.FloorContacts.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var after = (await db.ContactSteps.AsNoTracking().Where(s => s.AgentId == agent && s.At >= start && s.ContactId != null && ids.Contains(s.ContactId.Value) && s.Decision == null).OrderBy(s => s.Id).ToListAsync(cancel))
            .ToLookup(s => s.ContactId!.Value);
        return [.. offers.Where(o => o.ContactId is { } id && contacts.ContainsKey(id)).Select(o => new Given(o.ContactId!.Value, o.At, centre.Queues.GetValueOrDefault(o.QueueId)?.Name ?? "",
            FloorLooks.ChannelCode(contacts[o.ContactId!.Value].Channel), DecisionWords.Of(DecisionWords.Read(o)!.Value, centre, texts),
            after[o.ContactId!.Value].FirstOrDefault(s => s.Id.CompareTo(o.Id) > 0 && s.Kind is OutputKind.Accepted or OutputKind.Rejected or OutputKind.Ignored or OutputKind.Withdrawn) is { } next ? FloorState.StateCode(next.Kind) : null))];
    }
}
