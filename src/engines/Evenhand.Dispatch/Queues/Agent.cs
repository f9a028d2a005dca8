using Evenhand.Dispatch.Presence;

namespace Evenhand.Dispatch.Queues;

/// <summary>An agent as the dispatcher keeps it. Account in ms, moments in ticks.</summary>
internal sealed class Agent
{
    public AgentProfile Profile = null!;
    public AgentPresence Presence = null!;
    public long Effort, Forgiven, Handling;

    /// <summary>On-duty ms before the present stay, and when that stay began (ms); the time since counts only while on duty.</summary>
    public long Duty, DutySince;
    public long IdleSince;
    public int Load, Calls, Ignored;
    public bool IsPaused;
    public long SharedCredit, SharedDuty;
    public int SharedHead;
    public Membership[] Memberships = [];
    public readonly List<Contact> Held = [], Reserved = [];

    /// <summary>Plus the present moment: time on duty this shift, while on duty.</summary>
    public long DutyOffset => Duty - DutySince;

    public long DutyAt(long nowMs) => Presence.IsOnDuty ? Duty + nowMs - DutySince : Duty;

    /// <summary>What keeps the agent from new contacts of a channel apart from capacity; Free when nothing does.</summary>
    public Standing Ability(Channel channel) => Presence.Wanted switch
    {
        WantedState.Break => Standing.OnBreak,
        WantedState.AfterContactWork => Standing.AfterContactWork,
        not WantedState.Ready => Standing.OffDuty,
        _ when Presence.Silent => Standing.Unreachable,
        _ when IsPaused => Standing.Paused,
        _ when channel == Channel.Call && Presence.Device == DeviceState.Failed => Standing.PhoneFailed,
        _ => Standing.Free,
    };

    public Standing For(Channel channel)
    {
        var ability = Ability(channel);
        if (ability != Standing.Free) return ability;
        var inCall = Presence.Device is DeviceState.Ringing or DeviceState.Talking or DeviceState.Holding;
        var load = Load + (inCall && Calls == 0 ? Math.Max(Profile.Mix.Call, 1) : 0);
        return load + Profile.Mix.Of(channel) > 1000 || (inCall && channel == Channel.Call) ? Standing.Full : Standing.Free;
    }
}
