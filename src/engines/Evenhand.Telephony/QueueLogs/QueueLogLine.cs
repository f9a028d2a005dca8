using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Telephony.QueueLogs;

/// <summary>One line of an Asterisk <c>queue_log</c>: <c>time|call|queue|member|EVENT|p1|…</c>. A view over the line's bytes: it lives only as long as they do and copies nothing.</summary>
public ref struct QueueLogLine
{
    private const int MaxFields = 12;
    private const long Earliest = 100_000_000, Latest = 4_102_444_800;

    private Fields _ends;
    private int _count;

    /// <summary>The line's bytes, without its end of line.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>Seconds since 1970-01-01 UTC; a fraction is cut off. With <see cref="IsWallClock"/> the server's own wall clock, read as if it were UTC.</summary>
    public long EpochSeconds { get; private set; }

    /// <summary>True when the time was written as <c>yyyy-MM-dd HH:mm:ss[.ffffff]</c> (the realtime database's form), which names no zone: the reader of the log must shift it.</summary>
    public bool IsWallClock { get; private set; }

    /// <summary>The event.</summary>
    public QueueLogEvent Event { get; private set; }

    /// <summary>The caller channel's unique id; empty when the line says NONE.</summary>
    public readonly ReadOnlySpan<byte> CallId => Named(1);

    /// <summary>The queue's name; empty when the line says NONE.</summary>
    public readonly ReadOnlySpan<byte> Queue => Named(2);

    /// <summary>The member (interface or name); empty when the line says NONE.</summary>
    public readonly ReadOnlySpan<byte> Member => Named(3);

    /// <summary>How many parameters follow the event, at most seven; more are tolerated and not kept.</summary>
    public readonly int ParameterCount => _count - 5;

    /// <summary>Hold time in seconds of CONNECT, COMPLETE* and *TRANSFER; -1 when missing.</summary>
    public int HoldSeconds { get; private set; }

    /// <summary>Call time in seconds of COMPLETE* and *TRANSFER; logged-in time of AGENT*LOGOFF; -1 when missing.</summary>
    public int TalkSeconds { get; private set; }

    /// <summary>Wait time in seconds of ABANDON and EXIT*; -1 when missing.</summary>
    public int WaitSeconds { get; private set; }

    /// <summary>Ring time in milliseconds of CONNECT (written in seconds), RINGNOANSWER and RINGCANCELED; -1 when missing.</summary>
    public long RingMilliseconds { get; private set; }

    /// <summary>The position at which the call entered; -1 when missing.</summary>
    public int OriginalPosition { get; private set; }

    /// <summary>A parameter after the event, from 0.</summary>
    /// <param name="index">0 for the first parameter.</param>
    /// <returns>Its bytes; empty when the line has no such parameter.</returns>
    public readonly ReadOnlySpan<byte> Parameter(int index) => (uint)index < (uint)(_count - 5) ? Field(index + 5) : default;

    /// <summary>Reads one line.</summary>
    /// <param name="line">Its bytes, with or without CR and LF at the end.</param>
    /// <param name="result">The line when the answer is true.</param>
    /// <param name="fault">Why the answer is false; <see cref="QueueLogFault.None"/> for a blank line.</param>
    /// <returns>True when the line can be used. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out QueueLogLine result, out QueueLogFault fault)
    {
        result = default;
        while (line.Length > 0 && line[^1] is (byte)'\r' or (byte)'\n')
            line = line[..^1];
        result.Raw = line;
        fault = result.Read();
        return fault == QueueLogFault.None && !result.Raw.IsEmpty;
    }

    private QueueLogFault Read()
    {
        Split();
        if (_count < 5)
        {
            if (Raw.TrimStart(" \t"u8).IsEmpty)
            {
                Raw = default;
                return QueueLogFault.None;
            }
            return QueueLogFault.TooFewFields;
        }
        if (!ReadTime(Field(0)))
            return QueueLogFault.BadTime;
        Event = QueueLogEvents.Parse(Field(4));
        if (Event == QueueLogEvent.None)
            return QueueLogFault.UnknownEvent;
        return ReadNumbers();
    }

    private void Split()
    {
        var length = Raw.Length;
        ref var start = ref MemoryMarshal.GetReference(Raw);
        var at = 0;
        if (length >= Vector256<byte>.Count)
        {
            var full = true;
            for (; full && at + Vector256<byte>.Count <= length; at += Vector256<byte>.Count)
                full = Mark(Bars(ref start, at), at);
            // The last bytes are read together with some that are done; those are shifted out.
            var last = length - Vector256<byte>.Count;
            if (full && at < length)
                full = Mark(Bars(ref start, last) >> (at - last), at);
            if (!full)
                return;
            at = length;
        }
        for (; at < length; at++)
        {
            if (Unsafe.Add(ref start, at) == '|' && !Mark(1, at))
                return;
        }
        _ends[_count++] = length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bars(ref byte start, int at) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)at), Vector256.Create((byte)'|')).ExtractMostSignificantBits();

    /// <summary>Notes where fields end; false once there are as many as are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Mark(uint mask, int at)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            _ends[_count] = at + BitOperations.TrailingZeroCount(mask);
            if (++_count == MaxFields)
                return false;
        }
        return true;
    }

    private readonly ReadOnlySpan<byte> Field(int index)
    {
        var from = index == 0 ? 0 : _ends[index - 1] + 1;
        return Raw[from.._ends[index]];
    }

    private readonly ReadOnlySpan<byte> Named(int index)
    {
        if (_count <= index)
            return default;
        var field = Field(index);
        return field.SequenceEqual("NONE"u8) ? default : field;
    }

    private bool ReadTime(ReadOnlySpan<byte> text)
    {
        long seconds = 0;
        var at = 0;
        for (; at < text.Length && at < 17 && (uint)(text[at] - '0') <= 9; at++)
            seconds = seconds * 10 + (text[at] - '0');
        if (at == 4 && text.Length >= 19)
            return ReadWallClock(text);
        if (at == 16 && at == text.Length)
            seconds /= 1_000_000;
        else if (at < text.Length && (text[at] != '.' || text[(at + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0))
            return false;
        EpochSeconds = seconds;
        return seconds is >= Earliest and < Latest;
    }

    private bool ReadWallClock(ReadOnlySpan<byte> text)
    {
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':')
            return false;
        if (text.Length > 19 && (text[19] != '.' || text[20..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0))
            return false;
        if (!TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second))
            return false;
        if (year is < 1973 or > 2099 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        IsWallClock = true;
        EpochSeconds = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeSeconds();
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if ((uint)(digit - '0') > 9)
                return false;
            value = value * 10 + (digit - '0');
        }
        return true;
    }

    private QueueLogFault ReadNumbers()
    {
        HoldSeconds = TalkSeconds = WaitSeconds = OriginalPosition = -1;
        RingMilliseconds = -1;
        switch (Event)
        {
            case QueueLogEvent.EnterQueue:
                return Position(2);
            case QueueLogEvent.Connect:
                var connect = Duration(0, out var hold) | Duration(2, out var ring);
                HoldSeconds = hold;
                RingMilliseconds = ring < 0 ? -1 : ring * 1000L;
                return Worst(connect, default);
            case QueueLogEvent.CompleteAgent or QueueLogEvent.CompleteCaller:
                return Completed(0);
            case QueueLogEvent.BlindTransfer or QueueLogEvent.AttendedTransfer or QueueLogEvent.Transfer:
                return Completed(2);
            case QueueLogEvent.Abandon or QueueLogEvent.ExitWithTimeout or QueueLogEvent.ExitEmpty:
                return Left(1);
            case QueueLogEvent.ExitWithKey:
                return Left(2);
            case QueueLogEvent.RingNoAnswer or QueueLogEvent.RingCanceled:
                var rang = Duration(0, out var milliseconds);
                RingMilliseconds = milliseconds;
                return Worst(rang, default);
            case QueueLogEvent.AgentLogoff or QueueLogEvent.AgentCallbackLogoff:
                var stayed = Duration(1, out var logged);
                TalkSeconds = logged;
                return Worst(stayed, default);
            default:
                return QueueLogFault.None;
        }
    }

    private QueueLogFault Completed(int first)
    {
        var durations = Duration(first, out var hold) | Duration(first + 1, out var talk);
        HoldSeconds = hold;
        TalkSeconds = talk;
        return Worst(durations, Position(first + 2));
    }

    private QueueLogFault Left(int first)
    {
        var duration = Duration(first + 1, out var wait);
        WaitSeconds = wait;
        return Worst(duration, Position(first));
    }

    private QueueLogFault Position(int index)
    {
        var bad = Duration(index, out var position);
        OriginalPosition = position;
        return bad == 0 ? QueueLogFault.None : QueueLogFault.BadNumber;
    }

    private static QueueLogFault Worst(int durations, QueueLogFault position) =>
        (durations & 2) != 0 ? QueueLogFault.BadNumber : durations != 0 ? QueueLogFault.NegativeDuration : position;

    /// <summary>Reads a whole number: 0 good or missing (-1), 1 negative, 2 no number.</summary>
    private readonly int Duration(int index, out int value)
    {
        value = -1;
        var text = Parameter(index);
        if (text.IsEmpty)
            return 0;
        var negative = text[0] == '-' && text.Length > 1;
        long number = 0;
        for (var i = negative ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9 || (number = number * 10 + digit) > int.MaxValue)
                return 2;
        }
        if (negative)
            return 1;
        value = (int)number;
        return 0;
    }

    [InlineArray(MaxFields)]
    private struct Fields
    {
        private int _first;
    }
}
