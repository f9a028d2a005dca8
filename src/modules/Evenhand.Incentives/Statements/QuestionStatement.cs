using System.ComponentModel.DataAnnotations;
using Evenhand.Incentives.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>An agent asks about the own statement; an answer is due within five days.</summary>
internal sealed class QuestionStatement(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public static readonly TimeSpan Deadline = TimeSpan.FromDays(5);

    public const int Longest = 2000;

    public sealed record Request(string Month, [Required, MaxLength(Longest)] string Text);

    public sealed record Asked(Guid Id, DateTimeOffset AnswerBy);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/questions", async (Request request, QuestionStatement slice, CancellationToken cancel) =>
        (await slice.Run(request, cancel)).Answer()).Needs(Rights.ReadOwn).WithName(nameof(QuestionStatement));

    public async Task<Outcome<Asked>> Run(Request request, CancellationToken cancel)
    {
        if (Exact.ReadMonth(request.Month).Refused(out var refusal, out var month)) return refusal;
        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > Longest) return new Refusal("incentives.question-unreadable", Longest);
        if (current.Access.AgentId is not { } agent || !current.Access.May(Rights.ReadOwn)) return new Refusal("incentives.only-own.not-allowed");
        var text = request.Text.Trim();
        if (!await db.Statements.AnyAsync(s => s.AgentId == agent && s.Month == month, cancel)) return new Refusal("incentives.not-found", request.Month);
        if (await db.PayQuestions.FirstOrDefaultAsync(q => q.AgentId == agent && q.Month == month && q.Text == text && q.AnsweredAt == null, cancel) is { } same) return new Asked(same.Id, same.AnswerBy);
        var now = clock.GetUtcNow();
        var question = new Question { Id = Guid.CreateVersion7(), AgentId = agent, Month = month, Text = text, AskedAt = now, AnswerBy = now + Deadline };
        db.Add(question);
        db.Publish(new StatementQuestioned(question.Id, agent, month, question.AnswerBy), now, current.Access.Name);
        await db.SaveChangesAsync(cancel);
        return new Asked(question.Id, question.AnswerBy);
    }
}
