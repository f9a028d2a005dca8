using System.Globalization;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Bpmn.Graph;

/// <summary>Who of several signers decides.</summary>
internal enum VoteRule
{
    None,
    All,
    Any,
    Ratio,
}

/// <summary>What a rule does instead of opening a task as it is.</summary>
internal enum RuleAction
{
    Open,
    Pass,
    Refuse,
    Assign,
    Incident,
}

internal readonly record struct AssigneeRule(RuleAction Action, Expression? To);

/// <summary>The rules of a user task, from its `evenhand:` attributes.</summary>
internal sealed record TaskRules(VoteRule Vote, decimal Share, decimal Of, bool Veto, AssigneeRule Empty, AssigneeRule SameAsStarter, bool PassRepeated, string? RejectTo)
{
    public static TaskRules None { get; } = new(VoteRule.None, 1, 1, false, default, default, false, null);

    /// <summary>Reads the rules; what is not understood is told by name and value.</summary>
    public static TaskRules Read(IReadOnlyDictionary<string, string> says, Func<string?, Expression?> text, Action<string, string> notUnderstood)
    {
        if (says.Count == 0) return None;
        var veto = says.GetValueOrDefault("veto") is { } v && (v is "true" || (v is not "false" && NotUnderstood("veto", false)));
        var ratio = says.GetValueOrDefault("ratio");
        var vote = says.GetValueOrDefault("vote") switch
        {
            null => ratio is not null ? VoteRule.Ratio : veto ? VoteRule.All : VoteRule.None,
            "all" => VoteRule.All,
            "any" => VoteRule.Any,
            "ratio" => VoteRule.Ratio,
            _ => NotUnderstood("vote", VoteRule.None),
        };
        var (share, of) = Part(ratio) ?? NotUnderstood("ratio", (1m, 1m));
        if (vote == VoteRule.Ratio && ratio is null) notUnderstood("ratio", "");
        return new TaskRules(vote, share, of, veto, Rule("emptyAssignee", true), Rule("sameAsStarter", false),
            says.GetValueOrDefault("repeated") switch { null or "keep" => false, "pass" => true, _ => NotUnderstood("repeated", false) }, says.GetValueOrDefault("rejectTo"));

        AssigneeRule Rule(string name, bool empty) => says.GetValueOrDefault(name) switch
        {
            null or "keep" => default,
            "pass" => new AssigneeRule(RuleAction.Pass, null),
            "refuse" when empty => new AssigneeRule(RuleAction.Refuse, null),
            "incident" when empty => new AssigneeRule(RuleAction.Incident, null),
            { } assign when assign.StartsWith("assign:", StringComparison.Ordinal) && assign.Length > 7 => new AssigneeRule(RuleAction.Assign, text(assign[7..])),
            _ => NotUnderstood<AssigneeRule>(name, default),
        };

        T NotUnderstood<T>(string name, T instead)
        {
            notUnderstood(name, says[name]);
            return instead;
        }
    }

    /// <summary>`0.6`, `60%` or `2/3` as a part of a whole, more than none and at most all; exact, so that two of three are two thirds and not 0.67.</summary>
    private static (decimal Share, decimal Of)? Part(string? text)
    {
        if (text is null) return (1, 1);
        var parts = text.Split('/');
        var (left, of) = parts.Length == 2 ? (parts[0], Number(parts[1])) : text.EndsWith('%') ? (text[..^1], 100) : (text, 1);
        return parts.Length <= 2 && Number(left) is { } share && of is { } whole && share > 0 && share <= whole ? (share, whole) : null;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
