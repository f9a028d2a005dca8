using System.Globalization;
using Evenhand.Kernel.Text;
using Spectre.Console;

namespace Evenhand.Intake.Imports;

/// <summary>Shows an import's progress: a bar in a terminal, a line every few seconds elsewhere; on the error output, so that the summary can be piped.</summary>
internal sealed class ImportDisplay : IAsyncDisposable
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly TaskCompletionSource ended = new();
    private readonly Texts texts;
    private readonly TimeProvider clock;
    private readonly bool quiet;
    private readonly Task showing = Task.CompletedTask;
    private long beganAt, linedAt;
    private string name = "";
    private volatile ProgressContext? bars;
    private ProgressTask? bar;

    private ImportDisplay(Texts texts, TimeProvider clock, bool quiet)
    {
        (this.texts, this.clock, this.quiet, beganAt, linedAt) = (texts, clock, quiet, clock.GetTimestamp(), clock.GetTimestamp());
        if (quiet || !console.Profile.Capabilities.Interactive || Console.IsErrorRedirected) return;
        showing = console.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(context =>
            {
                bars = context;
                return ended.Task;
            });
    }

    public static ImportDisplay Start(Texts texts, TimeProvider clock, bool quiet) => new(texts, clock, quiet);

    public void Show(ImportLog.Progress progress)
    {
        if (quiet) return;
        if (name != progress.Name) (name, beganAt) = (progress.Name, clock.GetTimestamp());
        var rate = progress.Lines / Math.Max(clock.GetElapsedTime(beganAt).TotalSeconds, 0.001);
        var text = texts["intake.progress", progress.Name, progress.Lines, progress.Contacts, progress.Rejected, rate];
        if (bars is { } context)
        {
            if (bar is null || !bar.Description.StartsWith(Markup.Escape(progress.Name), StringComparison.Ordinal)) bar = context.AddTask(Markup.Escape(text), maxValue: progress.Length ?? 1);
            bar.IsIndeterminate = progress.Length is null;
            bar.Description = Markup.Escape(text);
            bar.Value = progress.Length is null ? 0 : progress.Bytes;
        }
        else if (clock.GetElapsedTime(linedAt) >= LineEvery)
        {
            linedAt = clock.GetTimestamp();
            var left = progress.Length is { } length && progress.Bytes > 0 ? clock.GetElapsedTime(beganAt) * ((double)(length - progress.Bytes) / progress.Bytes) : (TimeSpan?)null;
            Console.Error.WriteLine(text + (left is { } time ? texts["intake.progress-left", time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)] : ""));
        }
    }

    /// <summary>The readers of facts still have this many before them.</summary>
    public void ShowFacts(string reader, long left)
    {
        if (quiet || left == 0 || clock.GetElapsedTime(linedAt) < LineEvery) return;
        linedAt = clock.GetTimestamp();
        if (bar is not null) bar.Description = Markup.Escape(texts["intake.progress-figures", reader, left]);
        else Console.Error.WriteLine(texts["intake.progress-figures", reader, left]);
    }

    public async ValueTask DisposeAsync()
    {
        bar?.StopTask();
        ended.TrySetResult();
        await showing;
    }

    /// <summary>Prints the summary for people.</summary>
    public static void Print(Texts texts, ImportSummary summary, string dataDirectory)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders();
        Add("intake.summary.files", summary.Files);
        Add("intake.summary.lines", summary.Lines);
        foreach (var (outcome, count) in summary.Rows) table.AddRow("  " + Markup.Escape(outcome), count.ToString("N0", CultureInfo.CurrentCulture));
        Add("intake.summary.added", summary.Contacts.Added);
        Add("intake.summary.changed", summary.Contacts.Changed);
        Add("intake.summary.known", summary.Contacts.Known);
        Add("intake.summary.states", summary.States);
        foreach (var (reason, count) in summary.Rejects) table.AddRow("  " + Markup.Escape(texts[$"intake.reject.{reason}"]), count.ToString("N0", CultureInfo.CurrentCulture));
        table.AddRow(texts["intake.summary.seconds"], summary.Seconds.ToString("N1", CultureInfo.CurrentCulture));
        Add("intake.summary.rate", summary.LinesPerSecond);
        AnsiConsole.Write(table);
        foreach (var note in summary.Notes) Console.WriteLine(texts[note]);
        foreach (var file in summary.RejectsFiles) Console.WriteLine(texts["intake.summary.rejects-in", Path.Combine(dataDirectory, file)]);

        void Add(string key, long count) => table.AddRow(texts[key], count.ToString("N0", CultureInfo.CurrentCulture));
    }
}
