using System.Globalization;
using System.IO.Compression;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

public sealed class ImportLogTests
{
    private const string TwoCalls = """
        1795293861|a.1|presales|NONE|ENTERQUEUE||13800007468|1
        1795293862|a.1|presales|Agent 2001|CONNECT|1|a.2|1
        1795293863|a.3|service|NONE|ENTERQUEUE||anonymous|1
        1795293865|a.1|presales|Agent 2001|COMPLETEAGENT|1|3|1
        1795293873|a.3|service|NONE|ABANDON|1|1|10

        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Contacts_of_a_log_are_kept_as_it_tells_them(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var import = (await centre.Import(TwoCalls)).Value;
        (import.Lines, import.Added, import.Changed, import.Known, import.Status).ShouldBe((5, 2, 0, 0, ImportStatus.Done));
        var contacts = await centre.During(0, long.MaxValue / 4000);
        contacts.Select(c => (c.CallId, c.Outcome, c.Customer, c.Wait, c.Talk, c.EndedBy, c.ConnectedAt, c.EndedAt)).ShouldBe([
            ("a.1", ContactOutcome.Answered, "13800007468", 1, 3, ContactEnd.Agent, 1795293862L, 1795293865L),
            ("a.3", ContactOutcome.Abandoned, null, 10, 0, ContactEnd.Customer, null, 1795293873L),
        ]);
        var fact = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<Fact>().SingleAsync(f => f.Type == nameof(ContactsRecorded)));
        fact.Body.ShouldContain("\"touched\":[{\"from\":1795293000,\"to\":1795293900}]");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_banks_log_gives_the_counts_that_are_known_and_twice_gives_them_once(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var path = SharedData.File("asterisk/queue_log-1999-02-01_14");
        var import = (await centre.ImportFile(path)).Value;
        (import.Lines, import.Added, import.Reasons).ShouldBe((46_903, 16_257, "{}"));
        (await Outcomes(centre)).ShouldBe([(ContactOutcome.Answered, 14_389), (ContactOutcome.Abandoned, 1_868)]);
        var first = await centre.Contacts();
        first.ShouldBe(Told(path));
        var again = (await centre.ImportFile(path)).Value;
        (again.Added, again.Changed, again.Known).ShouldBe((0, 0, 16_257));
        (await centre.Contacts()).ShouldBe(first);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_recording_of_a_real_Asterisk_gives_its_calls_and_pauses(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var import = (await centre.ImportFile(SharedData.File("asterisk/live/queue_log"))).Value;
        (import.Added, import.Reasons).ShouldBe((193, "{}"));
        (await Outcomes(centre)).ShouldBe([(ContactOutcome.Answered, 73), (ContactOutcome.Abandoned, 89), (ContactOutcome.TimedOut, 31)]);
        (await centre.During(0, long.MaxValue / 4000)).GroupBy(c => c.EndedBy).ToDictionary(g => g.Key, g => g.Count())
            .ShouldBe(new Dictionary<ContactEnd, int> { [ContactEnd.Agent] = 37, [ContactEnd.Customer] = 28 + 89, [ContactEnd.Transfer] = 8, [ContactEnd.Unknown] = 31 }, ignoreOrder: true);
        (await centre.States()).ShouldContain("Agent 2004 Break break 1795293880");
    }

    [Fact]
    public async Task Bad_lines_are_counted_and_listed_with_their_numbers_and_stop_nothing()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var import = (await centre.Import("yesterday|a|q|NONE|ENTERQUEUE||1|1\n" + TwoCalls + "1795293880|a.9|q|NONE|DANCE|1\n1795293880|a.9|q|Agent 1|COMPLETECALLER|-4|9|1\nnonsense\n1795293890|b.1|q|Agent 1|RINGNOANSWER|900\n")).Value;
        (import.Added, import.Lines).ShouldBe((2, 10));
        import.ReasonCounts.ShouldBe(new Dictionary<string, long> { ["bad-time"] = 1, ["negative-duration"] = 1, ["orphan-event"] = 1, ["too-few-fields"] = 1, ["unknown-event"] = 1 }, ignoreOrder: true);
        centre.Rejects(import).Select(l => l.Split('\t')[..3]).Select(f => string.Join(' ', f)).Order().ShouldBe([
            "1 bad-time rejected", "10 orphan-event rejected", "7 unknown-event rejected", "8 negative-duration rejected", "9 too-few-fields rejected",
        ], ignoreOrder: true);
    }

    [Theory, InlineData("utf-8", "utf-8"), InlineData("utf-8", null), InlineData("latin1", "latin-1"), InlineData("latin1", null), InlineData("gb18030", "gb18030"), InlineData("gb18030", null)]
    public async Task Names_are_read_in_their_encoding(string written, string? named)
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var (queue, agent) = written == "latin1" ? ("Réclamations", "Jürgen Müller") : ("售前咨询", "工号8001 张伟");
        var log = TwoCalls.Replace("presales", queue, StringComparison.Ordinal).Replace("Agent 2001", agent, StringComparison.Ordinal);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        (await centre.Import(Encoding.GetEncoding(written).GetBytes(log), encoding: named)).Value.Added.ShouldBe(2);
        (await centre.Contacts()).ShouldContain($"a.1 {queue} {agent} 13800007468");
    }

    [Fact]
    public async Task A_mark_at_the_start_and_line_ends_of_Windows_do_not_matter()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        (await centre.Import([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(TwoCalls.Replace("\n", "\r\n", StringComparison.Ordinal))])).Value.ReasonCounts.ShouldBeEmpty();
        (await centre.During(0, long.MaxValue / 4000)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_refused_in_one_line()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        (await centre.ImportFile("/no/such/file")).Refusal!.Code.ShouldBe("intake.no-such-file");
        (await centre.ImportFile(centre.Directory)).Refusal!.Code.ShouldBe("intake.is-a-directory");
        (await centre.Import([])).Refusal!.Code.ShouldBe("intake.no-usable-line");
        (await centre.Import("a,b,c\n1,2,3\n")).Refusal!.Code.ShouldBe("intake.no-usable-line");
        (await centre.Import([1, 2, 0, 3, 0, 10])).Refusal!.Code.ShouldBe("intake.binary-file");
        (await centre.Import([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8])).Refusal!.Code.ShouldBe("intake.broken-gzip");
        (await centre.Import(Encoding.UTF8.GetBytes(TwoCalls), encoding: "klingon")).Refusal!.Code.ShouldBe("intake.unknown-encoding");
        (await centre.Contacts()).ShouldBeEmpty();
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Imports.Select(i => i.Status).Distinct().ToListAsync())).ShouldBe([ImportStatus.Failed]);
    }

    [Fact]
    public async Task A_gzip_is_read_and_one_cut_short_gives_what_it_has_and_says_so()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var lines = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{1795293861 + i}|c.{i * 7919 % 30_000}|q|NONE|ENTERQUEUE||1{i * 31 % 9973}|1\n"));
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, true)) gzip.Write(Encoding.UTF8.GetBytes(lines));
        var cut = (await centre.Import(packed.ToArray()[..(int)(packed.Length / 2)])).Value;
        cut.Note.ShouldBe("intake.truncated");
        cut.Added.ShouldBeInRange(1_000, 29_000);
        var whole = (await centre.Import(packed.ToArray())).Value;
        whole.Note.ShouldBeNull();
        (cut.Added + whole.Added).ShouldBe(30_000);
    }

    private static Task<List<(ContactOutcome, int)>> Outcomes(TestCentre centre) => centre.Do(async services =>
        (await services.GetRequiredService<EvenhandDb>().Contacts.GroupBy(c => c.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToListAsync())
            .OrderBy(o => o.Key).Select(o => (o.Key, o.Count)).ToList());

    /// <summary>The same contacts worked out without the product: each call of this log is one enter, one answer and end or one abandon.</summary>
    private static string Told(string path)
    {
        var calls = new Dictionary<string, List<string[]>>();
        foreach (var fields in File.ReadLines(path).Select(l => l.Split('|')))
            (calls.TryGetValue(fields[1], out var events) ? events : calls[fields[1]] = []).Add(fields);
        return string.Join('\n', calls.Select(c => (Id: StableId.Of(At(c.Value.First(f => f[4] == "ENTERQUEUE")), 1, c.Key, 0).ToString(), Text: One(c.Key, c.Value)))
            .OrderBy(c => c.Id, StringComparer.Ordinal).Select(c => $"{c.Id} {c.Text}"));

        static long At(string[] fields) => long.Parse(fields[0], CultureInfo.InvariantCulture);

        static string One(string call, List<string[]> events)
        {
            var enter = events.Single(f => f[4] == "ENTERQUEUE");
            var customer = enter[6] == "anon" ? "" : enter[6];
            if (events.SingleOrDefault(f => f[4] == "ABANDON") is { } left) return $"{call} {enter[2]} - {customer} {At(enter)}  {At(left)} {left[7]} 0 0 0  Abandoned Customer 0 0";
            var (answer, end) = (events.Single(f => f[4] == "CONNECT"), events.Single(f => f[4] == "COMPLETECALLER"));
            return $"{call} {enter[2]} {answer[3]} {customer} {At(enter)} {At(answer)} {At(end)} {answer[5]} {answer[7]} {end[6]} 0  Answered Customer 0 {(At(end) - At(enter) > 7200 ? 1 : 0)}";
        }
    }
}
