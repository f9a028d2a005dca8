using Evenhand.Analytics.Kpis;
using Evenhand.Design;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Components;

namespace Evenhand.Measurement.Periods;

/// <summary>What the pages of figures share: the period and settings in the address, the dictionary and the organisation, and how figures read.</summary>
public abstract class FiguresPage : ModulePage
{
    [Inject] private IFigures Figures { get; set; } = null!;

    [Inject] private IOrganisation Organisation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>What the address asks for; null while there are no figures at all.</summary>
    private protected Asked? Asked { get; private set; }

    private protected OrganisationSnapshot Centre { get; private set; } = null!;

    private protected KpiDictionary Kpis { get; private set; } = KpiDictionary.Standard;

    private protected KpiWords Words { get; private set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Centre = await Organisation.Read(Cancel);
        Kpis = await Figures.Dictionary(Cancel);
        Words = new KpiWords(T, Kpis);
        if (await Figures.Span(Cancel) is not { } span) return;
        var (first, end, today) = (LocalDays.DayOf(span.From, Centre.Zone), LocalDays.DayOf(span.To - 1, Centre.Zone).AddDays(1), LocalDays.DayOf(Clock.GetUtcNow().ToUnixTimeSeconds(), Centre.Zone));
        // A day that is not over makes no full week.
        Asked = new Asked(Navigation.Uri, first, end > today && today > first ? today : end, Centre.Zone, DefaultWeeks);
        await Load();
    }

    /// <summary>How many of the last weeks show when the address names no period; 0 for the last full week.</summary>
    protected virtual int DefaultWeeks => 0;

    /// <summary>Asks the page's slice; only called when there are figures.</summary>
    protected abstract Task Load();

    /// <summary>Sends a reader who sees nobody but the own person to the own page; true when it did.</summary>
    private protected bool GoesToOwnPage()
    {
        if (Who.ScopeOf(Rights.Read) is not { All: false, Units.Count: 0 } || Who.AgentId is not { } own) return false;
        Navigation.NavigateTo(Asked!.To($"/agents/{own}"));
        return true;
    }

    private protected string TeamName(Guid? team) => team is { } id && Centre.Units.TryGetValue(id, out var unit) ? unit.Name : T["measurement.no-team"];

    private protected string AgentName(Guid agent) => Centre.Agents.GetValueOrDefault(agent)?.Name ?? agent.ToString();

    private protected string QueueName(Guid queue) => Centre.Queues.GetValueOrDefault(queue)?.Name ?? queue.ToString();

    /// <summary>Rows in the order the list asks for: by a figure's code, by `name`, or as they came; rows without a figure last.</summary>
    private protected IReadOnlyList<FigureRow> Sorted(IEnumerable<FigureRow> rows, Func<FigureRow, string> name, string usual)
    {
        var (key, down) = Query.Sort is { } sort ? (sort, Query.Descending) : (usual.TrimStart('-'), usual.StartsWith('-'));
        if (key == "name") return [.. down ? rows.OrderByDescending(name, StringComparer.CurrentCulture) : rows.OrderBy(name, StringComparer.CurrentCulture)];
        double Value(FigureRow row) => row.Figures.FirstOrDefault(f => f.Code == key)?.Value ?? double.NaN;
        return [.. rows.OrderBy(r => double.IsNaN(Value(r))).ThenBy(r => down ? -Value(r) : Value(r))];
    }

    private protected IReadOnlyList<TRow> OnePage<TRow>(IReadOnlyList<TRow> rows) => [.. rows.Skip(Query.Skip).Take(Query.Take)];
}
