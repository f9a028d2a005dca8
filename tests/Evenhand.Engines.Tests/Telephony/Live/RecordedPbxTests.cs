using System.Text;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Engines.Tests.Telephony.Live;

/// <summary>What a real Asterisk told an AMI client, beside the queue_log it wrote at the same time.</summary>
public sealed class RecordedPbxTests
{
    private static readonly string[] NotTold = ["PAUSEALL", "UNPAUSEALL", "PAUSE", "UNPAUSE"];

    [Fact]
    public void The_lines_written_live_are_those_of_the_log_but_for_the_answer_in_the_cut_and_seconds_on_the_verge()
    {
        var live = LivePbx.Replay().Lines.Where(l => !NotTold.Contains(l.Split('|')[4])).ToList();
        var log = Log().Where(l => !NotTold.Contains(l.Split('|')[4])).ToList();
        log.Except(live).ShouldBe([
            "1795294053|1795294036.217|presales|Agent 2001|CONNECT|16|1795294050.228|3",
            // Asterisk's event was stamped 1.5 ms after the full second, its log by a coarser clock before it.
            "1795294167|1795294161.385|presales|Agent 2002|CONNECT|6|1795294166.390|1"]);
        live.Except(log).ShouldBe(["1795294168|1795294161.385|presales|Agent 2002|CONNECT|6|1795294166.390|1"]);
        live.Count.ShouldBe(log.Count - 1);
    }

    [Fact]
    public void Figures_are_those_of_the_log_the_cut_included()
    {
        var live = LivePbx.Replay().Heard;
        var log = LogListener.Read(SharedLogs.Read("asterisk/live/queue_log"), 4096);
        live.Faults.ShouldBeEmpty();
        Figures(live.Visits).ShouldBe(Figures(log.Visits));
        // The one answer that fell into the cut was told by its end: all but the ring time, and the answer's time to a second.
        live.Visits.Where(v => v.Reconstructed).Select(v => (v.Call, v.Ring)).ShouldBe([("1795294036.217", (int?)null)]);
        live.Visits.Where(v => v.ConnectedAt is not null && v.Ring is null).Count().ShouldBe(1);
        var times = live.Visits.Join(log.Visits, v => v.Call, v => v.Call, (a, b) => (a.EnteredAt - b.EnteredAt, a.ConnectedAt - b.ConnectedAt ?? 0, a.EndedAt - b.EndedAt ?? 0)).ToList();
        times.Count(t => t != default).ShouldBeLessThanOrEqualTo(2);
        times.ShouldAllBe(t => Math.Abs(t.Item1) <= 1 && Math.Abs(t.Item2) <= 1 && Math.Abs(t.Item3) <= 1);
    }

    [Fact]
    public void Reading_the_log_after_the_live_lines_doubles_nothing()
    {
        var log = LogListener.Read(SharedLogs.Read("asterisk/live/queue_log"), 4096);
        var live = Trails.Of(Encoding.UTF8.GetBytes(string.Join('\n', LivePbx.Replay().Lines)));
        foreach (var (call, trail) in Trails.Of(SharedLogs.Read("asterisk/live/queue_log")))
        {
            var both = new LogListener();
            both.Assembler.Replay(CallTrail.Union(live[call], trail));
            Figures(both.Visits).ShouldBe(Figures(log.Visits.Where(v => v.Call == call)));
        }
    }

    [Fact]
    public void Pauses_are_those_of_the_log() =>
        LivePbx.Replay().Heard.States.Order().ShouldBe(LogListener.Read(SharedLogs.Read("asterisk/live/queue_log"), 4096).States.Order());

    [Fact]
    public void Without_dialplan_events_a_timeout_is_still_told_from_an_abandon() =>
        Figures(LivePbx.Replay(m => m.Event is not ("VarSet" or "Newexten")).Heard.Visits).ShouldBe(Figures(LivePbx.Replay().Heard.Visits));

    [Fact]
    public void With_queue_events_alone_a_timeout_counts_as_abandon_and_nothing_else_differs()
    {
        var visits = LivePbx.Replay(m => m.Event?.StartsWith("Queue", StringComparison.Ordinal) == true || m.Event?.StartsWith("Agent", StringComparison.Ordinal) == true).Heard.Visits;
        visits.CountBy(v => v.Outcome).ToDictionary().ShouldBe(new Dictionary<VisitOutcome, int> { [VisitOutcome.Answered] = 73, [VisitOutcome.Abandoned] = 120 }, ignoreOrder: true);
        visits.Select(v => (v.Call, v.Wait, v.Talk)).Order().ShouldBe(LivePbx.Replay().Heard.Visits.Select(v => (v.Call, v.Wait, v.Talk)).Order());
    }

    [Fact]
    public void Without_times_of_the_pbx_the_figures_are_the_same() =>
        Figures(LivePbx.Replay(timed: false).Heard.Visits).ShouldBe(Figures(LivePbx.Replay().Heard.Visits));

    [Fact]
    public void The_mirror_agrees_with_every_full_state_of_the_recording_and_the_cut_is_the_only_gap()
    {
        var pbx = LivePbx.Replay();
        pbx.Facts.OfType<PbxGap>().Select(g => g.Cause).ShouldBe(["connection-lost", "connection-lost"]);
        pbx.Facts.OfType<CallVanished>().Select(v => (v.Call, v.WasConnected)).ShouldBe([("1795294036.217", false)]);
        pbx.Facts.OfType<UnseenCounted>().Select(u => (u.Queue, u.Completed, u.Left)).ShouldBeEmpty();
        pbx.Facts.OfType<CallFact>().Where(f => f.Call == "1795294036.217").Select(f => $"{f.GetType().Name} {f.Told}")
            .ShouldBe(["CallerJoined Event", "AgentRinging Event", "RingCanceled Status", "CallVanished Status", "CallConnected Reckoned", "CallEnded Event"]);
        pbx.Mirror.Status(pbx.Now).Waiting.ShouldBeEmpty();
        pbx.Mirror.Status(pbx.Now).Calls.ShouldBeEmpty();
    }

    private static string[] Log() => Encoding.UTF8.GetString(SharedLogs.Read("asterisk/live/queue_log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All the figures of a visit: what Asterisk measured itself, so that equal means equal.</summary>
    private static string Figures(IEnumerable<HeardVisit> visits) => string.Join('\n', visits.OrderBy(v => v.Call, StringComparer.Ordinal).ThenBy(v => v.Ordinal)
        .Select(v => $"{v.Call} {v.Ordinal} {v.Caller} {v.Queue} {v.Agent} {v.Outcome} {v.EndedBy} {v.Wait} {v.Talk} {v.OriginalPosition} {v.RingNoAnswers}"));
}
