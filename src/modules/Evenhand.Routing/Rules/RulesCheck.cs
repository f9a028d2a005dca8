using Evenhand.Dispatch;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;

namespace Evenhand.Routing.Rules;

/// <summary>Asks the router itself whether it would take the queues as they shall be, and says in the centre's words what it would not.</summary>
internal static class RulesCheck
{
    /// <summary>Why the router would refuse; null when it would not.</summary>
    /// <param name="queues">All queues as they shall be.</param>
    /// <param name="changed">The one that is being changed.</param>
    public static Refusal? Problem(IReadOnlyDictionary<Guid, QueueDefinition> queues, Guid changed, OrganisationSnapshot centre)
    {
        var rules = queues.Where(q => q.Value.Routed).Select(q => q.Value.ToRules(q.Key, null, _ => true)).ToList();
        if (new Dispatcher().SetQueues(rules, DateTimeOffset.UnixEpoch) is not { } denial) return null;
        string Name(object? id) => id is Guid queue && centre.Queues.TryGetValue(queue, out var known) ? known.Name : $"{id}";
        return denial.Code switch
        {
            "dispatch.overflow-target" when changed.Equals(denial.Arguments[0]) => new Refusal("routing.overflow-target", Name(denial.Arguments[1])),
            "dispatch.overflow-target" => new Refusal("routing.queue-helps", Name(denial.Arguments[0])),
            _ => new Refusal("routing.rule-bounds", Name(denial.Arguments[0]), denial.Arguments[1], denial.Arguments[2]),
        };
    }

    /// <summary>What is wrong with a list of skills; null when nothing is.</summary>
    public static Refusal? Problem(IEnumerable<SkillNeed> skills)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (skill, level) in skills)
        {
            if (!IsCode(skill) || level is < 1 or > 5) return new Refusal("routing.skill-unfit", skill, level);
            if (!seen.Add(skill)) return new Refusal("routing.skill-twice", skill);
        }
        return null;
    }

    /// <summary>What is wrong with a list of certificates; null when nothing is.</summary>
    public static Refusal? Problem(IEnumerable<string> certificates)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in certificates)
        {
            if (!IsCode(name)) return new Refusal("routing.certificate-unfit", name);
            if (!seen.Add(name)) return new Refusal("routing.certificate-twice", name);
        }
        return null;
    }

    private static bool IsCode(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= 50 && text.Trim().Length == text.Length && !text.Contains('\n', StringComparison.Ordinal);
}
