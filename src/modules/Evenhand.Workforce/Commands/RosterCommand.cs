using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Evenhand.Workforce.Roster;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce.Commands;

/// <summary>`evenhand roster import FILE`.</summary>
internal static class RosterCommand
{
    public static Command Make(CommandRunner run) => new("roster", "The published roster / 排班") { MakeImport(run) };

    private static Command MakeImport(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV: agent, date, from, to, shift / 工号、日期、上班、下班、班次" };
        var command = new Command("import", "Publishes the duties of a file; its days and agents are replaced / 导入并发布排班") { file };
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            if (!path.Exists) return CommandRunner.Print(services, new Refusal("workforce.file.not-found", path.Name));
            var outcome = await services.GetRequiredService<ImportDuties>().Run(await File.ReadAllBytesAsync(path.FullName, cancel), cancel);
            if (outcome.Refused(out var refusal, out var done)) return CommandRunner.Print(services, refusal);
            Console.WriteLine(services.GetRequiredService<Texts>()["workforce.published", done.Agents, done.Added, done.Removed, done.Unchanged]);
            return 0;
        }));
        return command;
    }
}
