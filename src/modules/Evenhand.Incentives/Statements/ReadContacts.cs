using Evenhand.Incentives.Plans;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Incentives.Statements;

/// <summary>The contacts behind a day of a statement: those the agent answered that entered their queue on that day.</summary>
internal sealed class ReadContacts(IIntake intake, IOrganisation organisation, CurrentAccess current)
{
    public sealed record Found(Agent Agent, Queue Queue, DateOnly Day, TimeZoneInfo Zone, ContactPage Page);

    public static void Map(RouteGroupBuilder months) => months.MapGet("/{month}/agents/{agent:guid}/contacts", async (Guid agent, DateOnly day, Guid queue, int? page, ReadContacts slice, CancellationToken cancel) =>
        (await slice.Run(agent, queue, day, page ?? 1, 200, cancel)).Answer(found => PayJson.Of(found))).RequireAuthorization().WithName(nameof(ReadContacts));

    public async Task<Outcome<Found>> Run(Guid agentId, Guid queueId, DateOnly day, int page, int size, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (!centre.Agents.TryGetValue(agentId, out var agent) || !centre.Queues.TryGetValue(queueId, out var queue) || !centre.MayRead(current.Access, agentId, Exact.FirstOf(day)))
            return new Refusal("incentives.not-found", Exact.Month(day));
        var filter = new ContactFilter(Start(day, centre.Zone), Start(day.AddDays(1), centre.Zone), queueId, [agentId], ContactOutcome.Answered, Sort: "entered", Page: Math.Max(1, page), Size: size);
        // Whoever may read the statement may read what it rests on, so the intake's own scope is not asked again.
        return new Found(agent, queue, day, centre.Zone, await intake.Contacts(filter, Scope.Everything, cancel));
    }

    private static long Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUnixTimeSeconds();
    }
}
