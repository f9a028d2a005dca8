namespace Evenhand.Telephony.Live;

public sealed partial class QueueMirror
{
    private void TakeMember(MemberFact fact)
    {
        switch (fact)
        {
            case DeviceChanged changed:
                ChangeDevice(changed);
                break;
            case MemberAdded added:
                Appear(added.Queue, added, present: true);
                break;
            case MemberRemoved removed:
                Appear(removed.Queue, removed, present: false);
                break;
            case MemberPaused paused:
                Pause(paused.Queue, paused, isPaused: true, paused.Reason);
                break;
            case MemberUnpaused unpaused:
                Pause(unpaused.Queue, unpaused, isPaused: false, null);
                break;
        }
    }

    private void ChangeDevice(DeviceChanged fact)
    {
        var known = _devices.TryGetValue(fact.Member, out var last);
        if (known && fact.At < last.At)
            return;
        _devices[fact.Member] = (fact.Device, Heard(fact, last.At), _mark);
        if (!known || last.Device != fact.Device)
            _tell(fact);
    }

    private void Appear(string queue, MemberFact fact, bool present)
    {
        var member = Member(queue, fact.Member);
        member.Touched = _mark;
        if (fact.At < member.PresenceAt)
            return;
        member.PresenceAt = Heard(fact, member.PresenceAt);
        if (member.IsPresent == present)
            return;
        (member.IsPresent, member.IsPaused, member.Reason, member.HasUnseenCall) = (present, false, null, false);
        member.PauseAt = Later(member.PauseAt, member.PresenceAt);
        _tell(fact);
    }

    private void Pause(string queue, MemberFact fact, bool isPaused, string? reason)
    {
        var member = Member(queue, fact.Member);
        member.Touched = _mark;
        if (fact.At < member.PauseAt || !member.IsPresent && fact.At <= member.PresenceAt)
            return;
        if (!member.IsPresent)
        {
            Appear(queue, new MemberAdded(fact.Member, queue) { At = fact.At, Told = PbxTold.Reckoned }, present: true);
            member.PresenceAt = Heard(fact, member.PresenceAt);
        }
        member.PauseAt = Heard(fact, member.PauseAt);
        if (member.IsPaused == isPaused && member.Reason == reason)
            return;
        (member.IsPaused, member.Reason) = (isPaused, reason);
        _tell(fact);
    }

    /// <summary>Only events move the time before which others are old news: the time of a state is ours, and a little late.</summary>
    private static DateTimeOffset Heard(PbxFact fact, DateTimeOffset before) => fact.Told is PbxTold.Event or PbxTold.Received ? fact.At : before;

    private PbxDevice DeviceOf(string member) => _devices.TryGetValue(member, out var device) ? device.Device : PbxDevice.Unknown;

    private MirroredMember Member(string queue, string member) => _members.TryGetValue((queue, member), out var known) ? known : _members[(queue, member)] = new(queue, member);
}
