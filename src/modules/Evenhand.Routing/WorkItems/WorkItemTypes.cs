using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>The types of work items: the standard ones as version 1, and what the centre made of them since.</summary>
internal sealed class WorkItemTypes(EvenhandDb db)
{
    private Dictionary<(string Code, int Version), WorkItemType>? known;

    /// <summary>The latest version of each type, by code.</summary>
    public async Task<IReadOnlyList<WorkItemType>> Current(CancellationToken cancel) =>
        [.. (await Read(cancel)).Values.GroupBy(t => t.Code).Select(g => g.MaxBy(t => t.Version)!).OrderBy(t => t.Code, StringComparer.Ordinal)];

    /// <summary>The latest version of a type, or that there is none.</summary>
    public async Task<Outcome<WorkItemType>> Current(string code, CancellationToken cancel)
    {
        var all = await Current(cancel);
        return all.FirstOrDefault(t => t.Code == code) is { } type ? type : new Refusal("routing.type-unknown", code, string.Join(", ", all.Select(t => t.Code)));
    }

    /// <summary>The version an item was made by.</summary>
    public async Task<WorkItemType> At(string code, int version, CancellationToken cancel) => (await Read(cancel))[(code, version)];

    /// <summary>What was read is forgotten: a new version was written.</summary>
    public void Forget() => known = null;

    private async Task<Dictionary<(string Code, int Version), WorkItemType>> Read(CancellationToken cancel)
    {
        if (known is not null) return known;
        var own = await db.TypeVersions.AsNoTracking().Select(t => t.Definition).ToListAsync(cancel);
        return known = StandardTypes.All.Concat(own.Select(d => JsonSerializer.Deserialize<WorkItemType>(d, FactJson.Options)!)).ToDictionary(t => (t.Code, t.Version));
    }
}
