using System.Buffers.Text;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Intake.Imports;

/// <summary>Takes the lines of an Asterisk queue_log.</summary>
/// <param name="decoder">Brings the lines to UTF-8.</param>
/// <param name="zone">The zone of times written as wall clock.</param>
internal sealed class QueueLogFeed(LineDecoder decoder, TimeZoneInfo zone) : LineFeed(decoder)
{
    private const int LongestName = 200;
    private readonly LiveCalls calls = new();
    private readonly NameTable names = new();
    private readonly byte[] rewritten = new byte[(1 << 16) * 3 + 32];
    private long second = long.MinValue, firstSecond = long.MinValue;
    private int place;

    /// <summary>Gives all calls that ended, also those that ended a moment ago: nobody knows when the next line comes.</summary>
    public void SettleNow() => calls.GiveEnded(Batch.Calls.Add, lingering: true);

    protected override void Settle(bool all)
    {
        if (all) calls.GiveAll(Batch.Calls.Add);
        else calls.GiveEnded(Batch.Calls.Add);
    }

    protected override bool Take(ReadOnlySpan<byte> raw, long number)
    {
        if (!QueueLogLine.TryParse(raw, out var line, out var fault))
            return fault != QueueLogFault.None && Reject(raw, number, fault.Code());
        if (line.Queue.Length > LongestName || line.Member.Length > LongestName || line.CallId.Length > LongestName) return Reject(raw, number, "name-too-long");
        var at = line.EpochSeconds;
        if (line.IsWallClock)
        {
            at = WallClock.ToUnix(zone, DateTime.UnixEpoch.AddSeconds(at));
            raw = Rewrite(raw, at);
        }
        Batch.LastAt = Math.Max(Batch.LastAt, at);
        if (line.Event.IsOfAgent() || line.Event == QueueLogEvent.QueueStart) return TakeAgent(in line, at, number);
        if (!line.Event.IsOfCall()) return true;
        if (line.CallId.IsEmpty) return Reject(raw, number, QueueLogFault.MissingCall.Code());
        if (line.Queue.IsEmpty) return Reject(raw, number, QueueLogFault.MissingQueue.Code());
        return calls.Add(line.CallId, raw, at, IsEnd(line.Event), number) || Reject(raw, number, QueueLogFault.CallTooLong.Code());
    }

    private static bool IsEnd(QueueLogEvent what) =>
        what is not (QueueLogEvent.EnterQueue or QueueLogEvent.Connect or QueueLogEvent.RingNoAnswer or QueueLogEvent.RingCanceled or QueueLogEvent.AgentDump);

    private bool TakeAgent(in QueueLogLine line, long at, long number)
    {
        var everyone = line.Event == QueueLogEvent.QueueStart;
        if (!everyone && line.Member.IsEmpty) return Reject(line.Raw, number, QueueLogFault.MissingMember.Code());
        if (firstSecond == long.MinValue) firstSecond = at;
        if (at != second) (second, place) = (at, at == firstSecond ? 1000 : 0);
        var reason = line.Event switch
        {
            QueueLogEvent.AgentLogin or QueueLogEvent.AgentCallbackLogin or QueueLogEvent.AgentLogoff => default,
            QueueLogEvent.AgentCallbackLogoff => line.Parameter(2),
            _ => line.Parameter(0),
        };
        Batch.Happenings.Add(new AgentHappening(at, place++, everyone ? null : Name(line.Member), line.Queue.IsEmpty ? null : Name(line.Queue), line.Event,
            reason.IsEmpty ? null : Encoding.UTF8.GetString(reason[..Math.Min(reason.Length, LongestName)]), line.TalkSeconds));
        return true;
    }

    private string Name(ReadOnlySpan<byte> bytes) => names.Intern(bytes) is >= 0 and var id ? names[id] : Encoding.UTF8.GetString(bytes);

    private ReadOnlySpan<byte> Rewrite(ReadOnlySpan<byte> raw, long at)
    {
        Utf8Formatter.TryFormat(at, rewritten, out var length);
        var rest = raw[raw.IndexOf((byte)'|')..];
        rest.CopyTo(rewritten.AsSpan(length));
        return rewritten.AsSpan(0, length + rest.Length);
    }
}
