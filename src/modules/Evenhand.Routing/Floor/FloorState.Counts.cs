using Evenhand.Dispatch.Queues;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;

namespace Evenhand.Routing.Floor;

/// <summary>Today's counts by queue and quarter hour of arrival, and who waits where.</summary>
internal sealed partial class FloorState
{
    private readonly Dictionary<Guid, List<QuarterCounts>> counts = [];
    private readonly Dictionary<Guid, SortedSet<(DateTimeOffset At, Guid Id)>> lines = [];
    private readonly Dictionary<Guid, Guid> standsIn = [];
    private DateOnly day;

    /// <summary>Start of the centre's day.</summary>
    public static DateTimeOffset DayStart(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).Date;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Counts a contact of the store again, after a restart.</summary>
    public void Recount(Guid queue, DateTimeOffset arrived, DateTimeOffset? answered, DateTimeOffset? talkEnded, DateTimeOffset? ended, string? outcome, long? handle, Guid? through)
    {
        var targets = TargetsOf(queue);
        var wait = (long)((answered ?? ended ?? arrived) - arrived).TotalSeconds;
        Count(queue, arrived, q => q with
        {
            Offered = q.Offered + (outcome is "turned-away" or "withdrawn" ? 0 : 1), TurnedAway = q.TurnedAway + (outcome == "turned-away" ? 1 : 0),
            Answered = q.Answered + (answered is null ? 0 : 1), AnsweredInTime = q.AnsweredInTime + (answered is not null && wait <= targets.ServiceLevelSeconds ? 1 : 0),
            WaitSeconds = q.WaitSeconds + (answered is null ? 0 : wait), OverflowOut = q.OverflowOut + (through is null ? 0 : 1),
            Abandoned = q.Abandoned + (outcome == "abandoned" ? 1 : 0), AbandonedShort = q.AbandonedShort + (outcome == "abandoned" && wait <= targets.ShortAbandonSeconds ? 1 : 0),
            Completed = q.Completed + (outcome == "completed" ? 1 : 0), HandleSeconds = q.HandleSeconds + (outcome == "completed" ? handle ?? 0 : 0),
            AfterContactSeconds = q.AfterContactSeconds + (outcome == "completed" && talkEnded is { } talk && ended is { } end ? (long)(end - talk).TotalSeconds : 0),
        });
        if (through is { } helper) Count(helper, arrived, q => q with { OverflowIn = q.OverflowIn + 1 });
    }

    private QueueTargets TargetsOf(Guid queue) => Rules.Targets.GetValueOrDefault(queue) ?? QueueTargets.Usual;

    private void Count(Guid queue, DateTimeOffset arrived, Func<QuarterCounts, QuarterCounts> change)
    {
        if (DateOnly.FromDateTime(Local(arrived).Date) != day) return;
        var start = new DateTimeOffset(arrived.UtcTicks - (arrived.UtcTicks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);
        if (!counts.TryGetValue(queue, out var quarters)) counts[queue] = quarters = [];
        var at = quarters.FindLastIndex(q => q.Start <= start);
        if (at < 0 || quarters[at].Start != start) quarters.Insert(++at, new QuarterCounts(start, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        quarters[at] = change(quarters[at]);
        step.Queues.Add(queue);
    }

    private void CountAnswered(FloorContact contact)
    {
        var wait = (long)(contact.AnsweredAt!.Value - contact.ArrivedAt).TotalSeconds;
        var inTime = wait <= TargetsOf(contact.QueueId).ServiceLevelSeconds ? 1 : 0;
        var away = contact.ThroughQueueId is null ? 0 : 1;
        Count(contact.QueueId, contact.ArrivedAt, q => q with { Answered = q.Answered + 1, AnsweredInTime = q.AnsweredInTime + inTime, WaitSeconds = q.WaitSeconds + wait, OverflowOut = q.OverflowOut + away });
        if (contact.ThroughQueueId is { } helper) Count(helper, contact.ArrivedAt, q => q with { OverflowIn = q.OverflowIn + 1 });
    }

    private void CountAbandoned(FloorContact contact)
    {
        var isShort = (contact.EndedAt!.Value - contact.ArrivedAt).TotalSeconds <= TargetsOf(contact.QueueId).ShortAbandonSeconds ? 1 : 0;
        Count(contact.QueueId, contact.ArrivedAt, q => q with { Abandoned = q.Abandoned + 1, AbandonedShort = q.AbandonedShort + isShort });
    }

    private void CountCompleted(FloorContact contact)
    {
        var after = (long)(contact.EndedAt!.Value - contact.TalkEndedAt!.Value).TotalSeconds;
        var spent = contact.HandleSeconds ?? 0;
        Count(contact.QueueId, contact.ArrivedAt, q => q with { Completed = q.Completed + 1, HandleSeconds = q.HandleSeconds + spent, AfterContactSeconds = q.AfterContactSeconds + after });
    }

    /// <summary>Keeps the line of its queue true: who waits or is being offered stands in it.</summary>
    private void Stand(FloorContact contact)
    {
        Leave(contact);
        if (dispatcher.FindContact(contact.Id) is not { State: ContactState.Waiting or ContactState.Reserved or ContactState.Offered }) return;
        if (!lines.TryGetValue(contact.QueueId, out var line)) lines[contact.QueueId] = line = [];
        line.Add((contact.ArrivedAt, contact.Id));
        standsIn[contact.Id] = contact.QueueId;
    }

    private void Leave(FloorContact contact)
    {
        if (standsIn.Remove(contact.Id, out var queue)) lines[queue].Remove((contact.ArrivedAt, contact.Id));
    }

    private void TurnDay()
    {
        var today = DateOnly.FromDateTime(Local(Now).Date);
        if (today == day) return;
        day = today;
        counts.Clear();
        foreach (var queue in Rules.Queues) step.Queues.Add(queue.Id);
    }
}
