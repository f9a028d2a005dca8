using Evenhand.Analytics.Kpis;
using Evenhand.Measurement.Contracts;

namespace Evenhand.Measurement.Definitions;

/// <summary>The KPI dictionary of this centre: the standard KPIs and its own published ones, each with its version, parameters and formula.</summary>
internal sealed class ListDefinitions(IFigures figures)
{
    /// <param name="Search">Part of a code or of a name; null for all.</param>
    public sealed record Request(string? Search);

    /// <param name="Own">Whether the centre defined it itself.</param>
    /// <param name="Available">False where the facts it needs are not recorded by this program yet.</param>
    public sealed record Row(KpiDefinition Kpi, bool Own, bool Available);

    // What call logs, agent states and customers' numbers can give; the rest waits for its own sources.
    private const FactSources Recorded = FactSources.Contacts | FactSources.States | FactSources.Customers;

    public async Task<IReadOnlyList<Row>> Run(Request request, CancellationToken cancel)
    {
        var dictionary = await figures.Dictionary(cancel);
        return [.. dictionary.All
            .Where(k => string.IsNullOrWhiteSpace(request.Search) || new[] { k.Code, k.NameZh, k.NameEn }.Any(n => n.Contains(request.Search.Trim(), StringComparison.OrdinalIgnoreCase)))
            .Select(k => new Row(k, KpiDictionary.Standard.Find(k.Code) is null, k.Bind(available: Recorded).WithheldReason is null))];
    }
}
