using System.Globalization;
using System.Text;
using System.Text.Json;
using Evenhand.Measurement.Figures;
using Evenhand.Platform.Contracts;
using Evenhand.Tests.Architecture;
using Evenhand.Tests.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

/// <summary>The bank's own call records, dirty as they are, against a plain count of the same rows; they know the customers, so resolution is counted too.</summary>
public sealed class BankRecordsTests
{
    private sealed record Row(string Queue, DateTime Day, long Entered, int Wait, int Talk, bool Answered, string? Customer, string? Agent);

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Call_records_give_the_figures_of_a_plain_count(Store store)
    {
        var file = SharedData.File("anonymous-bank/calls-1999-02-01_14.txt");
        await using var centre = await TestCentre.Start(store);
        await centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(new("UTC", [], [], []), default));
        (await centre.ImportFile(file, Imports.Map(await File.ReadAllTextAsync(Path.Combine(House.Root, "docs", "examples", "anonymous-bank.yaml"))))).Succeeded.ShouldBeTrue();
        await centre.CatchUp();
        var rows = Rows(file).ToList();
        rows.Count.ShouldBe(16_257);
        await Each(centre, "queue", rows.GroupBy(r => r.Queue));
        await Each(centre, "day", rows.GroupBy(r => r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        await Each(centre, "agent", rows.Where(r => r.Agent is not null).GroupBy(r => r.Agent!));
        foreach (var (window, seconds) in ((string, int)[])[("1h", 3600), ("24h", 86_400), ("7d", 604_800)])
            (await Ask(centre, "", "FCR", $"FCR.window={window}")).Single().GetProperty("FCR").GetDouble().ShouldBe(Resolved(rows, seconds), window);
    }

    private static async Task Each(TestCentre centre, string by, IEnumerable<IGrouping<string, Row>> groups)
    {
        var answer = (await Ask(centre, by, "answered,abandoned,SL,ASA,ATT,ABN", $"SL.variant={(by == "agent" ? "answered" : "including-short")}")).ToDictionary(r => r.GetProperty(by).GetString()!);
        foreach (var group in groups)
        {
            double answered = group.Count(r => r.Answered), within = group.Count(r => r.Answered && r.Wait <= 20), given = group.Count(r => !r.Answered);
            var row = answer[group.Key];
            row.GetProperty("answered").GetDouble().ShouldBe(answered);
            row.GetProperty("ASA").GetDouble().ShouldBe(group.Where(r => r.Answered).Sum(r => r.Wait) / answered);
            row.GetProperty("ATT").GetDouble().ShouldBe(group.Where(r => r.Answered).Sum(r => r.Talk) / answered);
            row.GetProperty("SL").GetDouble().ShouldBe(by == "agent" ? within / answered : (within + group.Count(r => !r.Answered && r.Wait <= 20)) / (answered + given));
            if (by != "agent") row.GetProperty("ABN").GetDouble().ShouldBe(given / group.Count());
        }
    }

    /// <summary>Share of the answered with a known customer after whom the same customer does not enter again within the window.</summary>
    private static double Resolved(List<Row> rows, int window)
    {
        var known = rows.Where(r => r.Customer is not null).GroupBy(r => r.Customer!).Select(g => g.OrderBy(r => r.Entered).ToArray()).ToList();
        var repeated = known.Sum(own => own.Where((r, i) => r.Answered && i + 1 < own.Length && own[i + 1].Entered - (r.Entered + r.Wait + r.Talk) <= window).Count());
        var answered = known.Sum(own => own.Count(r => r.Answered));
        return (answered - repeated) / (double)answered;
    }

    private static async Task<List<JsonElement>> Ask(TestCentre centre, string by, string codes, string set)
    {
        var json = await centre.Do(async s => (await s.GetRequiredService<AskFigures>().Run(new(null, null, by, codes, [set]), default)).Value.Text.Json());
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("rows").EnumerateArray()];
    }

    private static IEnumerable<Row> Rows(string file)
    {
        foreach (var f in File.ReadLines(file, Encoding.Latin1).Skip(1).Select(l => l.TrimEnd('\r').Split('\t')))
        {
            var (waited, answered) = (int.Parse(f[11], CultureInfo.InvariantCulture), f[12] == "AGENT");
            if (f[12] == "PHANTOM" || f[8].StartsWith('-') || (!answered && waited == 0)) continue;
            var day = DateTime.ParseExact(f[5], "yyMMdd", CultureInfo.InvariantCulture);
            var entered = new DateTimeOffset(day + TimeSpan.Parse(f[9] == "0:00:00" ? f[7] : f[9], CultureInfo.InvariantCulture), TimeSpan.Zero);
            yield return new(f[4], entered.Date, entered.ToUnixTimeSeconds(), waited, answered ? int.Parse(f[15], CultureInfo.InvariantCulture) : 0, answered,
                f[2] == "0" ? null : f[2], answered && f[16] != "NO_SERVER" ? f[16] : null);
        }
    }
}
