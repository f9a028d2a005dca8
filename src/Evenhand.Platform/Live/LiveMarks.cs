using System.Collections.Concurrent;
using System.Globalization;

namespace Evenhand.Platform.Live;

/// <summary>
/// Numbers the changes that pages have to be fetched anew for. A page carries the number of the moment before its data was read; when it comes to listen, that tells whether something
/// changed between the two, which nobody could have told it.
/// </summary>
internal sealed class LiveMarks(int most = LiveMarks.MostTopics)
{
    public const int MostTopics = 10_000;

    // Of another node or an earlier start nothing is known here: such a page counts as old.
    private readonly string node = Guid.CreateVersion7().ToString("N");
    private readonly ConcurrentDictionary<string, long> changed = new(StringComparer.Ordinal);
    private readonly Lock forgetting = new();
    private long last, forgotten;

    /// <summary>What a page carries whose data is read from now on.</summary>
    public string Now => string.Create(CultureInfo.InvariantCulture, $"{node}-{Volatile.Read(ref last)}");

    /// <summary>Notes that pages of this topic made before now are old; said after the change is stored and before listeners are told.</summary>
    public void Change(string topic)
    {
        var number = Interlocked.Increment(ref last);
        changed.AddOrUpdate(topic, number, (_, known) => Math.Max(known, number));
        if (changed.Count > most) Forget();
    }

    /// <summary>Whether the topic changed after a page with this mark was made, or cannot be known not to have.</summary>
    public bool IsOld(string topic, string mark)
    {
        if (mark.Length <= node.Length || !mark.StartsWith(node, StringComparison.Ordinal) || !long.TryParse(mark.AsSpan(node.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return true;
        return number < Math.Max(Volatile.Read(ref forgotten), changed.GetValueOrDefault(topic));
    }

    private void Forget()
    {
        lock (forgetting)
        {
            if (changed.Count <= most) return;
            var upto = Volatile.Read(ref last) - most / 2;
            Volatile.Write(ref forgotten, Math.Max(forgotten, upto));
            foreach (var old in changed.Where(c => c.Value <= upto).ToList()) changed.TryRemove(old);
        }
    }
}
