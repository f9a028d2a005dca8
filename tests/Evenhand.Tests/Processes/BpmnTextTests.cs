using System.Text.RegularExpressions;
using Evenhand.Kernel.Text;
using Evenhand.Processes;
using Evenhand.Tests.Architecture;

namespace Evenhand.Tests.Processes;

/// <summary>Whatever the BPMN engine can say, people can read: every code written in it has a text in both languages.</summary>
public sealed partial class BpmnTextTests
{
    // Not codes: names of encodings, cron fields and the drawing's own attributes and classes.
    private static readonly HashSet<string> NoCodes = ["utf-8", "day-of-week", "day-of-month"];

    [Fact]
    public void Every_code_of_the_engine_has_a_text()
    {
        var known = Texts.Read(typeof(ProcessesModule).Assembly, "en").Keys.ToHashSet();
        var codes = House.Files("*.cs", "src/engines/Evenhand.Bpmn").Where(f => !House.Short(f).Contains("/Layout/", StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().Except(NoCodes).ToList();
        codes.Count.ShouldBeGreaterThan(100);
        codes.Where(c => !known.Contains($"processes.bpmn.{c}")).ShouldBeEmpty();
    }

    [Fact]
    public void No_text_is_left_of_a_code_that_is_gone()
    {
        var written = House.Files("*.cs", "src/engines/Evenhand.Bpmn").SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();
        Texts.Read(typeof(ProcessesModule).Assembly, "en").Keys.Where(k => k.StartsWith("processes.bpmn.", StringComparison.Ordinal) && !written.Contains(k["processes.bpmn.".Length..])).ShouldBeEmpty();
    }

    [GeneratedRegex("\"([a-z]+(?:-[a-z0-9]+)+)\"")]
    private static partial Regex Code();
}
