using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Platform.Identity;

/// <summary>Somebody who signs in.</summary>
internal sealed class Account : IAudited
{
    public required Guid Id { get; init; }

    /// <summary>The name typed at sign-in.</summary>
    public required string Name { get; set; }

    /// <summary>The name in capitals, by which it is unique.</summary>
    [Unaudited]
    public string NormalizedName { get; set; } = "";

    public string? DisplayName { get; set; }

    [Secret]
    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password and with what ends sessions; a session that carries another one is over.</summary>
    [Unaudited]
    public string SecurityStamp { get; set; } = "";

    [Unaudited]
    public int FailedSignIns { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The agent whose own figures this person may see.</summary>
    public Guid? AgentId { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>The password was set by somebody else and has to be changed first.</summary>
    public bool MustChangePassword { get; set; }

    public string? Language { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    [Unaudited]
    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>A role held over a part of the organisation: [From, To).</summary>
internal sealed class RoleAssignment : IAudited
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required string Role { get; init; }

    /// <summary>The unit it holds for, with all below; null for the whole organisation.</summary>
    public Guid? UnitId { get; init; }

    public required DateOnly From { get; init; }
    public DateOnly? To { get; set; }
}

/// <summary>An administrator's change of what a role may do, against what the modules start with.</summary>
internal sealed class RolePermission : IAudited
{
    public required string Role { get; init; }
    public required string Permission { get; init; }
    public required bool Granted { get; set; }
}

/// <summary>A machine's key to the API. The key itself is shown once and never kept.</summary>
internal sealed class ApiKey : IAudited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The key's first characters, by which people tell keys apart.</summary>
    public required string Start { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    [Secret]
    public required string Hash { get; init; }

    public required string Role { get; init; }
    public Guid? UnitId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    [Unaudited]
    public DateTimeOffset? LastUsedAt { get; set; }
}

internal sealed class IdentityMapping : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<RoleAssignment>,
    IEntityTypeConfiguration<RolePermission>, IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("platform_account");
        account.HasIndex(a => a.NormalizedName).IsUnique();
        account.HasIndex(a => a.AgentId);
        account.Property(a => a.Name).HasMaxLength(100);
        account.Property(a => a.NormalizedName).HasMaxLength(100);
        account.Property(a => a.DisplayName).HasMaxLength(100);
        account.Property(a => a.PasswordHash).HasMaxLength(500);
        account.Property(a => a.SecurityStamp).HasMaxLength(64).IsConcurrencyToken();
        account.Property(a => a.Language).HasMaxLength(10);
    }

    public void Configure(EntityTypeBuilder<RoleAssignment> assignment)
    {
        assignment.ToTable("platform_role_assignment");
        assignment.Property(a => a.Role).HasMaxLength(50);
        assignment.HasOne<Account>().WithMany().HasForeignKey(a => a.AccountId);
        assignment.HasOne<Organisation.UnitRow>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RolePermission> permission)
    {
        permission.ToTable("platform_role_permission");
        permission.HasKey(p => new { p.Role, p.Permission });
        permission.Property(p => p.Role).HasMaxLength(50);
        permission.Property(p => p.Permission).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("platform_api_key");
        key.HasIndex(k => k.Hash).IsUnique();
        key.Property(k => k.Name).HasMaxLength(100);
        key.Property(k => k.Start).HasMaxLength(16);
        key.Property(k => k.Hash).HasMaxLength(64);
        key.Property(k => k.Role).HasMaxLength(50);
        key.HasOne<Organisation.UnitRow>().WithMany().HasForeignKey(k => k.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class IdentityTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Account> Accounts => db.Set<Account>();
        public DbSet<RoleAssignment> RoleAssignments => db.Set<RoleAssignment>();
        public DbSet<RolePermission> RolePermissions => db.Set<RolePermission>();
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();
    }
}
