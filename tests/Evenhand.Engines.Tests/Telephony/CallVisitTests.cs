using System.Globalization;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Engines.Tests.Telephony;

/// <summary>Small logs, one rule each. Times are written from 0; a visit reads: queue agent entered/connected/ended w(ait) r(ing) t(alk) outcome by.</summary>
public sealed class CallVisitTests
{
    private const long Base = 1_700_000_000;

    [Theory]
    // The ordinary ways to end.
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|2;4|c|q|a|CONNECT|4|x|3;9|c|q|a|COMPLETEAGENT|4|5|2", "q a 0/4/9 w4 r3 t5 p2 Answered Agent")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|2;4|c|q|a|CONNECT|4|x|3;9|c|q|a|COMPLETECALLER|4|5|2", "q a 0/4/9 w4 r3 t5 p2 Answered Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|BLINDTRANSFER|300|ctx|4|5|1", "q a 0/4/9 w4 r3 t5 p1 Answered Transfer")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|ATTENDEDTRANSFER|BRIDGE|b|4|5|1", "q a 0/4/9 w4 r3 t5 p1 Answered Transfer")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|TRANSFER|300|ctx|4|5", "q a 0/4/9 w4 r3 t5 p1 Answered Transfer")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|NONE|ABANDON|1|1|7", "q - 0//7 w7 r t p1 Abandoned Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|NONE|EXITWITHTIMEOUT|1|1|7", "q - 0//7 w7 r t p1 TimedOut Unknown")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|NONE|EXITWITHKEY|9|1|1|7", "q - 0//7 w7 r t p1 KeyExit Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|NONE|EXITEMPTY|1|1|7", "q - 0//7 w7 r t p1 Empty Unknown")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|a|SYSCOMPAT", "q - 0//7 w7 r t p1 Incompatible Unknown")]
    [InlineData("3|c|q|NONE|JOINEMPTY", "q - 3//3 w0 r t p RefusedEmpty Unknown")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|a|AGENTDUMP", "q - 0//7 w7 r t p1 Dumped Agent")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|a|AGENTDUMP;9|c|q|b|CONNECT|9|x|1;9|c|q|b|COMPLETEAGENT|9|0|1", "q b 0/9/9 w9 r1 t0 p1 Answered Agent")]
    // The log's own durations win over its times; old versions that lack them fall back on the times.
    [InlineData("0|c|q|NONE|ENTERQUEUE||555|1;7|c|q|NONE|ABANDON|1|1|6", "q - 0//7 w6 r t p1 Abandoned Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE|;4|c|q|a|CONNECT;9|c|q|a|COMPLETEAGENT", "q a 0/4/9 w4 r t5 p Answered Agent")]
    [InlineData("0|c|q|NONE|ENTERQUEUE|;7|c|q|NONE|EXITWITHTIMEOUT|1", "q - 0//7 w7 r t p TimedOut Unknown")]
    // Ringing.
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;2|c|q|a|RINGNOANSWER|2000;5|c|q|a|RINGNOANSWER|2000;7|c|q|b|RINGCANCELED|900;7|c|q|NONE|ABANDON|1|1|7", "q - 0//7 w7 r t p1 Abandoned Caller n2")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|ABANDON|1|1|7;7|c|q|a|RINGNOANSWER|2000", "q - 0//7 w7 r t p1 Abandoned Caller n1")]
    // Several visits of one call.
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|EXITWITHTIMEOUT|1|1|7;7|c|r|NONE|ENTERQUEUE||5|1;9|c|r|NONE|ABANDON|1|1|2",
        "q - 0//7 w7 r t p1 TimedOut Unknown;r - 7//9 w2 r t p1 Abandoned Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|EXITWITHTIMEOUT|1|1|7;7|c|q|NONE|ENTERQUEUE||5|3;9|c|q|NONE|ABANDON|1|3|2",
        "q - 0//7 w7 r t p1 TimedOut Unknown;q - 7//9 w2 r t p3 Abandoned Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;0|c|q|NONE|EXITEMPTY|1|1|0;0|c|r|NONE|ENTERQUEUE||5|1;2|c|r|NONE|ABANDON|1|1|2",
        "q - 0//0 w0 r t p1 Empty Unknown;r - 0//2 w2 r t p1 Abandoned Caller")]
    // Within a second any order is right.
    [InlineData("4|c|q|a|COMPLETEAGENT|0|0|1;4|c|q|a|CONNECT|0|x|0;4|c|q|NONE|ENTERQUEUE||5|1", "q a 4/4/4 w0 r0 t0 p1 Answered Agent")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;7|c|r|NONE|ENTERQUEUE||5|1;7|c|q|NONE|EXITWITHTIMEOUT|1|1|7;9|c|r|NONE|ABANDON|1|1|2",
        "q - 0//7 w7 r t p1 TimedOut Unknown;r - 7//9 w2 r t p1 Abandoned Caller")]
    [InlineData("0|c|r|NONE|ENTERQUEUE||5|1;0|c|q|NONE|EXITEMPTY|1|1|0;0|c|q|NONE|ENTERQUEUE||5|1;2|c|r|NONE|ABANDON|1|1|2",
        "q - 0//0 w0 r t p1 Empty Unknown;r - 0//2 w2 r t p1 Abandoned Caller")]
    // Some versions write both a transfer and a completion.
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|COMPLETEAGENT|4|5|1;9|c|q|a|BLINDTRANSFER|3|x|4|5|1", "q a 0/4/9 w4 r3 t5 p1 Answered Transfer")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|COMPLETEAGENT|4|5|1;10|c|q|a|BLINDTRANSFER|3|x|4|5|1", "q a 0/4/9 w4 r3 t5 p1 Answered Transfer")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|BLINDTRANSFER|3|x|4|5|1;20|c|q|a|COMPLETEAGENT|4|5|1", "q a 0/4/9 w4 r3 t5 p1 Answered Transfer")]
    // Lines twice.
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|ABANDON|1|1|7;7|c|q|NONE|ABANDON|1|1|7;0|c|q|NONE|ENTERQUEUE||5|1", "q - 0//7 w7 r t p1 Abandoned Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|ABANDON|1|1|7;7|c|q|NONE|EXITWITHTIMEOUT|1|1|0", "q - 0//7 w7 r t p1 Abandoned Caller")]
    // The beginning is missing.
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|EXITWITHTIMEOUT|1|1|7;9|c|r|NONE|ABANDON|1|2|2",
        "q - 0//7 w7 r t p1 TimedOut Unknown;r - 7//9 w2 r t p2 Abandoned Caller reconstructed")]
    [InlineData("30|c|q|a|COMPLETEAGENT|4|5|2", "q a 21/25/30 w4 r t5 p2 Answered Agent reconstructed")]
    [InlineData("30|c|q|a|CONNECT|4|x|3;35|c|q|a|COMPLETECALLER|4|5|2", "q a 26/30/35 w4 r3 t5 p2 Answered Caller reconstructed")]
    [InlineData("30|c|q|NONE|ABANDON|1|2|8", "q - 22//30 w8 r t p2 Abandoned Caller reconstructed")]
    [InlineData("25|c|q|b|RINGNOANSWER|900;30|c|q|NONE|ABANDON|1|2|8", "q - 22//30 w8 r t p2 Abandoned Caller n1 reconstructed")]
    [InlineData("30|c|q|a|BLINDTRANSFER|3|x|4|5|2;30|c|r|NONE|ENTERQUEUE||5|1;31|c|r|NONE|ABANDON|1|1|1",
        "q a 21/25/30 w4 r t5 p2 Answered Transfer reconstructed;r - 30//31 w1 r t p1 Abandoned Caller")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;9|c|q|a|COMPLETEAGENT|4|5|1", "q a 0/4/9 w4 r t5 p1 Answered Agent reconstructed")]
    [InlineData("7|c|q|NONE|ABANDON|1|1|0;7|c|r|NONE|ENTERQUEUE||5|1;9|c|r|NONE|ABANDON|1|2|2",
        "q - 7//7 w0 r t p1 Abandoned Caller reconstructed;r - 7//9 w2 r t p1 Abandoned Caller")]
    // The end is missing.
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1", "q - 0// w r t p1 Unfinished Unknown")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;4|c|q|a|CONNECT|4|x|3", "q a 0/4/ w4 r3 t p1 Unfinished Unknown")]
    [InlineData("0|c|q|NONE|ENTERQUEUE||5|1;9|c|r|NONE|ENTERQUEUE||5|1;11|c|r|NONE|ABANDON|1|1|2", "q - 0// w r t p1 Unfinished Unknown;r - 9//11 w2 r t p1 Abandoned Caller")]
    public void A_call_is_told_as_visits(string log, string expected)
    {
        var heard = LogListener.Read(Lines(log));
        string.Join(';', heard.Visits.Select(Show)).ShouldBe(expected);
        heard.Visits.Select(v => v.Ordinal).ShouldBe(Enumerable.Range(0, heard.Visits.Count));
        heard.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("30|c|q|a|COMPLETEAGENT", QueueLogFault.OrphanEvent)]
    [InlineData("30|c|q|a|CONNECT", QueueLogFault.OrphanEvent)]
    [InlineData("30|c|q|NONE|ABANDON|1", QueueLogFault.OrphanEvent)]
    [InlineData("30|c|q|a|RINGNOANSWER|900", QueueLogFault.OrphanEvent)]
    [InlineData("30|c|q|a|AGENTDUMP", QueueLogFault.OrphanEvent)]
    [InlineData("30|NONE|q|a|CONNECT|1|x|1", QueueLogFault.MissingCall)]
    [InlineData("30|c|NONE|a|CONNECT|1|x|1", QueueLogFault.MissingQueue)]
    [InlineData("30|NONE|NONE|NONE|PAUSEALL|x", QueueLogFault.MissingMember)]
    public void What_cannot_be_used_is_a_fault_with_its_line(string line, QueueLogFault fault)
    {
        var heard = LogListener.Read("\n" + Lines(line));
        heard.Visits.ShouldBeEmpty();
        heard.Faults.ShouldBe([(fault, 2L)]);
    }

    [Fact]
    public void A_call_with_endless_lines_is_cut_off()
    {
        var heard = LogListener.Read(Lines(string.Join(';', Enumerable.Range(0, 5000).Select(i => $"{i}|c|q|a|RINGNOANSWER|{i}").Prepend("0|c|q|NONE|ENTERQUEUE||5|1"))));
        heard.Visits.ShouldHaveSingleItem().RingNoAnswers.ShouldBe(CallAssembler<LogListener>.MaxEventsPerCall - 1);
        heard.Faults.Count(f => f.Fault == QueueLogFault.CallTooLong).ShouldBe(5001 - CallAssembler<LogListener>.MaxEventsPerCall);
    }

    [Fact]
    public void A_second_with_very_many_lines_is_told_in_their_order()
    {
        var rings = string.Concat(Enumerable.Range(0, 200).Select(i => $"3|c|q|a{i}|RINGNOANSWER|1;"));
        var refusals = string.Concat(Enumerable.Range(0, 5000).Select(i => $"3|d|q{i}|NONE|JOINEMPTY;"));
        var heard = LogListener.Read(Lines("0|c|q|NONE|ENTERQUEUE||5|1;" + rings + refusals + "9|c|q|NONE|ABANDON|1|1|9"));
        heard.Visits.Single(v => v.Call == "c").RingNoAnswers.ShouldBe(200);
        heard.Visits.Count(v => v.Outcome == VisitOutcome.RefusedEmpty).ShouldBe(CallAssembler<LogListener>.MaxEventsPerCall);
    }

    [Fact]
    public void A_visit_is_given_once_the_log_is_two_seconds_past_its_end()
    {
        var heard = new LogListener();
        Feed(heard, "0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|ABANDON|1|1|7;9|x|q|NONE|ENTERQUEUE||5|1");
        heard.Visits.ShouldBeEmpty();
        Feed(heard, "10|y|q|NONE|ENTERQUEUE||5|1");
        heard.Visits.ShouldHaveSingleItem().Call.ShouldBe("c");
        Feed(heard, "20|y|q|NONE|ABANDON|1|1|10");
        heard.Assembler.Settle(Base + 23);
        heard.Visits.Select(v => v.Call).ShouldBe(["c", "y"]);
    }

    [Fact]
    public void Silent_calls_are_forgotten_so_memory_does_not_grow_with_the_log()
    {
        var heard = new LogListener();
        var most = 0;
        for (var i = 0; i < 50_000; i++)
        {
            Feed(heard, $"{i * 10}|c{i}|q|NONE|ENTERQUEUE||5|1" + (i % 50 == 0 ? "" : $";{i * 10 + 5}|c{i}|q|NONE|ABANDON|1|1|5"));
            most = Math.Max(most, heard.Assembler.LiveCalls);
        }
        most.ShouldBeLessThan(600);
        heard.Assembler.Flush();
        heard.Visits.Count.ShouldBe(50_000);
        heard.Visits.Count(v => v.Outcome == VisitOutcome.Unfinished).ShouldBe(1000);
        heard.Assembler.LiveCalls.ShouldBe(0);
    }

    [Fact]
    public void One_line_with_a_wild_time_does_not_end_the_calls_alive()
    {
        var heard = LogListener.Read(Lines("0|c|q|NONE|ENTERQUEUE||5|1;900000|z|q|NONE|ENTERQUEUE||5|1;4|c|q|a|CONNECT|4|x|3;9|c|q|a|COMPLETEAGENT|4|5|1"));
        heard.Visits.Where(v => v.Call == "c").Select(Show).ShouldBe(["q a 0/4/9 w4 r3 t5 p1 Answered Agent"]);
    }

    [Fact]
    public void Files_read_newest_first_give_the_same_visits()
    {
        const string Old = "0|c|q|NONE|ENTERQUEUE||5|1;7|c|q|NONE|ABANDON|1|1|7", Newer = "900000|d|q|NONE|ENTERQUEUE||5|1;900007|d|q|NONE|ABANDON|1|1|7;900100|e|q|NONE|ENTERQUEUE||5|1";
        var backwards = LogListener.Read(Lines(Newer + ";" + Old)).Visits.OrderBy(v => v.EnteredAt);
        backwards.ShouldBe(LogListener.Read(Lines(Old + ";" + Newer)).Visits);
    }

    private static void Feed(LogListener heard, string lines) => new QueueLogReader<LogListener>(heard.Assembler).Read(System.Text.Encoding.UTF8.GetBytes(Lines(lines)));

    private static string Lines(string log) => string.Concat(log.Split(';').Select(l =>
    {
        var bar = l.IndexOf('|', StringComparison.Ordinal);
        return $"{Base + long.Parse(l[..bar], CultureInfo.InvariantCulture)}{l[bar..]}\n";
    }));

    private static string Show(HeardVisit v) =>
        $"{v.Queue} {v.Agent ?? "-"} {v.EnteredAt - Base}/{v.ConnectedAt - Base}/{v.EndedAt - Base} w{v.Wait} r{v.Ring} t{v.Talk} p{v.OriginalPosition} {v.Outcome} {v.EndedBy}"
        + (v.RingNoAnswers > 0 ? $" n{v.RingNoAnswers}" : "") + (v.Reconstructed ? " reconstructed" : "");
}
