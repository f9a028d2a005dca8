using System.Text.Json;
using Evenhand.Design;
using Evenhand.Dispatch.Policies;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;

namespace Evenhand.Routing.FloorView;

/// <summary>Says in words and figures why a contact went to this agent.</summary>
internal static class DecisionWords
{
    public static Decision? Read(ContactStep step) => step.Decision is null ? null : JsonSerializer.Deserialize<Decision>(step.Decision, FloorState.Json);

    /// <summary>Sentences in the order a leader would say them: what bent the rule, how it was chosen, against whom, and who could not be asked.</summary>
    public static IReadOnlyList<string> Of(Decision decision, OrganisationSnapshot centre, Texts texts)
    {
        string Agent(Guid id) => centre.Agents.GetValueOrDefault(id)?.Name ?? texts["routing.why.somebody"];
        string Queue(Guid id) => centre.Queues.GetValueOrDefault(id)?.Name ?? texts["routing.why.some-queue"];
        var (who, said) = (Agent(decision.Agent), new List<string> { texts["routing.why.waited", Format.Duration(decision.Waited), Queue(decision.Queue)] });
        if (decision.Bent.HasFlag(Bends.VipAgent)) said.Add(texts["routing.why.vip", who]);
        if (decision.Bent.HasFlag(Bends.LastAgent)) said.Add(texts["routing.why.last", who]);
        if (decision.Bent.HasFlag(Bends.Overflow)) said.Add(texts["routing.why.overflow", Queue(decision.Through)]);
        if (decision.Bent.HasFlag(Bends.PassedOver)) said.Add(texts["routing.why.passed-over", who]);
        var kept = (decision.Bent & (Bends.VipAgent | Bends.LastAgent)) != 0;
        if (!kept) said.Add(decision.RunnerUp is { } next
            ? texts[$"routing.why.{PolicyCode(decision.Policy)}", who, Figure(decision.Policy, decision.Chosen, texts), Agent(next.Agent), Figure(decision.Policy, next, texts), decision.Eligible]
            : texts[decision.Eligible > 1 ? "routing.why.chosen" : "routing.why.only", who, decision.Eligible]);
        said.Add(texts["routing.why.figures", who, Format.Duration(decision.Chosen.Idle), Format.Number(decision.Chosen.EffortPerHour, 2), Format.Percent(decision.Chosen.Occupancy, 0), Owed(decision.Chosen, texts)]);
        if (Excluded(decision.Excluded, texts) is { Length: > 0 } others) said.Add(texts["routing.why.excluded", decision.Excluded.Total, others]);
        return said;
    }

    public static string PolicyCode(Policy policy) => FloorState.StateCode(policy);

    /// <summary>The figure the policy compares.</summary>
    public static string Figure(Policy policy, Figures of, Texts texts) => policy switch
    {
        Policy.LongestIdle => Format.Duration(of.Idle), Policy.LeastOccupied => Format.Percent(of.Occupancy, 0), _ => Owed(of, texts),
    };

    private static string Owed(Figures of, Texts texts) => of.Owed == TimeSpan.Zero ? texts["routing.why.even"] : texts[of.Owed > TimeSpan.Zero ? "routing.why.behind" : "routing.why.ahead", Format.Duration(of.Owed.Duration())];

    private static string Excluded(in Exclusions of, Texts texts) => string.Join(texts["routing.why.join"], new (string Key, int Count)[]
    {
        ("without-skill", of.WithoutSkill), ("off-duty", of.OffDuty), ("on-break", of.OnBreak), ("after-contact-work", of.AfterContactWork), ("unreachable", of.Unreachable), ("phone-failed", of.PhoneFailed),
        ("paused", of.Paused), ("full", of.Full), ("just-refused", of.JustRefused),
    }.Where(e => e.Count > 0).Select(e => texts["routing.why.not." + e.Key, e.Count]));
}
