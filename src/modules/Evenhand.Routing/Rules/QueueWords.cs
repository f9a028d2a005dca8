using System.Globalization;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;

namespace Evenhand.Routing.Rules;

/// <summary>Says a queue's rules as a supervisor would.</summary>
internal sealed class QueueWords(Texts texts, OrganisationSnapshot centre, IReadOnlyDictionary<Guid, string> calendars)
{
    /// <summary>Every rule with its value, always in this order.</summary>
    public IReadOnlyList<(string What, string Value)> Facts(QueueDefinition d) =>
    [
        (texts["routing.routed"], texts[d.Routed ? "routing.yes" : "routing.no"]), (texts["routing.channel"], Channel(d.Channel)), (texts["routing.policy"], texts[$"routing.policy.{Kebab(d.Policy)}"]),
        (texts["routing.priority"], Number(d.Priority)), (texts["routing.ageing"], Number(d.AgeingPerMinute)), (texts["routing.weight"], d.Weight.ToString("0.##", CultureInfo.CurrentCulture)),
        (texts["routing.handling"], Length(d.ExpectedHandlingSeconds)), (texts["routing.offer-for"], Length(d.OfferSeconds)), (texts["routing.wrap-up-for"], Length(d.WrapUpSeconds)),
        (texts["routing.retry-after"], Length(d.RetrySeconds)), (texts["routing.last-agent-for"], Length(d.LastAgentSeconds)), (texts["routing.vip-agent-for"], Length(d.VipAgentSeconds)),
        (texts["routing.skills"], d.Skills.Count == 0 ? None : string.Join(texts["routing.and"], d.Skills.Select(Skill))),
        (texts["routing.certificates"], d.Certificates.Count == 0 ? None : string.Join(texts["routing.and"], d.Certificates)),
        (texts["routing.hours"], Hours(d)), (texts["routing.when-closed"], texts[$"routing.when-closed.{Kebab(d.WhenClosed)}"]),
        (texts["routing.overflow"], d.Overflow.Count == 0 ? None : string.Join(texts["routing.and"], d.Overflow.Select(Help))),
        (texts["routing.service-level"], Length(d.ServiceLevelSeconds)), (texts["routing.short-abandon"], Length(d.ShortAbandonSeconds)),
    ];

    /// <summary>What the queue does, at one glance: what is as usual is not said.</summary>
    public IReadOnlyList<string> Glance(QueueDefinition d)
    {
        if (!d.Routed) return [texts["routing.not-routed"]];
        var said = new List<string> { texts[$"routing.policy.{Kebab(d.Policy)}"] };
        if (d.Priority != 0) said.Add(texts["routing.say-priority", d.Priority]);
        if (d.AgeingPerMinute > 0) said.Add(texts["routing.say-ageing", d.AgeingPerMinute]);
        if (d.Weight != 1) said.Add(texts["routing.say-weight", d.Weight]);
        if (d.Skills.Count > 0) said.Add(texts["routing.say-skills", string.Join(texts["routing.and"], d.Skills.Select(Skill))]);
        if (d.Certificates.Count > 0) said.Add(texts["routing.say-certificates", string.Join(texts["routing.and"], d.Certificates)]);
        if (d.LastAgentSeconds > 0) said.Add(texts["routing.say-last-agent", Length(d.LastAgentSeconds)]);
        if (d.VipAgentSeconds > 0) said.Add(texts["routing.say-vip-agent", Length(d.VipAgentSeconds)]);
        said.Add(d.OfferSeconds > 0 ? texts["routing.say-offer", Length(d.OfferSeconds)] : texts["routing.say-given"]);
        if (d.WrapUpSeconds > 0) said.Add(texts["routing.say-wrap-up", Length(d.WrapUpSeconds)]);
        said.Add(d.CalendarId is null ? texts["routing.always-open"] : $"{Hours(d)} · {texts[$"routing.when-closed.{Kebab(d.WhenClosed)}"]}");
        said.AddRange(d.Overflow.Select(Help));
        said.Add(texts["routing.say-target", Length(d.ServiceLevelSeconds)]);
        return said;
    }

    public string Channel(Channel channel) => texts[$"routing.channel.{Kebab(channel)}"];

    private string None => texts["routing.nothing"];

    private string Hours(QueueDefinition d) => d.CalendarId is { } id ? calendars.GetValueOrDefault(id, "?") : texts["routing.always-open"];

    private string Skill(SkillNeed need) => texts["routing.skill-at-least", need.Skill, need.Level];

    private string Help(OverflowRule rule)
    {
        var when = new List<string>();
        if (rule.After is { } after) when.Add(texts["routing.help-after", Length((int)after.TotalSeconds)]);
        if (rule.AtLength is { } length) when.Add(texts["routing.help-at-length", length]);
        if (rule.Closed) when.Add(texts["routing.help-closed"]);
        return texts["routing.help", string.Join(texts["routing.or"], when), centre.Queues.TryGetValue(rule.To, out var to) ? to.Name : "?"];
    }

    private string Length(int seconds) => seconds >= 120 && seconds % 60 == 0 ? texts["routing.n-minutes", seconds / 60] : texts["routing.n-seconds", seconds];

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);

    private static string Kebab<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
