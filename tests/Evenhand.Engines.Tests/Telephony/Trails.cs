using System.Text;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Engines.Tests.Telephony;

/// <summary>A log's raw lines by call.</summary>
internal static class Trails
{
    public static Dictionary<string, byte[]> Of(ReadOnlySpan<byte> log)
    {
        var trails = new Dictionary<string, List<byte>>();
        foreach (var range in log.Split((byte)'\n'))
        {
            if (!QueueLogLine.TryParse(log[range], out var line, out _) || !line.Event.IsOfCall())
                continue;
            var call = Encoding.UTF8.GetString(line.CallId);
            if (!trails.TryGetValue(call, out var lines))
                trails[call] = lines = [];
            lines.AddRange(line.Raw);
            lines.Add((byte)'\n');
        }
        return trails.ToDictionary(t => t.Key, t => t.Value.ToArray());
    }
}
