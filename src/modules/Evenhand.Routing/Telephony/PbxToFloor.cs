using Evenhand.Dispatch.Presence;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Routing.Telephony;

/// <summary>What the floor is told of telephone systems.</summary>
/// <param name="At">When it happened, in the system's time.</param>
internal abstract record FloorCall(DateTimeOffset At);

/// <summary>A visit of a call in a queue.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Key">Call and queue, unique within the system: `call|queue`.</param>
/// <param name="Queue">The queue's code.</param>
internal abstract record VisitCall(DateTimeOffset At, string Key, string Queue) : FloorCall(At)
{
    public string Call => CallOf(Key);

    /// <summary>The call of a key.</summary>
    public static string CallOf(string key) => key[..key.LastIndexOf('|')];
}

/// <summary>A caller waits.</summary>
/// <param name="Caller">The caller's number; personal. Null when not known.</param>
internal sealed record Arrive(DateTimeOffset At, string Key, string Queue, string? Caller) : VisitCall(At, Key, Queue);

/// <summary>Somebody answered.</summary>
/// <param name="Agent">Who; null when the phone is nobody's here or not known.</param>
internal sealed record Connected(DateTimeOffset At, string Key, string Queue, Guid? Agent) : VisitCall(At, Key, Queue);

/// <summary>A phone rang and was not picked up.</summary>
internal sealed record Missed(DateTimeOffset At, string Key, string Queue, Guid Agent) : VisitCall(At, Key, Queue);

/// <summary>The caller left without being answered.</summary>
/// <param name="Outcome">How; unfinished when nobody saw it.</param>
internal sealed record Left(DateTimeOffset At, string Key, string Queue, VisitOutcome Outcome) : VisitCall(At, Key, Queue);

/// <summary>The conversation is over.</summary>
internal sealed record Ended(DateTimeOffset At, string Key, string Queue, Guid? Agent) : VisitCall(At, Key, Queue);

/// <summary>An agent's phone, or the busiest of several, does something else now.</summary>
internal sealed record Device(DateTimeOffset At, Guid Agent, DeviceState State) : FloorCall(At);

/// <summary>A full state was compared: these visits are open, and whatever else the floor has of the system is over.</summary>
/// <param name="Keys">Calls and queues of the open visits.</param>
internal sealed record Present(DateTimeOffset At, IReadOnlySet<string> Keys) : FloorCall(At);

/// <summary>Says what a system's facts are for the floor. Each visit arrives before anything else is told of it and leaves once; an answer that is told late lets it arrive again. Pure, used by one thread.</summary>
/// <param name="agentOf">Whose phone a member is.</param>
internal sealed class PbxToFloor(Func<string, Guid?> agentOf)
{
    private readonly HashSet<string> open = [];
    private readonly Dictionary<string, PbxDevice> devices = [];
    private readonly Dictionary<Guid, DeviceState> told = [];

    /// <summary>What the facts are for the floor, in order.</summary>
    public IReadOnlyList<FloorCall> Translate(IReadOnlyList<PbxFact> facts)
    {
        var calls = new List<FloorCall>();
        foreach (var fact in facts)
            if (fact is CallFact call) Take(call, $"{call.Call}|{call.Queue}", calls);
            else if (fact is DeviceChanged changed) Take(changed, calls);
            else if (fact is PbxSynced synced) calls.Add(new Present(synced.At, open.ToHashSet()));
        return calls;
    }

    /// <summary>What phones do whose owner has become known, or another, since it was told.</summary>
    public IReadOnlyList<FloorCall> Retell(DateTimeOffset at)
    {
        var calls = new List<FloorCall>();
        foreach (var agent in devices.Keys.Select(Agent).OfType<Guid>().Distinct()) Take(agent, at, calls);
        return calls;
    }

    private void Take(CallFact fact, string key, List<FloorCall> calls)
    {
        switch (fact)
        {
            case CallerJoined joined:
                if (open.Add(key)) calls.Add(new Arrive(joined.At, key, joined.Queue, joined.Caller));
                break;
            case CallConnected connected:
                if (open.Add(key)) calls.Add(new Arrive(connected.At - TimeSpan.FromSeconds(connected.HoldSeconds ?? 0), key, connected.Queue, null));
                calls.Add(new Connected(connected.At, key, connected.Queue, Agent(connected.Member)));
                break;
            case AgentMissed missed when Agent(missed.Member) is { } agent && open.Contains(key):
                calls.Add(new Missed(missed.At, key, missed.Queue, agent));
                break;
            case CallerLeft left when open.Remove(key):
                calls.Add(new Left(left.At, key, left.Queue, left.Outcome));
                break;
            case CallVanished { WasConnected: false } vanished when open.Remove(key):
                calls.Add(new Left(vanished.At, key, vanished.Queue, VisitOutcome.Unfinished));
                break;
            case CallVanished { WasConnected: true } vanished when open.Remove(key):
                calls.Add(new Ended(vanished.At, key, vanished.Queue, Agent(vanished.Member)));
                break;
            case CallEnded ended when open.Remove(key):
                calls.Add(new Ended(ended.At, key, ended.Queue, Agent(ended.Member)));
                break;
        }
    }

    private void Take(DeviceChanged fact, List<FloorCall> calls)
    {
        devices[fact.Member] = fact.Device;
        if (Agent(fact.Member) is { } agent) Take(agent, fact.At, calls);
    }

    private void Take(Guid agent, DateTimeOffset at, List<FloorCall> calls)
    {
        var busiest = devices.Where(d => Agent(d.Key) == agent).Select(d => StateOf(d.Value)).OfType<DeviceState>().OrderBy(Rank).Cast<DeviceState?>().FirstOrDefault();
        if (busiest is not { } state || told.TryGetValue(agent, out var before) && before == state) return;
        told[agent] = state;
        calls.Add(new Device(at, agent, state));
    }

    private Guid? Agent(string? member) => member is null ? null : agentOf(member);

    /// <summary>What is not known is not told: a phone that was well stays well.</summary>
    private static DeviceState? StateOf(PbxDevice device) => device switch
    {
        PbxDevice.Idle => DeviceState.Idle,
        PbxDevice.Ringing => DeviceState.Ringing,
        PbxDevice.InUse => DeviceState.Talking,
        PbxDevice.OnHold => DeviceState.Holding,
        PbxDevice.Unreachable => DeviceState.Failed,
        _ => null,
    };

    private static int Rank(DeviceState state) => state switch
    {
        DeviceState.Talking => 0,
        DeviceState.Holding => 1,
        DeviceState.Ringing => 2,
        DeviceState.Idle => 3,
        _ => 4,
    };
}
