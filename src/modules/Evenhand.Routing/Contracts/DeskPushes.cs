using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Contracts;

/// <summary>Draws open desks anew whenever the floor changes what they show, for as long as the program serves. A desk that nobody looks at costs nothing.</summary>
/// <param name="floor">What is listened to.</param>
/// <param name="live">Where the parts are sent.</param>
/// <param name="scopes">Makes a scope of services for each desk.</param>
/// <param name="log">Where a desk that could not be drawn is told.</param>
public sealed partial class DeskPushes(IFloor floor, ILivePages live, IServiceScopeFactory scopes, ILogger<DeskPushes> log) : BackgroundService, IDesks
{
    private const int Lanes = 4;
    private readonly Lane[] lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new Lane())];
    private readonly ConcurrentDictionary<Guid, bool> waiting = new();
    private readonly ConcurrentDictionary<Guid, HashSet<Guid>> rung = new();

    /// <inheritdoc />
    public void Redraw(Guid agentId)
    {
        if (!live.HasListeners(DeskTopic.Of(agentId)))
        {
            rung.TryRemove(agentId, out _);
            return;
        }
        var (lane, rings) = (lanes[(agentId.GetHashCode() & int.MaxValue) % Lanes], floor.Now().Agents.GetValueOrDefault(agentId)?.Contacts.Any(c => c.Stage == "offered") ?? false);
        if (waiting.TryAdd(agentId, rings) || (rings && waiting.TryUpdate(agentId, true, false))) lane.Add(agentId, rings);
    }

    /// <summary>Runs until the program stops; a desk's fault is logged and outlived.</summary>
    /// <param name="stoppingToken">Ends the loop.</param>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = floor.Listen(change =>
        {
            foreach (var agent in change.Agents) Redraw(agent);
        });
        await Task.WhenAll(lanes.Select(lane => Draw(lane, stoppingToken)));
    }

    /// <summary>One desk is always drawn in the same lane, so that an older state never comes after a newer one.</summary>
    private async Task Draw(Lane lane, CancellationToken cancel)
    {
        await foreach (var agent in lane.All(cancel))
        {
            // Drawn already, from the front of the lane.
            if (!waiting.TryRemove(agent, out _)) continue;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await Push(agent, scope.ServiceProvider.GetRequiredService<ShowDesk>(), cancel);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                NotDrawn(log, agent, fault);
            }
        }
    }

    private async Task Push(Guid agent, ShowDesk show, CancellationToken cancel)
    {
        if ((await show.Of(agent, cancel)).Refused(out _, out var shown)) return;
        var topic = DeskTopic.Of(agent);
        var before = rung.GetValueOrDefault(agent) ?? [];
        var fragments = DeskTopic.Fragments(shown);
        live.Push(topic, fragments[0]);
        // What rings goes out before the rest is drawn: a signal sends what stands before it.
        foreach (var offer in shown.View.Offers.Where(o => !before.Contains(o.ContactId))) live.Signal(topic, "offer", new { offer.ContactId, offer.Channel, Until = offer.Until?.ToUnixTimeMilliseconds() });
        foreach (var fragment in fragments.Skip(1)) live.Push(topic, fragment);
        rung[agent] = [.. shown.View.Offers.Select(o => o.ContactId)];
    }

    /// <summary>Desks in the order they changed, those where something rings before all others: a change that touches everybody holds up no offer.</summary>
    private sealed class Lane
    {
        private readonly ConcurrentQueue<Guid> ringing = new(), others = new();
        private readonly Channel<bool> added = Channel.CreateUnbounded<bool>();

        public void Add(Guid agent, bool rings)
        {
            (rings ? ringing : others).Enqueue(agent);
            added.Writer.TryWrite(true);
        }

        public async IAsyncEnumerable<Guid> All([EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var _ in added.Reader.ReadAllAsync(cancel))
                if (ringing.TryDequeue(out var agent) || others.TryDequeue(out agent)) yield return agent;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The desk of {Agent} was not drawn anew")]
    private static partial void NotDrawn(ILogger log, Guid agent, Exception fault);
}
