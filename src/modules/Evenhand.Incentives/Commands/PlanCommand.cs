using System.CommandLine;
using System.Text.Json;
using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Incentives.Commands;

/// <summary>`evenhand plan baseline | simulate | publish`.</summary>
internal static class PlanCommand
{
    public static Command Make(CommandRunner run) => new("plan", "Tiered piece-rate plan / 阶梯式绩效方案") { MakeBaseline(run), MakeSimulate(run), MakePublish(run) };

    private static Command MakeBaseline(CommandRunner run)
    {
        var format = Output.Format();
        var command = new Command("baseline", "Baseline of past months, who is left out and why / 计算基准值") { format };
        var options = PlanOptions.ForBaseline(command);
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            if (Output.Json(parsed, format).Refused(out var refusal, out var json)) return CommandRunner.Print(services, refusal);
            if (options.Read(parsed).Refused(out refusal, out var request)) return CommandRunner.Print(services, refusal);
            if ((await services.GetRequiredService<ComputeBaseline>().Run(request.Choices, cancel)).Refused(out refusal, out var found)) return CommandRunner.Print(services, refusal);
            var shown = PlanJson.Of(found, request.Choices.Correction);
            if (json) Output.Write(shown);
            else PlanPrint.Baseline(services.GetRequiredService<Texts>(), shown);
            return 0;
        }));
        return command;
    }

    private static Command MakeSimulate(CommandRunner run)
    {
        var format = Output.Format();
        var command = new Command("simulate", "Tries a plan on past months / 用历史数据试算方案") { format };
        var options = PlanOptions.ForPrices(command);
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            if (Output.Json(parsed, format).Refused(out var refusal, out var json)) return CommandRunner.Print(services, refusal);
            if (options.Read(parsed).Refused(out refusal, out var request)) return CommandRunner.Print(services, refusal);
            if ((await services.GetRequiredService<SimulatePlan>().Run(request, cancel)).Refused(out refusal, out var simulated)) return CommandRunner.Print(services, refusal);
            var shown = PlanJson.Of(simulated);
            if (json) Output.Write(shown);
            else PlanPrint.Simulation(services.GetRequiredService<Texts>(), shown);
            return 0;
        }));
        return command;
    }

    private static Command MakePublish(CommandRunner run)
    {
        var from = new Option<string?>("--from") { Description = "First month paid by it, yyyy-MM / 生效月份", Required = true };
        var format = Output.Format();
        var command = new Command("publish", "Publishes a plan as the next version / 发布方案") { from, format };
        var options = PlanOptions.ForPrices(command);
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            if (Output.Json(parsed, format).Refused(out var refusal, out var json)) return CommandRunner.Print(services, refusal);
            if (options.Read(parsed).Refused(out refusal, out var request)) return CommandRunner.Print(services, refusal);
            if (Exact.ReadMonth(parsed.GetValue(from)).Refused(out refusal, out _)) return CommandRunner.Print(services, refusal);
            if ((await services.GetRequiredService<DraftPlan>().Run(new DraftPlan.Request(null, request.Choices, request.Budget), cancel)).Refused(out refusal, out var draft)) return CommandRunner.Print(services, refusal);
            if ((await services.GetRequiredService<PublishPlan>().Run(new PublishPlan.Request(draft.Id, parsed.GetValue(from)), cancel)).Refused(out refusal, out var published)) return CommandRunner.Print(services, refusal);
            if (json) Output.Write(new { published.Version, published.From, baseline = Exact.Plain(draft.Baseline), tiers = draft.Starts.Select(Exact.Plain), price = Exact.Price(draft.Price), step = Exact.Price(draft.Step) });
            else Console.WriteLine(services.GetRequiredService<Texts>()["incentives.cli.published", published.Version, published.From, Exact.Ladder(draft.Starts), Exact.Price(draft.Price), Exact.Price(draft.Step)]);
            return 0;
        }));
        return command;
    }
}

/// <summary>The choice between a table and JSON, the same for all commands of pay.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<string> Format() => new("--format") { Description = "table | json", DefaultValueFactory = _ => "table" };

    public static Outcome<bool> Json(ParseResult parsed, Option<string> format) =>
        parsed.GetValue(format) is var text && text is "json" or "table" ? text == "json" : new Refusal("incentives.option-unreadable", format.Name, text);

    public static void Write<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));
}

/// <summary>Baselines and simulations as a terminal shows them.</summary>
internal static class PlanPrint
{
    public static void Baseline(Texts texts, PlanJson.BaselineShown b)
    {
        Console.WriteLine(texts["incentives.cli.baseline", b.Baseline, b.From, b.Until, b.Kept.Count, b.Kept.Count + b.Removed.Count, b.Mean, b.StandardDeviation]);
        var removed = new Table().Border(TableBorder.Simple).AddColumns(texts["incentives.agent"], texts["incentives.volume"], texts[$"incentives.measure.{b.Measure}"], texts["incentives.reason"]);
        foreach (var r in b.Removed) removed.AddRow(Markup.Escape(r.Agent), Exact.Short(r.Volume), Exact.Short(r.Hours ?? r.Days ?? 0), Markup.Escape(texts[$"incentives.removed.{r.Reason}", r.Limit ?? 0, texts[$"incentives.unit.{b.Measure}"]]));
        if (b.Removed.Count > 0) AnsiConsole.Write(removed);
        var most = b.Shape.Histogram.Select(x => x.Count).DefaultIfEmpty(1).Max();
        foreach (var bin in b.Shape.Histogram) Console.WriteLine($"{bin.From,9:0} – {bin.To,6:0} {new string('█', (int)Math.Ceiling(bin.Count * 40.0 / Math.Max(1, most)))} {bin.Count}");
        Console.WriteLine(texts[$"incentives.stage.{b.Shape.Stage}", b.Shape.Skewness ?? 0, b.Shape.ShareBelow, b.Shape.SuggestedCorrection]);
        if (b.FiguresBegin is { } begin) Console.WriteLine(texts["incentives.partial", begin.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)]);
        if (b.SuggestedMonths > 2) Console.WriteLine(texts["incentives.stable", b.SuggestedMonths]);
        Console.WriteLine(b.Tiers is null ? texts["incentives.cli.no-tiers"] : texts["incentives.cli.tiers", Exact.Ladder(b.Tiers)]);
    }

    public static void Simulation(Texts texts, PlanJson.SimulationShown s)
    {
        Console.WriteLine(texts["incentives.cli.simulated", s.From, s.Until, Exact.Ladder(s.Tiers), s.Price, s.Step, s.Currency + s.Total, s.Units, s.CostPerUnit ?? "–"]);
        var tiers = new Table().Border(TableBorder.Simple).AddColumns(texts["incentives.tier"], texts["incentives.price"], texts["incentives.agent-months"], texts["incentives.units"], texts["incentives.amount"], texts["incentives.share"]);
        foreach (var t in s.Shares) tiers.AddRow(Exact.Text(t.Tier), t.Price, Exact.Text(t.AgentMonths), Exact.Short(t.Units), t.Amount, Exact.Text(Math.Round(t.Share * 100, 1)) + " %");
        AnsiConsole.Write(tiers);
        Console.WriteLine(texts[$"incentives.compared.{s.ComparedWith}", s.FlatPrice, s.Winners.Count, s.Losers.Count]);
        var changes = new Table().Border(TableBorder.Simple).AddColumns(texts["incentives.agent"], texts["incentives.difference"]);
        foreach (var c in s.Winners.Take(10).Concat(s.Losers.Take(10).Reverse())) changes.AddRow(Markup.Escape(c.Agent), c.Difference);
        if (s.Winners.Count + s.Losers.Count > 0) AnsiConsole.Write(changes);
    }
}
