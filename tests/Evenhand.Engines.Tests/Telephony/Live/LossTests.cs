using Evenhand.Telephony.Ami;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.Live;

/// <summary>What a loss of events costs and what a full state brings back, tried on stretches of a real recording.</summary>
public sealed class LossTests
{
    private readonly List<AmiMessage> _before = Kept(1), _after = Kept(2);

    [Fact]
    public void Any_event_twice_at_once_or_late_is_as_once() => Try(30, random =>
    {
        var plain = Play(_after);
        var doubled = new List<AmiMessage>(_after);
        for (var i = doubled.Count - 1; i >= 0; i--)
        {
            if (doubled[i]["Timestamp"] is not null && random.Next(4) == 0)
                doubled.Insert(Math.Min(doubled.Count, i + 1 + random.Next(3) switch { 0 => 0, 1 => random.Next(20), _ => random.Next(1000) }), doubled[i]);
        }
        Told(Play(doubled)).Except(Told(plain)).ShouldBeEmpty();
        Play(doubled).Facts.Count.ShouldBe(plain.Facts.Count);
    });

    [Fact]
    public void A_full_state_with_calls_makes_the_mirror_true_again_after_the_loss_of_any_stretch() => Try(60, random =>
    {
        var (truth, lossy) = Lose(random, withCalls: true, out _);
        Show(lossy.Mirror.Status(lossy.Now), calls: true).ShouldBe(Show(truth.Mirror.Status(truth.Now), calls: true));
    });

    [Fact]
    public void Without_calls_in_it_callers_and_members_are_true_and_a_call_in_hand_is_one_or_its_member_has_another() => Try(60, random =>
    {
        var (truth, lossy) = Lose(random, withCalls: false, out _);
        Show(lossy.Mirror.Status(lossy.Now), calls: false).ShouldBe(Show(truth.Mirror.Status(truth.Now), calls: false));
        var inHand = truth.Mirror.Status(truth.Now).Calls!;
        var held = lossy.Mirror.Status(lossy.Now).Calls!;
        held.ShouldAllBe(c => inHand.Any(t => t.Member == c.Member && t.Queue == c.Queue));
    });

    [Fact]
    public void Counts_are_recovered_exactly_and_of_every_visit_whose_end_was_heard_the_figures_too() => Try(60, random =>
    {
        var (_, lossy) = Lose(random, withCalls: random.Next(2) == 0, out var rest);
        rest.ForEach(m => lossy.Feed(m));
        var unseen = lossy.Facts.OfType<UnseenCounted>().ToList();
        (lossy.Facts.OfType<CallEnded>().Count() + unseen.Sum(u => u.Completed)).ShouldBe(73);
        (lossy.Facts.OfType<CallerLeft>().Count() + unseen.Sum(u => u.Left)).ShouldBe(120);
        var log = LogListener.Read(SharedLogs.Read("asterisk/live/queue_log"), 4096).Visits.ToDictionary(v => v.Call);
        var visits = lossy.Heard.Visits;
        var ended = lossy.Facts.Where(f => f is CallEnded or CallerLeft).Cast<CallFact>().Select(f => f.Call).ToHashSet();
        foreach (var visit in visits.Where(v => ended.Contains(v.Call)))
        {
            var whole = log[visit.Call];
            (visit.Queue, visit.Agent, visit.Wait, visit.Talk, visit.Outcome, visit.EndedBy).ShouldBe((whole.Queue, whole.Agent, whole.Wait, whole.Talk, whole.Outcome, whole.EndedBy));
            // A beginning worked out of two whole numbers of seconds can be off by both roundings.
            Math.Abs(visit.EnteredAt - whole.EnteredAt).ShouldBeLessThanOrEqualTo(visit.Reconstructed ? 2 : 1);
        }
        // What ended unheard is left unfinished: never said to be answered, abandoned or timed out without the PBX saying so.
        visits.Where(v => !ended.Contains(v.Call)).ShouldAllBe(v => v.Outcome == VisitOutcome.Unfinished);
        lossy.Mirror.Status(lossy.Now).Waiting.ShouldBeEmpty();
        lossy.Mirror.Status(lossy.Now).Calls.ShouldBeEmpty();
    });

    /// <summary>Drops a stretch from the stream of one of two equal mirrors and mends it by the full state of the other.</summary>
    private (LivePbx Truth, LivePbx Lossy) Lose(Random random, bool withCalls, out List<AmiMessage> rest)
    {
        var from = random.Next(30, _after.Count - 2);
        var to = Math.Min(_after.Count - 1, from + random.Next(1, 400));
        while (to < _after.Count - 1 && !IsApart(_after[to - 1], _after[to]))
            to++;
        var (truth, lossy) = (Play(_after[..to], close: false), Play(_after[..from]));
        var state = truth.Mirror.Status(truth.Now);
        lossy.Pass((truth.Now - lossy.Now).TotalSeconds);
        lossy.Mirror.Reconcile(withCalls ? state : state with { Calls = null }, lossy.Mirror.Mark());
        rest = _after[to..];
        return (truth, lossy);
    }

    private LivePbx Play(List<AmiMessage> messages, bool close = true)
    {
        var pbx = new LivePbx();
        _before.ForEach(m => pbx.Feed(m));
        pbx.Translator.Disconnect(pbx.Now);
        messages.ForEach(m => pbx.Feed(m));
        if (close)
            pbx.Translator.Disconnect(pbx.Now);
        return pbx;
    }

    private static bool IsApart(AmiMessage a, AmiMessage b) =>
        decimal.TryParse(a["Timestamp"], out var first) && decimal.TryParse(b["Timestamp"], out var second) && second - first > 0.02m;

    private static List<AmiMessage> Kept(int part) => [.. Ami.Recordings.Messages(part).Where(m =>
        m.Event is { } name && (name.StartsWith("Queue", StringComparison.Ordinal) || name.StartsWith("Agent", StringComparison.Ordinal) || name is "HangupRequest" or "Hangup" or "BlindTransfer" or "Newexten"
            || m["Variable"] == "QUEUESTATUS"))];

    private static IEnumerable<string> Told(LivePbx pbx) => pbx.Facts.Select(f => $"{f.At:O} {f}");

    private static string Show(PbxStatus status, bool calls) => string.Join('\n',
        status.Members.Select(m => $"{m.Queue} {m.Member} {m.Device} {m.IsPaused} {m.PauseReason} {(calls ? m.InCall : null)}")
            .Concat(status.Waiting.Select(w => $"{w.Queue} {w.Position} {w.Call} {w.Caller}"))
            .Concat(status.Queues.Select(q => $"{q.Queue} {q.Completed} {q.Left}"))
            .Concat(calls ? status.Calls!.Select(c => $"{c.Call} {c.Queue} {c.Member}") : []));

    private static void Try(int times, Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
