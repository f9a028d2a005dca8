using System.Globalization;
using System.Text;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Telephony.Live;

/// <summary>
/// Writes facts as the lines Asterisk itself writes to its <c>queue_log</c> for them, so that live contacts are made, kept and told anew by the same code as imported ones, and a later
/// import of the log repeats them instead of doubling them. Only what an event told is written: what a status or a later duration says is left to the log's reader to work out.
/// </summary>
public static class QueueLogWriter
{
    /// <summary>The line of a fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="nameOf">The member as the log names it: the member's name with <c>log_membername_as_agent</c>, else the interface.</param>
    /// <returns>The line without its end; null when the log has no line for it, or the fact was not told by an event.</returns>
    public static string? Line(PbxFact fact, Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(nameOf);
        if (fact.Told is not (PbxTold.Event or PbxTold.Received))
            return null;
        return fact switch
        {
            CallerJoined f => Write(f.At, f.Call, f.Queue, null, "ENTERQUEUE", "", f.Caller, f.Position),
            AgentMissed f => Write(f.At, f.Call, f.Queue, nameOf(f.Member), "RINGNOANSWER", f.RingMilliseconds),
            RingCanceled { CallerLeft: true } f => Write(f.At, f.Call, f.Queue, nameOf(f.Member), "RINGCANCELED", f.RingMilliseconds),
            CallConnected { Member: { } member } f => Write(f.At, f.Call, f.Queue, nameOf(member), "CONNECT", f.HoldSeconds, f.Leg, f.RingSeconds),
            CallerLeft f => Left(f),
            CallEnded f => Ended(f, f.Member is null ? null : nameOf(f.Member)),
            MemberAdded f => Write(f.At, null, f.Queue, nameOf(f.Member), "ADDMEMBER", ""),
            MemberRemoved f => Write(f.At, null, f.Queue, nameOf(f.Member), "REMOVEMEMBER", ""),
            MemberPaused f => Write(f.At, null, f.Queue, nameOf(f.Member), "PAUSE", f.Reason),
            MemberUnpaused f => Write(f.At, null, f.Queue, nameOf(f.Member), "UNPAUSE", ""),
            _ => null,
        };
    }

    private static string? Left(CallerLeft f) => f.Outcome switch
    {
        VisitOutcome.Abandoned => Write(f.At, f.Call, f.Queue, null, "ABANDON", f.Position, f.OriginalPosition, f.WaitSeconds),
        VisitOutcome.TimedOut => Write(f.At, f.Call, f.Queue, null, "EXITWITHTIMEOUT", f.Position, f.OriginalPosition, f.WaitSeconds),
        VisitOutcome.Empty => Write(f.At, f.Call, f.Queue, null, "EXITEMPTY", f.Position, f.OriginalPosition, f.WaitSeconds),
        VisitOutcome.KeyExit => Write(f.At, f.Call, f.Queue, null, "EXITWITHKEY", f.Key, f.Position, f.OriginalPosition, f.WaitSeconds),
        _ => null,
    };

    private static string Ended(CallEnded f, string? member) => f switch
    {
        { Transfer: { IsAttended: true } to } => Write(f.At, f.Call, f.Queue, member, "ATTENDEDTRANSFER", to.Context, to.Target, f.HoldSeconds, f.TalkSeconds, f.OriginalPosition),
        { EndedBy: VisitEnd.Transfer } => Write(f.At, f.Call, f.Queue, member, "BLINDTRANSFER", f.Transfer?.Target, f.Transfer?.Context, f.HoldSeconds, f.TalkSeconds, f.OriginalPosition),
        { EndedBy: VisitEnd.Agent } => Write(f.At, f.Call, f.Queue, member, "COMPLETEAGENT", f.HoldSeconds, f.TalkSeconds, f.OriginalPosition),
        _ => Write(f.At, f.Call, f.Queue, member, "COMPLETECALLER", f.HoldSeconds, f.TalkSeconds, f.OriginalPosition),
    };

    private static string Write(DateTimeOffset at, string? call, string queue, string? member, string name, params ReadOnlySpan<object?> parameters)
    {
        var line = new StringBuilder().Append(at.ToUnixTimeSeconds());
        foreach (var field in (ReadOnlySpan<string>)[call ?? "NONE", queue, member ?? "NONE", name])
            line.Append('|').Append(Clean(field));
        foreach (var parameter in parameters)
            line.Append('|').Append(Clean(Convert.ToString(parameter, CultureInfo.InvariantCulture) ?? ""));
        return line.ToString();
    }

    /// <summary>A bar or an end of line within a value would make other fields of it.</summary>
    private static string Clean(string value) => value.AsSpan().ContainsAny('|', '\r', '\n') ? value.Replace('|', ' ').Replace('\r', ' ').Replace('\n', ' ') : value;
}
