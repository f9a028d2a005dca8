using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Routing.Rules;

/// <summary>How a queue is routed, as the centre laid it down; a queue without one waits for nobody.</summary>
internal sealed record QueueDefinition
{
    /// <summary>Whether the router gives its contacts to people.</summary>
    public bool Routed { get; init; }

    public Channel Channel { get; init; }
    public Policy Policy { get; init; } = Policy.FairShare;
    public int Priority { get; init; }
    public int AgeingPerMinute { get; init; }
    public double Weight { get; init; } = 1;
    public int ExpectedHandlingSeconds { get; init; } = 300;
    public int OfferSeconds { get; init; } = 20;
    public int WrapUpSeconds { get; init; } = 30;
    public int RetrySeconds { get; init; } = 30;
    public int LastAgentSeconds { get; init; }
    public int VipAgentSeconds { get; init; }
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>The calendar of its opening hours; null for always open.</summary>
    public Guid? CalendarId { get; init; }

    public WhenClosed WhenClosed { get; init; }
    public IReadOnlyList<OverflowRule> Overflow { get; init; } = [];
    public int ServiceLevelSeconds { get; init; } = 20;
    public int ShortAbandonSeconds { get; init; } = 5;

    /// <summary>The same for the router; helping queues that are not among those routed by this channel are left out.</summary>
    public QueueRules ToRules(Guid id, OpeningHours? hours, Func<Guid, bool> helps) => new()
    {
        Id = id, Channel = Channel, Policy = Policy, Priority = Priority, AgeingPerMinute = AgeingPerMinute, Weight = Weight, Skills = Skills, Certificates = Certificates,
        ExpectedHandling = TimeSpan.FromSeconds(ExpectedHandlingSeconds), OfferFor = TimeSpan.FromSeconds(OfferSeconds), WrapUpFor = TimeSpan.FromSeconds(WrapUpSeconds),
        RetrySameAgentAfter = TimeSpan.FromSeconds(RetrySeconds), LastAgentFor = TimeSpan.FromSeconds(LastAgentSeconds), VipAgentFor = TimeSpan.FromSeconds(VipAgentSeconds),
        Hours = hours, WhenClosed = WhenClosed, Overflow = [.. Overflow.Where(o => helps(o.To))],
    };
}

/// <summary>Opening hours under a name, shared by queues: a week and the days that are otherwise.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Week">Open stretches of each day of the week; a day not named is closed.</param>
/// <param name="Days">Days that do not follow the week.</param>
/// <param name="Ended">No longer offered.</param>
internal sealed record CalendarDefinition(string Name, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenSpan>> Week, IReadOnlyList<SpecialDay> Days, bool Ended = false)
{
    public OpeningHours ToHours(TimeZoneInfo zone) => new(zone, Week, Days.ToDictionary(d => d.Day, d => d.Open));
}

/// <summary>A day that does not follow the week.</summary>
/// <param name="Open">Open stretches; none for closed.</param>
/// <param name="Note">Why, such as the holiday's name.</param>
internal sealed record SpecialDay(DateOnly Day, IReadOnlyList<OpenSpan> Open, string? Note = null);

/// <summary>What an agent can do and how much at once.</summary>
internal sealed record AgentDefinition
{
    public static AgentDefinition Usual { get; } = new();

    /// <summary>Skill → level, 1 to 5.</summary>
    public IReadOnlyDictionary<string, int> Skills { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<HeldCertificate> Certificates { get; init; } = [];
    public ChannelMix Mix { get; init; } = ChannelMix.Default;
}

/// <summary>A certificate someone holds.</summary>
/// <param name="Name">Its code.</param>
/// <param name="LastDay">The last day it is good for; null for ever.</param>
internal sealed record HeldCertificate(string Name, DateOnly? LastDay = null);
