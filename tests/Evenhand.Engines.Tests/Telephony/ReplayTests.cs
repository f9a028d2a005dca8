using System.Globalization;
using System.Text;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony;

/// <summary>Whatever way the lines of a log come, the visits are the same.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void A_call_told_anew_from_its_lines_gives_the_visits_of_the_stream() => ForLogs((log, random) =>
    {
        var streamed = Visits(log).ToLookup(v => v.Call);
        foreach (var (call, trail) in Trails.Of(Bytes(log)))
        {
            Replay(trail).ShouldBe(streamed[call]);
            var lines = Encoding.UTF8.GetString(trail).TrimEnd('\n').Split('\n');
            random.Shuffle(lines);
            Replay(Bytes(lines)).ShouldBe(streamed[call]);
        }
    });

    [Fact]
    public void Two_overlapping_files_in_either_order_give_the_visits_of_the_whole() => ForLogs((log, random) =>
    {
        int cut = random.Next(log.Length), overlap = random.Next(cut + 1);
        Dictionary<string, byte[]> first = Trails.Of(Bytes(log[..cut])), second = Trails.Of(Bytes(log[overlap..]));
        var whole = Visits(log).ToLookup(v => v.Call);
        foreach (var call in first.Keys.Union(second.Keys))
        {
            byte[] a = first.GetValueOrDefault(call, []), b = second.GetValueOrDefault(call, []);
            Replay(CallTrail.Union(a, b)).ShouldBe(whole[call]);
            Replay(CallTrail.Union(b, a)).ShouldBe(whole[call]);
            CallTrail.Union(CallTrail.Union(a, b), b).ShouldBe(CallTrail.Union(a, b));
        }
    });

    [Fact]
    public void Lines_of_one_second_in_any_order_give_the_same_visits() => ForLogs((log, random) =>
    {
        var shuffled = log.Select(l => (Second: l[..10], Chance: random.Next(), Line: l)).OrderBy(l => l.Second, StringComparer.Ordinal).ThenBy(l => l.Chance).Select(l => l.Line).ToArray();
        Sorted(shuffled).ShouldBe(Sorted(log));
    });

    [Fact]
    public void Lines_that_come_twice_change_nothing() => ForLogs((log, random) =>
    {
        var twice = log.ToList();
        for (var i = 0; i < log.Length; i++)
        {
            var copy = random.Next(twice.Count);
            twice.Insert(random.Next(copy, Math.Min(twice.Count, copy + 30)) + 1 is var at && at > twice.Count ? twice.Count : at, twice[copy]);
        }
        Sorted([.. twice]).ShouldBe(Sorted(log));
    });

    [Fact]
    public void A_log_cut_anywhere_keeps_the_figures_of_every_visit_whose_end_it_has() => ForLogs((log, random) =>
    {
        var cut = random.Next(log.Length);
        var rest = LogListener.Read(Bytes(log[cut..]), 64);
        var ends = log[cut..].Where(l => !l.Contains("|ENTERQUEUE|", StringComparison.Ordinal) && !l.Contains("|CONNECT|", StringComparison.Ordinal) && !l.Contains("|RING", StringComparison.Ordinal))
            .Select(l => l.Split('|')).Select(f => (f[1], f[2], (long?)long.Parse(f[0], CultureInfo.InvariantCulture))).ToHashSet();
        Figures(rest.Visits.Where(v => v.EndedAt is not null)).ShouldBe(Figures(Visits(log).Where(v => ends.Contains((v.Call, v.Queue, v.EndedAt)))));
    });

    [Fact]
    public void However_the_bytes_are_cut_the_visits_are_the_same() => ForLogs((log, random) =>
        LogListener.Read(Bytes(log), random.Next(1, 100)).Visits.ShouldBe(Visits(log)));

    private static IEnumerable<object> Figures(IEnumerable<HeardVisit> visits) =>
        visits.OrderBy(v => v.Call, StringComparer.Ordinal).ThenBy(v => v.EndedAt).ThenBy(v => v.EnteredAt).Select(v => (v.Call, v.Queue, v.Agent, v.EnteredAt, v.ConnectedAt, v.EndedAt, v.Wait, v.Talk, v.Outcome, v.EndedBy)).Cast<object>();

    private static IEnumerable<HeardVisit> Sorted(string[] log) => Visits(log).OrderBy(v => v.Call, StringComparer.Ordinal).ThenBy(v => v.Ordinal);

    private static List<HeardVisit> Visits(string[] log)
    {
        var heard = LogListener.Read(Bytes(log), 4096);
        heard.Faults.ShouldBeEmpty();
        return heard.Visits;
    }

    private static List<HeardVisit> Replay(byte[] trail)
    {
        var heard = new LogListener();
        heard.Assembler.Replay(trail);
        return heard.Visits;
    }

    private static byte[] Bytes(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private static void ForLogs(Action<string[], Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(Invent(new Random(seed)), new Random(seed ^ 1)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>A log of calls that visit one to four queues each, in order of time.</summary>
    private static string[] Invent(Random random)
    {
        var lines = new List<(long At, string Line)>();
        for (var call = 0; call < 12; call++)
        {
            var at = 1_700_000_000L + random.Next(60);
            int queue = random.Next(3), visits = random.Next(1, 5);
            for (var visit = 0; visit < visits; visit++, queue = (queue + 1 + random.Next(2)) % 3)
                at = InventVisit(random, lines, $"c{call}", $"q{queue}", at, random.Next(visit == 0 ? 0 : 1, 9)) + random.Next(3);
        }
        return [.. lines.OrderBy(l => l.At).Select(l => l.Line)];
    }

    private static long InventVisit(Random random, List<(long, string)> lines, string call, string queue, long at, int wait)
    {
        void Write(long time, string member, string rest) => lines.Add((time, $"{time}|{call}|{queue}|{member}|{rest}"));
        var agent = $"a{random.Next(4)}";
        Write(at, "NONE", $"ENTERQUEUE||555{call}|2");
        for (var ring = random.Next(3); ring > 0 && wait > 1; ring--)
            Write(at + random.Next(1, wait), $"b{ring}", "RINGNOANSWER|1000");
        var left = at + wait;
        if (random.Next(3) == 0)
        {
            Write(left, "NONE", random.Next(4) switch { 0 => $"EXITWITHKEY|5|1|2|{wait}", 1 => $"EXITEMPTY|1|2|{wait}", 2 => $"ABANDON|1|2|{wait}", _ => $"EXITWITHTIMEOUT|1|2|{wait}" });
            return left;
        }
        var talk = random.Next(9);
        Write(left, agent, $"CONNECT|{wait}|x|1");
        Write(left + talk, agent, random.Next(3) switch { 0 => $"COMPLETEAGENT|{wait}|{talk}|2", 1 => $"COMPLETECALLER|{wait}|{talk}|2", _ => $"BLINDTRANSFER|1|x|{wait}|{talk}|2" });
        return left + talk;
    }
}
