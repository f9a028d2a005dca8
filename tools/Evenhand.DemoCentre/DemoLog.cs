using System.Globalization;

namespace Evenhand.DemoCentre;

/// <summary>Collects one day's lines of the two logs and writes them in the order of time.</summary>
internal sealed class DemoLog(TextWriter queueLog, TextWriter stateLog)
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private readonly List<(long At, int Order, string Line)> lines = [];
    private readonly List<(long Start, string Agent, string State, string Reason, long End)> states = [];

    public static long Epoch(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUnixTimeSeconds();

    public static void Header(TextWriter stateLog) => stateLog.Write("agent,state,reason,start,end\n");

    public void Line(long at, string rest) => lines.Add((at, lines.Count, rest));

    public void State(string agent, string state, string reason, long start, long end)
    {
        if (end > start) states.Add((start, agent, state, reason, end));
    }

    public void WriteDay()
    {
        lines.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Order.CompareTo(b.Order));
        foreach (var (at, _, line) in lines)
        {
            queueLog.Write(at.ToString(CultureInfo.InvariantCulture));
            queueLog.Write(line);
            queueLog.Write('\n');
        }
        states.Sort();
        foreach (var (start, agent, state, reason, end) in states)
            stateLog.Write($"{agent},{state},{reason},{Local(start)},{Local(end)}\n");
        lines.Clear();
        states.Clear();
    }

    private static string Local(long at) => DateTimeOffset.FromUnixTimeSeconds(at).ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
