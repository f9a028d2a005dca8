using System.Globalization;
using System.Reflection;
using System.Text;

namespace Evenhand.Engines.Tests.Bpmn;

/// <summary>`docs/bpmn.md` is made from the tests that carry <see cref="ProvesAttribute"/>: it cannot say more than they show.</summary>
public sealed class SupportPageTests
{
    private static readonly string[] Activities =
    [
        "task", "userTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "manualTask", "businessRuleTask", "subProcess", "eventSubProcess", "transaction", "adHocSubProcess", "callActivity",
        "multiInstance/sequential", "multiInstance/parallel", "standardLoop",
    ];

    private static readonly string[] Gateways = ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"];

    private static readonly (string Place, string[] Kinds)[] Events =
    [
        ("startEvent", ["none", "message", "signal", "timer", "conditional"]),
        ("intermediateCatchEvent", ["message", "signal", "timer", "conditional", "link"]),
        ("intermediateThrowEvent", ["none", "message", "signal", "escalation", "compensation", "link"]),
        ("boundaryEvent", ["message", "signal", "timer", "error", "escalation", "conditional", "compensation", "cancel"]),
        ("boundaryEvent-nonInterrupting", ["message", "signal", "timer", "escalation", "conditional"]),
        ("eventSubProcess", ["message", "signal", "timer", "error", "escalation", "conditional", "compensation"]),
        ("eventSubProcess-nonInterrupting", ["message", "signal", "timer", "escalation", "conditional"]),
        ("endEvent", ["none", "message", "signal", "error", "escalation", "compensation", "terminate", "cancel"]),
    ];

    private static readonly string[] Kinds = ["none", "message", "signal", "timer", "error", "escalation", "conditional", "compensation", "link", "terminate", "cancel"];

    [Fact]
    public void Every_element_that_BPMN_allows_and_we_list_has_a_test()
    {
        var proved = Proofs();
        Listed().Where(e => !proved.ContainsKey(e)).ShouldBeEmpty();
    }

    [Fact]
    public void Page_says_what_the_tests_show()
    {
        var path = Path.Combine(Root(AppContext.BaseDirectory), "docs", "bpmn.md");
        if (Environment.GetEnvironmentVariable("EVENHAND_WRITE_DOCS") is not null) File.WriteAllText(path, Page());
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(Page(), "docs/bpmn.md is out of date: EVENHAND_WRITE_DOCS=1 dotnet test tests/Evenhand.Engines.Tests --filter SupportPage");
    }

    private static IEnumerable<string> Listed() => Activities.Concat(Gateways).Concat(Events.SelectMany(e => e.Kinds.Select(k => $"{e.Place}/{k}")));

    /// <summary>The tests that prove an element, those first that prove little else.</summary>
    private static SortedDictionary<string, List<string>> Proofs()
    {
        var proofs = typeof(SupportPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => (Test: $"{type.Name}.{method.Name}", Elements: method.GetCustomAttributes<ProvesAttribute>().SelectMany(p => p.Elements).Distinct().ToList())))
            .SelectMany(t => t.Elements.Select(e => (Element: e, t.Test, Others: t.Elements.Count)));
        return new SortedDictionary<string, List<string>>(proofs.GroupBy(p => p.Element).ToDictionary(g => g.Key,
            g => g.OrderBy(p => p.Others).ThenBy(p => p.Test, StringComparer.Ordinal).Select(p => p.Test).ToList()), StringComparer.Ordinal);
    }

    private static string Page()
    {
        var proved = Proofs();
        var page = new StringBuilder("""
            # BPMN 2.0: what is executed

            Made from the tests of `tests/Evenhand.Engines.Tests/Bpmn`; do not edit by hand. Each line names an element and one of the tests that prove it.
            What is not on this page is refused at deploy with the element's id, line and reason; it is never passed through.


            """);
        page.Append("## Activities\n\n");
        Table(page, Activities, proved);
        page.Append("\n## Gateways\n\n");
        Table(page, Gateways, proved);
        page.Append("\n## Events\n\n✓ is executed; an empty cell is a combination BPMN does not have, or one that is refused.\n\n| |");
        foreach (var kind in Kinds) page.Append(CultureInfo.InvariantCulture, $" {kind} |");
        page.Append("\n|---|").Append(string.Concat(Enumerable.Repeat(":-:|", Kinds.Length))).Append('\n');
        foreach (var (place, kinds) in Events)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {place} |");
            foreach (var kind in Kinds) page.Append(CultureInfo.InvariantCulture, $" {(!kinds.Contains(kind) ? "" : proved.ContainsKey($"{place}/{kind}") ? "✓" : "no test")} |");
            page.Append('\n');
        }
        page.Append('\n');
        Table(page, Events.SelectMany(e => e.Kinds.Select(k => $"{e.Place}/{k}")), proved);
        page.Append("\n## Human workflow and the rest\n\n");
        Table(page, proved.Keys.Except(Listed()), proved);
        page.Append("""

            ## Read and kept, drawn, not executed

            Pools and message flows, lanes (they name the role of tasks that name none), data objects and stores, groups, annotations, associations, and every extension of other tools: all of them are in the file again when it is exported.

            ## Refused

            Complex gateways; events with several definitions and parallel multiple events; choreographies and conversations.

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Table(StringBuilder page, IEnumerable<string> elements, SortedDictionary<string, List<string>> proved)
    {
        page.Append("| element | proved by |\n|---|---|\n");
        foreach (var element in elements)
            page.Append(CultureInfo.InvariantCulture, $"| {element} | {(proved.TryGetValue(element, out var tests) ? $"`{tests[0]}`" : "**no test**")} |\n");
    }

    private static string Root(string from) => File.Exists(Path.Combine(from, "Evenhand.slnx")) ? from : Root(Path.GetDirectoryName(from)!);
}
