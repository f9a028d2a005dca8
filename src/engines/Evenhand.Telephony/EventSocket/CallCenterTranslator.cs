using System.Globalization;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Telephony.EventSocket;

/// <summary>
/// Says what the events of FreeSWITCH's mod_callcenter mean and keeps a <see cref="QueueMirror"/> by them. An agent is a member of the queues of its tiers while not logged out; On Break is a
/// pause without a reason, because FreeSWITCH has none; wrap-up is not told at all. Not safe for several threads.
/// </summary>
public sealed class CallCenterTranslator
{
    private const int Remembered = 8192;
    private static readonly TimeSpan CountSettles = TimeSpan.FromSeconds(3);
    private readonly QueueMirror _mirror;
    private readonly PbxClock _clock = new();
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _seenOrder = new();
    private readonly Dictionary<string, HashSet<string>> _tiers = [];
    private readonly Dictionary<string, (int Count, DateTimeOffset Since)> _counts = [];
    private string? _core;
    private long _mark;

    /// <summary>A translator at the start of a connection.</summary>
    /// <param name="mirror">The mirror to keep.</param>
    public CallCenterTranslator(QueueMirror mirror) => _mirror = mirror;

    /// <summary>Whether something was seen that only missed events explain, so that a full state should be asked for now. Reset by the next full state.</summary>
    public bool WantsStatus { get; private set; }

    /// <summary>Takes news of the session.</summary>
    /// <param name="news">Any news; what is of no use is passed over.</param>
    public void Accept(EventSocketNews news)
    {
        switch (news)
        {
            case EventSocketHeard heard:
                Take(heard.Event, heard.At);
                break;
            case EventSocketListing:
                _mark = _mirror.Mark();
                break;
            case EventSocketLists lists:
                Reconcile(lists);
                break;
            case EventSocketClosed closed:
                _mirror.Apply(new PbxGap("connection-lost") { At = _clock.At(closed.At), Told = PbxTold.Received });
                _clock.Restart();
                _counts.Clear();
                break;
        }
    }

    /// <summary>Time has passed: a count that still differs from ours shows that events were missed.</summary>
    /// <param name="now">The time.</param>
    public void Settle(DateTimeOffset now)
    {
        foreach (var (queue, (count, since)) in _counts.Where(c => now - c.Value.Since >= CountSettles).ToList())
        {
            _counts.Remove(queue);
            if (_mirror.IsInDoubt || count == _mirror.WaitingIn(queue))
                continue;
            WantsStatus = true;
            _mirror.Apply(new PbxGap("count-differs") { At = _clock.At(now), Told = PbxTold.Received });
        }
    }

    private void Take(EventSocketEvent e, DateTimeOffset now)
    {
        var stamp = Microseconds(e["Event-Date-Timestamp"]);
        if (stamp is { } pbx)
            _clock.Observe(pbx, now);
        var (at, told) = (stamp ?? _clock.At(now), stamp is null ? PbxTold.Received : PbxTold.Event);
        if (e["Core-UUID"] is { } core && core != _core)
        {
            if (_core is not null)
            {
                WantsStatus = true;
                _mirror.Apply(new PbxGap("core-restarted") { At = at, Told = told });
            }
            _core = core;
        }
        if (e["Event-Subclass"] != "callcenter::info" || e["Event-Sequence"] is { } sequence && !IsNew($"{_core} {sequence}"))
            return;
        if (e["CC-Action"] is "agent-status-change" or "agent-state-change")
            TakeAgent(e, at, told);
        else if (e["CC-Queue"] is { Length: > 0 } queue)
            TakeCall(e, queue, at, told, now);
    }

    /// <summary>The sequence counts all events of the core, of which few are sent here: a step in it is no gap, but a number twice is the same event.</summary>
    private bool IsNew(string sequence)
    {
        if (!_seen.Add(sequence))
            return false;
        _seenOrder.Enqueue(sequence);
        if (_seenOrder.Count > Remembered)
            _seen.Remove(_seenOrder.Dequeue());
        return true;
    }

    private void TakeAgent(EventSocketEvent e, DateTimeOffset at, PbxTold told)
    {
        if (e["CC-Agent"] is not { Length: > 0 } agent)
            return;
        if (e["CC-Agent-State"] is { } state)
            _mirror.Apply(new DeviceChanged(agent, Device(state)) { At = at, Told = told });
        if (e["CC-Agent-Status"] is not { } status)
            return;
        foreach (var queue in _tiers.GetValueOrDefault(agent, []))
        {
            switch (status)
            {
                case "Logged Out":
                    _mirror.Apply(new MemberRemoved(agent, queue) { At = at, Told = told });
                    break;
                case "On Break":
                    _mirror.Apply(new MemberPaused(agent, queue, null) { At = at, Told = told });
                    break;
                case "Available" or "Available (On Demand)":
                    _mirror.Apply(new MemberUnpaused(agent, queue) { At = at, Told = told });
                    break;
            }
        }
    }

    private void TakeCall(EventSocketEvent e, string queue, DateTimeOffset at, PbxTold told, DateTimeOffset now)
    {
        if (e["CC-Action"] == "members-count")
        {
            if (e["CC-Selection"] is null or "Single-Queue" && int.TryParse(e["CC-Count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                _counts[queue] = (count, now);
            return;
        }
        if (e["CC-Member-Session-UUID"] is not { Length: > 0 } call)
            return;
        var agent = e["CC-Agent"] ?? "";
        switch (e["CC-Action"])
        {
            case "member-queue-start" or "member-queue-resume":
                _mirror.Apply(new CallerJoined(call, queue, e["CC-Member-CID-Number"]) { At = at, Told = told });
                break;
            case "agent-offering":
                _mirror.Apply(new AgentRinging(call, queue, agent) { At = at, Told = told });
                break;
            case "bridge-agent-fail" when e["CC-Hangup-Cause"] is not ("ORIGINATOR_CANCEL" or "LOSE_RACE"):
                _mirror.Apply(new AgentMissed(call, queue, agent, Between(e, "CC-Agent-Called-Time", "CC-Agent-Aborted-Time") * 1000L) { At = at, Told = told });
                break;
            case "bridge-agent-start":
                _mirror.Apply(new CallConnected(call, queue, agent, e["CC-Agent-UUID"], Between(e, "CC-Member-Joined-Time", "CC-Agent-Answered-Time"),
                    Between(e, "CC-Agent-Called-Time", "CC-Agent-Answered-Time")) { At = at, Told = told });
                break;
            case "bridge-agent-end" when e["CC-Agent-Bridged"] != "false":
                End(e, call, queue, agent, "CC-Bridge-Terminated-Time", at, told);
                break;
            case "member-queue-end" when e["CC-Cause"] == "Cancel":
                _mirror.Apply(new CallerLeft(call, queue, Outcome(e["CC-Cancel-Reason"]), null, null, Between(e, "CC-Member-Joined-Time", "CC-Member-Leaving-Time")) { At = at, Told = told });
                break;
            // The bridge's end has told it, unless that was missed.
            case "member-queue-end" when e["CC-Cause"] == "Terminated" && !_mirror.HasEnded(call, queue):
                End(e, call, queue, agent, "CC-Member-Leaving-Time", at, told);
                break;
        }
    }

    private void End(EventSocketEvent e, string call, string queue, string agent, string ended, DateTimeOffset at, PbxTold told)
    {
        // On the agent's channel a received BYE is the agent's, a sent one follows the caller's.
        var by = e["CC-Action"] != "bridge-agent-end" ? VisitEnd.Unknown : e["variable_sip_hangup_disposition"] switch { "recv_bye" => VisitEnd.Agent, "send_bye" => VisitEnd.Caller, _ => VisitEnd.Unknown };
        _mirror.Apply(new CallEnded(call, queue, agent, by, Between(e, "CC-Member-Joined-Time", "CC-Agent-Answered-Time"), Between(e, "CC-Agent-Answered-Time", ended)) { At = at, Told = told });
    }

    private void Reconcile(EventSocketLists lists)
    {
        var at = _clock.At(lists.At);
        _tiers.Clear();
        var agents = CallCenterTable.Rows(lists.Agents).Where(a => a.ContainsKey("name")).GroupBy(a => a["name"]).ToDictionary(g => g.Key, g => g.Last());
        var members = new List<QueueMember>();
        foreach (var tier in CallCenterTable.Rows(lists.Tiers))
        {
            if (!tier.TryGetValue("queue", out var queue) || !tier.TryGetValue("agent", out var agent) || !_tiers.TryAdd(agent, [queue]) && !_tiers[agent].Add(queue))
                continue;
            if (agents.TryGetValue(agent, out var row) && row.GetValueOrDefault("status") is { } status and not "Logged Out")
                members.Add(new(queue, agent, Device(row.GetValueOrDefault("state")), status == "On Break", null, null));
        }
        var waiting = new List<WaitingCaller>();
        var calls = new List<CallInHand>();
        foreach (var (queue, text) in lists.Members)
        {
            var position = 0;
            foreach (var row in CallCenterTable.Rows(text).OrderBy(r => Seconds(r.GetValueOrDefault("joined_epoch"))))
            {
                if (row.GetValueOrDefault("session_uuid") is not { Length: > 0 } call)
                    continue;
                if (row.GetValueOrDefault("state") is "Waiting" or "Trying")
                    waiting.Add(new(call, queue, row.GetValueOrDefault("cid_number"), ++position, Seconds(row.GetValueOrDefault("joined_epoch")) ?? at));
                else if (row.GetValueOrDefault("state") == "Answered")
                    calls.Add(new(call, queue, row.GetValueOrDefault("serving_agent"), Seconds(row.GetValueOrDefault("bridge_epoch")) ?? at));
            }
        }
        // Its counters count answers, not ends, and are of no use here: they would call every call in hand unseen.
        var queues = CallCenterTable.Rows(lists.Queues).Where(q => q.ContainsKey("name")).Select(q => new QueueCount(q["name"])).ToList();
        _mirror.Reconcile(new(at, queues, members, waiting, calls), _mark);
        WantsStatus = false;
    }

    private static VisitOutcome Outcome(string? reason) => reason switch
    {
        "TIMEOUT" => VisitOutcome.TimedOut,
        "NO_AGENT_TIMEOUT" => VisitOutcome.Empty,
        "EXIT_WITH_KEY" => VisitOutcome.KeyExit,
        _ => VisitOutcome.Abandoned,
    };

    private static PbxDevice Device(string? state) => state switch
    {
        "Waiting" or "Idle" => PbxDevice.Idle,
        "Receiving" or "Reserved" => PbxDevice.Ringing,
        "In a queue call" => PbxDevice.InUse,
        _ => PbxDevice.Unknown,
    };

    /// <summary>Whole seconds between two times of an event; null when either is missing or zero, or they are the wrong way round.</summary>
    private static int? Between(EventSocketEvent e, string from, string to) =>
        Seconds(e[from]) is { } start && Seconds(e[to]) is { } end && end >= start ? (int)Math.Min(int.MaxValue, (end - start).TotalSeconds) : null;

    private static DateTimeOffset? Seconds(string? text) => Counter(text) is { } seconds and > 0 and < 253_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static DateTimeOffset? Microseconds(string? text) =>
        Counter(text) is { } micros and > 0 and < 253_000_000_000_000_000 ? DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond) : null;

    private static long? Counter(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
