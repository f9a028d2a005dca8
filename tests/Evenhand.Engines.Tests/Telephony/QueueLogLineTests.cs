using System.Text;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony;

public sealed class QueueLogLineTests
{
    [Theory]
    [InlineData("QUEUESTART", QueueLogEvent.QueueStart)]
    [InlineData("CONFIGRELOAD", QueueLogEvent.ConfigReload)]
    [InlineData("ENTERQUEUE", QueueLogEvent.EnterQueue)]
    [InlineData("CONNECT", QueueLogEvent.Connect)]
    [InlineData("COMPLETEAGENT", QueueLogEvent.CompleteAgent)]
    [InlineData("COMPLETECALLER", QueueLogEvent.CompleteCaller)]
    [InlineData("ABANDON", QueueLogEvent.Abandon)]
    [InlineData("EXITWITHTIMEOUT", QueueLogEvent.ExitWithTimeout)]
    [InlineData("EXITWITHKEY", QueueLogEvent.ExitWithKey)]
    [InlineData("EXITEMPTY", QueueLogEvent.ExitEmpty)]
    [InlineData("JOINEMPTY", QueueLogEvent.JoinEmpty)]
    [InlineData("RINGNOANSWER", QueueLogEvent.RingNoAnswer)]
    [InlineData("RINGCANCELED", QueueLogEvent.RingCanceled)]
    [InlineData("BLINDTRANSFER", QueueLogEvent.BlindTransfer)]
    [InlineData("ATTENDEDTRANSFER", QueueLogEvent.AttendedTransfer)]
    [InlineData("TRANSFER", QueueLogEvent.Transfer)]
    [InlineData("AGENTDUMP", QueueLogEvent.AgentDump)]
    [InlineData("SYSCOMPAT", QueueLogEvent.SysCompat)]
    [InlineData("ADDMEMBER", QueueLogEvent.AddMember)]
    [InlineData("REMOVEMEMBER", QueueLogEvent.RemoveMember)]
    [InlineData("PAUSE", QueueLogEvent.Pause)]
    [InlineData("UNPAUSE", QueueLogEvent.Unpause)]
    [InlineData("PAUSEALL", QueueLogEvent.PauseAll)]
    [InlineData("UNPAUSEALL", QueueLogEvent.UnpauseAll)]
    [InlineData("PAUSEREASON", QueueLogEvent.PauseReason)]
    [InlineData("AGENTLOGIN", QueueLogEvent.AgentLogin)]
    [InlineData("AGENTLOGOFF", QueueLogEvent.AgentLogoff)]
    [InlineData("AGENTCALLBACKLOGIN", QueueLogEvent.AgentCallbackLogin)]
    [InlineData("AGENTCALLBACKLOGOFF", QueueLogEvent.AgentCallbackLogoff)]
    [InlineData("PENALTY", QueueLogEvent.Penalty)]
    [InlineData("RINGINUSE", QueueLogEvent.RingInUse)]
    public void Every_event_is_known_by_its_name(string name, QueueLogEvent expected)
    {
        QueueLogLine.TryParse(Bytes($"1795293861|1795293860.1|sales|Agent 1|{name}"), out var line, out var fault).ShouldBeTrue();
        line.Event.ShouldBe(expected);
        fault.ShouldBe(QueueLogFault.None);
        QueueLogEvents.Parse(Bytes(name.ToLowerInvariant())).ShouldBe(QueueLogEvent.None);
        QueueLogEvents.Parse(Bytes(name[..^1] + "_")).ShouldBe(QueueLogEvent.None);
    }

    [Fact]
    public void No_event_is_left_untested() =>
        typeof(QueueLogLineTests).GetMethod(nameof(Every_event_is_known_by_its_name))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length
            .ShouldBe(Enum.GetValues<QueueLogEvent>().Length - 1);

    [Theory]
    [InlineData("1795293861", 1795293861, false)]
    [InlineData("1795293861.123456", 1795293861, false)]
    [InlineData("1795293861123456", 1795293861, false)]
    [InlineData("2012-07-03 15:27:23.896208", 1341329243, true)]
    [InlineData("2012-07-03T15:27:23", 1341329243, true)]
    public void Times_come_in_every_form_asterisk_writes(string time, long expected, bool wallClock)
    {
        QueueLogLine.TryParse(Bytes($"{time}|c|q|NONE|QUEUESTART"), out var line, out _).ShouldBeTrue();
        line.EpochSeconds.ShouldBe(expected);
        line.IsWallClock.ShouldBe(wallClock);
    }

    [Theory]
    [InlineData("x|c|q|m|CONNECT|1", QueueLogFault.BadTime, "bad-time")]
    [InlineData("|c|q|m|CONNECT|1", QueueLogFault.BadTime, "bad-time")]
    [InlineData("12|c|q|m|CONNECT|1", QueueLogFault.BadTime, "bad-time")]
    [InlineData("1795293861.x|c|q|m|CONNECT|1", QueueLogFault.BadTime, "bad-time")]
    [InlineData("17952938611234567|c|q|m|CONNECT|1", QueueLogFault.BadTime, "bad-time")]
    [InlineData("2012-02-30 15:27:23|c|q|m|CONNECT|1", QueueLogFault.BadTime, "bad-time")]
    [InlineData("1795293861|c|q|m", QueueLogFault.TooFewFields, "too-few-fields")]
    [InlineData("rubbish", QueueLogFault.TooFewFields, "too-few-fields")]
    [InlineData("1795293861|c|q|m|DID|1", QueueLogFault.UnknownEvent, "unknown-event")]
    [InlineData("1795293861|c|q|m|COMPLETEAGENT|3|-1|1", QueueLogFault.NegativeDuration, "negative-duration")]
    [InlineData("1795293861|c|q|m|COMPLETEAGENT|3|x|1", QueueLogFault.BadNumber, "bad-number")]
    [InlineData("1795293861|c|q|m|COMPLETEAGENT|3|9999999999|1", QueueLogFault.BadNumber, "bad-number")]
    [InlineData("1795293861|c|q|m|ABANDON|1|-1|4", QueueLogFault.BadNumber, "bad-number")]
    [InlineData("1795293861|c|q|m|RINGNOANSWER|-5", QueueLogFault.NegativeDuration, "negative-duration")]
    public void A_bad_line_says_why(string text, QueueLogFault expected, string code)
    {
        QueueLogLine.TryParse(Bytes(text), out _, out var fault).ShouldBeFalse();
        fault.ShouldBe(expected);
        fault.Code().ShouldBe(code);
    }

    [Fact]
    public void Every_fault_has_its_own_code() =>
        Enum.GetValues<QueueLogFault>().Select(f => f.Code()).Distinct().Count().ShouldBe(Enum.GetValues<QueueLogFault>().Length);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("  \t")]
    public void A_blank_line_is_no_fault(string text)
    {
        QueueLogLine.TryParse(Bytes(text), out _, out var fault).ShouldBeFalse();
        fault.ShouldBe(QueueLogFault.None);
    }

    [Fact]
    public void Durations_are_read_where_each_event_has_them()
    {
        QueueLogLine.TryParse("1795293861|c|q|m|CONNECT|7|17.1|3\r\n"u8, out var connect, out _).ShouldBeTrue();
        (connect.HoldSeconds, connect.RingMilliseconds).ShouldBe((7, 3000));
        connect.Raw.EndsWith("3"u8).ShouldBeTrue();
        QueueLogLine.TryParse("1795293861|c|q|m|RINGNOANSWER|2500"u8, out var missed, out _).ShouldBeTrue();
        missed.RingMilliseconds.ShouldBe(2500);
        QueueLogLine.TryParse("1795293861|c|q|m|ATTENDEDTRANSFER|BRIDGE|x|5|6|7|8|9|10|11"u8, out var transfer, out _).ShouldBeTrue();
        (transfer.HoldSeconds, transfer.TalkSeconds, transfer.OriginalPosition, transfer.ParameterCount).ShouldBe((5, 6, 7, 7));
        QueueLogLine.TryParse("1795293861|c|q|NONE|EXITWITHKEY|9|1|2|33"u8, out var key, out _).ShouldBeTrue();
        (key.OriginalPosition, key.WaitSeconds, key.Member.IsEmpty, key.Parameter(0).SequenceEqual("9"u8)).ShouldBe((2, 33, true, true));
        QueueLogLine.TryParse("1795293861|c|q|NONE|EXITWITHTIMEOUT|1"u8, out var old, out _).ShouldBeTrue();
        (old.OriginalPosition, old.WaitSeconds, old.Parameter(4).IsEmpty).ShouldBe((-1, -1, true));
    }

    [Fact]
    public void Fields_are_the_same_as_by_a_plain_split() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), parts =>
        {
            var fields = parts.Select(p => p.Get.Replace("|", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)).Prepend("PAUSE")
                .Prepend("m").Prepend("q").Prepend("c").Prepend("1795293861").ToArray();
            QueueLogLine.TryParse(Bytes(string.Join('|', fields)), out var line, out _).ShouldBeTrue();
            for (var i = 0; i < Math.Min(fields.Length - 5, 7); i++)
                Encoding.UTF8.GetString(line.Parameter(i)).ShouldBe(Encoding.UTF8.GetString(Bytes(fields[i + 5])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), (bytes) =>
        {
            foreach (var text in new[] { bytes, [.. "1795293861|c|q|m|"u8, .. bytes], [.. "1795293861|c|q|m|CONNECT|"u8, .. bytes], [.. "2012-07-03 "u8, .. bytes, .. "|c|q|m|PAUSE"u8] })
                (QueueLogLine.TryParse(text, out var line, out var fault) && (fault != QueueLogFault.None || line.Event == QueueLogEvent.None)).ShouldBeFalse();
            LogListener.Read(bytes, 3);
        }).QuickCheckThrowOnFailure();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
