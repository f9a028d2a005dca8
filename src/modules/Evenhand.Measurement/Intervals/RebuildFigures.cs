using System.CommandLine;
using System.Globalization;
using Evenhand.Analytics.Intervals;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Measurement.Intervals;

/// <summary>Counts days anew from what came in, one transaction a day: after a change of the centre's zone, or to prove that the figures are right.</summary>
internal sealed class RebuildFigures(EvenhandDb db, CellStore cells, IIntake intake, IOrganisation organisation)
{
    /// <summary>Counts [from, to) anew; everything when both are null.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">First day no longer counted.</param>
    /// <param name="progress">Told each day that is done.</param>
    /// <param name="cancel">Ends the work after a day.</param>
    public async Task<Outcome<int>> Run(DateOnly? from, DateOnly? to, Action<DateOnly>? progress, CancellationToken cancel)
    {
        if (await intake.Span(cancel) is not { } span) return new Refusal("measurement.no-figures");
        var grid = new IntervalGrid(CellStore.Seconds, (await organisation.Read(cancel)).Zone);
        var (first, end) = (from ?? grid.LocalDay(span.First), to ?? grid.LocalDay(span.Last).AddDays(2));
        if (end <= first) return new Refusal("measurement.empty-period", first, end);
        if (from is null && to is null) await Step(() => cells.ClearAll(cancel), cancel);
        for (var day = first; day < end; day = day.AddDays(1))
        {
            var whole = grid.DayOf(day);
            await Step(() => cells.Recount([new(whole.Start, whole.End)], cancel), cancel);
            progress?.Invoke(day);
        }
        return end.DayNumber - first.DayNumber;
    }

    public static Command Make(CommandRunner run)
    {
        var from = new Option<string?>("--from") { Description = "First day / 起始日期" };
        var to = new Option<string?>("--to") { Description = "First day no longer counted / 截止日期（不含）" };
        var rebuild = new Command("rebuild", "Counts figures anew from the recorded contacts / 重新统计") { from, to };
        rebuild.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            var texts = services.GetRequiredService<Texts>();
            var days = new DateOnly?[2];
            foreach (var (option, at) in ((Option<string?>, int)[])[(from, 0), (to, 1)])
            {
                if (parsed.GetValue(option) is not { } text) continue;
                if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    return CommandRunner.Print(services, new Refusal("measurement.bad-date", option.Name, text));
                days[at] = day;
            }
            await services.GetRequiredService<FactPump>().CatchUp(cancel);
            var outcome = await AnsiConsole.Status().StartAsync(texts["measurement.rebuilding", ""], async status => await services.GetRequiredService<RebuildFigures>()
                .Run(days[0], days[1], day => status.Status(texts["measurement.rebuilding", day]), cancel));
            if (outcome.Refused(out var refusal)) return CommandRunner.Print(services, refusal);
            AnsiConsole.WriteLine(texts["measurement.rebuilt", outcome.Value]);
            return 0;
        }));
        return new Command("figures", "The counted figures / 统计数据") { rebuild };
    }

    private async Task Step(Func<Task> work, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await work();
        await transaction.CommitAsync(cancel);
    }
}
