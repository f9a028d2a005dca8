using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Routing.Contracts;

namespace Evenhand.Routing.Floor;

/// <summary>How the floor looks to others: immutable, made anew for what a step touched.</summary>
internal sealed partial class FloorState
{
    /// <summary>The agent as others see it; null when not on the floor.</summary>
    public FloorAgent? Picture(Guid agent)
    {
        var presence = Presence(agent);
        var held = Held(agent);
        if (presence.Effective == EffectiveState.SignedOut && held.Count == 0) return null;
        var row = dispatcher.FindAgent(agent);
        var limit = Rules.LimitOf(presence.Effective, presence.BreakReason, TeamOf(agent));
        return new FloorAgent(agent, TeamOf(agent) is var team && team == Guid.Empty ? null : team, presence.Effective, presence.BreakReason, presence.Since, row?.IsPaused ?? false,
            limit is { } most ? presence.Since + most : null, worked.GetValueOrDefault(agent) is { } shift && shift.End > shift.Start ? shift.End : null, [.. held.Select(Shown)],
            BreaksOf(team).PositionOf(agent), row?.OnDuty(Now) ?? TimeSpan.Zero, row?.Effort ?? TimeSpan.Zero) { Handling = row?.Handling ?? TimeSpan.Zero, DrawnAt = Now };
    }

    /// <summary>The queue as others see it; null when it is not routed.</summary>
    public FloorQueue? PictureOfQueue(Guid queue)
    {
        if (Rules.Queues.FirstOrDefault(q => q.Id == queue) is not { } rules) return null;
        var line = lines.GetValueOrDefault(queue);
        return new FloorQueue(queue, rules.Channel, rules.Hours?.IsOpen(Now) ?? true, line?.Count ?? 0, line is { Count: > 0 } ? line.Min.At : null, counts.TryGetValue(queue, out var quarters) ? [.. quarters] : [])
        {
            ServiceLevelSeconds = TargetsOf(queue).ServiceLevelSeconds, ShortAbandonSeconds = TargetsOf(queue).ShortAbandonSeconds,
        };
    }

    public IEnumerable<Guid> EverybodyOnTheFloor => presences.Where(p => p.Value.Wanted != WantedState.SignedOut).Select(p => p.Key);

    /// <summary>The line of a queue in the order of arrival.</summary>
    public IReadOnlyList<Guid> LineOf(Guid queue) => lines.TryGetValue(queue, out var line) ? [.. line.Select(l => l.Id)] : [];

    public int? PositionOf(Guid contact) => dispatcher.PositionOf(contact);

    /// <summary>A state as a code: `after-contact-work`.</summary>
    public static string StateCode<T>(T state) where T : struct, Enum =>
        string.Concat(state.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));

    private Contracts.FloorContact Shown(ContactRow row) => contacts[row.Arrival.Contact] is var kept
        ? new(kept.Id, kept.QueueId, kept.Channel, row.State switch { ContactState.Offered => "offered", ContactState.WrappingUp => "wrapping-up", _ => "in-hand" }, row.Since) : null!;
}
