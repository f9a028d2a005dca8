using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;

namespace Evenhand.Platform.Live;

/// <summary>What waits to be sent to one topic: a fragment, a signal, or everything a page that just joined is given.</summary>
internal abstract record LiveEntry
{
    internal sealed record Fragment(LiveFragment Given) : LiveEntry;

    internal sealed record Signal(string Name, object? Payload) : LiveEntry;

    internal sealed record Refresh : LiveEntry;

    internal sealed record Welcome(string Connection, string Language) : LiveEntry;
}

/// <summary>
/// The entries of one topic in order. One sending at a time; the first of a quiet topic at once, then a pause, so that what changes a hundred times a second is drawn five times.
/// </summary>
internal sealed class LiveTopicQueue(string name, int number)
{
    /// <summary>So many additions waiting mean that pages are better fetched anew.</summary>
    public const int MostWaiting = 1000;

    private readonly Lock gate = new();
    private readonly int[] listening = new int[Texts.Languages.Count];
    private readonly LinkedList<LiveEntry> waiting = [];
    private readonly Dictionary<(string Target, LiveAction Action), LinkedListNode<LiveEntry>> latest = [];
    private bool busy;

    public string Name => name;

    public bool IsQuiet
    {
        get
        {
            lock (gate) return !busy;
        }
    }

    public bool HasListeners => Volatile.Read(ref listening[0]) > 0 || Volatile.Read(ref listening[1]) > 0;

    public IEnumerable<string> Languages => Texts.Languages.Where((_, at) => Volatile.Read(ref listening[at]) > 0);

    /// <summary>The group of one language; a topic that was left by all and is joined again has other groups, so that nothing late gets into it.</summary>
    public string Group(string language) => $"{name}|{language}|{number}";

    public void Count(string language, int more) => Interlocked.Add(ref listening[language == Texts.Languages[0] ? 0 : 1], more);

    /// <summary>Adds an entry; true when the caller has to see to the sending.</summary>
    public bool Add(LiveEntry entry)
    {
        lock (gate)
        {
            if (entry is LiveEntry.Fragment { Given: var given }) Displace(given);
            if (waiting.Count >= MostWaiting) Overflow();
            var node = waiting.AddLast(entry);
            if (entry is LiveEntry.Fragment { Given: { Action: LiveAction.Replace or LiveAction.Update } kept }) latest[(kept.Target, kept.Action)] = node;
            var first = !busy;
            busy = true;
            return first;
        }
    }

    public List<LiveEntry> Take()
    {
        lock (gate)
        {
            List<LiveEntry> taken = [.. waiting];
            waiting.Clear();
            latest.Clear();
            return taken;
        }
    }

    /// <summary>True when more came while the last was being sent.</summary>
    public bool Goes()
    {
        lock (gate) return busy = waiting.Count > 0;
    }

    /// <summary>An older state of the same element needs not be drawn any more.</summary>
    private void Displace(LiveFragment given)
    {
        LiveAction[] older = given.Action switch { LiveAction.Replace or LiveAction.Remove => [LiveAction.Replace, LiveAction.Update], LiveAction.Update => [LiveAction.Update], _ => [] };
        foreach (var action in older)
            if (latest.Remove((given.Target, action), out var node))
                waiting.Remove(node);
    }

    private void Overflow()
    {
        foreach (var fragment in waiting.Where(e => e is LiveEntry.Fragment or LiveEntry.Refresh).ToList()) waiting.Remove(fragment);
        latest.Clear();
        waiting.AddLast(new LiveEntry.Refresh());
    }
}
