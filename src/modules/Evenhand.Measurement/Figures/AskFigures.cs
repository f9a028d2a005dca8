using System.Text;
using Evenhand.Analytics.Intervals;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Intervals;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Measurement.Figures;

/// <summary>Figures of a period by any groups, in one answer with their definitions; everybody sees the part of the centre their right covers.</summary>
internal sealed class AskFigures(IFigures figures, IOrganisation organisation, CurrentAccess current)
{
    /// <summary>An answer with what its writing needs.</summary>
    public sealed record Reply(FigureTable Table, FigureText Text);

    public static void Map(IEndpointRouteBuilder measurement) =>
        measurement.MapGet("/figures", async (string? from, string? to, string? by, string? codes, string[]? set, string? format, AskFigures ask, CancellationToken cancel) =>
        {
            var outcome = await ask.Run(new(from, to, by, codes, set ?? []), cancel);
            if (outcome.Refused(out var refusal)) return new RefusedReply(refusal);
            var (table, text) = outcome.Value;
            return format switch
            {
                "csv" => Results.Text(text.Csv(), "text/csv", Encoding.UTF8),
                "xlsx" => Export.Of("xlsx", "figures", text.ExportColumns(), table.Rows.ToAsyncEnumerable(), [.. table.Definitions.Select(d => new ExportNote(FigureText.Label(d.Code), d.ToString()))]),
                _ => Results.Bytes(text.Json(), "application/json"),
            };
        }).WithName(nameof(AskFigures)).WithSummary("Figures of a period by queue, agent, team, day, interval, hour or weekday, with their definitions").Needs(Rights.Read);

    public async Task<Outcome<Reply>> Run(FigureQuestion question, CancellationToken cancel)
    {
        var people = await organisation.Read(cancel);
        var grid = new IntervalGrid(CellStore.Seconds, people.Zone);
        var read = question.Read(await figures.Dictionary(cancel), grid, await figures.Span(cancel));
        if (read.Refused(out var refusal)) return refusal;
        var table = await figures.Ask(read.Value, current.Access.ScopeOf(Rights.Read), cancel);
        return new Reply(table, new(table, people));
    }
}
