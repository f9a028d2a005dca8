using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Incentives.Statements;

/// <summary>A month's statements as a file, for payroll: one row an agent, amounts with all their cents.</summary>
internal sealed class ExportMonth(ReadMonth read, Evenhand.Kernel.Text.Texts texts)
{
    public static void Map(RouteGroupBuilder months) => months.MapGet("/{month}/export", async (string month, string? format, ExportMonth slice, CancellationToken cancel) =>
        await slice.Run(month, format, cancel)).Needs(Rights.ReadTeam).WithName(nameof(ExportMonth));

    public async Task<IResult> Run(string monthText, string? format, CancellationToken cancel)
    {
        if (Exact.ReadMonth(monthText).Refused(out var refusal, out var month)) return new RefusedReply(refusal);
        if ((await read.Run(month, cancel)).Refused(out refusal, out var sheet)) return new RefusedReply(refusal);
        List<ExportColumn<ReadMonth.Row>> columns =
        [
            new(texts["incentives.month"], _ => monthText),
            new(texts["incentives.code"], r => r.Agent.Code),
            new(texts["incentives.agent"], r => r.Agent.Name),
            new(texts["incentives.team"], r => r.Team),
            new(texts["incentives.contacts"], r => r.Statement.Contacts),
            new(texts["incentives.units"], r => Exact.Plain(r.Statement.Units)),
        ];
        var terms = sheet.Plan.Terms;
        for (var tier = 0; tier <= terms.Starts.Count; tier++)
        {
            var (at, name) = (tier, tier == 0 ? texts["incentives.base-tier"] : texts["incentives.tier-n", tier]);
            columns.Add(new($"{name} × {Exact.Price(terms.Price + tier * terms.Step)}", r => r.Statement.Lines.FirstOrDefault(l => l.Tier == at) is { } line ? Exact.Plain(line.Units) : null));
        }
        columns.Add(new(texts["incentives.earned"], r => r.Statement.Earned));
        columns.Add(new(texts["incentives.adjustments"], r => r.Statement.Adjusted));
        columns.Add(new(texts["incentives.amount"], r => decimal.Round(r.Statement.Total, 2) + 0.00m));
        return Export.Of(format, $"pay-{monthText}", columns, sheet.Rows.ToAsyncEnumerable(), [new(texts["incentives.amount"], texts["incentives.rounding"])]);
    }
}
