using System.CommandLine;
using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Xml;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Processes.Commands;

/// <summary>`evenhand bpmn svg FILE -o OUT`: draws a file, laid out anew where it is not drawn; with `--mermaid` as a Mermaid flowchart.</summary>
internal static class DrawFile
{
    public static Command Make(CommandRunner run)
    {
        var file = new Argument<string>("FILE") { Description = "BPMN 2.0 file / 流程文件" };
        var output = new Option<string?>("--output", "-o") { Description = "Where to; the terminal when not said / 输出文件" };
        var mermaid = new Option<bool>("--mermaid") { Description = "Mermaid text instead of SVG / 输出 Mermaid" };
        var anew = new Option<bool>("--layout") { Description = "Lay out anew even when drawn / 忽略原图,重新布局" };
        var dark = new Option<bool>("--dark") { Description = "Light on dark / 深色" };
        var active = new Option<string[]>("--active") { Description = "Ids to mark as active / 标记为进行中" };
        var done = new Option<string[]>("--done") { Description = "Ids to mark as done / 标记为已完成" };
        var rejected = new Option<string[]>("--rejected") { Description = "Ids to mark as rejected / 标记为已驳回" };
        foreach (var option in new[] { active, done, rejected }) option.AllowMultipleArgumentsPerToken = true;
        var command = new Command("svg", "Draws a BPMN file / 绘制流程图") { file, output, mermaid, anew, dark, active, done, rejected };
        command.SetAction(run.Alone(async (services, parsed, cancel) =>
        {
            if (BpmnInput.Read(parsed.GetValue(file)!).Refused(out var refusal, out var input)) return CommandRunner.Print(services, refusal);
            if (input.File is not { } read)
            {
                foreach (var finding in input.Findings) Console.Error.WriteLine(BpmnInput.Line(services.GetRequiredService<Texts>(), input.Path, finding));
                return 1;
            }
            var marks = new Dictionary<string, Highlight>(StringComparer.Ordinal);
            foreach (var id in parsed.GetValue(done) ?? []) marks[id] = Highlight.Done;
            foreach (var id in parsed.GetValue(rejected) ?? []) marks[id] = Highlight.Rejected;
            foreach (var id in parsed.GetValue(active) ?? []) marks[id] = Highlight.Active;
            var model = parsed.GetValue(anew) ? Bare(read) : read.Model;
            var text = parsed.GetValue(mermaid) ? Mermaid.Write(model, marks) : SvgDrawing.Draw(model, Diagram.Of(model), new SvgOptions { Highlights = marks, Theme = parsed.GetValue(dark) ? Theme.Dark : Theme.Light });
            return await Write(services, parsed.GetValue(output), text, cancel);
        }));
        return command;
    }

    private static Evenhand.Bpmn.Model.BpmnModel Bare(BpmnFile file) =>
        file.Model with { Shapes = new Dictionary<string, Evenhand.Bpmn.Model.Shape>(), Edges = new Dictionary<string, Evenhand.Bpmn.Model.Edge>() };

    private static async Task<int> Write(IServiceProvider services, string? path, string text, CancellationToken cancel)
    {
        if (path is null)
        {
            Console.WriteLine(text);
            return 0;
        }
        try
        {
            await File.WriteAllTextAsync(path, text, cancel);
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return CommandRunner.Print(services, new Refusal("processes.file-unwritable", path, fault.Message));
        }
    }
}
