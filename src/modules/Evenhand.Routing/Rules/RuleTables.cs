using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Rules;

/// <summary>One version of what the centre has laid down about something: a queue, a calendar, an agent, a team's breaks, the floor. Rows are only added; the highest version holds.</summary>
internal sealed class RuleVersion : IAudited
{
    /// <summary>One of <see cref="RuleKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The queue, calendar, agent or team; empty for what holds for the whole centre.</summary>
    public required Guid Subject { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Version { get; init; }

    /// <summary>What holds from then on, as JSON.</summary>
    public required string Definition { get; init; }

    [Unaudited]
    public required DateTimeOffset At { get; init; }

    [Unaudited]
    public required string By { get; init; }

    public T Read<T>() => JsonSerializer.Deserialize<T>(Definition, RuleJson.Options)!;
}

/// <summary>What rules can be about.</summary>
internal static class RuleKind
{
    public const string Queue = "queue";
    public const string Calendar = "calendar";
    public const string Agent = "agent";
    public const string Breaks = "breaks";
    public const string Floor = "floor";
    public const string WrapUp = "wrap-up";
    public const string Scripts = "scripts";
    public const string Talk = "talk";
}

/// <summary>How rules are kept as JSON.</summary>
internal static class RuleJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}

/// <summary>An enumeration of the router by its name in kebab-case.</summary>
internal sealed class KebabEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, false) where T : struct, Enum;

/// <summary>One row, another number with every change of any rule, so that the floor can ask cheaply whether it has the present ones.</summary>
internal sealed class RulesStamp
{
    public required int Id { get; init; }

    /// <summary>Random, so that two changes at once never meet in one number.</summary>
    public long Version { get; set; }
}

/// <summary>A customer with an agent of the own.</summary>
internal sealed class VipCustomer
{
    /// <summary>The customer's number in digits only.</summary>
    public required string CustomerKey { get; init; }

    public required Guid Id { get; init; }
    public required Guid AgentId { get; set; }
    public required DateTimeOffset At { get; set; }
    public required string By { get; set; }
}

internal sealed class RuleMapping : IEntityTypeConfiguration<RuleVersion>, IEntityTypeConfiguration<RulesStamp>, IEntityTypeConfiguration<VipCustomer>
{
    public void Configure(EntityTypeBuilder<RuleVersion> rule)
    {
        rule.ToTable("routing_rule").IsAppendOnly();
        rule.HasKey(r => new { r.Kind, r.Subject, r.Version });
        rule.Property(r => r.Kind).HasMaxLength(20);
        rule.Property(r => r.By).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<RulesStamp> stamp)
    {
        stamp.ToTable("routing_rules_version");
        stamp.Property(s => s.Id).ValueGeneratedNever();
        stamp.HasData(new RulesStamp { Id = RuleTables.Only });
    }

    public void Configure(EntityTypeBuilder<VipCustomer> vip)
    {
        vip.ToTable("routing_vip");
        vip.HasIndex(v => v.CustomerKey).IsUnique();
        vip.Property(v => v.CustomerKey).HasMaxLength(20);
        vip.Property(v => v.By).HasMaxLength(200);
        vip.HasIndex(v => v.AgentId);
    }
}

internal static class RuleTables
{
    public const int Only = 1;

    extension(EvenhandDb db)
    {
        public DbSet<RuleVersion> RuleVersions => db.Set<RuleVersion>();
        public DbSet<RulesStamp> RulesStamps => db.Set<RulesStamp>();
        public DbSet<VipCustomer> VipCustomers => db.Set<VipCustomer>();

        /// <summary>The version of each subject that holds now.</summary>
        public IQueryable<RuleVersion> RulesInForce
        {
            get
            {
                var all = db.Set<RuleVersion>();
                return all.AsNoTracking().Where(r => !all.Any(later => later.Kind == r.Kind && later.Subject == r.Subject && later.Version > r.Version));
            }
        }

        /// <summary>Makes the floor read the rules anew; saved with the change itself.</summary>
        public async Task RaiseRules(CancellationToken cancel) =>
            (await db.RulesStamps.SingleAsync(s => s.Id == Only, cancel)).Version = BitConverter.ToInt64(Guid.CreateVersion7().ToByteArray(), 8);
    }
}
