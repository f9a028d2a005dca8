using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Shows one work item with its history and files; personal values are masked.</summary>
internal sealed class ShowWorkItem(EvenhandDb db, QueueAccess access, WorkItemTypes types, IOrganisation organisation, TimeProvider clock)
{
    public sealed record FieldValue(string Code, string Name, string Kind, bool Personal, string? Value);

    public sealed record Step(int Version, DateTimeOffset At, string By, string What, string? Note, IReadOnlyList<FieldChange> Changes);

    public sealed record Attachment(Guid Id, string Name, long Size, DateTimeOffset At, string By);

    /// <param name="Next">States it may go to.</param>
    public sealed record Found(Guid Id, string Type, string TypeName, int TypeVersion, string Subject, string State, IReadOnlyList<string> Next, string Queue, string QueueName, string? Agent, string? AgentName,
        DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset RespondBy, DateTimeOffset ResolveBy, DateTimeOffset? RespondedAt, DateTimeOffset? ClosedAt, bool Overdue, int Version, int Priority,
        IReadOnlyList<FieldValue> Fields, IReadOnlyList<Attachment> Files, IReadOnlyList<Step> History);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/work-items/{id:guid}", async (Guid id, ShowWorkItem slice, CancellationToken cancel) =>
        (await slice.Run(id, cancel)).ToReply()).WithName(nameof(ShowWorkItem)).WithSummary("One work item with its history, personal values masked").Needs(Rights.Read);

    public async Task<Outcome<Found>> Run(Guid id, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Read, cancel)).Refused(out var refusal, out var item)) return refusal;
        var (type, centre) = (await types.At(item.Type, item.TypeVersion, cancel), await organisation.Read(cancel));
        var steps = await db.Steps.AsNoTracking().Where(s => s.ItemId == id).OrderBy(s => s.Id).ToListAsync(cancel);
        var files = await db.Files.AsNoTracking().Where(f => f.ItemId == id).OrderBy(f => f.Id).ToListAsync(cancel);
        var (queue, agent, values) = (centre.Queues[item.QueueId], item.AgentId is { } a ? centre.Agents[a] : null, item.Values);
        return new Found(item.Id, item.Type, type.Name, item.TypeVersion, item.Subject, item.State, type.After(item.State), queue.Code, queue.Name, agent?.Code, agent?.Name, Local(item.CreatedAt), item.CreatedBy,
            Local(item.RespondBy), Local(item.ResolveBy), Maybe(item.RespondedAt), Maybe(item.ClosedAt), item.ClosedAt is null && item.ResolveBy < clock.GetUtcNow(), item.Version, item.Priority,
            [.. type.Fields.Select(f => new FieldValue(f.Code, f.Name, f.Kind, f.Personal, values.TryGetValue(f.Code, out var value) ? f.Shown(value) : null))],
            [.. files.Select(f => new Attachment(f.Id, f.Name, f.Size, Local(f.At), f.By))],
            [.. steps.Select(s => new Step(s.Version, Local(s.At), s.By, s.What, s.Note, JsonSerializer.Deserialize<FieldChange[]>(s.Changes, FactJson.Options)!))]);

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, centre.Zone);
        DateTimeOffset? Maybe(DateTimeOffset? at) => at is { } given ? Local(given) : null;
    }
}
