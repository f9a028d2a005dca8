using System.Text.RegularExpressions;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>Files of other tools are read without an error, and what is odd in them is said.</summary>
[Trait("Category", "Conformance")]
public sealed class ConformanceReadTests
{
    [Fact]
    public void Every_file_is_read_without_error_and_comes_back_byte_for_byte()
    {
        foreach (var file in Conformance.Files())
        {
            var bytes = File.ReadAllBytes(Conformance.File(file));
            var (read, findings) = BpmnFile.Read(bytes);
            findings.Where(f => f.Severity == Severity.Error).ShouldBeEmpty(file);
            read.ShouldNotBeNull(file).Bytes.Span.SequenceEqual(bytes).ShouldBeTrue(file);
        }
    }

    [Fact]
    public void Nine_errors_without_a_name_and_six_listeners_are_all_that_is_odd()
    {
        var said = Conformance.Files().SelectMany(f => Read(f).Findings).ToList();
        said.CountBy(f => (f.Severity, f.Code)).ToDictionary().ShouldBe(new Dictionary<(Severity, string), int>
        {
            [(Severity.Warning, "dangling-reference")] = 9,
            [(Severity.Note, "extension-not-run")] = 6,
        }, ignoreOrder: true);
        said.ShouldAllBe(f => f.Element != null && f.Line > 0 && f.Arguments.Count == 1);
    }

    [Fact]
    public void No_node_flow_shape_or_line_is_lost()
    {
        foreach (var file in Conformance.Files())
        {
            var model = Read(file).File!.Model;
            int Count(params IEnumerable<string> names) => names.Sum(n => model.ElementCounts.GetValueOrDefault(n));
            var nodes = model.Processes.SelectMany(p => p.Body.AllNodes).ToList();
            var flows = model.Processes.SelectMany(p => p.Body.AllFlows).ToList();
            nodes.Count.ShouldBe(Count(Enum.GetNames<NodeKind>().Select(k => char.ToLowerInvariant(k[0]) + k[1..])), file);
            nodes.DistinctBy(n => n.Id).Count().ShouldBe(nodes.Count, file);
            flows.Count.ShouldBe(Count("sequenceFlow"), file);
            nodes.Count(n => n.Loop is not null).ShouldBe(Count("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"), file);
            model.Processes.Sum(p => p.Lanes.Count).ShouldBe(Count("lane"), file);
            model.Pools.Count.ShouldBe(Count("participant"), file);
            model.MessageFlows.Count.ShouldBe(Count("messageFlow"), file);
            model.EventNames.Count.ShouldBe(Count("message", "signal", "error", "escalation"), file);
            var text = File.ReadAllText(Conformance.File(file));
            model.Shapes.Keys.Order().ShouldBe(Drawn("Shape").Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(), file);
            model.Edges.Keys.Order().ShouldBe(Drawn("Edge").Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(), file);
        }
    }

    /// <summary>Local parts of what is drawn, found without reading XML.</summary>
    private static Regex Drawn(string kind) => new($"""<\w*:?BPMN{kind}\s[^>]*bpmnElement="(?:\w+:)?([^"]+)" """.TrimEnd());

    private static ReadResult Read(string file) => BpmnFile.Read(File.ReadAllBytes(Conformance.File(file)));
}
