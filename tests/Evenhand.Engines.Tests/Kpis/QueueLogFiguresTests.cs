using System.Globalization;
using Evenhand.Analytics.Kpis;

namespace Evenhand.Engines.Tests.Kpis;

/// <summary>A fortnight of a bank's calls as an Asterisk queue_log, against the same figures taken straight from the list of waits.</summary>
public sealed class QueueLogFiguresTests
{
    [Fact]
    public void Figures_of_a_real_log_are_those_of_its_lines()
    {
        var log = Find();
        Assert.SkipWhen(log is null, "shared/data is not here");
        var lines = File.ReadLines(log).Select(l => l.Split('|')).ToArray();
        int[] Waits(string verb, int field) => [.. lines.Where(l => l[4] == verb).Select(l => int.Parse(l[field], CultureInfo.InvariantCulture)).Order()];
        var (answered, abandoned) = (Waits("CONNECT", 5), Waits("ABANDON", 7));
        (answered.Length, abandoned.Length).ShouldBe((14_389, 1_868));

        var cell = new Counters { [Counter.Offered] = lines.Count(l => l[4] == "ENTERQUEUE") };
        Array.ForEach(answered, cell.AddAnswered);
        Array.ForEach(abandoned, cell.AddAbandoned);

        double Within(int[] waits, int limit) => waits.Count(w => w <= limit);
        double? Of(string code, string settings = "") => KpiDictionary.Standard[code].Evaluate(cell, KpiSettings.Parse(settings).Required()).Value;
        Of("SL").ShouldBe(Within(answered, 20) / 16_257);
        Of("SL", "SL.variant=excluding-short; SL.threshold=10").ShouldBe(Within(answered, 10) / (16_257 - Within(abandoned, 10)));
        Of("SL", "SL.variant=including-short; SL.threshold=60").ShouldBe((Within(answered, 60) + Within(abandoned, 60)) / 16_257);
        Of("ABN").ShouldBe(1_868 / 16_257.0);
        Of("ASA")!.Value.ShouldBe(answered.Average(), 1e-9);
        Of("WAIT.P50").ShouldBe(answered[(14_389 + 1) / 2 - 1]);
        Of("WAIT.P90").ShouldBe(answered[12_951 - 1]);
    }

    private static string? Find()
    {
        var name = Path.Combine("data", "asterisk", "queue_log-1999-02-01_14");
        var roots = new List<string>();
        if (Environment.GetEnvironmentVariable("EVENHAND_SHARED") is { Length: > 0 } shared)
            roots.Add(shared);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            roots.Add(Path.Combine(folder.FullName, "shared"));
        return roots.Select(r => Path.Combine(r, name)).FirstOrDefault(File.Exists);
    }
}
