using System.Collections.Concurrent;
using System.Diagnostics;

namespace Evenhand.Bench.Floor;

/// <summary>What a run measured: lengths by name, errors, and when each contact was told and first offered.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> lengths = new();
    private readonly ConcurrentDictionary<Guid, (string Phase, long At)> told = new();
    private readonly ConcurrentDictionary<Guid, long> offered = new();

    public string Phase { get; set; } = "";

    public ConcurrentBag<string> Errors { get; } = [];

    public ConcurrentDictionary<Guid, bool> Completed { get; } = new();

    public int Told => told.Count;

    public int NeverOffered => told.Keys.Count(id => !offered.ContainsKey(id));

    public void Length(string what, long since) => lengths.GetOrAdd($"{Phase}: {what}", _ => []).Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);

    public void Tell(Guid contact, string phase, long at) => told[contact] = (phase, at);

    public void Offer(Guid contact) => offered.TryAdd(contact, Stopwatch.GetTimestamp());

    /// <summary>Every length in ms, by what was measured.</summary>
    public IEnumerable<(string What, double[] Values)> Lengths() => told.Where(t => offered.ContainsKey(t.Key)).GroupBy(t => t.Value.Phase)
        .Select(g => ($"{g.Key}: arrival told → offer at the desk", g.Select(t => Stopwatch.GetElapsedTime(t.Value.At, offered[t.Key]).TotalMilliseconds).ToArray()))
        .Concat(lengths.OrderBy(l => l.Key).Select(l => (l.Key, l.Value.ToArray()))).Select(l => (l.Item1, l.Item2.Order().ToArray()));

    public static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
