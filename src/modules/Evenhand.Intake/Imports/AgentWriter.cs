using Evenhand.Intake.Archive;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Imports;

/// <summary>Writes agent events and told states that are not known yet.</summary>
internal sealed class AgentWriter(EvenhandDb db, NameIds names, SourceRow source)
{
    /// <summary>Keeps new agent events and remembers whose states they change.</summary>
    public async Task Happenings(List<AgentHappening> told, CancellationToken cancel)
    {
        if (told.Count == 0) return;
        var agents = await names.Agents([.. told.Select(h => h.Agent).OfType<string>()], cancel);
        var queues = await names.Queues([.. told.Select(h => h.Queue).OfType<string>()], cancel);
        var rows = new Dictionary<Guid, AgentEventRow>();
        foreach (var h in told)
        {
            var id = StableId.Of(h.At, source.Id, $"{h.Agent}|{h.Queue}|{h.Reason}", (int)h.Event);
            rows.TryAdd(id, new AgentEventRow
            {
                Id = id, SourceId = source.Id, AgentId = h.Agent is null ? null : agents[h.Agent], QueueId = h.Queue is null ? null : queues[h.Queue], At = h.At, Place = h.Place,
                Event = (int)h.Event, Reason = h.Reason, LoggedInSeconds = h.LoggedInSeconds,
            });
        }
        foreach (var known in await KnownRows.Events(db, rows.Keys, cancel)) rows.Remove(known);
        if (rows.Count == 0) return;
        await BulkInsert.Rows(db, "intake_agent_event", ["Id", "SourceId", "AgentId", "At", "Place", "Event", "QueueId", "Reason", "LoggedInSeconds"], [], rows.Values, Write, cancel);
        await Remember(rows.Values, cancel);
    }

    /// <summary>Keeps told states; the same state of the same start lasts as long as the longest telling says.</summary>
    public async Task<(int Count, Quarters Quarters)> States(List<ToldState> told, CancellationToken cancel)
    {
        var quarters = new Quarters();
        if (told.Count == 0) return (0, quarters);
        var agents = await names.Agents([.. told.Select(s => s.Agent)], cancel);
        var rows = new Dictionary<Guid, StateRow>();
        foreach (var s in told)
        {
            var id = StableId.Of(s.Start, source.Id, $"{s.Agent}|{s.Reason}", (int)s.State);
            if (!rows.TryGetValue(id, out var other) || (other.End ?? 0) < (s.End ?? 0)) rows[id] = StateDerivation.Row(id, source.Id, agents[s.Agent], s.State, s.Reason, s.Start, s.End, false);
        }
        foreach (var known in await KnownRows.States(db, rows.Keys.ToList(), cancel))
            if ((known.End ?? 0) >= (rows[known.Id].End ?? 0)) rows.Remove(known.Id);
        foreach (var row in rows.Values) quarters.Touch(row.Start, row.End ?? Math.Max(row.Start, source.LastAt));
        await StateDerivation.Write(db, rows.Values, ["Id"], cancel);
        return (rows.Count, quarters);
    }

    private async Task Remember(IEnumerable<AgentEventRow> events, CancellationToken cancel)
    {
        var since = new Dictionary<Guid, long>();
        foreach (var e in events)
        {
            var concerned = e.AgentId is { } one ? [one] : await db.States.Where(s => s.SourceId == source.Id && s.Derived && (s.End == null || s.End > e.At)).Select(s => s.AgentId).Distinct().ToListAsync(cancel);
            foreach (var agent in concerned) since[agent] = Math.Min(since.GetValueOrDefault(agent, long.MaxValue), e.At);
        }
        var pending = await db.PendingAgents.Where(p => p.SourceId == source.Id).ToDictionaryAsync(p => p.AgentId, cancel);
        foreach (var (agent, at) in since)
            if (!pending.TryGetValue(agent, out var row)) db.Add(new PendingAgentRow { SourceId = source.Id, AgentId = agent, Since = at });
            else row.Since = Math.Min(row.Since, at);
    }

    private static void Write(BulkRow row, AgentEventRow e)
    {
        row.Add(e.Id);
        row.Add(e.SourceId);
        row.Add(e.AgentId);
        row.Add(e.At);
        row.Add(e.Place);
        row.Add(e.Event);
        row.Add(e.QueueId);
        row.Add(e.Reason);
        row.Add(e.LoggedInSeconds);
    }
}
