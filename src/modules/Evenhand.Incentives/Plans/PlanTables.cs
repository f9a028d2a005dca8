using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Incentives.Plans;

internal enum PlanState
{
    Draft,
    Published,
}

/// <summary>A piece-rate plan. A draft changes freely; published it has a version and a first month and never changes again.</summary>
internal sealed class Plan : IAudited
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required Guid Id { get; init; }
    public PlanState State { get; private set; }
    public int? Version { get; private set; }
    public DateOnly? EffectiveFrom { get; private set; }
    public decimal Baseline { get; private set; }
    public decimal Price { get; private set; }
    public decimal Step { get; private set; }

    /// <summary>Starts of the tiers, whole numbers, as a JSON list.</summary>
    public string Starts { get; private set; } = "[]";

    /// <summary>The <see cref="PlanChoices"/> it came from, as JSON.</summary>
    public string Settings { get; private set; } = "{}";

    public required DateTimeOffset DraftedAt { get; set; }
    public required string DraftedBy { get; set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? PublishedBy { get; private set; }

    public PlanChoices Choices => JsonSerializer.Deserialize<PlanChoices>(Settings, Json)!;

    public PlanTerms Terms
    {
        get
        {
            var choices = Choices;
            return new PlanTerms(Baseline, JsonSerializer.Deserialize<decimal[]>(Starts)!, Price, Step, choices.Currency, choices.Weights, choices.Quality, choices.Hours);
        }
    }

    /// <summary>Takes choices with the numbers they led to.</summary>
    public Refusal? Set(PlanChoices choices, PlanTerms terms)
    {
        if (State == PlanState.Published) return new Refusal("incentives.plan-published", Version);
        if (terms.Problem() is { } problem) return problem;
        (Baseline, Price, Step) = (terms.Baseline, terms.Price, terms.Step);
        (Starts, Settings) = (JsonSerializer.Serialize(terms.Starts.Select(Exact.Plain)), JsonSerializer.Serialize(choices, Json));
        return null;
    }

    public Refusal? Publish(int version, DateOnly from, string by, DateTimeOffset at)
    {
        if (State == PlanState.Published) return new Refusal("incentives.plan-published", Version);
        (State, Version, EffectiveFrom, PublishedAt, PublishedBy) = (PlanState.Published, version, from, at, by);
        return null;
    }
}

internal sealed class PlanMapping : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> plan)
    {
        plan.ToTable("incentives_plan");
        plan.HasIndex(p => p.Version).IsUnique();
        plan.Property(p => p.State).HasConversion<string>().HasMaxLength(20);
        plan.Property(p => p.Starts).HasMaxLength(400);
        plan.Property(p => p.DraftedBy).HasMaxLength(200);
        plan.Property(p => p.PublishedBy).HasMaxLength(200);
        plan.Ignore(p => p.Choices).Ignore(p => p.Terms);
    }
}

internal static class PlanTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Plan> Plans => db.Set<Plan>();

        /// <summary>The plan a month is paid by: the latest first month that has come, its latest version; null before the first.</summary>
        public Task<Plan?> PlanFor(DateOnly month, CancellationToken cancel) => db.Set<Plan>()
            .Where(p => p.State == PlanState.Published && p.EffectiveFrom <= month)
            .OrderByDescending(p => p.EffectiveFrom).ThenByDescending(p => p.Version).FirstOrDefaultAsync(cancel);
    }
}
