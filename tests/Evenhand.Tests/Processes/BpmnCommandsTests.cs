using System.Diagnostics;
using System.Text;
using System.Xml.Linq;

namespace Evenhand.Tests.Processes;

/// <summary>`evenhand bpmn check | svg | run` as a person or a build runs them: the real program, its output and exit code.</summary>
public sealed class BpmnCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evenhand-test-").FullName;

    private const string Leave = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
          <process id="leave" name="请假" isExecutable="true">
            <startEvent id="start" />
            <sequenceFlow id="f1" sourceRef="start" targetRef="approve" />
            <userTask id="approve" name="组长审批"><potentialOwner><resourceAssignmentExpression><formalExpression>leader</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>
            <boundaryEvent id="late" attachedToRef="approve" cancelActivity="false"><timerEventDefinition><timeDuration>PT4H</timeDuration></timerEventDefinition></boundaryEvent>
            <sequenceFlow id="f2" sourceRef="late" targetRef="remind" />
            <sendTask id="remind" name="催办" />
            <sequenceFlow id="f3" sourceRef="approve" targetRef="long" />
            <exclusiveGateway id="long" default="f5" />
            <sequenceFlow id="f4" sourceRef="long" targetRef="manager"><conditionExpression>${days &gt; 1}</conditionExpression></sequenceFlow>
            <sequenceFlow id="f5" sourceRef="long" targetRef="end" />
            <userTask id="manager" name="经理审批" camunda:assignee="wang" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" />
            <sequenceFlow id="f6" sourceRef="manager" targetRef="end" />
            <endEvent id="end" />
          </process>
        </definitions>
        """;

    [Fact]
    public async Task Check_of_a_good_file_says_so_and_ends_with_0()
    {
        var ran = await Run("", "check", Write("leave.bpmn", Leave), "--lang", "zh-CN");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("可以执行(leave)");
    }

    [Fact]
    public async Task Check_names_every_error_with_line_and_element_in_both_languages_and_ends_with_1()
    {
        var bad = Write("bad.bpmn", Leave.Replace("<exclusiveGateway id=\"long\" default=\"f5\" />", "<complexGateway id=\"long\" />", StringComparison.Ordinal).Replace("days &gt; 1", "days >> 1", StringComparison.Ordinal).Replace("PT4H", "${", StringComparison.Ordinal));
        var zh = await Run("", "check", bad, "--lang", "zh-CN");
        zh.Code.ShouldBe(1);
        zh.Output.ShouldContain(":11: 错误: complexGateway 不能执行");
        zh.Output.ShouldContain("[f4]");
        zh.Output.ShouldContain("[late]");
        var en = await Run("", "check", bad, Write("leave.bpmn", Leave), "--lang", "en", "--format", "json");
        en.Code.ShouldBe(1);
        en.Output.ShouldContain("\"canRun\": false");
        en.Output.ShouldContain("\"canRun\": true");
        en.Output.ShouldContain("complexGateway cannot be executed");
    }

    [Theory, InlineData("", "XML"), InlineData("<html/>", "BPMN"), InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "DTD")]
    public async Task Check_of_what_is_no_process_says_why(string text, string word)
    {
        var ran = await Run("", "check", Write("x.bpmn", text), "--lang", "en");
        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain(word);
    }

    [Fact]
    public async Task Check_of_a_missing_file_is_one_line_and_ends_with_2()
    {
        var ran = await Run("", "check", Path.Combine(_folder, "none.bpmn"), "--lang", "en");
        ran.Code.ShouldBe(2);
        ran.Errors.Trim().ShouldStartWith("Cannot read");
        ran.Errors.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task Svg_is_written_and_marks_what_it_is_told()
    {
        var output = Path.Combine(_folder, "leave.svg");
        var ran = await Run("", "svg", Write("leave.bpmn", Leave), "-o", output, "--active", "manager", "--done", "approve", "f3");
        ran.Code.ShouldBe(0, ran.Errors);
        var svg = XDocument.Load(output);
        svg.Root!.Name.LocalName.ShouldBe("svg");
        svg.ToString().ShouldContain("经理审批");
        (await Run("", "svg", Path.Combine(_folder, "leave.bpmn"), "--mermaid")).Output.ShouldStartWith("flowchart");
        (await Run("", "svg", Path.Combine(_folder, "leave.bpmn"), "-o", Path.Combine(_folder, "no", "where.svg"), "--lang", "en")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Run_steps_through_a_process_by_lines_of_input()
    {
        var svg = Path.Combine(_folder, "half.svg");
        var lines = $"1 days=3\nvars\nsvg {svg}\n1\n";
        var ran = await Run(lines, "run", Write("leave.bpmn", Leave), "--at", "2026-01-05T09:00:00Z", "--lang", "zh-CN");
        ran.Code.ShouldBe(0, ran.Output + ran.Errors);
        ran.Output.ShouldContain("+ 组长审批 (leader)");
        ran.Output.ShouldContain("days = 3");
        ran.Output.ShouldContain("经理审批 [manager] @wang");
        ran.Output.ShouldContain("流程已结束");
        File.ReadAllText(svg).ShouldContain("组长审批");
    }

    [Fact]
    public async Task Run_lets_time_pass_and_says_what_is_stuck_and_how_it_is_mended()
    {
        var ran = await Run("wait PT5H\n1\nset days=1\n1\nwhat\n", "run", Write("leave.bpmn", Leave), "--at", "2026-01-05T09:00:00Z", "--lang", "en");
        ran.Output.ShouldContain("message 催办");
        ran.Output.ShouldContain("There is no variable days");
        ran.Output.ShouldContain("The process has ended");
        ran.Code.ShouldBe(1, "a line that was not understood makes a script fail");
    }

    [Fact]
    public async Task Run_lets_people_claim_send_back_and_take_back()
    {
        var ran = await Run("claim 1 li\n1 days=3\nundo\n1 days=2\nreject 1\ntransfer 1 zhao\n1 days=1\n", "run", Write("leave.bpmn", Leave), "--lang", "en");
        ran.Code.ShouldBe(0, ran.Output + ran.Errors);
        ran.Output.Split("+ 组长审批").Length.ShouldBe(4, "opened, opened again after the undo, and again after the reject");
        ran.Output.ShouldContain("[approve] @zhao");
        ran.Output.ShouldContain("The process has ended");
    }

    [Fact]
    public async Task Run_says_of_a_word_misused_how_it_is_meant_and_goes_on()
    {
        var ran = await Run("wait P9999Y\nwait long\nsignal nobody\nclaim 1\nfoo\n1 days=1\n", "run", Write("leave.bpmn", Leave), "--lang", "en");
        ran.Code.ShouldBe(1);
        ran.Errors.ShouldBeEmpty();
        ran.Output.ShouldContain("The time is out of range: P9999Y");
        ran.Output.ShouldContain("“wait” is not understood like this");
        ran.Output.ShouldContain("Nothing waits for the signal nobody");
        ran.Output.ShouldContain("The process has ended");
        ran.Output.Split("svg FILE").Length.ShouldBe(2, "the whole help only after a word that is none");
    }

    [Fact]
    public async Task Svg_of_what_cannot_be_read_says_why_as_check_does()
    {
        var ran = await Run("", "svg", Write("x.bpmn", "{}"), "--lang", "zh-CN");
        (ran.Code, ran.Output).ShouldBe((1, ""));
        ran.Errors.ShouldContain("x.bpmn:1: 错误: XML 格式有误");
    }

    [Fact]
    public async Task Folder_and_empty_process_are_called_so()
    {
        (await Run("", "check", _folder, "--lang", "en")).Errors.ShouldContain("is a folder");
        (await Run("", "check", Write("e.bpmn", "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\"/></definitions>"), "--lang", "en")).Output.ShouldContain("has nothing in it");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string input, params string[] arguments)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "evenhand.dll"), "bpmn", .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await errors);
    }
}
