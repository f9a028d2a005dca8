using System.Text;
using Evenhand.Kernel;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Intake.Imports;

/// <summary>Makes batches of a file's bytes: cuts lines, decodes them, and lets each format take them.</summary>
internal abstract class LineFeed(LineDecoder decoder)
{
    private const int Full = 10_000;
    private readonly LineSplitter lines = new(1 << 16);
    private long used;

    /// <summary>Lines read until now.</summary>
    public long LineCount => lines.LineNumber;

    /// <summary>True while no line could be used.</summary>
    public bool IsFruitless => used == 0;

    /// <summary>Why the file as a whole cannot be used; null while it can.</summary>
    public Refusal? Unusable { get; protected set; }

    protected ImportBatch Batch { get; private set; } = new();

    public void Read(ReadOnlySpan<byte> chunk)
    {
        while (lines.TryRead(ref chunk, out var line, out var fault)) Take(line, chunk, fault);
    }

    /// <summary>The file is over: a last line without an end counts.</summary>
    public void EndFile()
    {
        if (lines.TryReadLast(out var line, out var fault)) Take(line, default, fault);
    }

    /// <summary>Whether enough has come together to be written.</summary>
    public bool HasEnough()
    {
        Settle(false);
        return Batch.Weight >= Full;
    }

    /// <summary>What is ready to be written.</summary>
    /// <param name="bytes">Bytes of the file read until now.</param>
    /// <param name="all">Also what might still go on: the log is over.</param>
    public ImportBatch Cut(long bytes, bool all)
    {
        Settle(all);
        var batch = Batch;
        (batch.Lines, batch.Bytes) = (LineCount, bytes);
        Batch = new();
        return batch;
    }

    /// <summary>Takes one line; answers whether something could be made of it.</summary>
    protected abstract bool Take(ReadOnlySpan<byte> line, long number);

    /// <summary>Puts into the batch what is over, or all.</summary>
    protected virtual void Settle(bool all)
    {
    }

    protected bool Reject(ReadOnlySpan<byte> line, long number, string reason, bool kept = false)
    {
        Batch.Rejects.Add(new Reject(number, reason, kept, Encoding.UTF8.GetString(line)));
        return kept;
    }

    private void Take(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> around, QueueLogFault fault)
    {
        if (fault != QueueLogFault.None) Reject(raw[..Math.Min(raw.Length, 200)], LineCount, fault.Code());
        else if (raw.Contains((byte)0)) Reject(raw[..Math.Min(raw.Length, 200)], LineCount, "binary");
        else if (!decoder.TryDecode(raw, around, out var line)) Reject(raw, LineCount, "bad-encoding");
        else if (Take(line, LineCount)) used++;
    }
}
