using System.CommandLine;
using System.Globalization;
using Evenhand.Intake.Archive;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Intake.Imports;

/// <summary>`evenhand imports`: what was imported, newest first.</summary>
internal static class ImportsCommand
{
    private static readonly Option<int> Most = new("--most") { Description = "How many / 条数", DefaultValueFactory = _ => 20 };

    public static Command Make(CommandRunner run)
    {
        var command = new Command("imports", "Lists imports / 列出导入记录") { Most };
        command.SetAction(run.Over(Run));
        return command;
    }

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        var texts = services.GetRequiredService<Texts>();
        var zone = (await services.GetRequiredService<IOrganisation>().Read(cancel)).Zone;
        var imports = await services.GetRequiredService<EvenhandDb>().Imports.AsNoTracking().OrderByDescending(i => i.Id).Take(Math.Max(1, parsed.GetValue(Most))).ToListAsync(cancel);
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["started", "file", "source", "status", "lines", "added", "changed", "known", "rejected"]) table.AddColumn(texts[$"intake.imports.{column}"]);
        foreach (var i in imports)
            table.AddRow(TimeZoneInfo.ConvertTime(i.StartedAt, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Markup.Escape(i.Name), Markup.Escape(i.Source), texts[$"intake.status.{i.Status.ToString().ToLowerInvariant()}"],
                Number(i.Lines), Number(i.Added), Number(i.Changed), Number(i.Known), Number(i.ReasonCounts.Values.Sum()));
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
        return 0;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.CurrentCulture);
}
