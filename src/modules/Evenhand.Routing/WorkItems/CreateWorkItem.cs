using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Accepts a work item; sent again with the same idempotency key it is the same item and the same answer.</summary>
internal sealed class CreateWorkItem(EvenhandDb db, WorkItemTypes types, QueueAccess access, Journal journal, CurrentAccess current)
{
    /// <param name="Type">Code of its type.</param>
    /// <param name="Queue">Code of the queue it waits in.</param>
    /// <param name="Fields">Values by field code, numbers and dates as invariant text.</param>
    /// <param name="Priority">Beside the queue's own, −1000 to 1000; higher goes first.</param>
    /// <param name="Key">Idempotency key, where no header carries it: in a row of a bulk.</param>
    public sealed record Request([Required, MaxLength(50)] string Type, [Required, MaxLength(200)] string Subject, [Required, MaxLength(200)] string Queue,
        Dictionary<string, string?>? Fields = null, [MaxLength(200)] string? Key = null, [Range(-1000, 1000)] int Priority = 0);

    public sealed record Created(Guid Id, string Type, int TypeVersion, string State, int Version, DateTimeOffset CreatedAt, DateTimeOffset RespondBy, DateTimeOffset ResolveBy);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/work-items", async (Request request, [FromHeader(Name = "Idempotency-Key")] string? key, CreateWorkItem slice, CancellationToken cancel) =>
        (await slice.Run(request with { Key = key ?? request.Key }, cancel)).ToReply()).WithName(nameof(CreateWorkItem))
        .WithSummary("Accepts a work item; the same Idempotency-Key with the same body gives the same answer, with another body 409").Needs(Rights.Create);

    public async Task<Outcome<Created>> Run(Request request, CancellationToken cancel)
    {
        if (request.Key is { Length: > 200 }) return new Refusal("routing.key-too-long");
        if (string.IsNullOrWhiteSpace(request.Key)) request = request with { Key = null };
        if (await Before(request, cancel) is { } earlier) return earlier;
        if ((await types.Current(request.Type, cancel)).Refused(out var refusal, out var type)) return refusal;
        if ((await access.Queue(request.Queue, Rights.Create, cancel)).Refused(out refusal, out var queue)) return refusal;
        if (type.Problem(request.Fields ?? [], whole: true) is { } problem) return problem;
        var item = New(request, type, queue);
        db.Add(item);
        journal.Created(item);
        try
        {
            await db.SaveChangesAsync(cancel);
            return Answer(item);
        }
        catch (DbUpdateException) when (request.Key is not null)
        {
            db.ChangeTracker.Clear();
            if (await Before(request, cancel) is { } first) return first;
            throw;
        }
    }

    /// <summary>What the key was answered with, when it was used before; with another body it is refused.</summary>
    private async Task<Outcome<Created>?> Before(Request request, CancellationToken cancel)
    {
        if (request.Key is null) return null;
        var owner = Owner;
        if (await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(i => i.KeyOwner == owner && i.Key == request.Key, cancel) is not { } item) return null;
        return item.KeyHash == HashOf(request) ? Answer(item) : new Refusal("routing.key-used", request.Key);
    }

    private WorkItem New(Request request, WorkItemType type, Queue queue)
    {
        var now = journal.Now;
        return new WorkItem
        {
            Id = Guid.CreateVersion7(), Type = type.Code, TypeVersion = type.Version, Subject = request.Subject.Trim(), QueueId = queue.Id, State = WorkItemType.Initial, Priority = request.Priority,
            Fields = JsonSerializer.Serialize((request.Fields ?? []).Where(f => !string.IsNullOrWhiteSpace(f.Value)).ToDictionary(f => f.Key, f => f.Value!.Trim())),
            Customer = CustomerKey.Of(request.Fields?.GetValueOrDefault("phone") ?? ""), CreatedAt = now, CreatedBy = current.Access.Name, CreatedById = current.Access.AccountId,
            RespondBy = now.AddMinutes(type.FirstResponseMinutes), ResolveBy = now.AddMinutes(type.ResolutionMinutes), TellAt = now.AddMinutes(type.FirstResponseMinutes),
            KeyOwner = request.Key is null ? null : Owner, Key = request.Key, KeyHash = request.Key is null ? null : HashOf(request),
        };
    }

    private string Owner => current.Access.AccountId?.ToString() ?? current.Access.Name;

    private static Created Answer(WorkItem item) => new(item.Id, item.Type, item.TypeVersion, WorkItemType.Initial, 1, item.CreatedAt, item.RespondBy, item.ResolveBy);

    /// <summary>What was asked; without a priority as before there was one, so that keys of that time still answer.</summary>
    private static string HashOf(Request r)
    {
        List<object?> asked = [r.Type, r.Subject, r.Queue, (r.Fields ?? []).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new[] { f.Key, f.Value })];
        if (r.Priority != 0) asked.Add(r.Priority);
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked)));
    }
}
