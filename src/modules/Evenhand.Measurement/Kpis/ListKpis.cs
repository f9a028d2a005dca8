using System.CommandLine;
using System.Globalization;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Measurement.Kpis;

/// <summary>The dictionary: every KPI with its version, names, unit, formula and parameters.</summary>
internal sealed class ListKpis(OwnKpis own)
{
    public sealed record Parameter(string Name, string Default, IReadOnlyList<string> Allowed);

    public sealed record Entry(string Code, int Version, string Zh, string En, string Unit, string Improves, string Formula, IReadOnlyList<Parameter> Parameters, bool Standard);

    public static void Map(IEndpointRouteBuilder measurement) =>
        measurement.MapGet("/definitions", async (ListKpis list, CancellationToken cancel) => Results.Ok(await list.Run(cancel)))
            .WithName(nameof(ListKpis)).WithSummary("The KPI dictionary").Produces<IReadOnlyList<Entry>>().Needs(Rights.Read);

    public static Command Make(CommandRunner run)
    {
        var list = new Command("list", "The KPI dictionary / 指标词典");
        list.SetAction(run.Over(async (services, _, cancel) =>
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns("", "v", "", "", "");
            foreach (var kpi in await services.GetRequiredService<ListKpis>().Run(cancel))
                table.AddRow(Markup.Escape(kpi.Code), kpi.Version.ToString(CultureInfo.InvariantCulture), Markup.Escape(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? kpi.Zh : kpi.En),
                    Markup.Escape(kpi.Formula), Markup.Escape(string.Join("\n", kpi.Parameters.Select(p => $"{p.Name}={p.Default} [{string.Join('|', p.Allowed)}]"))));
            AnsiConsole.Write(table);
            return 0;
        }));
        return list;
    }

    public async Task<IReadOnlyList<Entry>> Run(CancellationToken cancel) =>
        [.. (await own.Dictionary(cancel)).All.Select(k => new Entry(k.Code, k.Version, k.NameZh, k.NameEn, k.Unit.ToString(), k.Improves.ToString(), k.FormulaText,
            [.. k.Parameters.Select(p => new Parameter(p.Name, p.Default, p.Permits()))], KpiDictionary.Standard.Find(k.Code) is not null))];
}
