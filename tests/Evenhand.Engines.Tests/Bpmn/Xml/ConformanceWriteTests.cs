using System.Xml.Linq;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>Files of other tools keep everything that an edit does not name; fresh files say the same and are valid.</summary>
[Trait("Category", "Conformance")]
public sealed class ConformanceWriteTests
{
    [Fact]
    public void An_edit_changes_what_it_names_and_nothing_else()
    {
        foreach (var file in Conformance.Files())
        {
            var read = Read(file);
            var node = read.Model.Processes.SelectMany(p => p.Body.AllNodes).First();
            var edited = read.With(new BpmnEdit.SetAttribute(node.Id, "name", "端平 <&\"'\n>")).File.ShouldNotBeNull(file);

            var expected = XDocument.Parse(read.Text, LoadOptions.PreserveWhitespace);
            expected.Descendants().First(e => (string?)e.Attribute("id") == node.Id).SetAttributeValue("name", "端平 <&\"'\n>");
            XNode.DeepEquals(XDocument.Parse(edited.Text, LoadOptions.PreserveWhitespace), expected).ShouldBeTrue(file);
            edited.Model.Processes.SelectMany(p => p.Body.AllNodes).First(n => n.Id == node.Id).Name.ShouldBe("端平 <&\"'\n>", file);
            BpmnFile.Read(edited.Bytes).File!.Model.Processes.SelectMany(p => p.Body.AllNodes).First(n => n.Id == node.Id).Name.ShouldBe("端平 <&\"'\n>", file);

            var back = edited.With(new BpmnEdit.SetAttribute(node.Id, "name", node.Name)).File!;
            if (node.Name is not null && read.Text.Contains($" name=\"{node.Name}\"", StringComparison.Ordinal)) back.Bytes.Span.SequenceEqual(read.Bytes.Span).ShouldBeTrue(file);
        }
    }

    [Fact]
    public void Edits_add_nothing_a_schema_forbids()
    {
        foreach (var file in Conformance.Files())
        {
            var read = Read(file);
            var process = read.Model.Processes[0];
            var task = process.Body.AllNodes.First();
            var flow = process.Body.AllFlows.FirstOrDefault(f => read.Text.Contains($"\"{f.Id}\"", StringComparison.Ordinal));
            List<BpmnEdit> edits =
            [
                new BpmnEdit.SetAttribute(task.Id, "vote", "all", "https://evenhand.org/bpmn/1.0"),
                new BpmnEdit.SetText(task.Id, "documentation", "说明 < & >"),
                new BpmnEdit.Insert(task.Id, "<evenhand:form key=\"k\"/>"),
                new BpmnEdit.Insert(process.Id, "<userTask id=\"added_task\" name=\"加\"/>"),
            ];
            if (flow is not null) edits.Add(new BpmnEdit.SetText(flow.Id, "conditionExpression", "${a < b}"));
            var edited = read.With(edits);
            edited.Findings.Where(f => f.Severity == Severity.Error).ShouldBeEmpty(file);
            Schemas.Errors(edited.File!.Text).Except(Schemas.Errors(read.Text)).ShouldBeEmpty(file);
            var added = edited.File.Model.Processes[0].Body.AllNodes.ToDictionary(n => n.Id);
            added.ShouldContainKey("added_task", file);
            added[task.Id].Documentation.ShouldBe("说明 < & >", file);
            if (flow is not null) edited.File.Model.Processes[0].Body.AllFlows.First(f => f.Id == flow.Id).Condition.ShouldBe("${a < b}", file);
        }
    }

    [Fact]
    public void A_drawing_can_be_added_where_there_is_none()
    {
        foreach (var file in Conformance.Files().Where(f => Read(f).Model.Shapes.Count == 0))
        {
            var read = Read(file);
            var shapes = read.Model.Processes[0].Body.AllNodes.Select((n, i) => new Shape(n.Id, new(i * 100, 0.5, 80, 60), new(i * 100, 70, 80, 14))).ToList();
            var edges = read.Model.Processes[0].Body.AllFlows.Select(f => new Edge(f.Id, [new(0, 0), new(10.25, 3)])).ToList();
            var drawn = read.With(new BpmnEdit.Draw(shapes, edges)).File.ShouldNotBeNull(file);
            drawn.Model.Shapes.Keys.Order().ShouldBe(shapes.Select(s => s.Element).Order(), file);
            drawn.Model.Edges.Keys.Order().ShouldBe(edges.Select(e => e.Element).Order(), file);
            drawn.Model.Shapes[shapes[0].Element].Box.ShouldBe(shapes[0].Box);
            Schemas.Errors(drawn.Text).Except(Schemas.Errors(read.Text)).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void A_fresh_file_of_a_model_is_valid_and_says_the_same()
    {
        foreach (var file in Conformance.Files())
        {
            var model = Read(file).Model;
            var text = BpmnWriter.Write(model);
            Schemas.Errors(text).Except(Schemas.Errors(Read(file).Text)).ShouldBeEmpty(file);
            ModelText.Of(BpmnFile.Read(text).File.ShouldNotBeNull(file).Model).ShouldBe(ModelText.Of(model), file);
        }
    }

    private static BpmnFile Read(string file) => BpmnFile.Read(File.ReadAllBytes(Conformance.File(file))).File!;
}
