using System.Threading.Channels;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel.Rights;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Telephony;

/// <summary>Carries the lines of one system's log to Intake, in order and each until it is kept; while the store is busy or away they wait, and beyond a bound the oldest are given up, which the system's own log can bring.</summary>
/// <param name="source">The source's name.</param>
/// <param name="scopes">Makes a scope of services for each round.</param>
/// <param name="clock">The time between rounds.</param>
/// <param name="log">Where a round that failed is told.</param>
internal sealed partial class PbxLog(string source, IServiceScopeFactory scopes, TimeProvider clock, ILogger log)
{
    private const int MostAtOnce = 5_000, MostWaiting = 200_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500), LongestRest = TimeSpan.FromSeconds(10), LastTry = TimeSpan.FromSeconds(5);
    private readonly Channel<string> coming = Channel.CreateUnbounded<string>();
    private readonly Queue<string> waiting = new();
    private long lost;

    /// <summary>Lines that are not kept yet.</summary>
    public long Waiting => coming.Reader.Count + waiting.Count;

    /// <summary>Lines that were given up.</summary>
    public long Lost => Interlocked.Read(ref lost);

    public void Add(IReadOnlyList<string> lines)
    {
        foreach (var line in lines) coming.Writer.TryWrite(line);
    }

    /// <summary>Carries until it is told to end; what is left then is tried once more.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var rest = Rest;
        while (!cancel.IsCancellationRequested)
        {
            Task something = waiting.Count == 0 ? coming.Reader.WaitToReadAsync(cancel).AsTask() : Task.CompletedTask;
            await something.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // What comes within a moment is written together.
            await Task.Delay(rest, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancel.IsCancellationRequested) break;
            rest = await Carry(cancel) ? Rest : rest * 2 < LongestRest ? rest * 2 : LongestRest;
        }
        using var last = new CancellationTokenSource(LastTry, clock);
        while (Waiting > 0 && await Carry(last.Token)) { }
    }

    private async Task<bool> Carry(CancellationToken cancel)
    {
        while (coming.Reader.TryRead(out var line)) waiting.Enqueue(line);
        for (; waiting.Count > MostWaiting; Interlocked.Increment(ref lost)) waiting.Dequeue();
        var some = waiting.Take(MostAtOnce).ToList();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System($"telephony {source}"));
            if ((await scope.ServiceProvider.GetRequiredService<ILiveLog>().Append(source, some, cancel)).Refused(out _)) return false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(log, source, fault);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        for (var i = 0; i < some.Count; i++) waiting.Dequeue();
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Keeping what {Source} told failed; it is tried again")]
    private static partial void Failed(ILogger log, string source, Exception fault);
}
