using System.Text;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>Edits cut the text where they must and nowhere else.</summary>
public sealed class BpmnEditTests
{
    private const string Small = """
        <?xml version='1.0' encoding='UTF-8'?>
        <!-- kept -->
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"   targetNamespace='t' xmlns:x="urn:x">
          <process id="p">
            <startEvent id="s"/>
            <userTask id='a' name='A' x:colour="red" /><!-- > <task> -->
            <userTask id="b"></userTask>
            <task id="c" name=" > '/>"><documentation><![CDATA[<task id="a">]]></documentation></task>
            <endEvent id="e"><incoming>f2</incoming></endEvent>
            <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
            <sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
            <?keep <me>?>
          </process>
        </definitions>
        """;

    [Fact]
    public void Attributes_are_set_replaced_and_removed_in_place() => Text(
        new BpmnEdit.SetAttribute("a", "name", "it's \"B\" & <C>\n"),
        new BpmnEdit.SetAttribute("a", "colour", null, "urn:x"),
        new BpmnEdit.SetAttribute("s", "name", "开始"),
        new BpmnEdit.SetAttribute("e", "gone", null),
        new BpmnEdit.SetAttribute("", "name", "all")).ShouldBe(Small
            .Replace("name='A' x:colour=\"red\"", "name='it&apos;s &quot;B&quot; &amp; &lt;C&gt;&#xA;'", StringComparison.Ordinal)
            .Replace("<startEvent id=\"s\"/>", "<startEvent id=\"s\" name=\"开始\"/>", StringComparison.Ordinal)
            .Replace("xmlns:x=\"urn:x\">", "xmlns:x=\"urn:x\" name=\"all\">", StringComparison.Ordinal));

    [Fact]
    public void A_namespace_is_declared_once_on_the_root_under_a_free_prefix()
    {
        var text = Text(new BpmnEdit.SetAttribute("a", "k", "1", "urn:new"), new BpmnEdit.SetAttribute("b", "k", "2", "urn:new"), new BpmnEdit.SetAttribute("b", "c", "3", "urn:x"),
            new BpmnEdit.SetAttribute("s", "vote", "all", "https://evenhand.org/bpmn/1.0"));
        text.ShouldContain("xmlns:x=\"urn:x\" xmlns:ns=\"urn:new\" xmlns:evenhand=\"https://evenhand.org/bpmn/1.0\">");
        text.ShouldContain("<userTask id=\"b\" ns:k=\"2\" x:c=\"3\">");
        text.ShouldContain("<startEvent id=\"s\" evenhand:vote=\"all\"/>");
    }

    [Fact]
    public void Texts_are_made_where_the_schema_wants_them_and_replaced_where_they_are()
    {
        var once = Edited(new BpmnEdit.SetText("f2", "conditionExpression", "${x > 1}"), new BpmnEdit.SetText("e", "documentation", "end")).File!;
        once.Text.ShouldContain("""
                <sequenceFlow id="f2" sourceRef="a" targetRef="e">
                  <conditionExpression xsi:type="tFormalExpression">${x &gt; 1}</conditionExpression>
                </sequenceFlow>
            """);
        once.Text.ShouldContain("<endEvent id=\"e\">\n      <documentation>end</documentation><incoming>f2</incoming></endEvent>");
        var twice = once.With(new BpmnEdit.SetText("f2", "conditionExpression", "${y}"), new BpmnEdit.SetText("e", "documentation", null)).File!;
        twice.Model.Processes[0].Body.Flows[1].Condition.ShouldBe("${y}");
        twice.Text.ShouldContain("<conditionExpression xsi:type=\"tFormalExpression\">${y}</conditionExpression>");
        twice.Text.ShouldContain("<endEvent id=\"e\">\n      <incoming>f2</incoming></endEvent>");
    }

    [Fact]
    public void Foreign_elements_go_into_extension_elements_together()
    {
        var text = Text(new BpmnEdit.Insert("b", "<camunda:in source='a' target='b'/>"), new BpmnEdit.Insert("b", "<x:y>z</x:y>"), new BpmnEdit.SetText("b", "documentation", "d"));
        text.ShouldContain("""
                <userTask id="b">
                  <documentation>d</documentation>
                  <extensionElements>
                    <camunda:in source="a" target="b"/>
                    <x:y>z</x:y>
                  </extensionElements>
                </userTask>
            """);
        BpmnFile.Read(text).File!.With(new BpmnEdit.Insert("b", "<x:w/>")).File!.Text.ShouldContain("<x:y>z</x:y>\n        <x:w/>\n      </extensionElements>");
    }

    [Fact]
    public void Elements_of_the_standard_go_among_their_like()
    {
        var text = Text(new BpmnEdit.Insert("p", "<textAnnotation id='n'><text>N</text></textAnnotation>"), new BpmnEdit.Insert("p", "<bpmn:task id='t'><bpmn:documentation>D</bpmn:documentation></bpmn:task>"),
            new BpmnEdit.Insert("p", "<documentation>P</documentation>"), new BpmnEdit.Insert("", "<message id='m'/>"));
        text.ShouldContain("<process id=\"p\">\n    <documentation>P</documentation>\n    <startEvent");
        text.ShouldContain("targetRef=\"e\"/>\n    <task id=\"t\">\n      <documentation>D</documentation>\n    </task>\n    <textAnnotation id=\"n\">\n      <text>N</text>\n    </textAnnotation>\n    <?keep <me>?>");
        text.ShouldContain("  </process>\n  <message id=\"m\"/>\n</definitions>");
    }

    [Fact]
    public void A_removed_element_takes_its_line_its_drawing_and_its_mentions_with_it()
    {
        var drawn = Edited(new BpmnEdit.Draw([new("a", new(1, 2, 3, 4)), new("e", new(5, 6, 7, 8))], [new("f2", [new(0, 0), new(1.5, 0)])])).File!;
        drawn.Model.Edges["f2"].Spots.ShouldBe([new(0, 0), new(1.5, 0)]);
        var less = drawn.With(new BpmnEdit.Remove("f2"), new BpmnEdit.Remove("a"), new BpmnEdit.Remove("f1"));
        less.Findings.ShouldBeEmpty();
        less.File!.Text.ShouldContain("    <startEvent id=\"s\"/>\n    <!-- > <task> -->\n    <userTask id=\"b\"></userTask>\n    <task id=\"c\" name=\" > '/>\"><documentation><![CDATA[<task id=\"a\">]]></documentation></task>\n    <endEvent id=\"e\"></endEvent>\n    <?keep <me>?>");
        less.File.Model.Shapes.Keys.ShouldBe(["e"]);
        less.File.Model.Edges.ShouldBeEmpty();
    }

    [Fact]
    public void Windows_line_ends_stay()
    {
        var file = BpmnFile.Read(Small.Replace("\n", "\r\n", StringComparison.Ordinal)).File!;
        var edited = file.With(new BpmnEdit.SetText("a", "documentation", "d"), new BpmnEdit.Remove("f1")).File!;
        edited.Text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        edited.Text.ShouldNotContain("\r\n\r\n");
    }

    [Theory]
    [InlineData("ISO-8859-1", "&#x7AEF;&#x5E73; é", 0)]
    [InlineData("GBK", "端平 é", 0)]
    [InlineData("GB18030", "端平 é", 0)]
    [InlineData("utf-16", "端平 é", 2)]
    [InlineData("us-ascii", "&#x7AEF;&#x5E73; &#xE9;", 0)]
    public void The_declared_encoding_stays(string encoding, string written, int mark)
    {
        var file = BpmnFile.Read(Small.Replace("UTF-8", encoding, StringComparison.Ordinal)).File!;
        var edited = file.With(new BpmnEdit.SetAttribute("a", "name", "端平 é")).File!;
        var decoder = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        decoder.GetString(edited.Bytes.Span[mark..]).ShouldContain($"name='{written}'");
        var again = BpmnFile.Read(edited.Bytes);
        again.Findings.ShouldBeEmpty();
        again.File!.Model.Processes[0].Body.Nodes[1].Name.ShouldBe("端平 é");
    }

    [Fact]
    public void A_byte_order_mark_stays()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Small)];
        var edited = BpmnFile.Read(bytes).File!.With(new BpmnEdit.SetAttribute("a", "name", "B")).File!;
        Encoding.UTF8.GetString(edited.Bytes.Span).ShouldBe('\uFEFF' + Small.Replace("'A'", "'B'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_whole()
    {
        void Refused(string code, params BpmnEdit[] edits)
        {
            var (file, findings) = Edited(edits);
            file.ShouldBeNull();
            findings.Select(f => f.Code).ShouldBe([code]);
        }

        Refused("edit-unknown-element", new BpmnEdit.SetAttribute("nobody", "name", "x"));
        Refused("edit-malformed", new BpmnEdit.Insert("p", "<a"));
        Refused("edit-malformed", new BpmnEdit.Insert("p", "<a/><b/>"));
        Refused("edit-malformed", new BpmnEdit.Insert("p", "text"));
        Refused("edit-malformed", new BpmnEdit.Insert("p", "<unknown:a/>"));
        Refused("edit-malformed", new BpmnEdit.Insert("p", "<!DOCTYPE a><a/>"));
        Refused("edit-malformed", new BpmnEdit.SetAttribute("a", "no name", "x"));
        Refused("edits-overlap", new BpmnEdit.Remove("a"), new BpmnEdit.SetAttribute("a", "name", "x"));
        Refused("edit-removes-all", new BpmnEdit.Remove(""));
        Refused("xml-malformed", new BpmnEdit.SetAttribute("a", "name", "\u0001"));
    }

    [Fact]
    public void No_edit_no_change()
    {
        var file = BpmnFile.Read(Small).File!;
        file.With().File.ShouldBeSameAs(file);
        Text(new BpmnEdit.SetAttribute("a", "name", "A")).ShouldBe(Small);
    }

    private static ReadResult Edited(params BpmnEdit[] edits) => BpmnFile.Read(Small).File!.With(edits);

    private static string Text(params BpmnEdit[] edits) => Edited(edits).File.ShouldNotBeNull().Text;
}
