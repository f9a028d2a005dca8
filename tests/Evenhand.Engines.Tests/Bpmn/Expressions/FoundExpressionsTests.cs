using System.Net;
using System.Text.RegularExpressions;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Engines.Tests.Bpmn.Expressions;

/// <summary>Expressions and timers that stand in files of other engines.</summary>
[Trait("Category", "Conformance")]
public sealed partial class FoundExpressionsTests
{
    private static IEnumerable<string> Texts(Regex what) =>
        from file in Directory.EnumerateFiles(Conformance.Directory, "*.*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".bpmn" or ".xml"
        from match in what.Matches(File.ReadAllText(file))
        select WebUtility.HtmlDecode(match.Groups[1].Value);

    [Fact]
    public void All_are_read_but_those_that_call_beans()
    {
        var texts = Texts(Hole()).Distinct().ToList();
        texts.Count.ShouldBeGreaterThan(30);
        texts.Select(text => (text, Expression.Parse(text).Problem)).Where(r => r.Problem is not null && r.Problem.Code != "expression-unknown-function").ShouldBeEmpty();
    }

    [Fact]
    public void All_timers_are_read()
    {
        var texts = Texts(Timer()).Select(t => t.Trim()).Where(t => t.Length > 0 && t[0] is not ('$' or '#' or '=')).Distinct().ToList();
        texts.Count.ShouldBeGreaterThan(10);
        texts.Where(t => !Iso8601.TryDuration(t, out _) && !Iso8601.TryInstant(t, TimeSpan.Zero, out _) && Cycle.Parse(t, out _) is null).ShouldBeEmpty();
    }

    [GeneratedRegex(@"([$#]\{[^}]*\})")]
    private static partial Regex Hole();

    [GeneratedRegex("<[a-zA-Z0-9]*:?time(?:Cycle|Date|Duration)[^>]*>([^<]*)<")]
    private static partial Regex Timer();
}
