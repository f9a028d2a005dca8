using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Transfers;

/// <summary>Notes that still need something, by department and age: those the own units have to answer, and those the own people wrote.</summary>
internal sealed class ListNotes(EvenhandDb db, TalkReach reach, CurrentAccess current)
{
    private const int Most = 300;

    /// <param name="AgeMinutes">Since it was written.</param>
    /// <param name="Late">Not answered in time.</param>
    /// <param name="MayAnswer">This reader may answer it.</param>
    /// <param name="MayTell">This reader may say that the customer was told.</param>
    public sealed record Row(Guid Id, Guid Item, string Mailbox, string? Person, string Agent, string? Team, string About, string State, DateTimeOffset WrittenAt, DateTimeOffset AnswerBy, int AgeMinutes, bool Late,
        string? Answer, string? AnsweredBy, DateTimeOffset? AnsweredAt, Guid? CallBack, string? ToldBy, DateTimeOffset? ToldAt, bool MayAnswer, bool MayTell);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/transfers", async (bool? all, ListNotes slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(all ?? false, cancel)))
        .WithName(nameof(ListNotes)).WithSummary("Transfer notes by department, the oldest first; all=true brings those that are over too").Needs(Rights.Notes);

    public async Task<IReadOnlyList<Row>> Run(bool all, CancellationToken cancel)
    {
        var (own, answering, now) = (current.Access.ScopeOf(Rights.Notes), current.Access.ScopeOf(Rights.AnswerNotes), reach.Now);
        var (everything, agent, teams, answers) = (own.All || answering.All, own.OwnAgent, own.Units.ToArray(), answering.Units.ToArray());
        var found = await db.TransferNotes.AsNoTracking()
            .Where(n => (all || n.State != NoteState.Told) && (everything || (n.TeamId != null && teams.Contains(n.TeamId.Value)) || n.AgentId == agent || (n.UnitId != null && answers.Contains(n.UnitId.Value))))
            .OrderBy(n => n.State == NoteState.Told).ThenBy(n => n.WrittenAt).Take(Most).ToListAsync(cancel);
        var centre = await reach.Centre(cancel);
        return [.. found.Select(n => new Row(n.Id, n.ItemId, n.Mailbox, n.Person, centre.Agents[n.AgentId].Name, n.TeamId is { } t && centre.Units.TryGetValue(t, out var team) ? team.Name : null, n.About, Code(n.State), n.WrittenAt, n.AnswerBy,
            (int)(now - n.WrittenAt).TotalMinutes, n.State == NoteState.Open && n.AnswerBy < now, n.Answer, n.AnsweredBy, n.AnsweredAt, n.CallBackItemId, n.ToldBy, n.ToldAt,
            n.State == NoteState.Open && reach.Over(Rights.AnswerNotes, n.UnitId), n.State is NoteState.Answered or NoteState.Calling && own.Covers(n.TeamId, n.AgentId)))];
    }

    public static string Code(NoteState state) => state.ToString().ToLowerInvariant();
}
