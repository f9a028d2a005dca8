using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.Live;

public sealed class QueueMirrorTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private readonly List<PbxFact> _facts = [];
    private readonly QueueMirror _mirror;

    public QueueMirrorTests() => _mirror = new(_facts.Add);

    [Fact]
    public void Whatever_came_before_a_full_state_is_then_the_state() => ForAll(random =>
    {
        var mirror = new QueueMirror(_ => { });
        for (var i = random.Next(60); i > 0; i--)
            mirror.Apply(Invent(random, i));
        var state = InventState(random, calls: true);
        mirror.Reconcile(state, mirror.Mark());
        Show(mirror.Status(state.At)).ShouldBe(Show(state));
    });

    [Fact]
    public void The_same_full_state_again_says_nothing() => ForAll(random =>
    {
        var told = new List<PbxFact>();
        var mirror = new QueueMirror(told.Add);
        var state = InventState(random, calls: random.Next(2) == 0);
        mirror.Reconcile(state, mirror.Mark());
        told.Clear();
        mirror.Reconcile(state, mirror.Mark());
        told.ShouldBeEmpty();
    });

    [Fact]
    public void Every_fact_is_told_once_even_when_every_event_comes_twice_in_a_row_and_again_at_the_end() => ForAll(random =>
    {
        var events = Enumerable.Range(0, random.Next(60)).Select(i => Invent(random, i)).ToList();
        List<PbxFact> once = [], twice = [];
        QueueMirror first = new(once.Add), second = new(twice.Add);
        events.ForEach(first.Apply);
        foreach (var each in events.SelectMany(e => (PbxFact[])[e, e]).Concat(events))
            second.Apply(each);
        twice.Except(once).Concat(once.Except(twice)).Select(f => $"{f}\n").ShouldBeEmpty();
        twice.Count.ShouldBe(once.Count);
        Show(second.Status(Start)).ShouldBe(Show(first.Status(Start)));
    });

    [Fact]
    public void A_state_older_than_an_event_does_not_undo_it()
    {
        var mark = _mirror.Mark();
        _mirror.Apply(new CallerJoined("c", "q", "138", 1) { At = Start });
        _mirror.Reconcile(new(Start, [new("q")], [], [], []), mark);
        _mirror.WaitingIn("q").ShouldBe(1);
        _mirror.Reconcile(new(Start, [new("q")], [], [], []), _mirror.Mark());
        _mirror.WaitingIn("q").ShouldBe(0);
        _facts.OfType<CallVanished>().Single().ShouldSatisfyAllConditions(v => v.WasConnected.ShouldBeFalse(), v => v.Told.ShouldBe(PbxTold.Status));
    }

    [Fact]
    public void The_end_of_a_ghost_that_comes_late_is_told_and_nobody_is_doubled()
    {
        _mirror.Apply(new CallerJoined("c", "q", "138", 1) { At = Start });
        _mirror.Reconcile(new(Start.AddSeconds(9), [new("q")], [], [], []), _mirror.Mark());
        var abandon = new CallerLeft("c", "q", VisitOutcome.Abandoned, 1, 1, 8) { At = Start.AddSeconds(8) };
        _mirror.Apply(abandon);
        _mirror.Apply(abandon);
        _facts.Where(f => f is CallFact).Select(f => f.GetType().Name).ShouldBe(["CallerJoined", "CallVanished", "CallerLeft"]);
    }

    [Fact]
    public void A_call_that_comes_back_to_its_queue_is_a_visit_of_its_own()
    {
        _mirror.Apply(new CallerJoined("c", "q") { At = Start });
        _mirror.Apply(new CallerLeft("c", "q", VisitOutcome.TimedOut, 1, 1, 5) { At = Start.AddSeconds(5) });
        _mirror.Apply(new CallerJoined("c", "q") { At = Start.AddSeconds(6) });
        _mirror.Apply(new CallerJoined("c", "r") { At = Start.AddSeconds(9) });
        _facts.Select(f => $"{f.GetType().Name} {((CallFact)f).Queue}").ShouldBe(["CallerJoined q", "CallerLeft q", "CallerJoined q", "CallVanished q", "CallerJoined r"]);
    }

    [Fact]
    public void Neither_after_contact_work_nor_a_reason_comes_from_anywhere_but_the_pbx()
    {
        _mirror.Apply(new MemberPaused("m", "q", null) { At = Start });
        _mirror.Apply(new CallEnded("c", "q", "m", VisitEnd.Agent, 5, 60) { At = Start.AddSeconds(65) });
        _mirror.Apply(new DeviceChanged("m", PbxDevice.Idle) { At = Start.AddSeconds(66) });
        _facts.Select(f => f.GetType().Name).ShouldBe(["MemberAdded", "MemberPaused", "CallerJoined", "CallConnected", "CallEnded", "DeviceChanged"]);
        _mirror.Status(Start).Members.Single().ShouldBe(new("q", "m", PbxDevice.Idle, true, null, false));
        Enum.GetNames<PbxDevice>().ShouldBe(["Unknown", "Idle", "Ringing", "InUse", "OnHold", "Unreachable"]);
    }

    [Fact]
    public void Ended_calls_are_forgotten_after_half_an_hour()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _mirror.Apply(new CallerJoined($"c{i}", "q") { At = Start.AddSeconds(i * 2) });
            _mirror.Apply(new CallerLeft($"c{i}", "q", VisitOutcome.Abandoned, 1, 1, 1) { At = Start.AddSeconds(i * 2 + 1) });
        }
        _mirror.Remembers.ShouldBeLessThan(1000);
    }

    [Fact]
    public void Counters_that_begin_anew_say_nothing()
    {
        _mirror.Reconcile(new(Start, [new("q", 10, 5)], [], [], []), 0);
        _mirror.Reconcile(new(Start, [new("q", 12, 6)], [], [], []), 0);
        _mirror.Reconcile(new(Start, [new("q", 0, 0)], [], [], []), 0);
        _mirror.Reconcile(new(Start, [new("q", 1, 0)], [], [], []), 0);
        _facts.OfType<UnseenCounted>().Select(u => (u.Completed, u.Left)).ShouldBe([(2L, 1L), (1L, 0L)]);
    }

    /// <summary>Any fact at a time of its own, whether it fits what came before or not.</summary>
    private static PbxFact Invent(Random random, int second)
    {
        string call = $"c{random.Next(6)}", queue = $"q{random.Next(2)}", member = $"m{random.Next(3)}";
        PbxFact fact = random.Next(11) switch
        {
            0 or 1 => new CallerJoined(call, queue, "138", random.Next(1, 4)) { At = Start },
            2 => new AgentRinging(call, queue, member) { At = Start },
            3 => new AgentMissed(call, queue, member, 2000) { At = Start },
            4 => new CallConnected(call, queue, member, null, random.Next(9)) { At = Start },
            5 => new CallerLeft(call, queue, VisitOutcome.Abandoned, 1, 1, random.Next(9)) { At = Start },
            6 => new CallEnded(call, queue, member, VisitEnd.Agent, random.Next(9), random.Next(9)) { At = Start },
            7 => new MemberAdded(member, queue) { At = Start },
            8 => new MemberRemoved(member, queue) { At = Start },
            9 => random.Next(2) == 0 ? new MemberPaused(member, queue, $"r{random.Next(2)}") { At = Start } : new MemberUnpaused(member, queue) { At = Start },
            _ => new DeviceChanged(member, (PbxDevice)random.Next(6)) { At = Start },
        };
        return fact with { At = Start.AddSeconds(second) };
    }

    private static PbxStatus InventState(Random random, bool calls)
    {
        var devices = Enumerable.Range(0, 3).Select(_ => (PbxDevice)random.Next(6)).ToArray();
        var ids = Enumerable.Range(0, 8).Select(i => $"c{i}").OrderBy(_ => random.Next()).ToArray();
        var waiting = ids[..random.Next(5)].Select(c => (Call: c, Queue: $"q{random.Next(2)}")).GroupBy(w => w.Queue)
            .SelectMany(g => g.Select((w, i) => new WaitingCaller(w.Call, w.Queue, "138", i + 1, Start.AddSeconds(i)))).ToList();
        var inHand = calls ? ids[5..].Take(random.Next(3)).Select((c, i) => new CallInHand(c, "q0", $"m{i}", Start)).ToList() : [];
        var members = (from q in (string[])["q0", "q1"] from m in (int[])[0, 1, 2] where random.Next(2) == 0 || inHand.Count > m && q == "q0"
                       let paused = random.Next(2) == 0
                       select new QueueMember(q, $"m{m}", devices[m], paused, paused ? "r" : null, q == "q0" && inHand.Any(c => c.Member == $"m{m}"))).ToList();
        return new(Start.AddHours(1), [new("q0", 3, 4), new("q1", 5, 6)], members, waiting, calls ? inHand : null);
    }

    private static string Show(PbxStatus s) => string.Join('\n', s.Members.Select(m => $"{m}").Order(StringComparer.Ordinal)
        .Concat(s.Waiting.Select(w => $"{w.Queue} {w.Position} {w.Call}").Order(StringComparer.Ordinal))
        .Concat((s.Calls ?? []).Select(c => $"{c.Call} {c.Queue} {c.Member}").Order(StringComparer.Ordinal)));

    private static void ForAll(Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
