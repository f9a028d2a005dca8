using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Engines.Tests.Telephony;

/// <summary>The counts both logs are known to have.</summary>
public sealed class RealLogTests
{
    [Fact]
    public void A_bank_of_1999_has_16257_calls_of_which_1868_gave_up()
    {
        var heard = LogListener.Read(SharedLogs.Read("asterisk/queue_log-1999-02-01_14"), 4096);
        heard.Faults.ShouldBeEmpty();
        heard.Visits.Count.ShouldBe(16_257);
        heard.Visits.Count(v => v.Outcome == VisitOutcome.Answered).ShouldBe(14_389);
        heard.Visits.Count(v => v.Outcome == VisitOutcome.Abandoned).ShouldBe(1_868);
        heard.Visits.Count(v => v.Reconstructed || v.Ordinal > 0).ShouldBe(0);
        heard.Visits.Select(v => v.Call).Distinct().Count().ShouldBe(16_257);
        heard.Visits.Where(v => v.Outcome == VisitOutcome.Answered).All(v => v is { EndedBy: VisitEnd.Caller, Agent: not null, Talk: >= 0, Ring: >= 0 }).ShouldBeTrue();
    }

    [Fact]
    public void A_recorded_asterisk_has_193_calls()
    {
        var heard = LogListener.Read(SharedLogs.Read("asterisk/live/queue_log"), 1000);
        heard.Faults.ShouldBeEmpty();
        heard.Visits.Count.ShouldBe(193);
        heard.Visits.Count(v => v.ConnectedAt is not null).ShouldBe(73);
        heard.Visits.CountBy(v => (v.Outcome, v.EndedBy)).ToDictionary().ShouldBe(new Dictionary<(VisitOutcome, VisitEnd), int>
        {
            [(VisitOutcome.Answered, VisitEnd.Agent)] = 37,
            [(VisitOutcome.Answered, VisitEnd.Caller)] = 28,
            [(VisitOutcome.Answered, VisitEnd.Transfer)] = 8,
            [(VisitOutcome.Abandoned, VisitEnd.Caller)] = 89,
            [(VisitOutcome.TimedOut, VisitEnd.Unknown)] = 31,
        }, ignoreOrder: true);
        heard.Visits.Sum(v => v.RingNoAnswers).ShouldBe(2);
        heard.AgentEvents.CountBy(e => e).ToDictionary().ShouldBe(new Dictionary<QueueLogEvent, int>
        {
            [QueueLogEvent.Pause] = 18, [QueueLogEvent.PauseAll] = 15, [QueueLogEvent.Unpause] = 15, [QueueLogEvent.UnpauseAll] = 12,
            [QueueLogEvent.RingNoAnswer] = 2, [QueueLogEvent.RingCanceled] = 1,
        }, ignoreOrder: true);
    }

    [Fact]
    public void Its_pauses_are_one_each_and_nobody_is_said_to_have_signed_in()
    {
        var states = LogListener.Read(SharedLogs.Read("asterisk/live/queue_log"), 1000).States;
        states.ShouldAllBe(s => s.Contains(" NotReady "));
        states.Where(s => s.StartsWith("Agent 2004", StringComparison.Ordinal)).ShouldBe([
            "Agent 2004 NotReady break 1795293880-1795294104",
            "Agent 2004 NotReady training 1795294104-1795294284"]);
    }

    [Theory]
    [InlineData("asterisk/queue_log-1999-02-01_14")]
    [InlineData("asterisk/live/queue_log")]
    public void Every_call_told_anew_from_its_lines_is_the_same(string path)
    {
        var log = SharedLogs.Read(path);
        var expected = LogListener.Read(log, 4096).Visits.ToLookup(v => v.Call);
        foreach (var (call, trail) in Trails.Of(log))
        {
            var again = new LogListener();
            again.Assembler.Replay(trail);
            again.Visits.ShouldBe(expected[call]);
        }
    }
}
