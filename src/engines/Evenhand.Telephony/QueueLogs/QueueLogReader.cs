namespace Evenhand.Telephony.QueueLogs;

/// <summary>Reads a whole log: chunks of bytes in, visits, agent events and faults out to the assembler's sink.</summary>
/// <typeparam name="TSink">The assembler's sink.</typeparam>
public sealed class QueueLogReader<TSink> where TSink : IQueueLogSink
{
    private readonly CallAssembler<TSink> _assembler;
    private readonly LineSplitter _lines;

    /// <summary>A reader at the start of a log.</summary>
    /// <param name="assembler">Takes the lines; it may have read other files before.</param>
    /// <param name="maxLineBytes">The longest line in bytes; longer ones are <see cref="QueueLogFault.LineTooLong"/>.</param>
    public QueueLogReader(CallAssembler<TSink> assembler, int maxLineBytes = 8192)
    {
        ArgumentNullException.ThrowIfNull(assembler);
        _assembler = assembler;
        _lines = new(maxLineBytes);
    }

    /// <summary>How many lines have been read, blank and faulty ones included.</summary>
    public long LineCount => _lines.LineNumber;

    /// <summary>Reads the next bytes of the log, cut anywhere.</summary>
    /// <param name="chunk">The bytes; not kept.</param>
    public void Read(ReadOnlySpan<byte> chunk)
    {
        while (_lines.TryRead(ref chunk, out var line, out var fault))
            Take(line, fault);
    }

    /// <summary>Ends a file: reads a last line without an end. Calls stay open for the next file; <see cref="CallAssembler{TSink}.Flush"/> ends them.</summary>
    public void EndFile()
    {
        if (_lines.TryReadLast(out var line, out var fault))
            Take(line, fault);
    }

    private void Take(ReadOnlySpan<byte> raw, QueueLogFault fault)
    {
        if (fault == QueueLogFault.None && QueueLogLine.TryParse(raw, out var line, out fault))
            _assembler.Accept(in line, _lines.LineNumber);
        else if (fault != QueueLogFault.None)
            _assembler.Sink.OnFault(fault, _lines.LineNumber);
    }
}
