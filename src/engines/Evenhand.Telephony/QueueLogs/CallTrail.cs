namespace Evenhand.Telephony.QueueLogs;

/// <summary>The raw lines of one call, kept so that the call can be told anew when another file brings more of them.</summary>
public static class CallTrail
{
    /// <summary>Puts two trails of one call together: every different line once, those of <paramref name="known"/> first, in order of time (equal times keep their order).</summary>
    /// <param name="known">Lines kept before; each ends with LF (the last may not).</param>
    /// <param name="more">Lines of another or overlapping file.</param>
    /// <returns>The union, each line ended with LF; a trail joined to itself stays as it is.</returns>
    public static byte[] Union(ReadOnlySpan<byte> known, ReadOnlySpan<byte> more)
    {
        var lines = new List<(long At, byte[] Line)>();
        var seen = new NameTable(limit: int.MaxValue);
        foreach (var part in (ReadOnlySpan<byte[]>)[known.ToArray(), more.ToArray()])
        {
            foreach (var range in part.AsSpan().Split((byte)'\n'))
            {
                var raw = part.AsSpan()[range].TrimEnd((byte)'\r');
                var count = seen.Count;
                if (raw.IsEmpty || seen.Intern(raw) < count)
                    continue;
                lines.Add((QueueLogLine.TryParse(raw, out var line, out _) ? line.EpochSeconds : 0, raw.ToArray()));
            }
        }
        var union = new MemoryStream(known.Length + more.Length);
        foreach (var (_, line) in lines.OrderBy(l => l.At))
        {
            union.Write(line);
            union.WriteByte((byte)'\n');
        }
        return union.ToArray();
    }
}
