using System.Text.RegularExpressions;

namespace Evenhand.Tests.Architecture;

/// <summary>Good taste that a machine can hold; each list of exceptions may only shrink.</summary>
public sealed partial class NormTests
{
    private static readonly Dictionary<string, int> LongerFiles = new()
    {
    };

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var files = House.Files("*.cs").Concat(House.Files("*.razor")).Concat(House.Files("*.ts", "src"));
        files.Select(f => (File: House.Short(f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > LongerFiles.GetValueOrDefault(f.File, 400)).Select(f => $"{f.File}: {f.Lines}").ShouldBeEmpty();
    }

    [Fact]
    public void No_page_is_longer_than_250_lines() =>
        House.Files("*Page.razor").Select(f => (File: House.Short(f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > 250).Select(f => $"{f.File}: {f.Lines}").ShouldBeEmpty();

    [Fact]
    public void Fewer_than_one_file_in_five_is_tiny()
    {
        var files = House.Files("*.cs", "src").Select(f => File.ReadLines(f).Count()).ToList();
        (files.Count(lines => lines <= 20) / (double)files.Count).ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Names_say_what_a_thing_is()
    {
        var wrong = House.Files("*.cs", "src", "tools")
            .SelectMany(f => TypeName().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Where(n => VagueName().IsMatch(n) && !n.EndsWith("BackgroundService", StringComparison.Ordinal));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_half_done()
    {
        var files = House.Files("*.cs", "src", "tools").Concat(House.Files("*.razor", "src")).Concat(House.Files("*.ts", "src"));
        files.SelectMany(f => File.ReadLines(f).Select((line, i) => (Line: line, At: $"{House.Short(f)}:{i + 1}")))
            .Where(l => HalfDone().IsMatch(l.Line)).Select(l => $"{l.At} {l.Line.Trim()}").ShouldBeEmpty();
    }

    [Fact]
    public void Sql_is_never_built_from_what_a_person_typed()
    {
        var raw = House.Files("*.cs", "src").Where(f => !House.Short(f).StartsWith("src/Evenhand.Kernel/Store/", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Select((line, i) => (Line: line, At: $"{House.Short(f)}:{i + 1}")))
            .Where(l => InterpolatedSql().IsMatch(l.Line)).Select(l => $"{l.At} {l.Line.Trim()}");
        raw.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?:struct\s+|class\s+)?([A-Z]\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex("(Service|Manager|Helper|Handler|Dto|Impl|Util|Utils)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|#region")]
    private static partial Regex HalfDone();

    [GeneratedRegex(@"(FromSqlRaw|ExecuteSqlRaw(Async)?|SqlQueryRaw<\w+>)\(\s*\$")]
    private static partial Regex InterpolatedSql();
}
