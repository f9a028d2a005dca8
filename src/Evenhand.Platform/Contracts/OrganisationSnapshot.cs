using Evenhand.Kernel.Rights;

namespace Evenhand.Platform.Contracts;

/// <summary>What a unit of the organisation is.</summary>
public enum UnitKind
{
    /// <summary>The root: one centre.</summary>
    Centre,

    /// <summary>A part of a centre.</summary>
    Department,

    /// <summary>The people one leader leads.</summary>
    Team,
}

/// <summary>A unit of the organisation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ParentId">The unit above; null for the centre.</param>
/// <param name="Kind">Centre, department or team.</param>
/// <param name="Code">Short unique code, used on the command line and in exports.</param>
/// <param name="Name">Its name, as people say it.</param>
public sealed record Unit(Guid Id, Guid? ParentId, UnitKind Kind, string Code, string Name);

/// <summary>A person who handles contacts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">How sources of events name the agent; unique.</param>
/// <param name="Name">The person's name; the code until somebody gives it.</param>
/// <param name="JoinedOn">First day of work, if known.</param>
/// <param name="LeftOn">First day no longer at work; null while employed.</param>
/// <param name="Placed">False for an agent found in a log whom nobody has given a team yet ("to be placed").</param>
public sealed record Agent(Guid Id, string Code, string Name, DateOnly? JoinedOn, DateOnly? LeftOn, bool Placed);

/// <summary>A queue contacts wait in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">How sources of events name the queue; unique.</param>
/// <param name="Name">Its name; the code until somebody gives it.</param>
/// <param name="Placed">False for a queue found in a log that nobody has looked at yet.</param>
public sealed record Queue(Guid Id, string Code, string Name, bool Placed);

/// <summary>A dated stay of an agent in a team: [From, To).</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="TeamId">The team.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day no longer there; null while it lasts.</param>
public sealed record Placement(Guid AgentId, Guid TeamId, DateOnly From, DateOnly? To);

/// <summary>The whole organisation at one moment, in memory, cheap to ask.</summary>
public sealed class OrganisationSnapshot
{
    private readonly Dictionary<Guid, Placement[]> placements;
    private readonly Dictionary<Guid, Agent> agents;
    private readonly Dictionary<Guid, Queue> queues;
    private readonly Dictionary<Guid, Unit> units;

    /// <summary>Takes what the tables hold.</summary>
    /// <param name="zone">The centre's time zone.</param>
    /// <param name="units">All units.</param>
    /// <param name="agents">All agents, leavers included.</param>
    /// <param name="queues">All queues.</param>
    /// <param name="placements">All stays in teams.</param>
    public OrganisationSnapshot(TimeZoneInfo zone, IEnumerable<Unit> units, IEnumerable<Agent> agents, IEnumerable<Queue> queues, IEnumerable<Placement> placements)
    {
        Zone = zone;
        this.units = units.ToDictionary(u => u.Id);
        this.agents = agents.ToDictionary(a => a.Id);
        this.queues = queues.ToDictionary(q => q.Id);
        this.placements = placements.GroupBy(p => p.AgentId).ToDictionary(g => g.Key, g => g.OrderBy(p => p.From).ToArray());
    }

    /// <summary>The centre's time zone: days and intervals are those of its wall clock.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Another number after every change of the organisation; two snapshots of one number say the same.</summary>
    public long Version { get; init; }

    /// <summary>All units by id.</summary>
    public IReadOnlyDictionary<Guid, Unit> Units => units;

    /// <summary>All agents by id.</summary>
    public IReadOnlyDictionary<Guid, Agent> Agents => agents;

    /// <summary>All queues by id.</summary>
    public IReadOnlyDictionary<Guid, Queue> Queues => queues;

    /// <summary>The team an agent was in on a day; null when in none.</summary>
    /// <param name="agent">The agent's id.</param>
    /// <param name="day">A day of the centre's calendar.</param>
    public Guid? TeamOf(Guid agent, DateOnly day)
    {
        if (!placements.TryGetValue(agent, out var stays)) return null;
        for (var i = stays.Length - 1; i >= 0; i--)
            if (stays[i].From <= day && (stays[i].To is not { } to || day < to)) return stays[i].TeamId;
        return null;
    }

    /// <summary>The stays of one agent, oldest first.</summary>
    /// <param name="agent">The agent's id.</param>
    public IReadOnlyList<Placement> PlacementsOf(Guid agent) => placements.GetValueOrDefault(agent, []);

    /// <summary>The unit and all below it.</summary>
    /// <param name="unit">A unit's id.</param>
    public IReadOnlySet<Guid> Below(Guid unit)
    {
        var found = new HashSet<Guid> { unit };
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var u in units.Values)
                if (u.ParentId is { } parent && found.Contains(parent)) grown |= found.Add(u.Id);
        }
        return found;
    }

    /// <summary>Whether a scope of rights covers an agent on a day.</summary>
    /// <param name="scope">The scope a permission was granted for.</param>
    /// <param name="agent">The agent's id.</param>
    /// <param name="day">A day of the centre's calendar.</param>
    public bool Covers(Scope scope, Guid agent, DateOnly day) => scope.Covers(TeamOf(agent, day), agent);
}
