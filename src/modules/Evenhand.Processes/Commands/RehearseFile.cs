using System.CommandLine;
using System.Globalization;
using Evenhand.Bpmn.Rehearsals;
using Evenhand.Bpmn.Timing;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Processes.Commands;

/// <summary>`evenhand bpmn run FILE`: steps through a process in the terminal, line by line; the same lines can come from a file.</summary>
internal static class RehearseFile
{
    public static Command Make(CommandRunner run)
    {
        var files = new Argument<string[]>("FILE") { Description = "BPMN 2.0 files; the first is started, the others can be called / 流程文件", Arity = ArgumentArity.OneOrMore };
        var process = new Option<string?>("--process") { Description = "Id of the process to start / 要启动的流程" };
        var set = new Option<string[]>("--set") { Description = "name=value, as it starts / 启动变量" };
        var at = new Option<string?>("--at") { Description = "The moment it begins, ISO 8601 / 开始时刻" };
        var by = new Option<string>("--as") { Description = "Who starts it / 启动人", DefaultValueFactory = _ => "starter" };
        var command = new Command("run", "Steps through a process in the terminal / 在终端里逐步演练流程") { files, process, set, at, by };
        command.SetAction(run.Alone((services, parsed, cancel) =>
        {
            var texts = services.GetRequiredService<Texts>();
            var begins = services.GetRequiredService<TimeProvider>().GetLocalNow();
            if (parsed.GetValue(at) is { } text && !Iso8601.TryInstant(text, begins.Offset, out begins)) return Task.FromResult(CommandRunner.Print(services, new Refusal("processes.moment-unreadable", text)));
            var rehearsal = new Rehearsal(begins, new() { Zone = TimeZoneInfo.Local });
            string? key = parsed.GetValue(process);
            foreach (var path in parsed.GetValue(files)!)
            {
                if (BpmnInput.Read(path).Refused(out var refusal, out var input)) return Task.FromResult(CommandRunner.Print(services, refusal));
                if (!input.CanRun)
                {
                    foreach (var finding in input.Findings) Console.Error.WriteLine(BpmnInput.Line(texts, path, finding));
                    return Task.FromResult(1);
                }
                foreach (var compiled in input.Processes) rehearsal.Deploy(compiled.Definition!);
                key ??= input.Processes[0].Process;
            }
            var stage = new Stage(rehearsal, texts, Console.Out);
            if (!stage.Start(key!, parsed.GetValue(by)!, parsed.GetValue(set) ?? [])) return Task.FromResult(1);
            return Task.FromResult(Steps(stage, texts, cancel));
        }));
        return command;
    }

    private static int Steps(Stage stage, Texts texts, CancellationToken cancel)
    {
        var scripted = Console.IsInputRedirected;
        var refused = false;
        stage.Show();
        while (!cancel.IsCancellationRequested)
        {
            if (!scripted) Console.Write("> ");
            if (Console.ReadLine() is not { } line || line.Trim() is "quit" or "q" or "exit") break;
            if (line.Trim() is "" or ['#', ..]) continue;
            if (scripted) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"> {line}"));
            refused |= !stage.Do(line.Trim());
            if (stage.HasEnded && !scripted) break;
        }
        Console.WriteLine(texts[stage.HasEnded ? "processes.run.ended" : "processes.run.open"]);
        return scripted && refused ? 1 : 0;
    }
}
