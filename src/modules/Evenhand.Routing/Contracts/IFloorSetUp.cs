using Evenhand.Dispatch.Queues;

namespace Evenhand.Routing.Contracts;

/// <summary>Lays down the rules of a floor as a seed or an import describes them.</summary>
public interface IFloorSetUp
{
    /// <summary>Lays down what is described; what is there by its code or name gets a new version, nothing is removed. The organisation must be there.</summary>
    /// <param name="plan">What should hold.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The plan names what is not there, or what the router would not take.</exception>
    Task Establish(FloorPlan plan, CancellationToken cancel);
}

/// <summary>A floor as a seed describes it, everything named by code.</summary>
/// <param name="Hours">Opening hours.</param>
/// <param name="Queues">Queues that are to be routed.</param>
/// <param name="Skills">What agents can do beside what they can already.</param>
public sealed record FloorPlan(IReadOnlyList<PlannedHours> Hours, IReadOnlyList<PlannedRouting> Queues, IReadOnlyList<PlannedSkill> Skills);

/// <summary>Opening hours to be there.</summary>
/// <param name="Name">Their unique name.</param>
/// <param name="Weekdays">Open stretches from Monday to Friday, as `09:00-12:00, 13:00-24:00`; empty for closed.</param>
/// <param name="Weekend">Open stretches on Saturday and Sunday.</param>
public sealed record PlannedHours(string Name, string Weekdays, string Weekend);

/// <summary>A queue to be routed; what is not said is as usual.</summary>
/// <param name="Queue">Code of a queue of the organisation.</param>
/// <param name="Channel">What waits in it.</param>
/// <param name="ExpectedHandling">Handling time to reckon with, whole seconds above zero.</param>
public sealed record PlannedRouting(string Queue, Channel Channel, TimeSpan ExpectedHandling)
{
    /// <summary>Priority, −1000 to 1000; higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>How hard its contacts are beside an ordinary one, 0.1 to 100.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Skills an agent must have.</summary>
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];

    /// <summary>Name of opening hours of the plan; null for always open.</summary>
    public string? Hours { get; init; }

    /// <summary>What happens outside them.</summary>
    public WhenClosed WhenClosed { get; init; }

    /// <summary>How long a contact waits for the agent it had last, whole seconds.</summary>
    public TimeSpan LastAgentFor { get; init; }

    /// <summary>A queue of the plan that helps, by code; null for none.</summary>
    public string? Helper { get; init; }

    /// <summary>From which wait on it helps.</summary>
    public TimeSpan HelpAfter { get; init; }

    /// <summary>Codes of units the queue's work items belong to.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];
}

/// <summary>A skill of an agent.</summary>
/// <param name="Agent">The agent's code.</param>
/// <param name="Skill">The skill's code.</param>
/// <param name="Level">1 to 5.</param>
public sealed record PlannedSkill(string Agent, string Skill, int Level);
