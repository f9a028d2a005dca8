using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Says what an agent can do, which certificates the agent holds until when, and how much the agent takes at once.</summary>
internal sealed class ChangeProfile(RuleBook book, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    private const int Whole = 1000;

    /// <param name="Skills">All skills with their levels, 1 to 5; what is left out is gone.</param>
    /// <param name="Certificates">All certificates; the last day is the last on which one is good.</param>
    /// <param name="Mix">How much of the agent one contact of each channel takes, in thousandths, 0 for none of that channel; without it one call, or up to four chats, or one work item.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request([MaxLength(50)] IReadOnlyList<SkillNeed>? Skills = null, [MaxLength(50)] IReadOnlyList<HeldCertificate>? Certificates = null, ChannelMix? Mix = null, int? Version = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/agents/{code}/skills", async (string code, Request request, ChangeProfile slice, CancellationToken cancel) =>
        (await slice.Run(code, request, cancel)).ToReply()).WithName(nameof(ChangeProfile)).WithSummary("What an agent can do, and how much at once").Needs(Rights.Configure);

    public async Task<Outcome<Done>> Run(string code, Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var today = FloorRules.Today(centre, clock);
        if (centre.Agents.Values.FirstOrDefault(a => a.Code == code) is not { } agent || !centre.Covers(current.Access.ScopeOf(Rights.Rules), agent.Id, today)) return new Refusal("routing.profile.not-found", code);
        if (!centre.Covers(current.Access.ScopeOf(Rights.Configure), agent.Id, today)) return new Refusal("routing.profile.not-allowed", code);
        var before = await book.Read(RuleKind.Agent, agent.Id, AgentDefinition.Usual, cancel);
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        var (skills, certificates, mix) = (request.Skills ?? [], request.Certificates ?? [], request.Mix ?? ChannelMix.Default);
        if ((RulesCheck.Problem(skills) ?? RulesCheck.Problem(certificates.Select(c => c.Name))) is { } unfit) return unfit;
        if (new[] { mix.Call, mix.Chat, mix.WorkItem }.Any(m => m is < 0 or > Whole)) return new Refusal("routing.mix-unfit");
        book.Write(RuleKind.Agent, agent.Id, before, new AgentDefinition { Skills = skills.OrderBy(s => s.Skill, StringComparer.Ordinal).ToDictionary(s => s.Skill, s => s.Level), Certificates = certificates, Mix = mix });
        return await book.Save(cancel);
    }

    /// <summary>What one contact takes when so many may be held side by side; 0 takes none.</summary>
    public static int PartOf(int atOnce) => atOnce <= 0 ? 0 : Math.Max(1, Whole / atOnce);

    /// <summary>How many contacts that each take this much may be held side by side.</summary>
    public static int AtOnce(int part) => part <= 0 ? 0 : Whole / part;

    /// <summary>The field of the form that a refusal is about; empty for the form as a whole.</summary>
    public static string FieldOf(Refusal refusal) => refusal.Code switch
    {
        "routing.skill-unfit" or "routing.skill-twice" => "Skills",
        "routing.certificate-unfit" or "routing.certificate-twice" => "Certificates",
        _ => "",
    };
}
