using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Measurement.Kpis;

/// <summary>A version of a KPI of the centre's own; a published one never changes.</summary>
internal sealed class OwnKpi : IAudited
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required int Version { get; init; }

    /// <summary>The definition as JSON, as it was read and checked.</summary>
    public required string Definition { get; init; }

    public required DateTimeOffset DefinedAt { get; init; }
    public required string DefinedBy { get; init; }

    /// <summary>Null while it is a draft.</summary>
    public DateTimeOffset? PublishedAt { get; set; }
}

internal sealed class OwnKpiMapping : IEntityTypeConfiguration<OwnKpi>
{
    public void Configure(EntityTypeBuilder<OwnKpi> kpi)
    {
        kpi.ToTable("measurement_kpi");
        kpi.HasIndex(k => new { k.Code, k.Version }).IsUnique();
        kpi.Property(k => k.Code).HasMaxLength(40);
        kpi.Property(k => k.DefinedBy).HasMaxLength(200);
    }
}

internal static class KpiTables
{
    extension(EvenhandDb db)
    {
        public DbSet<OwnKpi> OwnKpis => db.Set<OwnKpi>();
    }
}

/// <summary>The dictionary of this centre: the standard KPIs and the newest published version of each of its own.</summary>
internal sealed class OwnKpis(EvenhandDb db)
{
    public async Task<KpiDictionary> Dictionary(CancellationToken cancel)
    {
        var dictionary = KpiDictionary.Standard;
        foreach (var row in await db.OwnKpis.AsNoTracking().Where(k => k.PublishedAt != null).OrderBy(k => k.Code).ThenBy(k => k.Version).ToListAsync(cancel))
            dictionary = dictionary.With(KpiDefinition.TryParse(row.Definition).Required()).Required();
        return dictionary;
    }
}
