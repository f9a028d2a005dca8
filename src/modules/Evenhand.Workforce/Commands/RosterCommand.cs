using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Evenhand.Workforce.Roster;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce.Commands;

/// <summary>`evenhand roster import | opens`.</summary>
internal static class RosterCommand
{
    public static Command Make(CommandRunner run) => new("roster", "The published roster / 排班") { MakeImport(run), MakeOpens(run) };

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

    private static Command MakeOpens(CommandRunner run)
    {
        var minutes = new Argument<int>("minutes") { Description = "0–720" };
        var command = new Command("opens", "How long before the end of each shift its handover opens / 交接提前多少分钟开放") { minutes };
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            var set = services.GetRequiredService<SetShifts>();
            var asked = parsed.GetValue(minutes);
            if (asked is < 0 or > 720) return CommandRunner.Print(services, new Refusal("kernel.option-out-of-range", "minutes", 0, 720, asked));
            var shifts = (await set.Read(cancel)).Select(s => s with { Opens = asked }).ToList();
            if ((await set.Run(new(shifts), cancel)).Refused(out var refusal)) return CommandRunner.Print(services, refusal);
            foreach (var shift in shifts) Console.WriteLine($"{shift.Name} {shift.From}–{shift.To}: {asked} min");
            return 0;
        }));
        return command;
    }
}
