using System.Xml.Linq;
using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Layout;

[Trait("Category", "Conformance")]
public class ConformanceDrawingTests
{
    static IEnumerable<(string File, BpmnModel Model)> Models() =>
        Conformance.Files().Select(f => (f, BpmnFile.Read(File.ReadAllBytes(Conformance.File(f))).File?.Model)).Where(m => m.Item2 is not null).Select(m => (m.f, m.Item2!));

    [Fact]
    public void Every_file_is_drawn_with_every_node_once()
    {
        var count = 0;
        foreach (var (file, model) in Models())
        {
            var diagram = Diagram.Of(model);
            var drawing = XElement.Parse(SvgDrawing.Draw(model, diagram));
            var drawn = drawing.Descendants().Attributes("data-element").Select(a => a.Value).ToList();
            drawn.Distinct().Count().ShouldBe(drawn.Count, file);
            foreach (var node in model.Processes.SelectMany(p => p.Body.Nodes)) drawn.ShouldContain(node.Id, file);
            Mermaid.Write(model).ShouldStartWith("flowchart LR\n");
            count++;
        }
        count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Every_file_can_be_laid_out_without_fault()
    {
        var faults = new List<string>();
        foreach (var (file, model) in Models())
        {
            var bare = model with { Shapes = new Dictionary<string, Shape>(), Edges = new Dictionary<string, Edge>() };
            if (Drawings.Faults(bare, Diagram.Of(bare)) is { } fault) faults.Add($"{file}: {fault}");
            faults.AddRange(model.Processes.SelectMany(p => Drawings.Overlaid(p.Body, Diagram.Of(bare))).Select(f => $"{file}: {f}"));
        }
        faults.ShouldBeEmpty();
    }
}
