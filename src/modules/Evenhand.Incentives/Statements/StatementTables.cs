using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Incentives.Statements;

/// <summary>A month of pay: open while it is recomputed, closed by a person for good.</summary>
internal sealed class PayMonth : IAudited
{
    public required DateOnly Month { get; init; }
    public DateTimeOffset RunAt { get; set; }
    public decimal Total { get; set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }

    public bool IsClosed => ClosedAt is not null;

    public void Close(string by, DateTimeOffset at) => (ClosedAt, ClosedBy) = (at, by);
}

/// <summary>What an agent is paid for a month, and why.</summary>
internal sealed class Statement
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required DateOnly Month { get; init; }
    public required Guid PlanId { get; init; }
    public required int PlanVersion { get; init; }
    public required int Contacts { get; init; }

    /// <summary>Weighted units after both coefficients.</summary>
    public required decimal Units { get; init; }
    public required decimal Quality { get; init; }
    public required decimal Hours { get; init; }

    /// <summary>The month's own pay: the sum of the tier lines, and of the work rows.</summary>
    public required decimal Earned { get; init; }

    /// <summary>Corrections of earlier months.</summary>
    public required decimal Adjusted { get; init; }

    public decimal Total => Earned + Adjusted;

    public List<StatementLine> Lines { get; init; } = [];
    public List<StatementWork> Work { get; init; } = [];

    /// <summary>Makes the statement of a month's pay and the corrections that fall into it.</summary>
    public static Statement Of(Guid id, Guid agent, DateOnly month, Plan plan, MonthPay pay, IEnumerable<Correction> corrections)
    {
        List<StatementLine> lines = [.. pay.Lines.Select(l => new StatementLine { StatementId = id, Place = l.Tier, Tier = l.Tier, Units = l.Units, Price = l.Price, Amount = l.Amount })];
        foreach (var c in corrections.OrderBy(c => c.Month))
            lines.Add(new StatementLine { StatementId = id, Place = lines.Count, AdjustedMonth = c.Month, Units = c.Units, Amount = c.Amount });
        return new Statement
        {
            Id = id, AgentId = agent, Month = month, PlanId = plan.Id, PlanVersion = plan.Version!.Value, Contacts = pay.Contacts, Units = pay.Units, Quality = pay.Quality, Hours = pay.Hours,
            Earned = pay.Amount, Adjusted = lines.Where(l => l.AdjustedMonth is not null).Sum(l => l.Amount), Lines = lines,
            Work = [.. pay.Work.Select(w => new StatementWork { StatementId = id, Day = w.Day, QueueId = w.QueueId, Contacts = w.Contacts, Weight = w.Weight, Units = w.Units, Amount = w.Amount })],
        };
    }

    /// <summary>Whether another computation came to the very same, so that nothing need be written.</summary>
    public bool Says(Statement other) =>
        (PlanId, Contacts, Units, Quality, Hours, Earned, Adjusted) == (other.PlanId, other.Contacts, other.Units, other.Quality, other.Hours, other.Earned, other.Adjusted)
        && Lines.OrderBy(l => l.Place).Select(l => (l.Tier, l.AdjustedMonth, l.Units, l.Price, l.Amount)).SequenceEqual(other.Lines.Select(l => (l.Tier, l.AdjustedMonth, l.Units, l.Price, l.Amount)))
        && Work.Select(w => (w.Day, w.QueueId, w.Contacts, w.Weight, w.Amount)).ToHashSet().SetEquals(other.Work.Select(w => (w.Day, w.QueueId, w.Contacts, w.Weight, w.Amount)));
}

/// <summary>One line: the units of a tier at its price, or what an earlier, closed month still owed or had paid too much.</summary>
internal sealed class StatementLine
{
    public required Guid StatementId { get; init; }
    public required int Place { get; init; }
    public int? Tier { get; init; }
    public DateOnly? AdjustedMonth { get; init; }
    public required decimal Units { get; init; }
    public decimal? Price { get; init; }
    public required decimal Amount { get; init; }
}

/// <summary>The contacts of one day and queue behind an amount.</summary>
internal sealed class StatementWork
{
    public required Guid StatementId { get; init; }
    public required DateOnly Day { get; init; }
    public required Guid QueueId { get; init; }
    public required int Contacts { get; init; }
    public required decimal Weight { get; init; }
    public required decimal Units { get; init; }
    public required decimal Amount { get; init; }
}

/// <summary>What a closed month should have paid beyond what it did.</summary>
internal sealed record Correction(Guid AgentId, DateOnly Month, decimal Units, decimal Amount);

/// <summary>An agent's question about a statement.</summary>
internal sealed class Question : IAudited
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required DateOnly Month { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset AnswerBy { get; init; }
    public string? Answer { get; private set; }
    public string? AnsweredBy { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public Refusal? Reply(string answer, string by, DateTimeOffset at)
    {
        if (AnsweredAt is not null) return new Refusal("incentives.already-answered", AnsweredBy);
        (Answer, AnsweredBy, AnsweredAt) = (answer, by, at);
        return null;
    }
}

internal sealed class StatementMapping : IEntityTypeConfiguration<PayMonth>, IEntityTypeConfiguration<Statement>, IEntityTypeConfiguration<StatementLine>,
    IEntityTypeConfiguration<StatementWork>, IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<PayMonth> month)
    {
        month.ToTable("incentives_month");
        month.HasKey(m => m.Month);
        month.Property(m => m.ClosedBy).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<Statement> statement)
    {
        statement.ToTable("incentives_statement");
        statement.HasIndex(s => new { s.Month, s.AgentId }).IsUnique();
        statement.Ignore(s => s.Total);
        statement.HasOne<Plan>().WithMany().HasForeignKey(s => s.PlanId).OnDelete(DeleteBehavior.Restrict);
        statement.HasMany(s => s.Lines).WithOne().HasForeignKey(l => l.StatementId);
        statement.HasMany(s => s.Work).WithOne().HasForeignKey(w => w.StatementId);
    }

    public void Configure(EntityTypeBuilder<StatementLine> line)
    {
        line.ToTable("incentives_statement_line");
        line.HasKey(l => new { l.StatementId, l.Place });
    }

    public void Configure(EntityTypeBuilder<StatementWork> work)
    {
        work.ToTable("incentives_statement_work");
        work.HasKey(w => new { w.StatementId, w.Day, w.QueueId });
    }

    public void Configure(EntityTypeBuilder<Question> question)
    {
        question.ToTable("incentives_question");
        question.HasIndex(q => new { q.AgentId, q.Month });
        question.Property(q => q.Text).HasMaxLength(2000);
        question.Property(q => q.Answer).HasMaxLength(4000);
        question.Property(q => q.AnsweredBy).HasMaxLength(200);
    }
}

internal static class StatementTables
{
    extension(EvenhandDb db)
    {
        public DbSet<PayMonth> PayMonths => db.Set<PayMonth>();
        public DbSet<Statement> Statements => db.Set<Statement>();
        public DbSet<Question> PayQuestions => db.Set<Question>();

        /// <summary>The latest closed month; null before the first was closed.</summary>
        public Task<DateOnly?> LastClosed(CancellationToken cancel) => db.Set<PayMonth>().Where(m => m.ClosedAt != null).MaxAsync(m => (DateOnly?)m.Month, cancel);
    }
}
