namespace Evenhand.Dispatch.Queues;

/// <summary>How much of an agent one contact of each channel takes, in thousandths; together never above 1000. 0 means the agent does not take that channel.</summary>
/// <param name="Call">Of a call; 1000 lets nothing stand beside it.</param>
/// <param name="Chat">Of a chat; 250 lets four stand side by side.</param>
/// <param name="WorkItem">Of a work item.</param>
public sealed record ChannelMix(int Call, int Chat, int WorkItem)
{
    /// <summary>One call, or up to four chats, or one work item.</summary>
    public static ChannelMix Default { get; } = new(1000, 250, 1000);

    /// <summary>What one contact of a channel takes.</summary>
    /// <param name="channel">The channel.</param>
    public int Of(Channel channel) => channel switch { Channel.Call => Call, Channel.Chat => Chat, _ => WorkItem };
}

/// <summary>A certificate or right someone holds.</summary>
/// <param name="Name">Its code; compared ordinally.</param>
/// <param name="Until">When it runs out: not valid from this instant on; null for never.</param>
public sealed record Certificate(string Name, DateTimeOffset? Until = null);

/// <summary>What routing needs to know of an agent beside presence. Immutable.</summary>
public sealed record AgentProfile
{
    /// <summary>The agent; of two that are equal in all else, the smaller id is chosen.</summary>
    public required Guid Id { get; init; }

    /// <summary>The team, for reports.</summary>
    public Guid Team { get; init; }

    /// <summary>Skills and levels; keys are compared ordinally.</summary>
    public IReadOnlyDictionary<string, int> Skills { get; init; } = new Dictionary<string, int>();

    /// <summary>Certificates and rights.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Capacity over all channels.</summary>
    public ChannelMix Mix { get; init; } = ChannelMix.Default;

    /// <summary>Whether the agent may take what needs these skills and certificates at this instant.</summary>
    /// <param name="skills">Needed skills.</param>
    /// <param name="certificates">Needed certificates.</param>
    /// <param name="at">The instant.</param>
    public bool Has(IReadOnlyList<SkillNeed> skills, IReadOnlyList<string> certificates, DateTimeOffset at)
    {
        for (var i = 0; i < skills.Count; i++)
            if (!Skills.TryGetValue(skills[i].Skill, out var level) || level < skills[i].Level) return false;
        for (var i = 0; i < certificates.Count; i++)
            if (!Holds(certificates[i], at)) return false;
        return true;
    }

    private bool Holds(string name, DateTimeOffset at)
    {
        for (var i = 0; i < Certificates.Count; i++)
            if (Certificates[i].Name == name && (Certificates[i].Until is not { } until || at < until)) return true;
        return false;
    }
}
