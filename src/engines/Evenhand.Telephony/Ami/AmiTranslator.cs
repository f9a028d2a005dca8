using System.Globalization;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Telephony.Ami;

/// <summary>
/// Says what an Asterisk's events mean and keeps a <see cref="QueueMirror"/> by them. An abandon waits for the sign that tells it from a timeout: the channel's QUEUESTATUS, else
/// whether a hang-up was asked for before it. Not safe for several threads.
/// </summary>
public sealed class AmiTranslator
{
    private static readonly TimeSpan AbandonSettles = TimeSpan.FromSeconds(5), LeaveSettles = TimeSpan.FromMinutes(1);
    private readonly QueueMirror _mirror;
    private readonly PbxClock _clock = new();
    private readonly AmiStatusReader _status = new();
    private readonly Dictionary<string, Leaving> _leaving = [];
    private readonly Dictionary<string, CallTransfer> _transfers = [];
    private readonly HashSet<string> _hangingUp = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _channels = [];
    private bool _seesHangups;
    private DateTimeOffset _countedAt;

    /// <summary>A translator at the start of a connection.</summary>
    /// <param name="mirror">The mirror to keep.</param>
    public AmiTranslator(QueueMirror mirror) => _mirror = mirror;

    /// <summary>Whether something was seen that only missed events explain, so that a full state should be asked for now. Reset by the next full state.</summary>
    public bool WantsStatus { get; private set; }

    /// <summary>Names of members by interface, as last seen.</summary>
    public IReadOnlyDictionary<string, string> MemberNames => _names;

    /// <summary>The channel of the member who has a call in hand.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The channel's name; null when the call is not in hand, or with whom is not known.</returns>
    public string? MemberChannelOf(string call) => _channels.GetValueOrDefault(call);

    /// <summary>Takes a message.</summary>
    /// <param name="message">Any message of the PBX; those of no use are passed over.</param>
    /// <param name="now">When it was received.</param>
    public void Accept(AmiMessage message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        var stamp = PbxClock.Read(message["Timestamp"]);
        if (stamp is { } pbx)
            _clock.Observe(pbx, now);
        var (at, told) = (stamp ?? _clock.At(now), stamp is null ? PbxTold.Received : PbxTold.Event);
        switch (message.Event)
        {
            case null:
                break;
            case "QueueCallerJoin" or "QueueCallerAbandon" or "QueueCallerLeave":
                TakeCaller(message, at, told, now);
                break;
            case "AgentCalled" or "AgentRingNoAnswer" or "AgentConnect" or "AgentComplete" or "AgentDump":
                TakeAgent(message, at, told);
                break;
            case "QueueMemberStatus" or "QueueMemberPause" or "QueueMemberAdded" or "QueueMemberRemoved" or "QueueMemberPenalty" or "QueueMemberRinginuse":
                TakeMember(message, at, told);
                break;
            case "VarSet" or "Newexten" or "HangupRequest" or "Hangup" or "BlindTransfer" or "AttendedTransfer" or "Rename":
                TakeChannel(message);
                break;
            default:
                if (_status.Accept(message, _clock.At(now), _mirror) is { } status)
                    Reconcile(status);
                break;
        }
    }

    /// <summary>The connection is gone: what is known stays, in doubt. The next one's first full state mends it.</summary>
    /// <param name="now">The time.</param>
    public void Disconnect(DateTimeOffset now)
    {
        // Whether who left without an abandon was answered is not known: the next full state will say.
        foreach (var (call, leaving) in _leaving.Where(l => l.Value.Abandon is not null).ToList())
            Settle(call, leaving, leaving.WithoutSign);
        _leaving.Clear();
        _mirror.Apply(new PbxGap("connection-lost") { At = _clock.At(now), Told = PbxTold.Received });
        _clock.Restart();
        _status.Restart();
        _transfers.Clear();
        _hangingUp.Clear();
        _channels.Clear();
    }

    /// <summary>Time has passed: what waited for a sign that did not come is told as it stands.</summary>
    /// <param name="now">The time.</param>
    public void Settle(DateTimeOffset now)
    {
        foreach (var (call, leaving) in _leaving.Where(l => now - (l.Value.Abandon is null ? LeaveSettles : AbandonSettles) >= l.Value.Since).ToList())
            Settle(call, leaving, leaving.WithoutSign);
    }

    private void Reconcile(AmiStatusReader.Found found)
    {
        foreach (var (member, name) in found.Names)
            _names[member] = name;
        // A call answered since the list was made is not in it.
        foreach (var (call, channel) in found.Channels)
            _channels[call] = channel;
        _mirror.Reconcile(found.Status, found.Mark);
        foreach (var gone in _channels.Keys.Except(_mirror.CallsInHand).ToList())
            _channels.Remove(gone);
        WantsStatus = false;
    }

    private void TakeCaller(AmiMessage m, DateTimeOffset at, PbxTold told, DateTimeOffset now)
    {
        if (m["Uniqueid"] is not { Length: > 0 } call || m["Queue"] is not { Length: > 0 } queue)
            return;
        _leaving.TryGetValue(call, out var leaving);
        switch (m.Event)
        {
            case "QueueCallerJoin":
                if (leaving is not null && at > leaving.At)
                    Settle(call, leaving, leaving.Abandon is null ? VisitOutcome.Unfinished : VisitOutcome.TimedOut);
                _mirror.Apply(new CallerJoined(call, queue, Known(m["CallerIDNum"]), Number(m["Position"])) { At = at, Told = told });
                CheckCount(m, queue, at, told);
                break;
            case "QueueCallerAbandon" when leaving?.Abandon is null:
                _leaving[call] = new(now, new(call, queue, VisitOutcome.Abandoned, Number(m["Position"]), Number(m["OriginalPosition"]), Number(m["HoldTime"])) { At = at, Told = told }, null)
                {
                    IsHangup = _seesHangups ? _hangingUp.Contains(call) : null,
                };
                break;
            case "QueueCallerLeave":
                if (leaving is null)
                    _leaving[call] = leaving = new(now, null, new(call, queue, VisitOutcome.Unfinished, Number(m["Position"])) { At = at, Told = told }) { Exten = m["Exten"] };
                leaving.HasLeft = true;
                CheckCount(m, queue, at, told);
                break;
        }
    }

    /// <summary>The PBX says how many wait: another number than ours means that events were missed.</summary>
    private void CheckCount(AmiMessage m, string queue, DateTimeOffset at, PbxTold told)
    {
        var ours = _mirror.WaitingIn(queue) - _leaving.Values.Count(l => l.HasLeft && (l.Abandon ?? l.Leave)!.Queue == queue && _mirror.Waits((l.Abandon ?? l.Leave)!.Call, queue));
        var isOld = at < _countedAt;
        _countedAt = isOld ? _countedAt : at;
        if (isOld || _mirror.IsInDoubt || Number(m["Count"]) is not { } count || count == ours)
            return;
        WantsStatus = true;
        _mirror.Apply(new PbxGap("count-differs") { At = at, Told = told });
    }

    private void TakeAgent(AmiMessage m, DateTimeOffset at, PbxTold told)
    {
        if (m["Queue"] is not { Length: > 0 } queue || Member(m) is not { } member || (Known(m["Uniqueid"]) ?? Nameless(m, queue, member, at)) is not { } call)
            return;
        switch (m.Event)
        {
            case "AgentCalled":
                _mirror.Apply(new AgentRinging(call, queue, member) { At = at, Told = told });
                break;
            case "AgentRingNoAnswer":
                _mirror.Apply(new AgentMissed(call, queue, member, Number(m["RingTime"])) { At = at, Told = told });
                break;
            case "AgentConnect":
                _leaving.Remove(call);
                if (Known(m["DestChannel"]) is { } channel)
                    _channels[call] = channel;
                _mirror.Apply(new CallConnected(call, queue, member, Known(m["DestUniqueid"]), Number(m["HoldTime"]), Number(m["RingTime"])) { At = at, Told = told });
                break;
            case "AgentComplete":
                _channels.Remove(call);
                var transferred = _transfers.Remove(call, out var transfer) | _transfers.Remove(m["DestUniqueid"] ?? "", out var other);
                var by = m["Reason"] switch { "agent" => VisitEnd.Agent, "caller" => VisitEnd.Caller, "transfer" => VisitEnd.Transfer, _ => transferred ? VisitEnd.Transfer : VisitEnd.Unknown };
                _mirror.Apply(new CallEnded(call, queue, member, by, Number(m["HoldTime"]), Number(m["TalkTime"]), null, by == VisitEnd.Transfer ? transfer ?? other : null) { At = at, Told = told });
                break;
            default:
                if (_leaving.TryGetValue(call, out var leaving) && leaving.Leave is { } leave)
                    leaving.Leave = leave with { Outcome = VisitOutcome.Dumped };
                break;
        }
    }

    private string? Nameless(AmiMessage m, string queue, string member, DateTimeOffset at) =>
        m.Event == "AgentComplete" ? _mirror.CallOf(queue, member, Number(m["HoldTime"]), at - TimeSpan.FromSeconds(Number(m["TalkTime"]) ?? 0)) : null;

    private void TakeMember(AmiMessage m, DateTimeOffset at, PbxTold told)
    {
        if (m["Queue"] is not { Length: > 0 } queue || Member(m) is not { } member)
            return;
        if (m.Event == "QueueMemberRemoved")
        {
            _mirror.Apply(new MemberRemoved(member, queue) { At = at, Told = told });
            return;
        }
        if (m.Event == "QueueMemberAdded")
            _mirror.Apply(new MemberAdded(member, queue) { At = at, Told = told });
        if (m["Paused"] is { } paused)
            _mirror.Apply(paused == "1" ? new MemberPaused(member, queue, Known(m["PausedReason"])) { At = at, Told = told } : new MemberUnpaused(member, queue) { At = at, Told = told });
        if (m["Status"] is { } status)
            _mirror.Apply(new DeviceChanged(member, Device(status)) { At = at, Told = told });
    }

    private void TakeChannel(AmiMessage m)
    {
        if (m.Event is "BlindTransfer" or "AttendedTransfer")
        {
            NoteTransfer(m);
            return;
        }
        if (m.Event == "Rename")
        {
            foreach (var call in _channels.Where(c => c.Value == m["Channel"]).Select(c => c.Key).ToList())
                _channels[call] = m["Newname"] ?? "";
            return;
        }
        if (m["Uniqueid"] is not { Length: > 0 } channel)
            return;
        _leaving.TryGetValue(channel, out var leaving);
        switch (m.Event)
        {
            case "VarSet" when leaving is not null && m["Variable"] == "QUEUESTATUS":
                Settle(channel, leaving, m["Value"] switch
                {
                    "TIMEOUT" => VisitOutcome.TimedOut,
                    "LEAVEEMPTY" or "LEAVEUNAVAIL" => VisitOutcome.Empty,
                    _ => leaving.WithoutSign,
                });
                break;
            case "Newexten" when leaving is { Abandon: null, Leave: { Outcome: VisitOutcome.Unfinished } leave } && m["Priority"] == "1" && m["Exten"] is { } key && key != leaving.Exten:
                leaving.Leave = leave with { Key = key };
                Settle(channel, leaving, VisitOutcome.KeyExit);
                break;
            case "HangupRequest":
                _seesHangups = true;
                _hangingUp.Add(channel);
                break;
            case "Hangup":
                _hangingUp.Remove(channel);
                _transfers.Remove(channel);
                if (leaving is not null)
                    Settle(channel, leaving, leaving.WithoutSign);
                break;
        }
    }

    private void NoteTransfer(AmiMessage m)
    {
        var attended = m.Event == "AttendedTransfer";
        var transfer = attended
            ? new CallTransfer(m["DestBridgeUniqueid"] ?? m["DestApp"] ?? m["LocalOneChannel"] ?? "", (m["DestType"] ?? "").ToUpperInvariant(), true)
            : new CallTransfer(m["Extension"] ?? "", m["Context"] ?? "", false);
        foreach (var key in (ReadOnlySpan<string>)["TransfererUniqueid", "TransfereeUniqueid", "OrigTransfererUniqueid", "SecondTransfererUniqueid"])
        {
            if (m[key] is { Length: > 0 } channel)
                _transfers[channel] = transfer;
        }
    }

    private void Settle(string call, Leaving leaving, VisitOutcome outcome)
    {
        _leaving.Remove(call);
        if (leaving.Abandon is { } abandon)
            _mirror.Apply(abandon with { Outcome = outcome });
        else if (leaving.Leave is { } leave)
            _mirror.Apply(leave.Outcome == VisitOutcome.Dumped ? leave : leave with { Outcome = outcome });
    }

    private string? Member(AmiMessage m)
    {
        if (m["Interface"] is not { Length: > 0 } member)
            return null;
        if (m["MemberName"] is { Length: > 0 } name)
            _names[member] = name;
        return member;
    }

    internal static PbxDevice Device(string? status) => status switch
    {
        "1" => PbxDevice.Idle,
        "2" or "3" or "7" => PbxDevice.InUse,
        "4" or "5" => PbxDevice.Unreachable,
        "6" => PbxDevice.Ringing,
        "8" => PbxDevice.OnHold,
        _ => PbxDevice.Unknown,
    };

    internal static string? Known(string? text) => text is null or "" or "<unknown>" or "unknown" ? null : text;

    internal static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Leaving(DateTimeOffset since, CallerLeft? abandon, CallerLeft? leave)
    {
        public DateTimeOffset Since => since;
        public CallerLeft? Abandon => abandon;
        public DateTimeOffset At => (abandon ?? Leave)!.At;
        public CallerLeft? Leave { get; set; } = leave;
        public bool HasLeft { get; set; }
        public bool? IsHangup { get; init; }
        public string? Exten { get; init; }

        /// <summary>Without the queue's own word the hang-up tells: asked for before the queue gave up, the caller left; never asked for, the time ran out.</summary>
        public VisitOutcome WithoutSign => abandon is null ? VisitOutcome.Unfinished : IsHangup == false ? VisitOutcome.TimedOut : VisitOutcome.Abandoned;
    }
}
