using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Telephony.QueueLogs;
using Microsoft.EntityFrameworkCore;
using AgentState = Evenhand.Intake.Contracts.AgentState;

namespace Evenhand.Intake.Imports;

/// <summary>Derives the states of agents anew from their events, from the last moment at which nothing was open before the change.</summary>
internal sealed class StateDerivation(EvenhandDb db, TimeProvider clock, ImportRow import, SourceRow source)
{
    private static readonly string[] Columns = ["Id", "SourceId", "AgentId", "State", "Reason", "Start", "End", "Derived", "Lingers"];

    /// <summary>Derives what waits; each agent in a transaction of its own with the fact that tells it.</summary>
    public async Task Run(CancellationToken cancel)
    {
        foreach (var agent in await db.PendingAgents.AsNoTracking().Where(p => p.SourceId == source.Id).ToListAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await Derive(agent, cancel);
            await db.PendingAgents.Where(p => p.SourceId == source.Id && p.AgentId == agent.AgentId).ExecuteDeleteAsync(cancel);
            db.Update(import);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    public static StateRow Row(Guid id, int source, Guid agent, AgentState state, string? reason, long start, long? end, bool derived) => new()
    {
        Id = id, SourceId = source, AgentId = agent, State = state, Reason = reason, Start = start, End = end, Derived = derived, Lingers = end is { } last && last - start <= 24 * 3600 ? 0 : 1,
    };

    public static async Task Write(EvenhandDb db, IReadOnlyCollection<StateRow> rows, string[] keys, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        await BulkInsert.Rows(db, "intake_state", Columns, keys, rows, (row, s) =>
        {
            row.Add(s.Id);
            row.Add(s.SourceId);
            row.Add(s.AgentId);
            row.Add((int)s.State);
            row.Add(s.Reason);
            row.Add(s.Start);
            row.Add(s.End);
            row.Add(s.Derived);
            row.Add(s.Lingers);
        }, cancel);
    }

    private async Task Derive(PendingAgentRow agent, CancellationToken cancel)
    {
        var mine = db.States.Where(s => s.SourceId == source.Id && s.AgentId == agent.AgentId && s.Derived);
        var after = await Quiet(mine, agent.Since, cancel);
        var before = await mine.AsNoTracking().Where(s => s.Start > after).ToListAsync(cancel);
        var events = await db.AgentEvents.AsNoTracking().Where(e => e.SourceId == source.Id && (e.AgentId == agent.AgentId || e.AgentId == null) && e.At > after)
            .OrderBy(e => e.At).ThenBy(e => e.Place).ToListAsync(cancel);
        var now = Tell(events).Select(s => Row(StableId.Of(s.Start, source.Id, $"{agent.AgentId}|{s.Reason}", 100 + (int)s.State), source.Id, agent.AgentId, s.State, s.Reason, s.Start, s.End, true))
            .Where(s => s.End != s.Start).DistinctBy(s => s.Id).ToDictionary(s => s.Id);
        var gone = before.Where(s => !now.TryGetValue(s.Id, out var same) || same.End != s.End).ToList();
        var left = before.Except(gone).Select(s => s.Id).ToHashSet();
        var added = now.Values.Where(s => !left.Contains(s.Id)).ToList();
        if (gone.Count + added.Count == 0) return;
        foreach (var goneIds in gone.Select(s => s.Id).Chunk(200)) await db.States.Where(s => goneIds.Contains(s.Id)).ExecuteDeleteAsync(cancel);
        await Write(db, added, [], cancel);
        import.States += added.Count;
        var quarters = new Quarters();
        foreach (var state in gone.Concat(added)) quarters.Touch(state.Start, state.End ?? Math.Max(state.Start, source.LastAt));
        db.Publish(new AgentStatesRecorded(import.Id, ++import.Batches, quarters.Joined(), added.Count), clock.GetUtcNow(), import.Source);
    }

    /// <summary>The last second before the change at which a state ended and none went on: from there the events tell everything.</summary>
    private static async Task<long> Quiet(IQueryable<StateRow> states, long since, CancellationToken cancel)
    {
        var quiet = await states.Where(s => s.End < since && !states.Any(o => o.Start <= s.End && (o.End == null || o.End > s.End))).MaxAsync(s => s.End, cancel);
        return quiet ?? long.MinValue;
    }

    private static List<StateInterval> Tell(List<AgentEventRow> events)
    {
        var (listener, queues) = (new Listener(), new Dictionary<Guid, int>());
        var assembler = new AgentStateAssembler<Listener>(listener);
        listener.Reasons = assembler.Reasons;
        foreach (var e in events)
        {
            if (e.QueueId is { } queue) queues.TryAdd(queue, queues.Count);
            assembler.Accept(new AgentEvent
            {
                At = e.At, Agent = e.AgentId is null ? -1 : 0, Queue = e.QueueId is { } q ? queues[q] : -1, Event = (QueueLogEvent)e.Event,
                Reason = Encoding.UTF8.GetBytes(e.Reason ?? ""), LoggedInSeconds = e.LoggedInSeconds, RingMilliseconds = -1,
            });
        }
        assembler.Flush();
        return listener.Told;
    }

    private sealed class Listener : IAgentStateSink
    {
        public List<StateInterval> Told { get; } = [];

        public NameTable? Reasons { get; set; }

        public void OnState(in AgentStateInterval interval)
        {
            var reason = interval.Reason < 0 ? null : Reasons![interval.Reason];
            var state = interval.State == Telephony.QueueLogs.AgentState.SignedIn ? AgentState.SignedIn : StateWords.NotReady(reason);
            Told.Add(new StateInterval(default, state, reason, interval.Start, interval.End));
        }
    }
}
