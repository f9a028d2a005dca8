using System.Text.RegularExpressions;
using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;
using static Evenhand.Engines.Tests.Bpmn.Layout.Sketch;

namespace Evenhand.Engines.Tests.Bpmn.Layout;

public partial class MermaidTests
{
    [Fact]
    public void A_process_with_a_sub_process_reads_like_this() => Mermaid.Write(Model(Body(
            [Node("s", NodeKind.StartEvent, "开始"), Node("g", NodeKind.ExclusiveGateway, "行吗?"), Node("sub", NodeKind.SubProcess, "Sub (1)") with { Body = Body([Node("in", name: "In")]) }, Node("e", NodeKind.EndEvent, null) with { Name = null }], "s g sub e")),
        new Dictionary<string, Highlight> { ["s"] = Highlight.Done, ["g"] = Highlight.Active, ["s-g"] = Highlight.Done }).ShouldBe("""
        flowchart LR
          n1(("开始"))
          n2{"✕ 行吗?"}
          subgraph g1["Sub #40;1#41;"]
            n4("In")
          end
          n5(((" ")))
          n1 --> n2
          n2 --> g1
          g1 --> n5
          classDef active fill:#e8eefc,stroke:#2b5fd9,stroke-width:3px,color:#182132
          classDef done fill:#e3f4ea,stroke:#18794a,stroke-width:2px,color:#182132
          classDef rejected fill:#fdeaea,stroke:#b9252c,stroke-width:2px,color:#182132
          class n2 active
          class n1 done
          linkStyle 0 stroke:#18794a,stroke-width:3px

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Lanes_and_pools_are_subgraphs_that_close()
    {
        var lines = Mermaid.Write(Leave()).Split('\n', StringSplitOptions.TrimEntries);
        lines.Count(l => l.StartsWith("subgraph ", StringComparison.Ordinal)).ShouldBe(5);
        lines.Count(l => l == "end").ShouldBe(5);
        lines.ShouldContain("""subgraph g2["坐席"]""");
    }

    [Theory]
    [InlineData("\"]; click n1 \"javascript:alert(1)\" %%")]
    [InlineData("end")]
    [InlineData("a\nend\nb")]
    [InlineData("<b>&quot;#quot;`**x**`</b>")]
    [InlineData("\u202E{{}}[[]](())|-->|")]
    public void A_hostile_name_stays_within_its_quotes(string name)
    {
        var model = Model(Body([Node("a", name: name), Node("b", NodeKind.ExclusiveGateway, name)]) with { Flows = [new("f", "a", "b", name, null, 0)] }, new Lane("l", name, null, ["a", "b"]));
        foreach (var line in Mermaid.Write(model).Split('\n').Skip(1).Where(l => l.Length > 0)) Allowed().IsMatch(line).ShouldBeTrue(line);
    }

    // A line is one of the known ones; within quotes stand letters, numbers for signs, and line breaks.
    [GeneratedRegex("""^ +(subgraph g\d+\["T"\]|end|n\d+[\(\[\{]+"T"[\)\]\}]+|[ng]\d+ (-->|-\.->|-\.-)(\|"T"\|)? [ng]\d+|classDef \w+ [-\w:#,]+|class [n\d,]+ \w+)$""", RegexOptions.None)]
    private static partial Regex Shape();

    private static Regex Allowed() => new(Shape().ToString().Replace("T", """([^"<>\[\]{}()|`*;&%\\]|#\d+;|<br/>)*"""));
}
