using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Routing.Contracts;

namespace Evenhand.Workforce.Seats;

/// <summary>The live floor as the seat map and the handover look at it; nothing is known while no node here runs it.</summary>
internal sealed class LiveFloor(IEnumerable<IFloor> floors)
{
    /// <summary>The floor now; null while it is not running.</summary>
    public FloorPicture? Now() => floors.Select(f => f.Now()).FirstOrDefault(p => p.IsRunning);

    /// <summary>Whether somebody has signed in, whatever the person does.</summary>
    public static bool IsIn(FloorPicture? floor, Guid agent) => floor is not null && floor.Agents.TryGetValue(agent, out var there) && there.State != EffectiveState.SignedOut;

    /// <summary>What these people hold now: contacts and orders; null while the floor is not running.</summary>
    public static (int Contacts, int Orders)? Open(FloorPicture? floor, IEnumerable<Guid> agents)
    {
        if (floor is null) return null;
        var (contacts, orders) = (0, 0);
        foreach (var agent in agents)
            foreach (var held in floor.Agents.GetValueOrDefault(agent)?.Contacts ?? [])
                if (held.Channel == Channel.WorkItem) orders++;
                else contacts++;
        return (contacts, orders);
    }

    /// <summary>How a person at a seat looks: ready, busy, away, or not there although rostered.</summary>
    public static string Look(FloorPicture? floor, Guid agent) => floor is null ? "taken" : floor.Agents.GetValueOrDefault(agent)?.State switch
    {
        null or EffectiveState.SignedOut => "away",
        EffectiveState.Available => "ready",
        EffectiveState.Ringing or EffectiveState.Talking or EffectiveState.Holding or EffectiveState.Working or EffectiveState.AfterContactWork => "busy",
        _ => "break",
    };
}
