using System.CommandLine;
using Evenhand.Incentives.Statements;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Incentives.Commands;

/// <summary>`evenhand pay --month M`: runs a month's pay and shows it; with `--close` closes it.</summary>
internal static class PayCommand
{
    public static Command Make(CommandRunner run)
    {
        var month = new Option<string?>("--month") { Description = "yyyy-MM / 月份", Required = true };
        var agent = new Option<string?>("--agent") { Description = "Only this agent / 只看一名坐席" };
        var close = new Option<bool>("--close") { Description = "Close the month for good / 关账" };
        var format = Output.Format();
        var command = new Command("pay", "Each agent's pay of a month, explained / 月度计件绩效") { month, agent, close, format };
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            if (Output.Json(parsed, format).Refused(out var refusal, out var json)) return CommandRunner.Print(services, refusal);
            if (Exact.ReadMonth(parsed.GetValue(month)).Refused(out refusal, out var first)) return CommandRunner.Print(services, refusal);
            var ran = parsed.GetValue(close) ? await services.GetRequiredService<CloseMonth>().Run(first, cancel) : await services.GetRequiredService<RunPay>().Run(first, cancel);
            if (ran.Refused(out refusal)) return CommandRunner.Print(services, refusal);
            if ((await services.GetRequiredService<ReadMonth>().Run(first, cancel)).Refused(out refusal, out var sheet)) return CommandRunner.Print(services, refusal);
            var shown = PayJson.Of(sheet, parsed.GetValue(agent));
            if (parsed.GetValue(agent) is { } code && shown.Agents.Count == 0) return CommandRunner.Print(services, new Refusal("incentives.agent-without-pay", code, shown.Of));
            if (json) Output.Write(shown);
            else Print(services.GetRequiredService<Texts>(), shown);
            return 0;
        }));
        return command;
    }

    private static void Print(Texts texts, PayJson.Month month)
    {
        Console.WriteLine(texts["incentives.cli.pay", month.Of, month.Plan.Version, Exact.Ladder(month.Plan.Tiers), month.Plan.Price, month.Plan.Step, month.Currency + month.Total, texts[month.Closed ? "incentives.closed" : "incentives.open"]]);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(texts["incentives.agent"], texts["incentives.contacts"], texts["incentives.units"], texts["incentives.lines"], texts["incentives.adjustments"], texts["incentives.amount"]);
        foreach (var a in month.Agents)
            table.AddRow(Markup.Escape(a.Agent), Exact.Text(a.Contacts), Exact.Text(a.Units), string.Join(" + ", a.Lines.Where(l => l.Units > 0).Select(l => $"{l.Units:0.##}×{l.Price}")),
                string.Join(" ", a.Adjustments.Select(x => $"{x.Month}: {x.Amount}")), a.Amount);
        AnsiConsole.Write(table);
        if (month.Agents.Count != 1) return;
        foreach (var queue in month.Agents[0].Explained)
            foreach (var day in queue.Days) Console.WriteLine($"{day.Day:yyyy-MM-dd}  {queue.Queue,-12} {day.Contacts,5} × {queue.Weight:0.##} = {day.Units,8:0.##}  {day.Amount,10}");
    }
}
