using System.Text.Json;
using Evenhand.Kernel.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Kernel;

/// <summary>The one store of the program. Modules bring their tables as entity configurations and reach them by extension properties; facts published here are saved with the change that made them.</summary>
public sealed class EvenhandDb(DbContextOptions<EvenhandDb> options, ModuleList modules, TimeProvider clock) : DbContext(options)
{
    public bool IsPostgres => Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>Adds a fact to the log, saved with the next <see cref="SaveChangesAsync(bool, CancellationToken)"/>.</summary>
    /// <param name="body">The fact's typed body; its type's name is the fact's type.</param>
    /// <param name="occurredAt">The event's own time.</param>
    /// <param name="source">Who or what reported it.</param>
    public void Publish<T>(T body, DateTimeOffset occurredAt, string source) where T : notnull => Add(new Fact
    {
        Id = Guid.CreateVersion7(),
        Type = typeof(T).Name,
        OccurredAt = occurredAt.ToUniversalTime(),
        RecordedAt = clock.GetUtcNow(),
        Source = source,
        Body = JsonSerializer.Serialize(body, FactJson.Options),
    });

    /// <summary>Saves; facts of concurrent transactions are numbered in the order of their commits, so that no reader passes one by.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!IsPostgres || !ChangeTracker.Entries<Fact>().Any(f => f.State == EntityState.Added))
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        IDbContextTransaction? own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await using var transaction = own;
        await HoldFacts(cancellationToken);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Inside a transaction: nobody else publishes facts until it ends. For who changes what others change with facts, and must find it as they left it.</summary>
    public Task HoldFacts(CancellationToken cancel) => IsPostgres ? Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(5080)", cancel) : Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EvenhandDb).Assembly);
        foreach (var module in modules.All) modelBuilder.ApplyConfigurationsFromAssembly(module.GetType().Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<decimal>().HavePrecision(18, 6);
        if (IsPostgres) return;
        configurationBuilder.Properties<Guid>().HaveConversion<SortableGuid>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
    }
}
