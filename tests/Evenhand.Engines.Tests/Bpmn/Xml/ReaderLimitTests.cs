using System.Text;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>Bad, hostile and broken files get a finding that names the place; nothing throws, hangs or eats the machine.</summary>
public sealed class ReaderLimitTests
{
    private const string Open = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">""";

    [Theory]
    [InlineData("", "xml-malformed", 1)]
    [InlineData("   ", "xml-malformed", 1)]
    [InlineData("no xml", "xml-malformed", 1)]
    [InlineData("<a>\n<b></a>", "xml-malformed", 2)]
    [InlineData("<a/><b/>", "xml-malformed", 1)]
    [InlineData("<a x='&#1;'/>", "xml-malformed", 1)]
    [InlineData("<c:a/>", "xml-malformed", 1)]
    [InlineData("<a/>", "not-bpmn", 1)]
    [InlineData("<definitions xmlns='urn:dmn'/>", "not-bpmn", 1)]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml-has-dtd", 1)]
    [InlineData("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "xml-has-dtd", 1)]
    [InlineData("<?xml version='1.0' encoding='klingon'?><a/>", "encoding-unknown", 1)]
    public void Bad_files_say_what_is_wrong_and_where(string text, string code, int line)
    {
        var (file, findings) = BpmnFile.Read(Encoding.UTF8.GetBytes(text));
        file.ShouldBeNull();
        var finding = findings.ShouldHaveSingleItem();
        (finding.Severity, finding.Code, finding.Line).ShouldBe((Severity.Error, code, line));
        BpmnFile.Read(text).Findings.Select(f => f.ToString()).ShouldBe([finding.ToString()]);
    }

    [Fact]
    public void A_malformed_file_is_told_its_column() =>
        BpmnFile.Read("<a>\n  <b></a>").Findings.ShouldHaveSingleItem().Arguments[0].ShouldBe("8");

    [Fact]
    public void Bytes_that_are_not_of_the_declared_encoding_are_refused_with_their_line()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes("<?xml version='1.0' encoding='UTF-8'?>\n\n<a b='"), 0xC4, 0xE3, .. Encoding.ASCII.GetBytes("'/>")];
        var finding = BpmnFile.Read(bytes).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Line).ShouldBe(("encoding-mismatch", 3));
        BpmnFile.Read(Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='utf-16'?>{Open}</definitions>")).ShouldSatisfyAllConditions(
            r => r.File.ShouldNotBeNull(), r => r.Findings.ShouldHaveSingleItem().Code.ShouldBe("encoding-not-as-declared"));
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-8", true)]
    public void Unicode_is_known_with_and_without_a_mark(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?>{Open}<process id='p' name='端平'/></definitions>")];
        var file = BpmnFile.Read(bytes).File.ShouldNotBeNull();
        file.Model.Processes[0].Name.ShouldBe("端平");
        var edited = file.With(new BpmnEdit.SetAttribute("p", "name", "端平")).File!;
        edited.Bytes.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void A_billion_laughs_are_not_laughed()
    {
        var lols = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        BpmnFile.Read($"<!DOCTYPE d [<!ENTITY l0 \"lol\">{lols}]><d>&l9;</d>").Findings.ShouldHaveSingleItem().Code.ShouldBe("xml-has-dtd");
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        static string Nested(int depth) => Open + string.Concat(Enumerable.Repeat("<process>", depth)) + string.Concat(Enumerable.Repeat("</process>", depth)) + "</definitions>";
        BpmnFile.Read(Nested(200)).File.ShouldNotBeNull();
        BpmnFile.Read(Nested(201)).Findings.ShouldHaveSingleItem().ToString().ShouldBe("Error xml-too-deep (200), line 1");
        BpmnFile.Read(Nested(300_000)).Findings.ShouldHaveSingleItem().Code.ShouldBe("xml-too-deep");
    }

    [Fact]
    public void Size_has_a_limit()
    {
        BpmnFile.Read($"{Open}<process id=\"p\" name=\"{new string('x', 50_000_000)}\"/></definitions>").Findings.ShouldHaveSingleItem().Code.ShouldBe("xml-too-large");
        BpmnFile.Read(new byte[17 << 20]).Findings.ShouldHaveSingleItem().Code.ShouldBe("xml-too-large");
        BpmnFile.Read($"{Open}<process id=\"p\" name=\"{new string('x', 5_000_000)}\"/></definitions>").File!.Model.Processes[0].Name!.Length.ShouldBe(5_000_000);
        BpmnFile.Read($"{Open}{string.Concat(Enumerable.Repeat("<a/>", 200_000))}</definitions>").Findings.ShouldHaveSingleItem().ToString().ShouldBe("Error xml-too-large (200000), line 1");
        BpmnFile.Read($"{Open}<a/></definitions>", new ReadLimits(Elements: 1)).File.ShouldBeNull();
    }

    [Fact]
    public void Twice_the_same_id_is_an_error_between_nodes_and_a_warning_elsewhere()
    {
        var (file, findings) = BpmnFile.Read($"{Open}\n<process id='p'>\n<task id='a'/>\n<task id='a'/>\n</process><message id='m'/><error id='m'/></definitions>");
        file.ShouldNotBeNull();
        findings.Select(f => f.ToString()).ShouldBe(["Error duplicate-id (a, 3) at a, line 4", "Warning duplicate-id (m, 5) at m, line 5"]);
    }
}
