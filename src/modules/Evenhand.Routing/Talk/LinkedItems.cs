using System.Text.Json;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;

namespace Evenhand.Routing.Talk;

/// <summary>Makes and moves work items that stand for a promise, a note or a missing address, saved with the change they belong to.</summary>
internal sealed class LinkedItems(EvenhandDb db, WorkItemTypes types, Journal journal, QueueAccess access, FloorRules floor, TalkRules rules, CurrentAccess current)
{
    public const string CallBack = "call-back";
    public const string TransferNote = "transfer-note";
    public const string Address = "address-completion";

    /// <summary>A new item of a type; fields its version does not know are left out.</summary>
    public async Task<Outcome<WorkItem>> Add(string code, string subject, Guid queue, IReadOnlyDictionary<string, string?> fields, CancellationToken cancel, string state = WorkItemType.Initial)
    {
        if ((await types.Current(code, cancel)).Refused(out var refusal, out var type)) return refusal;
        var given = fields.Where(f => !string.IsNullOrWhiteSpace(f.Value) && type.Fields.Any(known => known.Code == f.Key)).ToDictionary(f => f.Key, f => (string?)f.Value!.Trim());
        if (type.Problem(given, whole: true) is { } problem) return problem;
        if (!type.Transitions.ContainsKey(state)) state = WorkItemType.Initial;
        var now = journal.Now;
        var item = new WorkItem
        {
            Id = Guid.CreateVersion7(), Type = type.Code, TypeVersion = type.Version, Subject = subject, QueueId = queue, State = state, Fields = JsonSerializer.Serialize(given), Customer = CustomerKey.Of(given.GetValueOrDefault("phone")), CreatedAt = now, CreatedBy = current.Access.Name,
            CreatedById = current.Access.AccountId, RespondBy = now.AddMinutes(type.FirstResponseMinutes), ResolveBy = now.AddMinutes(type.ResolutionMinutes),
            TellAt = now.AddMinutes(type.FirstResponseMinutes),
        };
        db.Add(item);
        journal.Created(item);
        return item;
    }

    /// <summary>Takes an item to a state, whatever lies between; one that is over stays so, and so does one whose type does not know the state.</summary>
    public async Task Set(WorkItem item, string state, Guid? agent, CancellationToken cancel)
    {
        var type = await types.At(item.Type, item.TypeVersion, cancel);
        if (item.ClosedAt is not null || !type.Transitions.ContainsKey(state) || (item.State == state && item.AgentId == agent)) return;
        var (from, now) = (item.State, journal.Now);
        (item.State, item.AgentId) = (state, agent);
        if (state is not (WorkItemType.Initial or "waiting")) item.RespondedAt ??= now;
        if (type.IsEnd(state)) item.ClosedAt = now;
        journal.Routed(item, from, from == state ? [] : [new FieldChange("state", from, state)]);
    }

    /// <summary>Has an item wait or stand in the line with nobody; one that is over is followed by another like it. Answers the one that does.</summary>
    public async Task<Outcome<WorkItem>> Again(WorkItem item, string state, CancellationToken cancel)
    {
        if (item.ClosedAt is not null) return await Add(item.Type, item.Subject, item.QueueId, item.Values.ToDictionary(v => v.Key, v => (string?)v.Value), cancel, state);
        await Set(item, state, null, cancel);
        return item;
    }

    /// <summary>The queue that call-backs wait in: the centre's, or the first routed queue of work items this person may use, or the one given.</summary>
    public async Task<Guid> CallBackQueue(Guid otherwise, Platform.Contracts.OrganisationSnapshot centre, CancellationToken cancel)
    {
        if ((await rules.Read(cancel)).CallBackQueue is { } code && centre.Queues.Values.FirstOrDefault(q => q.Code == code) is { } named) return named.Id;
        var routed = (await floor.Read(cancel)).Queues.Where(q => q.Channel == Channel.WorkItem).Select(q => q.Id).ToHashSet();
        return (await access.Queues(Rights.Create, cancel)).FirstOrDefault(q => routed.Contains(q.Id))?.Id ?? otherwise;
    }
}
