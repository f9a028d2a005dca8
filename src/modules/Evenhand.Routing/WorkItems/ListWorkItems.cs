using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Lists work items by type, state, queue, due day, lateness and words of the subject, within the asker's scope.</summary>
internal sealed class ListWorkItems(QueueAccess access, WorkItemTypes types, IOrganisation organisation, TimeProvider clock)
{
    /// <param name="Queue">A queue's code.</param>
    /// <param name="Due">To be over by the end of this day of the centre.</param>
    /// <param name="Overdue">Only what is late and not over.</param>
    /// <param name="Text">Words of the subject.</param>
    /// <param name="Sort">created, due, priority, state or type; with a minus descending.</param>
    public sealed record Request(string? Type = null, string? State = null, string? Queue = null, DateOnly? Due = null, bool? Overdue = null, [MaxLength(100)] string? Text = null,
        string? Sort = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    public sealed record Row(Guid Id, string Type, string TypeName, string Subject, string State, string Queue, string? Agent, DateTimeOffset CreatedAt, DateTimeOffset RespondBy, DateTimeOffset ResolveBy,
        bool Overdue, int Version, int Priority);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/work-items", async ([AsParameters] Request request, ListWorkItems slice, CancellationToken cancel) =>
        TypedResults.Ok(await slice.Run(request, cancel))).WithName(nameof(ListWorkItems)).WithSummary("Work items by filter, newest first").Needs(Rights.Read);

    public async Task<Paged<Row>> Run(Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        var centre = await organisation.Read(cancel);
        var found = await Found(request, centre, cancel);
        var size = request.Size ?? Usual;
        var names = await Names(cancel);
        var rows = await Sorted(found, request.Sort).Skip(((request.Page ?? 1) - 1) * size).Take(size).ToListAsync(cancel);
        return new Paged<Row>([.. rows.Select(i => Shown(i, centre, names))], await found.LongCountAsync(cancel));
    }

    /// <summary>All rows of the filter, for an export.</summary>
    public async IAsyncEnumerable<Row> All(Request request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var names = await Names(cancel);
        await foreach (var item in Sorted(await Found(request, centre, cancel), request.Sort).AsAsyncEnumerable().WithCancellation(cancel)) yield return Shown(item, centre, names);
    }

    private async Task<IQueryable<WorkItem>> Found(Request request, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var found = (await access.Items(Rights.Read, cancel)).AsNoTracking();
        if (!string.IsNullOrEmpty(request.Type)) found = found.Where(i => i.Type == request.Type);
        if (!string.IsNullOrEmpty(request.State)) found = found.Where(i => i.State == request.State);
        if (!string.IsNullOrWhiteSpace(request.Text)) found = found.Where(i => i.Subject.Contains(request.Text.Trim()));
        if (!string.IsNullOrEmpty(request.Queue))
        {
            var queue = centre.Queues.Values.FirstOrDefault(q => q.Code == request.Queue)?.Id ?? Guid.Empty;
            found = found.Where(i => i.QueueId == queue);
        }
        if (request.Due is { } day)
        {
            var local = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
            var end = new DateTimeOffset(local, centre.Zone.GetUtcOffset(local)).ToUniversalTime();
            found = found.Where(i => i.ResolveBy < end);
        }
        var now = clock.GetUtcNow();
        if (request.Overdue is true) found = found.Where(i => i.ClosedAt == null && i.ResolveBy < now);
        return found;
    }

    private static IQueryable<WorkItem> Sorted(IQueryable<WorkItem> items, string? sort) => sort switch
    {
        "created" => items.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id),
        "due" => items.OrderBy(i => i.ResolveBy).ThenBy(i => i.Id),
        "-due" => items.OrderByDescending(i => i.ResolveBy).ThenByDescending(i => i.Id),
        "priority" => items.OrderBy(i => i.Priority).ThenBy(i => i.Id),
        "-priority" => items.OrderByDescending(i => i.Priority).ThenBy(i => i.Id),
        "state" => items.OrderBy(i => i.State).ThenBy(i => i.Id),
        "-state" => items.OrderByDescending(i => i.State).ThenByDescending(i => i.Id),
        "type" => items.OrderBy(i => i.Type).ThenBy(i => i.Id),
        "-type" => items.OrderByDescending(i => i.Type).ThenByDescending(i => i.Id),
        _ => items.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id),
    };

    private async Task<Dictionary<string, string>> Names(CancellationToken cancel) => (await types.Current(cancel)).ToDictionary(t => t.Code, t => t.Name);

    private Row Shown(WorkItem i, OrganisationSnapshot centre, Dictionary<string, string> names) => new(i.Id, i.Type, names.GetValueOrDefault(i.Type, i.Type), i.Subject, i.State, centre.Queues[i.QueueId].Name,
        i.AgentId is { } agent ? centre.Agents[agent].Name : null, Local(i.CreatedAt, centre), Local(i.RespondBy, centre), Local(i.ResolveBy, centre), i.ClosedAt is null && i.ResolveBy < clock.GetUtcNow(), i.Version, i.Priority);

    private static DateTimeOffset Local(DateTimeOffset at, OrganisationSnapshot centre) => TimeZoneInfo.ConvertTime(at, centre.Zone);
}
