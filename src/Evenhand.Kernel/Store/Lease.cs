using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Kernel;

/// <summary>What must run once in the whole centre holds one of these; it passes on when its holder dies.</summary>
public sealed class Lease
{
    public required string Name { get; init; }

    public Guid Holder { get; set; }

    public DateTimeOffset Until { get; set; }

    /// <summary>Takes or renews the lease for this holder; false while another holds it.</summary>
    public static async Task<bool> Take(EvenhandDb db, string name, Guid holder, TimeSpan length, TimeProvider clock, CancellationToken cancel)
    {
        if (db.IsPostgres) return await Take(db, name, holder, length, cancel);
        var now = clock.GetUtcNow();
        var taken = await db.Set<Lease>().Where(l => l.Name == name && (l.Holder == holder || l.Until <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Holder, holder).SetProperty(l => l.Until, now + length), cancel);
        if (taken == 1) return true;
        if (await db.Set<Lease>().AnyAsync(l => l.Name == name, cancel)) return false;
        db.Add(new Lease { Name = name, Holder = holder, Until = now + length });
        try
        {
            return await db.SaveChangesAsync(cancel) == 1;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Renews a lease that this holder has, inside the caller's transaction; false when it is another's by now.</summary>
    public static async Task<bool> Renew(EvenhandDb db, string name, Guid holder, TimeSpan length, TimeProvider clock, CancellationToken cancel)
    {
        if (db.IsPostgres) return await db.Database.ExecuteSqlAsync($"""UPDATE kernel_lease SET "Until" = clock_timestamp() + {length} WHERE "Name" = {name} AND "Holder" = {holder}""", cancel) == 1;
        var until = clock.GetUtcNow() + length;
        return await db.Set<Lease>().Where(l => l.Name == name && l.Holder == holder).ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, until), cancel) == 1;
    }

    /// <summary>By the server's clock: the clocks of nodes differ, and may jump.</summary>
    private static async Task<bool> Take(EvenhandDb db, string name, Guid holder, TimeSpan length, CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"""
        INSERT INTO kernel_lease ("Name", "Holder", "Until") VALUES ({name}, {holder}, clock_timestamp() + {length})
        ON CONFLICT ("Name") DO UPDATE SET "Holder" = excluded."Holder", "Until" = excluded."Until" WHERE kernel_lease."Holder" = excluded."Holder" OR kernel_lease."Until" <= clock_timestamp()
        """, cancel) == 1;

    public static Task Release(EvenhandDb db, string name, Guid holder, CancellationToken cancel) =>
        db.Set<Lease>().Where(l => l.Name == name && l.Holder == holder).ExecuteDeleteAsync(cancel);
}

internal sealed class LeaseMapping : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> lease)
    {
        lease.ToTable("kernel_lease");
        lease.HasKey(l => l.Name);
        lease.Property(l => l.Name).HasMaxLength(100);
    }
}
