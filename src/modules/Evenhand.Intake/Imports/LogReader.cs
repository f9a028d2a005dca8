using System.Threading.Channels;
using Evenhand.Kernel;

namespace Evenhand.Intake.Imports;

/// <summary>Reads an input to its end, or as long as it is followed, and hands on what is ready: when enough has come together, and at least every second.</summary>
internal sealed class LogReader(LineFeed feed, LogInput input, TimeProvider clock)
{
    private const int ChunkBytes = 1 << 18, HopelessLines = 20_000;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1), Nap = TimeSpan.FromMilliseconds(200);
    private long handedOnAt = clock.GetTimestamp();

    /// <summary>Text key of what else is to be known of the file; null when nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>Reads; answers why the file is not usable, or null.</summary>
    public async Task<Refusal?> Read(ChannelWriter<ImportBatch> batches, CancellationToken cancel)
    {
        try
        {
            var refusal = await ReadAll(batches, cancel);
            if (refusal is null)
            {
                // Of a file cut short the last line is cut too, and half a number is a wrong number.
                if (Note is null) feed.EndFile();
                await batches.WriteAsync(feed.Cut(input.Position, true), cancel);
                if (feed.IsFruitless) refusal = feed.Unusable ?? Fruitless();
            }
            batches.Complete();
            return refusal;
        }
        catch (Exception fault)
        {
            batches.Complete(fault);
            throw;
        }
    }

    private async Task<Refusal?> ReadAll(ChannelWriter<ImportBatch> batches, CancellationToken cancel)
    {
        var buffer = new byte[ChunkBytes];
        Task<int>? coming = null;
        for (var first = true; ;)
        {
            coming ??= input.Read(buffer, cancel);
            if (!coming.IsCompleted && await Task.WhenAny(coming, Task.Delay(Tick, clock, cancel)) != coming)
            {
                cancel.ThrowIfCancellationRequested();
                await HandOn(batches, true, cancel);
                continue;
            }
            int read;
            try
            {
                read = await coming;
            }
            catch (InvalidDataException) when (input.IsGzip)
            {
                return Cut();
            }
            coming = null;
            if (input.HasRotated)
            {
                feed.EndFile();
                input.HasRotated = false;
            }
            if (read == 0 && !input.IsFollowed) return input.IsCut ? Cut() : null;
            if (read == 0) await Task.Delay(Nap, clock, cancel);
            if (first && read > 0 && buffer.AsSpan(0, Math.Min(read, 4096)).Contains((byte)0)) return new Refusal("intake.binary-file", input.Name);
            first &= read == 0;
            feed.Read(buffer.AsSpan(0, read));
            if (feed.Unusable is { } unusable) return unusable;
            if (feed.IsFruitless && feed.LineCount > HopelessLines) return Fruitless();
            await HandOn(batches, read == 0, cancel);
        }
    }

    /// <summary>A compressed file that breaks off: what could be read counts.</summary>
    private Refusal? Cut()
    {
        if (feed.LineCount == 0) return new("intake.broken-gzip", input.Name);
        Note = "intake.truncated";
        return null;
    }

    private Refusal Fruitless() => new("intake.no-usable-line", input.Name, feed.LineCount);

    private async Task HandOn(ChannelWriter<ImportBatch> batches, bool idle, CancellationToken cancel)
    {
        var due = clock.GetElapsedTime(handedOnAt) >= Tick;
        if (!due && !feed.HasEnough()) return;
        if (idle && feed is QueueLogFeed log) log.SettleNow();
        handedOnAt = clock.GetTimestamp();
        await batches.WriteAsync(feed.Cut(input.Position, false), cancel);
    }
}
