using System.Globalization;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Contacts;

/// <summary>Shows one contact with what its source told of the whole call, line by line.</summary>
internal sealed class ShowContact(EvenhandDb db, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="At">When, in the centre's zone.</param>
    /// <param name="What">The event's name in the source.</param>
    /// <param name="Queue">The queue's name in the source.</param>
    /// <param name="Agent">The agent's name in the source.</param>
    /// <param name="Details">The event's parameters; a caller's number is masked.</param>
    public sealed record Step(DateTimeOffset At, string What, string? Queue, string? Agent, string Details);

    public sealed record Found(Guid Id, string Source, string CallId, string Queue, string? Agent, string? Customer, DateTimeOffset Entered, DateTimeOffset? Connected, DateTimeOffset? Ended,
        int Wait, int Ring, int Talk, int Hold, int? AfterContact, ContactOutcome Outcome, ContactEnd EndedBy, int RingNoAnswers, IReadOnlyList<Step> Steps);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/contacts/{id:guid}", async (Guid id, ShowContact slice, CancellationToken cancel) =>
        (await slice.Run(id, cancel)).ToReply()).WithName(nameof(ShowContact)).WithSummary("One contact with the events of its call").Needs(Rights.Contacts);

    public async Task<Outcome<Found>> Run(Guid id, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (await Row(id, centre, cancel) is not { } c) return new Refusal("intake.contact.not-found");
        var source = await db.Sources.AsNoTracking().Where(s => s.Id == c.SourceId).Select(s => s.Name).FirstAsync(cancel);
        var trail = await db.Calls.AsNoTracking().Where(t => t.SourceId == c.SourceId && t.CallId == c.CallId).Select(t => t.Trail).FirstOrDefaultAsync(cancel);
        return new Found(c.Id, source, c.CallId, centre.Queues[c.QueueId].Name, c.AgentId is { } agent ? centre.Agents[agent].Name : null, CustomerMask.Of(c.Customer), Time(c.EnteredAt)!.Value, Time(c.ConnectedAt),
            Time(c.EndedAt), c.Wait, c.Ring, c.Talk, c.Hold, c.AfterContact, c.Outcome, c.EndedBy, c.RingNoAnswers, Steps(trail ?? [], c.Customer));

        DateTimeOffset? Time(long? at) => at is { } second ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(second), centre.Zone) : null;

        List<Step> Steps(byte[] lines, string? customer) =>
            [.. Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|')).Where(f => f.Length > 4 && f[0] != "CDR").Select(f => new Step(
                Time(long.TryParse(f[0].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null) ?? default, f[4], Known(f[2]), Known(f[3]), Details(f, customer)))];
    }

    /// <summary>The contact, if the asker's scope covers it.</summary>
    internal async Task<ContactRow?> Row(Guid id, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var scope = current.Access.ScopeOf(Rights.Contacts);
        var found = db.Contacts.AsNoTracking().Where(c => c.Id == id);
        if (!scope.All) found = found.Where(ContactScope.Condition(centre, scope, new ContactFilter()));
        return await found.FirstOrDefaultAsync(cancel);
    }

    private static string? Known(string name) => name is "" or "NONE" ? null : name;

    private static string Details(string[] fields, string? customer)
    {
        var entered = fields[4] == "ENTERQUEUE";
        return string.Join(" · ", fields.Skip(5).Select((f, i) => entered && (i is 1 or 3 || f == customer) ? CustomerMask.Of(f) : f).Where(f => !string.IsNullOrEmpty(f)));
    }
}
