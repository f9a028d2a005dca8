using Evenhand.Telephony.Live;

namespace Evenhand.Telephony.Ami;

/// <summary>Gathers the lists a QueueStatus and a CoreShowChannels answer with into one full state. A list with fewer items than its end says is dropped.</summary>
internal sealed class AmiStatusReader
{
    private readonly List<QueueCount> _queues = [];
    private readonly List<QueueMember> _members = [];
    private readonly List<(string Call, string Queue, string? Caller, int Position, int Wait)> _entries = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly List<AmiMessage> _channels = [];
    private bool _channelsEnded;
    private string? _actionId, _channelsId;
    private long _mark, _channelsMark;

    /// <summary>A full state, with members' names, and the channels of those who have a call in hand, by call.</summary>
    public sealed record Found(PbxStatus Status, long Mark, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string> Channels);

    public void Restart()
    {
        Clear(null);
        _channels.Clear();
        (_channelsEnded, _channelsId) = (false, null);
    }

    public Found? Accept(AmiMessage m, DateTimeOffset at, QueueMirror mirror)
    {
        switch (m.Event)
        {
            case "CoreShowChannel" or "CoreShowChannelsComplete":
                TakeChannel(m, mirror);
                return null;
            case "QueueParams" or "QueueMember" or "QueueEntry" or "QueueStatusComplete":
                if (m.ActionId != _actionId || _queues.Count == 0)
                {
                    Clear(m.ActionId);
                    _mark = mirror.Mark();
                }
                return Take(m, at);
            default:
                return null;
        }
    }

    private Found? Take(AmiMessage m, DateTimeOffset at)
    {
        var queue = m["Queue"] ?? "";
        switch (m.Event)
        {
            case "QueueParams":
                _queues.Add(new(queue, AmiTranslator.Number(m["Completed"]), AmiTranslator.Number(m["Abandoned"])));
                return null;
            case "QueueMember":
                var member = m["Location"] ?? "";
                _members.Add(new(queue, member, AmiTranslator.Device(m["Status"]), m["Paused"] == "1", AmiTranslator.Known(m["PausedReason"]), m["InCall"] is { } inCall ? inCall == "1" : null));
                if (m["Name"] is { Length: > 0 } name)
                    _names[member] = name;
                return null;
            case "QueueEntry":
                _entries.Add((m["Uniqueid"] ?? "", queue, AmiTranslator.Known(m["CallerIDNum"]), AmiTranslator.Number(m["Position"]) ?? int.MaxValue, AmiTranslator.Number(m["Wait"]) ?? 0));
                return null;
        }
        var channels = new Dictionary<string, string>();
        var items = _queues.Count + _members.Count + _entries.Count;
        var whole = AmiTranslator.Number(m["ListItems"]) is not { } told || told == items;
        var found = whole ? new Found(
            new(at, [.. _queues], [.. _members], [.. _entries.Select(e => new WaitingCaller(e.Call, e.Queue, e.Caller, e.Position, at - TimeSpan.FromSeconds(e.Wait)))], Calls(at, channels)),
            _channelsEnded ? Math.Min(_mark, _channelsMark) : _mark, new Dictionary<string, string>(_names), channels) : null;
        Restart();
        return found;
    }

    private void TakeChannel(AmiMessage m, QueueMirror mirror)
    {
        if (m.ActionId != _channelsId || _channelsEnded)
        {
            _channels.Clear();
            (_channelsId, _channelsMark, _channelsEnded) = (m.ActionId, mirror.Mark(), false);
        }
        if (m.Event == "CoreShowChannel")
            _channels.Add(m);
        else
            _channelsEnded = AmiTranslator.Number(m["ListItems"]) is not { } told || told == _channels.Count;
    }

    /// <summary>A caller's channel runs Queue and shares its bridge with the channel of a member.</summary>
    private List<CallInHand>? Calls(DateTimeOffset at, Dictionary<string, string> channels)
    {
        if (!_channelsEnded)
            return null;
        var calls = new List<CallInHand>();
        foreach (var bridge in _channels.Where(c => c["BridgeId"] is { Length: > 0 }).GroupBy(c => c["BridgeId"]))
        {
            if (bridge.FirstOrDefault(c => c["Application"] == "Queue") is not { } caller || caller["Uniqueid"] is not { Length: > 0 } call)
                continue;
            var queue = (caller["ApplicationData"] ?? "").Split(',')[0];
            var (member, channel) = _members.Where(m => m.Queue == queue).Select(m => (m.Member, Channel: bridge.FirstOrDefault(c => c != caller && IsOf(c["Channel"] ?? "", m.Member))?["Channel"])).FirstOrDefault(m => m.Channel is not null);
            if (channel is not null)
                channels[call] = channel;
            calls.Add(new(call, queue, member, at));
        }
        return calls;
    }

    /// <summary>A channel is named by its interface, a dash and a number; what follows a Local interface's slash are options.</summary>
    private static bool IsOf(string channel, string member)
    {
        var options = member.StartsWith("Local/", StringComparison.Ordinal) ? member.IndexOf('/', 6) : -1;
        var name = options < 0 ? member.AsSpan() : member.AsSpan(0, options);
        return channel.Length > name.Length && channel.AsSpan().StartsWith(name) && channel[name.Length] == '-';
    }

    private void Clear(string? actionId)
    {
        _actionId = actionId;
        _queues.Clear();
        _members.Clear();
        _entries.Clear();
        _names.Clear();
    }
}
