using System.Collections.Concurrent;

namespace Evenhand.Platform.Contracts;

/// <summary>
/// Draws topics of one kind whenever something stirred and at a steady pace besides, for as long as somebody listens. However often it is stirred, it draws at most five
/// times a second and never twice at once. A module derives one singleton from it for each kind of live page.
/// </summary>
/// <param name="kind">What stands before the colon of its topics.</param>
/// <param name="pace">How often everything is drawn without being stirred: for what changes with time alone.</param>
/// <param name="pages">Where it is sent.</param>
/// <param name="clock">The present moment.</param>
public abstract class LiveFeed(string kind, TimeSpan pace, ILivePages pages, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    // A page that is being made has no listener yet.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> followed = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource over = new();
    private ITimer? timer;
    private bool isStirred, isDrawing, isDue;

    /// <summary>Begins to draw a topic; called when its page is made and when it is joined.</summary>
    /// <param name="id">What stands after the colon.</param>
    public void Follow(string id)
    {
        followed[id] = clock.GetUtcNow();
        lock (gate) timer ??= clock.CreateTimer(_ => Stir(due: true), null, pace, pace);
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Something changed; returns at once. Without anybody who listens nothing happens.</summary>
    protected void Stir() => Stir(due: false);

    /// <summary>Pushes what the topics show now; a fault is left to the next time.</summary>
    /// <param name="ids">Those somebody listens to.</param>
    /// <param name="isDue">Whether it is time, not a change alone.</param>
    /// <param name="cancel">Ends with the program.</param>
    protected abstract Task Draw(IReadOnlyList<string> ids, bool isDue, CancellationToken cancel);

    /// <summary>A drawing failed.</summary>
    /// <param name="fault">Why.</param>
    protected abstract void Failed(Exception fault);

    /// <summary>Lets go of everything.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        over.Cancel();
        lock (gate) timer?.Dispose();
    }

    private void Stir(bool due)
    {
        if (followed.IsEmpty || over.IsCancellationRequested) return;
        lock (gate)
        {
            (isStirred, isDue) = (true, isDue || due);
            if (isDrawing) return;
            isDrawing = true;
        }
        _ = Task.Run(DrawWhileStirred);
    }

    private async Task DrawWhileStirred()
    {
        while (Taken() is { } wasDue)
        {
            try
            {
                if (Listened() is { Count: > 0 } ids) await Draw(ids, wasDue, over.Token);
            }
            catch (Exception fault) when (!over.IsCancellationRequested)
            {
                Failed(fault);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Rest, clock, CancellationToken.None);
        }
    }

    private bool? Taken()
    {
        lock (gate)
        {
            bool? taken = isStirred && !over.IsCancellationRequested ? isDue : null;
            (isStirred, isDue, isDrawing) = (false, false, taken is not null);
            return taken;
        }
    }

    private List<string> Listened()
    {
        var (found, now) = (new List<string>(), clock.GetUtcNow());
        foreach (var (id, since) in followed)
            if (pages.HasListeners($"{kind}:{id}")) found.Add(id);
            else if (now - since > Patience) followed.TryRemove(id, out _);
        return found;
    }
}
