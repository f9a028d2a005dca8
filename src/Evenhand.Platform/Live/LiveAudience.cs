using System.Collections.Concurrent;
using System.Security.Claims;
using Evenhand.Kernel.Text;

namespace Evenhand.Platform.Live;

/// <summary>Who listens to what on this node: connections by topic, and how many of each language a topic has.</summary>
internal sealed class LiveAudience
{
    public const int MostTopics = 30;
    public const int LongestTopic = 220;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, LiveTopicQueue> topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LiveListener> listeners = [];
    private int made;

    public LiveTopicQueue? Topic(string topic) => topics.GetValueOrDefault(topic);

    /// <summary>A copy, so that the rights of those who listen can be looked at without holding anybody up.</summary>
    public IReadOnlyList<LiveListener> Listeners
    {
        get
        {
            lock (gate) return [.. listeners.Values.Select(l => l with { Topics = [.. l.Topics] })];
        }
    }

    public void Enter(LiveListener listener)
    {
        lock (gate) listeners[listener.Connection] = listener;
    }

    public LiveListener? Listener(string connection)
    {
        lock (gate) return listeners.GetValueOrDefault(connection);
    }

    /// <summary>The topic joined; null when the connection is gone or already listens to as many as one may.</summary>
    public LiveTopicQueue? Join(string connection, string name)
    {
        lock (gate)
        {
            if (!listeners.TryGetValue(connection, out var listener)) return null;
            if (!listener.Topics.Contains(name) && listener.Topics.Count >= MostTopics) return null;
            if (!topics.TryGetValue(name, out var topic)) topics[name] = topic = new LiveTopicQueue(name, ++made);
            if (listener.Topics.Add(name)) topic.Count(listener.Language, +1);
            return topic;
        }
    }

    public LiveTopicQueue? Leave(string connection, string name)
    {
        lock (gate)
            return listeners.TryGetValue(connection, out var listener) && listener.Topics.Remove(name) ? Forget(listener, name) : null;
    }

    public void Exit(string connection)
    {
        lock (gate)
        {
            if (!listeners.Remove(connection, out var listener)) return;
            foreach (var name in listener.Topics) Forget(listener, name);
        }
    }

    private LiveTopicQueue? Forget(LiveListener listener, string name)
    {
        if (!topics.TryGetValue(name, out var topic)) return null;
        topic.Count(listener.Language, -1);
        if (!topic.HasListeners) topics.TryRemove(name, out _);
        return topic;
    }
}

/// <summary>One connection of one page.</summary>
/// <param name="Connection">SignalR's name for it.</param>
/// <param name="Language">One of <see cref="Texts.Languages"/>.</param>
/// <param name="User">As authentication found it.</param>
/// <param name="Abort">Cuts it off.</param>
internal sealed record LiveListener(string Connection, string Language, ClaimsPrincipal User, Action Abort)
{
    public HashSet<string> Topics { get; init; } = [];
}
