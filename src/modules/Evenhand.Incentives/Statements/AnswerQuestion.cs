using System.ComponentModel.DataAnnotations;
using Evenhand.Incentives.Contracts;
using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>Answers an agent's question about a statement, once, for the agent and all who may see the statement to read.</summary>
internal sealed class AnswerQuestion(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    public const int Longest = 4000;

    public sealed record Request([Required, MaxLength(Longest)] string Text);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/questions/{id:guid}/answer", async (Guid id, Request request, AnswerQuestion slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).Answer()).Needs(Rights.Answer).WithName(nameof(AnswerQuestion));

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > Longest) return new Refusal("incentives.question-unreadable", Longest);
        var question = await db.PayQuestions.FirstOrDefaultAsync(q => q.Id == id, cancel);
        var centre = await organisation.Read(cancel);
        if (question is null || !centre.CoversMonth(current.Access.ScopeOf(Rights.Answer), question.AgentId, question.Month)) return new Refusal("incentives.not-found", id);
        if (question.Reply(request.Text.Trim(), current.Access.Name, clock.GetUtcNow()) is { } problem) return problem;
        db.Publish(new StatementAnswered(question.Id, question.AgentId), clock.GetUtcNow(), current.Access.Name);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
