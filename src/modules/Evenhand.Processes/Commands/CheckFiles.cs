using System.CommandLine;
using System.Text.Json;
using Evenhand.Bpmn.Model;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Processes.Commands;

/// <summary>`evenhand bpmn check FILE…`: what stops files from running, and what is probably not meant; exit code 1 when one cannot be executed.</summary>
internal static class CheckFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make(CommandRunner run)
    {
        var files = new Argument<string[]>("FILE") { Description = "BPMN 2.0 files / 流程文件", Arity = ArgumentArity.OneOrMore };
        var notes = new Option<bool>("--notes") { Description = "Notes too / 同时显示提示" };
        var format = new Option<string>("--format") { Description = "text | json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("check", "Can it be executed, and is it meant so? / 检查流程文件能否执行") { files, notes, format };
        command.SetAction(run.Alone((services, parsed, cancel) =>
        {
            var texts = services.GetRequiredService<Texts>();
            var (code, shown) = (0, new List<object>());
            foreach (var path in parsed.GetValue(files)!)
            {
                cancel.ThrowIfCancellationRequested();
                if (BpmnInput.Read(path).Refused(out var refusal, out var input))
                {
                    CommandRunner.Print(services, refusal);
                    code = CommandRunner.Refused;
                    continue;
                }
                if (!input.CanRun && code == 0) code = 1;
                var findings = input.Findings.Where(f => parsed.GetValue(notes) || f.Severity != Severity.Note).ToList();
                if (parsed.GetValue(format) == "json") shown.Add(Shown(texts, input, findings));
                else Print(texts, input, findings);
            }
            if (parsed.GetValue(format) == "json") Console.WriteLine(JsonSerializer.Serialize(shown, Options));
            return Task.FromResult(code);
        }));
        return command;
    }

    private static void Print(Texts texts, BpmnInput input, List<Finding> findings)
    {
        foreach (var finding in findings) Console.WriteLine(BpmnInput.Line(texts, input.Path, finding));
        var (errors, warnings) = (findings.Count(f => f.Severity == Severity.Error), findings.Count(f => f.Severity == Severity.Warning));
        Console.WriteLine(texts[input.CanRun ? "processes.check.good" : "processes.check.bad", input.Path, string.Join(", ", input.Processes.Select(p => p.Process)), errors, warnings]);
    }

    private static object Shown(Texts texts, BpmnInput input, List<Finding> findings) => new
    {
        file = input.Path,
        canRun = input.CanRun,
        processes = input.Processes.Select(p => p.Process),
        findings = findings.Select(f => new { severity = f.Severity.ToString(), code = f.Code, element = f.Element, line = f.Line, arguments = f.Arguments, text = BpmnInput.Say(texts, f.Code, f.Arguments) }),
    };
}
