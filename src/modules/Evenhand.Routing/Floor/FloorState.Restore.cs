using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Routing.Floor;

/// <summary>The floor after a restart: as it was stored, with grace for the time in which nobody could beat.</summary>
internal sealed partial class FloorState
{
    private static readonly TimeSpan OfferGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilentAfterShift = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SilentWithoutShift = TimeSpan.FromHours(2);

    /// <summary>Puts stored rows in place. Queue order, offers, accounts and breaks are as they were; what fell due meanwhile happens with the first tick.</summary>
    /// <returns>Rows that had no place: contacts of queues that are no longer routed. They stay in the store.</returns>
    public IReadOnlyList<Denial> Restore(IReadOnlyList<FloorAgentRow> agents, IReadOnlyList<FloorContact> live, IReadOnlyList<BreakQueueRow> queues, IReadOnlyList<DutyRequest> asked)
    {
        var rows = new Dictionary<Guid, AgentRow>();
        foreach (var queue in queues) breaks[queue.TeamId] = JsonSerializer.Deserialize<BreakQueue>(queue.Queue, Json)!;
        var kept = live.Select(c => Graced(JsonSerializer.Deserialize<ContactRow>(c.Row!, Json)!)).ToList();
        var ringing = kept.Where(c => c.State == ContactState.Offered).Select(c => c.Agent).ToHashSet();
        foreach (var stored in agents)
        {
            var row = JsonSerializer.Deserialize<AgentRow>(stored.Row, Json)!;
            if (!profiles.TryGetValue(stored.AgentId, out var profile)) continue;
            // A desk that was silent stays so until it beats: its last step says so too.
            var presence = row.Presence with { LastBeat = Now };
            rows[stored.AgentId] = row with { Profile = profile, Presence = ForRouter(presence, ringing.Contains(stored.AgentId)) };
            agentRows[stored.AgentId] = stored;
            presences[stored.AgentId] = presence;
            phones[stored.AgentId] = presence.Device == DeviceState.Working ? DeviceState.Idle : presence.Device;
            if (stored is { ShiftStart: { } start, ShiftEnd: { } end }) worked[stored.AgentId] = new WorkedShift(start, end);
        }
        foreach (var profile in profiles.Values.Where(p => !rows.ContainsKey(p.Id)))
            rows[profile.Id] = new AgentRow(profile, AgentPresence.SignedOut(profile.Id, Now), default, default, default, default, null, Now, 0, false);
        foreach (var contact in live)
        {
            contacts.Add(contact.Id, contact);
            keys.TryAdd((contact.Source, contact.SourceKey), contact.Id);
        }
        var snapshot = new DispatchSnapshot(Now, [.. rows.Values.OrderBy(r => r.Profile.Id)], kept);
        dispatcher = Dispatcher.Restore(Rules.Dispatch, Rules.Queues, snapshot, out var astray);
        foreach (var contact in live)
            if (dispatcher.FindContact(contact.Id) is null) contacts.Remove(contact.Id);
            else Stand(contact);
        foreach (var request in asked) requests[request.Id] = request;
        foreach (var (agent, presence) in presences)
            if (presence.Wanted == WantedState.AfterContactWork && Held(agent).Any(r => r.State == ContactState.WrappingUp)) wrapsBySystem.Add(agent);
        day = DateOnly.FromDateTime(Local(Now).Date);
        return astray;
    }

    /// <summary>The history goes on above what is stored of it.</summary>
    public void GoOn(params ReadOnlySpan<Guid?> stored)
    {
        foreach (var id in stored)
            if (id is { } known) ids.After(known);
    }

    /// <summary>Nobody could answer an offer while there was no server: it stands a little longer instead of counting as ignored.</summary>
    private ContactRow Graced(ContactRow row) => row.State == ContactState.Offered && row.Until < Now + OfferGrace ? row with { Until = Now + OfferGrace } : row;

    /// <summary>Does what has fallen due: offers, after-contact work, silent desks, breaks, the day's end. After a jump of the clock nobody is held to beats that could not come.</summary>
    public void Tick(bool clockJumped)
    {
        TurnDay();
        foreach (var (agent, presence) in presences.ToList())
        {
            if (presence.Wanted == WantedState.SignedOut) continue;
            if (clockJumped) presences[agent] = presence with { LastBeat = Now };
            else if (!presence.Silent && Now - presence.LastBeat >= Rules.Lease.Silence) Change(agent, presence.Check(Rules.Lease, Now));
            else if (presence.Silent && IsForgotten(agent, presence)) SignOffForgotten(agent);
        }
        dispatcher.Tick(Now);
        Absorb();
        TickBreaks();
    }

    /// <summary>Someone went home without signing off: the desk has been silent for long, and the shift is over.</summary>
    private bool IsForgotten(Guid agent, AgentPresence presence) => Now - presence.LastBeat is var silent
        && (worked.GetValueOrDefault(agent) is { } shift && shift.End > shift.Start ? Now > shift.End && silent > SilentAfterShift : silent > SilentWithoutShift);

    private void SignOffForgotten(Guid agent)
    {
        foreach (var row in Held(agent).Where(r => r.State is ContactState.InHand or ContactState.WrappingUp).ToList())
            if (IsLive(row)) EndConversation(row.Arrival.Contact);
            else if (row.State == ContactState.WrappingUp) Heard(dispatcher.Complete(row.Arrival.Contact, Now));
            else Return(row.Arrival.Contact);
        LeaveBreaks(agent);
        Change(agent, Presence(agent).Want(WantedState.SignedOut, null, new Cause(Causer.System, Reason: "silent-after-shift"), Now));
        Absorb();
    }

    /// <summary>Everything, as if just touched: for a first picture and for tests.</summary>
    public DispatchSnapshot Snapshot() => dispatcher.Snapshot();
}
