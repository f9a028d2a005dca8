using System.Globalization;

namespace Evenhand.Tests.Measurement;

/// <summary>One stay in a queue, read from a queue_log in the plainest way: the tests' own reading, beside the product's.</summary>
internal sealed class RawStay
{
    public required string Queue { get; init; }
    public required long Entered { get; init; }
    public string? Agent { get; set; }
    public string End { get; set; } = "";
    public int Wait { get; set; }
    public int Talk { get; set; }
    public bool Transferred { get; set; }

    public bool Answered => Agent is not null;
    public bool Abandoned => End == "ABANDON";
}

/// <summary>Plain sums over stays, for comparison.</summary>
internal static class RawLog
{
    public static List<RawStay> Read(IEnumerable<string> lines)
    {
        var stays = new List<RawStay>();
        var open = new Dictionary<string, RawStay>();
        foreach (var line in lines)
        {
            var f = line.Split('|');
            if (f[4] == "ENTERQUEUE")
            {
                stays.Add(open[f[1]] = new RawStay { Queue = f[2], Entered = Int(f[0]) });
                continue;
            }
            if (!open.TryGetValue(f[1], out var stay)) continue;
            switch (f[4])
            {
                case "CONNECT":
                    (stay.Agent, stay.Wait) = (f[3], Int(f[5]));
                    break;
                case "COMPLETEAGENT" or "COMPLETECALLER":
                    stay.Talk = Int(f[6]);
                    break;
                case "BLINDTRANSFER":
                    (stay.Talk, stay.Transferred) = (Int(f[8]), true);
                    break;
                case "ABANDON" or "EXITWITHTIMEOUT":
                    (stay.End, stay.Wait) = (f[4], Int(f[7]));
                    break;
            }
        }
        return stays;
    }

    /// <summary>Every figure of these stays, by the textbook.</summary>
    public static Dictionary<string, double?> Figures(IReadOnlyCollection<RawStay> stays, int threshold)
    {
        double answered = stays.Count(s => s.Answered), abandoned = stays.Count(s => s.Abandoned);
        double within = stays.Count(s => s.Answered && s.Wait <= threshold), shortAbandons = stays.Count(s => s.Abandoned && s.Wait <= threshold);
        var waits = stays.Where(s => s.Answered).Select(s => s.Wait).Order().ToArray();
        return new()
        {
            ["offered"] = stays.Count,
            ["answered"] = answered,
            ["abandoned"] = abandoned,
            ["SL:answered"] = Ratio(within, answered),
            ["SL:offered"] = Ratio(within, answered + abandoned),
            ["SL:excluding-short"] = Ratio(within, answered + abandoned - shortAbandons),
            ["SL:including-short"] = Ratio(within + shortAbandons, answered + abandoned),
            ["ASA"] = Ratio(stays.Where(s => s.Answered).Sum(s => s.Wait), answered),
            ["ABN"] = Ratio(abandoned, stays.Count),
            ["ANS"] = Ratio(answered, stays.Count),
            ["ATT"] = Ratio(stays.Where(s => s.Answered).Sum(s => s.Talk), answered),
            ["TRF"] = Ratio(stays.Count(s => s.Transferred), answered),
            ["WAIT.P50"] = waits.Length == 0 ? null : waits[(waits.Length + 1) / 2 - 1],
            ["WAIT.P90"] = waits.Length == 0 ? null : waits[(waits.Length * 9 + 9) / 10 - 1],
        };
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double? Ratio(double above, double below) => below == 0 ? null : above / below;
}
