using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>The leader who arrives calls the roll: present, late, absent or on leave for each, or present for everybody not marked yet. Late can become present until it is signed.</summary>
internal sealed class CallRoll(EvenhandDb db, HandoverDesk desk)
{
    public const string Present = "present";

    public static IReadOnlyList<string> Marks { get; } = [Present, "late", "absent", "leave"];

    /// <param name="Marks">Mark by agent code.</param>
    /// <param name="RestPresent">That everybody without a mark is there.</param>
    public sealed record Request([MaxLength(1000)] IReadOnlyDictionary<string, string>? Marks = null, bool RestPresent = false);

    public sealed record Called(int Present, int Late, int Absent, int Leave, int Unmarked);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/handovers/{id:guid}/arriving/{team}/roll", async (Guid id, string team, Request request, CallRoll slice, CancellationToken cancel) =>
        (await slice.Run(id, team, request, cancel)).ToReply()).WithName(nameof(CallRoll)).WithSummary("Says who of a team that arrives has come").Needs(Rights.HandOver);

    public async Task<Outcome<Called>> Run(Guid id, string team, Request request, CancellationToken cancel)
    {
        var asked = request.Marks ?? new Dictionary<string, string>();
        if (asked.Values.FirstOrDefault(m => !Marks.Contains(m)) is { } odd) return new Refusal("workforce.mark-unknown", odd, string.Join(", ", Marks));
        if ((await desk.Take(id, team, false, Rights.HandOver, false, cancel)).Refused(out var refusal, out var taken)) return refusal;
        await using var turn = taken.Turn;
        if (taken.Side.State != nameof(Arriving.Gathering)) return new Refusal("workforce.signed-stays", turn.People.Centre.TeamName(taken.Side.TeamId));
        var byCode = turn.People.Of(taken.Side.TeamId, false).Select(d => turn.People.Centre.Agents[d.AgentId]).DistinctBy(a => a.Id).ToDictionary(a => a.Code, StringComparer.OrdinalIgnoreCase);
        if (asked.Keys.FirstOrDefault(c => !byCode.ContainsKey(c)) is { } stray) return new Refusal("workforce.agent-not-arriving", stray, turn.People.Centre.TeamName(taken.Side.TeamId));
        var marks = asked.ToDictionary(m => byCode[m.Key].Id, m => m.Value);
        if (request.RestPresent)
            foreach (var agent in byCode.Values.Where(a => !turn.People.Marks.ContainsKey(a.Id))) marks.TryAdd(agent.Id, Present);
        var after = turn.People.Marks.ToDictionary(m => m.Key, m => m.Value.Mark);
        foreach (var (agent, mark) in marks)
        {
            if (turn.People.Marks.GetValueOrDefault(agent) is not { } had) db.Add(new RollMark { HandoverId = id, AgentId = agent, Mark = mark, At = turn.Now, By = turn.Who.Name });
            else if (had.Mark != mark) (had.Mark, had.At, had.By) = (mark, turn.Now, turn.Who.Name);
            after[agent] = mark;
        }
        await turn.Save(cancel);
        int Count(string mark) => byCode.Values.Count(a => after.GetValueOrDefault(a.Id) == mark);
        return new Called(Count(Marks[0]), Count(Marks[1]), Count(Marks[2]), Count(Marks[3]), byCode.Values.Count(a => !after.ContainsKey(a.Id)));
    }
}
