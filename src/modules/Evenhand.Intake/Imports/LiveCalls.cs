using System.Text;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Intake.Imports;

/// <summary>
/// The calls a log is in the middle of: their lines, gathered until the call is over. Memory is bounded: silent calls are let go, and so are the oldest when there are too many.
/// Letting a call go early loses nothing, for its later lines are joined to those in the store.
/// </summary>
internal sealed class LiveCalls
{
    private const int Linger = 5, Silent = 12 * 3600, MostCalls = 100_000, MostLines = 4096;
    private readonly Dictionary<string, LiveCall> calls = [];
    private readonly Dictionary<string, LiveCall>.AlternateLookup<ReadOnlySpan<char>> byId;
    private readonly Queue<(LiveCall Call, int Turn)> ended = new();
    private readonly Stack<LiveCall> spare = new();
    private long clock, swept;

    public LiveCalls() => byId = calls.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds a line; false when the call has too many.</summary>
    /// <param name="id">The call's id in UTF-8.</param>
    /// <param name="line">The line.</param>
    /// <param name="at">Its second.</param>
    /// <param name="ends">Whether it ends a stay in a queue.</param>
    /// <param name="number">Its number in the file.</param>
    public bool Add(ReadOnlySpan<byte> id, ReadOnlySpan<byte> line, long at, bool ends, long number)
    {
        clock = at;
        Span<char> name = id.Length <= 256 ? stackalloc char[256] : new char[id.Length];
        name = name[..Encoding.UTF8.GetChars(id, name)];
        if (!byId.TryGetValue(name, out var call))
        {
            call = spare.TryPop(out var used) ? used : new LiveCall();
            call.Begin(name.ToString());
            calls.Add(call.Id, call);
        }
        if (call.Count >= MostLines) return false;
        call.Add(line, at, number);
        if (ends && !call.IsEnded)
        {
            call.IsEnded = true;
            ended.Enqueue((call, call.Turn));
        }
        return true;
    }

    /// <summary>Gives the calls that are over.</summary>
    /// <param name="give">Takes each.</param>
    /// <param name="lingering">Also those that ended just now.</param>
    public void GiveEnded(Action<CallPiece> give, bool lingering = false)
    {
        while (ended.TryPeek(out var next))
        {
            var (call, turn) = next;
            if (call.Turn == turn)
            {
                if (!lingering && Math.Abs(clock - call.LastAt) <= Linger) break;
                Release(call, give);
            }
            ended.Dequeue();
        }
        if (Math.Abs(clock - swept) < 600 && calls.Count < MostCalls) return;
        swept = clock;
        foreach (var call in calls.Values.Where(c => Math.Abs(clock - c.LastAt) > Silent).ToList()) Release(call, give);
        if (calls.Count >= MostCalls)
            foreach (var call in calls.Values.OrderBy(c => c.LastAt).Take(MostCalls / 2).ToList()) Release(call, give);
    }

    public void GiveAll(Action<CallPiece> give)
    {
        foreach (var call in calls.Values.ToList()) Release(call, give);
        ended.Clear();
    }

    private void Release(LiveCall call, Action<CallPiece> give)
    {
        give(call.ToPiece());
        calls.Remove(call.Id);
        call.Turn++;
        if (spare.Count < 4096) spare.Push(call);
    }

    private sealed class LiveCall
    {
        private byte[] trail = new byte[256];
        private long[] numbers = new long[4];
        private int length;
        private bool inOrder;

        public string Id { get; private set; } = "";
        public int Count { get; private set; }
        public long LastAt { get; private set; }
        public bool IsEnded { get; set; }

        /// <summary>Rises when it is used for another call.</summary>
        public int Turn { get; set; }

        public void Begin(string id) => (Id, Count, LastAt, IsEnded, length, inOrder) = (id, 0, long.MinValue, false, 0, true);

        public void Add(ReadOnlySpan<byte> line, long at, long number)
        {
            if (Has(line)) return;
            inOrder &= at >= LastAt;
            LastAt = Math.Max(LastAt, at);
            if (length + line.Length + 1 > trail.Length) Array.Resize(ref trail, Math.Max(trail.Length * 2, length + line.Length + 1));
            line.CopyTo(trail.AsSpan(length));
            length += line.Length;
            trail[length++] = (byte)'\n';
            if (Count == numbers.Length) Array.Resize(ref numbers, Count * 2);
            numbers[Count++] = number;
        }

        public CallPiece ToPiece()
        {
            var lines = trail.AsSpan(0, length);
            return new CallPiece(Id, inOrder ? lines.ToArray() : CallTrail.Union(default, lines), numbers[..Count]);
        }

        private bool Has(ReadOnlySpan<byte> line)
        {
            var from = 0;
            for (var found = trail.AsSpan(0, length).IndexOf(line); found >= 0; found = trail.AsSpan(from, length - from).IndexOf(line))
            {
                var at = from + found;
                if ((at == 0 || trail[at - 1] == '\n') && trail[at + line.Length] == '\n') return true;
                from = at + 1;
            }
            return false;
        }
    }
}
