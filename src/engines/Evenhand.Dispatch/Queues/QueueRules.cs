using Evenhand.Dispatch.Policies;

namespace Evenhand.Dispatch.Queues;

/// <summary>By what way a contact comes.</summary>
public enum Channel
{
    /// <summary>A telephone call.</summary>
    Call,

    /// <summary>A conversation in writing.</summary>
    Chat,

    /// <summary>An order or another piece of work without a waiting voice.</summary>
    WorkItem,
}

/// <summary>A skill and the least level of it.</summary>
/// <param name="Skill">The skill's code; compared ordinally.</param>
/// <param name="Level">Least level, 1 or more.</param>
public sealed record SkillNeed(string Skill, int Level);

/// <summary>What happens to contacts of a queue outside its hours.</summary>
public enum WhenClosed
{
    /// <summary>New ones are turned away (or overflow); who waits already is still served.</summary>
    TurnAway,

    /// <summary>All wait until it opens; nothing is offered before.</summary>
    Wait,
}

/// <summary>A second queue that helps: the contact keeps its place at home and is also offered to that queue's agents, at the place its arrival gives it there.</summary>
/// <param name="To">The helping queue, of the same channel.</param>
/// <param name="After">Helps from this wait on; null for not by time.</param>
/// <param name="AtLength">Helps from the start when at least this many wait at home; null for not by length.</param>
/// <param name="Closed">Helps when home is closed.</param>
public sealed record OverflowRule(Guid To, TimeSpan? After = null, int? AtLength = null, bool Closed = false);

/// <summary>Everything routing needs to know of one queue of calls, chats or work items. Immutable.</summary>
public sealed record QueueRules
{
    /// <summary>The queue.</summary>
    public required Guid Id { get; init; }

    /// <summary>What waits in it.</summary>
    public required Channel Channel { get; init; }

    /// <summary>How the agent is chosen when several are free.</summary>
    public Policy Policy { get; init; } = Policy.FairShare;

    /// <summary>Skills an agent must have, all of them.</summary>
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];

    /// <summary>Certificates an agent must hold at the moment of the offer, all of them; also rights are given in this way.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Priority of all its contacts, −1000 to 1000; higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Points of priority gained with each minute of waiting, 0 to 1000.</summary>
    public int AgeingPerMinute { get; init; }

    /// <summary>How hard its contacts are beside an ordinary one (1.0); effort is handling time × weight. Above 0, at most 100.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Handling time to reckon with until it is measured; above zero.</summary>
    public TimeSpan ExpectedHandling { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an offer stands; zero gives the contact to the agent without asking.</summary>
    public TimeSpan OfferFor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After-contact work the agent is left with when the conversation ends; zero for none.</summary>
    public TimeSpan WrapUpFor { get; init; }

    /// <summary>How long a contact is not offered again to an agent who rejected or ignored it.</summary>
    public TimeSpan RetrySameAgentAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long from its arrival a contact waits for the agent it had last; zero for not at all.</summary>
    public TimeSpan LastAgentFor { get; init; }

    /// <summary>How long from its arrival a contact waits for the agent named as its own; zero for not at all.</summary>
    public TimeSpan VipAgentFor { get; init; }

    /// <summary>When it is open; null for always.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>What happens outside its hours.</summary>
    public WhenClosed WhenClosed { get; init; }

    /// <summary>Who helps, at most 32 rules.</summary>
    public IReadOnlyList<OverflowRule> Overflow { get; init; } = [];

    /// <summary>What is wrong with these rules by themselves.</summary>
    /// <returns>`dispatch.queue-rules` with the queue, the property and its bounds; null when nothing is.</returns>
    public Denial? Fault()
    {
        Denial? No(string place, string bounds) => new("dispatch.queue-rules", Id, place, bounds);
        if (Priority is < -1000 or > 1000) return No(nameof(Priority), "-1000..1000");
        if (AgeingPerMinute is < 0 or > 1000) return No(nameof(AgeingPerMinute), "0..1000");
        if (Weight is not (> 0 and <= 100)) return No(nameof(Weight), "0..100");
        if (ExpectedHandling <= TimeSpan.Zero) return No(nameof(ExpectedHandling), "> 0");
        if (OfferFor < TimeSpan.Zero || WrapUpFor < TimeSpan.Zero || RetrySameAgentAfter < TimeSpan.Zero) return No($"{nameof(OfferFor)}, {nameof(WrapUpFor)}, {nameof(RetrySameAgentAfter)}", ">= 0");
        return Overflow.Count > 32 || Overflow.Any(o => o.To == Id) ? No(nameof(Overflow), "<= 32, other queues") : null;
    }
}

/// <summary>A contact that comes.</summary>
/// <param name="Contact">The contact's id; of two that are equal in all else, the smaller id goes first.</param>
/// <param name="Queue">The queue it enters: its home.</param>
/// <param name="At">When it arrived; its place in the order, kept whatever happens to it later.</param>
public sealed record Arrival(Guid Contact, Guid Queue, DateTimeOffset At)
{
    /// <summary>Priority beside the queue's own, −1000 to 1000.</summary>
    public int Priority { get; init; }

    /// <summary>Skills this contact needs beside the queue's own, for instance a language.</summary>
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];

    /// <summary>Expected handling time of this contact; null for the queue's own.</summary>
    public TimeSpan? ExpectedHandling { get; init; }

    /// <summary>How hard this contact is; null for the queue's own weight.</summary>
    public double? Weight { get; init; }

    /// <summary>The agent it had last; null when unknown.</summary>
    public Guid? LastAgent { get; init; }

    /// <summary>The agent named as its own; null for none. Goes before the last agent.</summary>
    public Guid? VipAgent { get; init; }

    /// <summary>How long from its arrival it waits for that agent; null for as long as the queue says.</summary>
    public TimeSpan? VipAgentFor { get; init; }
}
