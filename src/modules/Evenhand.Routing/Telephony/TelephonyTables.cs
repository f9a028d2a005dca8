using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Telephony;

/// <summary>What a telephone system is.</summary>
internal enum PbxKind
{
    Asterisk,
    FreeSwitch,
}

/// <summary>A telephone system whose line is kept open.</summary>
internal sealed class Pbx : IAudited
{
    public required Guid Id { get; init; }
    public required PbxKind Kind { get; init; }

    /// <summary>Also the source of its contacts: it never changes, because call ids are unique within a source.</summary>
    public required string Name { get; init; }

    public required string Host { get; set; }
    public required int Port { get; set; }

    /// <summary>Who logs in; empty where the system knows only a password.</summary>
    public required string User { get; set; }

    /// <summary>What logs in, encrypted.</summary>
    [Secret] public required string Secret { get; set; }

    /// <summary>Whether the router here chooses who gets a call; otherwise the system chooses and the floor follows.</summary>
    public required bool Routes { get; set; }

    /// <summary>The dialplan context in which call-backs are dialled.</summary>
    public required string DialContext { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Rises with every change, so that whoever keeps the line sees it.</summary>
    [Unaudited] public int Version { get; set; }
}

/// <summary>A member of a system's queues, as it was seen or named, and whose phone it is.</summary>
internal sealed class PbxMember
{
    public required Guid PbxId { get; init; }

    /// <summary>The interface of an Asterisk, the agent of a FreeSWITCH.</summary>
    public required string Member { get; init; }

    /// <summary>The name the system's log gives it, where that is another.</summary>
    public string? Name { get; set; }

    /// <summary>Whose it is by decision; null for whoever's code its name or the end of its interface is.</summary>
    public Guid? AgentId { get; set; }
}

/// <summary>How a system's line stands, written by the node that holds it so that every node can show it.</summary>
internal sealed class PbxStanding
{
    public required Guid PbxId { get; init; }
    public bool IsConnected { get; set; }
    public DateTimeOffset? ConnectedSince { get; set; }
    public DateTimeOffset? FullStateAt { get; set; }
    public long Ghosts { get; set; }
    public long Unseen { get; set; }
    public long Deviations { get; set; }
    public long LinesWaiting { get; set; }
    public long LinesLost { get; set; }

    /// <summary>The last fault, as the end of a text key; stays when it is over.</summary>
    public string? Fault { get; set; }
    public string? FaultDetail { get; set; }
    public DateTimeOffset? FaultAt { get; set; }
    public DateTimeOffset? RetryAt { get; set; }
}

internal sealed class TelephonyMapping : IEntityTypeConfiguration<Pbx>, IEntityTypeConfiguration<PbxMember>, IEntityTypeConfiguration<PbxStanding>
{
    public void Configure(EntityTypeBuilder<Pbx> pbx)
    {
        pbx.ToTable("routing_pbx");
        pbx.Property(p => p.Name).HasMaxLength(100);
        pbx.HasIndex(p => p.Name).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        pbx.Property(p => p.Host).HasMaxLength(255);
        pbx.Property(p => p.User).HasMaxLength(100);
        pbx.Property(p => p.DialContext).HasMaxLength(100);
        pbx.Property(p => p.CreatedBy).HasMaxLength(200);
        pbx.Property(p => p.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<PbxMember> member)
    {
        member.ToTable("routing_pbx_member");
        member.HasKey(m => new { m.PbxId, m.Member });
        member.HasOne<Pbx>().WithMany().HasForeignKey(m => m.PbxId);
        member.Property(m => m.Member).HasMaxLength(200);
        member.Property(m => m.Name).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<PbxStanding> standing)
    {
        standing.ToTable("routing_pbx_standing");
        standing.HasKey(s => s.PbxId);
        standing.HasOne<Pbx>().WithMany().HasForeignKey(s => s.PbxId);
        standing.Property(s => s.Fault).HasMaxLength(50);
        standing.Property(s => s.FaultDetail).HasMaxLength(500);
    }
}

internal static class TelephonyTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Pbx> Pbxs => db.Set<Pbx>();
        public DbSet<PbxMember> PbxMembers => db.Set<PbxMember>();
        public DbSet<PbxStanding> PbxStandings => db.Set<PbxStanding>();
    }
}
