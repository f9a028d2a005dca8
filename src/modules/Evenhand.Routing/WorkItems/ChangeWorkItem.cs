using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.WorkItems;

/// <summary>Changes an item's subject, queue, priority or fields, of the version the caller saw; what was not named stays.</summary>
internal sealed class ChangeWorkItem(QueueAccess access, WorkItemTypes types, Journal journal, IOrganisation organisation)
{
    /// <param name="Version">The version that was seen; when it is no longer the present one nothing is changed.</param>
    /// <param name="Queue">Code of another queue.</param>
    /// <param name="Priority">Beside the queue's own, −1000 to 1000; while it waits it takes its new place at once.</param>
    /// <param name="Fields">The values to change; an empty one is taken out.</param>
    public sealed record Request([Range(1, int.MaxValue)] int Version, [MinLength(1), MaxLength(200)] string? Subject = null, [MaxLength(200)] string? Queue = null, Dictionary<string, string?>? Fields = null,
        [Range(-1000, 1000)] int? Priority = null);

    public sealed record Changed(Guid Id, int Version);

    public static void Map(IEndpointRouteBuilder api) => api.MapPatch("/work-items/{id:guid}", async (Guid id, Request request, ChangeWorkItem slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(ChangeWorkItem)).WithSummary("Changes fields of the version that was seen; 409 when somebody was faster").Needs(Rights.Work);

    public async Task<Outcome<Changed>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Work, cancel)).Refused(out var refusal, out var item)) return refusal;
        if (item.Version != request.Version) return new Refusal("routing.work-item-changed", item.Version);
        var type = await types.At(item.Type, item.TypeVersion, cancel);
        if (type.IsEnd(item.State)) return new Refusal("routing.work-item-closed", item.State);
        if (type.Problem(request.Fields ?? [], whole: false) is { } problem) return problem;
        List<FieldChange> changes = [];
        if (request.Queue is { Length: > 0 } code)
        {
            if ((await access.Queue(code, Rights.Work, cancel)).Refused(out refusal, out var queue)) return refusal;
            var before = (await organisation.Read(cancel)).Queues[item.QueueId].Code;
            if (queue.Id != item.QueueId) changes.Add(new FieldChange("queue", before, code));
            item.QueueId = queue.Id;
        }
        if (!string.IsNullOrWhiteSpace(request.Subject) && request.Subject.Trim() != item.Subject)
        {
            changes.Add(new FieldChange("subject", item.Subject, request.Subject.Trim()));
            item.Subject = request.Subject.Trim();
        }
        if (request.Priority is { } priority && priority != item.Priority)
        {
            changes.Add(new FieldChange("priority", Urgency.Code(item.Priority), Urgency.Code(priority)));
            item.Priority = priority;
        }
        changes.AddRange(SetFields(item, type, request.Fields ?? []));
        if (changes.Count == 0) return new Changed(id, item.Version);
        return await journal.Changed(item, "changed", item.State, changes, null, cancel) is { } lost ? lost : new Changed(id, item.Version);
    }

    private static List<FieldChange> SetFields(WorkItem item, WorkItemType type, Dictionary<string, string?> given)
    {
        var values = item.Values;
        List<FieldChange> changes = [];
        foreach (var (code, text) in given)
        {
            var field = type.Fields.First(f => f.Code == code);
            var (before, after) = (values.GetValueOrDefault(code), string.IsNullOrWhiteSpace(text) ? null : text.Trim());
            if (before == after) continue;
            if (after is null) values.Remove(code);
            else values[code] = after;
            changes.Add(new FieldChange(code, before is null ? null : field.Shown(before), after is null ? null : field.Shown(after)));
        }
        (item.Fields, item.Customer) = (JsonSerializer.Serialize(values), CustomerKey.Of(values.GetValueOrDefault("phone") ?? ""));
        return changes;
    }
}
