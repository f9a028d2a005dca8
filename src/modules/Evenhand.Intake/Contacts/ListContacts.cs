using System.ComponentModel.DataAnnotations;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Intake.Contacts;

/// <summary>Lists contacts by period, queue, agent, team, outcome and wait, within the asker's scope; customers are masked.</summary>
internal sealed class ListContacts(IIntake intake, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="From">First day, in the centre's calendar.</param>
    /// <param name="To">First day no longer asked for.</param>
    /// <param name="Team">Answered by an agent who was in this unit, or below it, on some day of the period.</param>
    public sealed record Request(DateOnly? From = null, DateOnly? To = null, Guid? Queue = null, Guid? Agent = null, Guid? Team = null, string? Outcome = null,
        [Range(0, int.MaxValue)] int? MinWait = null, [Range(0, int.MaxValue)] int? MaxWait = null, string? Sort = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    public sealed record Row(Guid Id, DateTimeOffset Entered, string Queue, string? Agent, string? Customer, int Wait, int Talk, int? AfterContact, ContactOutcome Outcome, ContactEnd EndedBy, string CallId);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/contacts", async ([AsParameters] Request request, ListContacts slice, CancellationToken cancel) =>
        (await slice.Run(request, cancel)).ToReply()).WithName(nameof(ListContacts)).WithSummary("Contacts by filter, newest first, customers masked").Needs(Rights.Contacts);

    public async Task<Outcome<Paged<Row>>> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (Filter(request, centre).Refused(out var refusal, out var filter)) return refusal;
        var page = await intake.Contacts(filter, current.Access.ScopeOf(Rights.Contacts), cancel);
        return new Paged<Row>([.. page.Rows.Select(c => Shown(c, centre))], page.Total);
    }

    /// <summary>All rows of the filter, for an export.</summary>
    public async IAsyncEnumerable<Row> All(Request request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        const int Size = 500;
        var centre = await organisation.Read(cancel);
        if (Filter(request, centre).Refused(out _, out var filter)) yield break;
        for (var page = 1; ; page++)
        {
            var found = await intake.Contacts(filter with { Page = page, Size = Size }, current.Access.ScopeOf(Rights.Contacts), cancel);
            foreach (var contact in found.Rows) yield return Shown(contact, centre);
            if (found.Rows.Count < Size) yield break;
        }
    }

    public static string Word(ContactOutcome outcome) => outcome switch
    {
        ContactOutcome.TimedOut => "timed-out",
        ContactOutcome.KeyExit => "key-exit",
        ContactOutcome.EmptyExit => "empty-exit",
        ContactOutcome.OtherExit => "other-exit",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    private static Outcome<ContactFilter> Filter(Request request, OrganisationSnapshot centre)
    {
        ContactOutcome? outcome = null;
        if (!string.IsNullOrEmpty(request.Outcome))
        {
            var meant = Enum.GetValues<ContactOutcome>().Where(o => Word(o) == request.Outcome).ToList();
            if (meant.Count == 0) return new Refusal("intake.unknown-outcome", request.Outcome, string.Join(", ", Enum.GetValues<ContactOutcome>().Select(Word)));
            outcome = meant[0];
        }
        IReadOnlyList<Guid>? agents = request.Agent is { } agent ? [agent] : null;
        if (request.Team is { } team)
        {
            var units = centre.Below(team);
            agents = [.. (agents ?? [.. centre.Agents.Keys]).Where(a => centre.PlacementsOf(a).Any(p => units.Contains(p.TeamId) && (request.To is not { } to || p.From < to) && (p.To is not { } left || request.From is not { } from || left > from)))];
        }
        return new ContactFilter(Start(request.From, centre), Start(request.To, centre), request.Queue, agents, outcome, request.MinWait, request.MaxWait, request.Sort ?? "-entered", request.Page ?? 1, request.Size ?? 50);
    }

    private static long? Start(DateOnly? day, OrganisationSnapshot centre) => day is { } d ? WallClock.ToUnix(centre.Zone, d.ToDateTime(TimeOnly.MinValue)) : null;

    private static Row Shown(Contact c, OrganisationSnapshot centre) => new(c.Id, TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(c.EnteredAt), centre.Zone), centre.Queues[c.QueueId].Name,
        c.AgentId is { } agent ? centre.Agents[agent].Name : null, CustomerMask.Of(c.Customer), c.Wait, c.Talk, c.AfterContact, c.Outcome, c.EndedBy, c.CallId);
}
