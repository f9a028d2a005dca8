using Evenhand.Kernel;
using Evenhand.Platform.Contracts;

namespace Evenhand.Platform.Organisation;

/// <summary>How an agent's dated stays in teams change. At every moment an agent is in one team at most.</summary>
internal static class Stays
{
    /// <summary>What is to be done so that the agent is in the team from a day on.</summary>
    /// <param name="Ends">The stay that ends on that day; null when there is none.</param>
    /// <param name="Corrects">The stay that began on that very day and now is one in the other team.</param>
    /// <param name="Former">The team the agent leaves.</param>
    internal sealed record Move(PlacementRow? Ends, PlacementRow? Corrects, Guid? Former);

    public static Outcome<Move> Into(Guid team, DateOnly from, AgentRow agent, IReadOnlyCollection<PlacementRow> stays)
    {
        if (agent.JoinedOn is { } joined && from < joined) return new Refusal("platform.placed-before-joined", agent.Name, from, joined);
        if (agent.LeftOn is { } left && left <= from) return new Refusal("platform.placed-after-left", agent.Name, from, left);
        if (stays.Where(s => s.From > from).MinBy(s => s.From) is { } later) return new Refusal("platform.stay-overlaps", agent.Name, from, later.From);
        var present = stays.FirstOrDefault(s => s.From <= from && (s.To is not { } to || from < to));
        if (present is null) return new Move(null, null, null);
        if (present.TeamId == team) return new Refusal("platform.already-in-team", agent.Name, present.From);
        return present.From == from ? new Move(null, present, present.TeamId) : new Move(present, null, present.TeamId);
    }

    /// <summary>Does what was decided, and says so as a fact.</summary>
    public static void Apply(EvenhandDb db, AgentRow agent, Guid team, DateOnly from, Move move, DateTimeOffset now, string who)
    {
        agent.Placed = true;
        if (move.Ends is { } ends) ends.To = from;
        if (move.Corrects is { } corrects) corrects.TeamId = team;
        else db.Add(new PlacementRow { Id = Guid.CreateVersion7(), AgentId = agent.Id, TeamId = team, From = from, To = agent.LeftOn });
        if (move.Former is { } former) db.Publish(new AgentMoved(agent.Id, former, team, from), now, who);
        else db.Publish(new AgentPlaced(agent.Id, team, from), now, who);
    }
}
