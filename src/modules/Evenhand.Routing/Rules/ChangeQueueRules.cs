using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Rules;

/// <summary>Lays down how a queue is routed; the router itself is asked whether it would take it.</summary>
internal sealed class ChangeQueueRules(EvenhandDb db, RuleBook book, IOrganisation organisation, CurrentAccess current)
{
    private const int Day = 86_400;

    /// <param name="Routed">Whether the router gives its contacts to people.</param>
    /// <param name="Channel">call, chat or work-item; settled once the queue was routed.</param>
    /// <param name="Policy">fair-share, longest-idle or least-occupied.</param>
    /// <param name="Calendar">The calendar of its opening hours; null for always open.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request(bool Routed, [property: JsonConverter(typeof(KebabEnum<Channel>))] Channel Channel, [property: JsonConverter(typeof(KebabEnum<Policy>))] Policy Policy = Policy.FairShare,
        [Range(-1000, 1000)] int Priority = 0, [Range(0, 1000)] int AgeingPerMinute = 0, [Range(0.1, 100.0)] double Weight = 1, [Range(1, Day)] int ExpectedHandlingSeconds = 300,
        [Range(0, 3600)] int OfferSeconds = 20, [Range(0, 3600)] int WrapUpSeconds = 30, [Range(0, 3600)] int RetrySeconds = 30, [Range(0, Day)] int LastAgentSeconds = 0, [Range(0, Day)] int VipAgentSeconds = 0,
        [MaxLength(20)] IReadOnlyList<SkillNeed>? Skills = null, [MaxLength(20)] IReadOnlyList<string>? Certificates = null, Guid? Calendar = null,
        [property: JsonConverter(typeof(KebabEnum<WhenClosed>))] WhenClosed WhenClosed = WhenClosed.TurnAway, [MaxLength(32)] IReadOnlyList<Help>? Overflow = null,
        [Range(1, Day)] int ServiceLevelSeconds = 20, [Range(0, 3600)] int ShortAbandonSeconds = 5, int? Version = null);

    /// <summary>A queue that helps.</summary>
    /// <param name="To">Its code.</param>
    /// <param name="AfterSeconds">Helps from this wait on.</param>
    /// <param name="AtLength">Helps when so many wait.</param>
    /// <param name="Closed">Helps when home is closed.</param>
    public sealed record Help(string To, int? AfterSeconds = null, int? AtLength = null, bool Closed = false);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/rules/queues/{code}", async (string code, Request request, ChangeQueueRules slice, CancellationToken cancel) =>
        (await slice.Run(code, request, cancel)).ToReply()).WithName(nameof(ChangeQueueRules)).WithSummary("How a queue is routed, from now on").Needs(Rights.Configure);

    public async Task<Outcome<Done>> Run(string code, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var centre = await organisation.Read(cancel);
        if (centre.Queues.Values.FirstOrDefault(q => q.Code == code) is not { } queue) return new Refusal("routing.queue.not-found", code);
        var all = await book.All<QueueDefinition>(RuleKind.Queue, cancel);
        var before = all.GetValueOrDefault(queue.Id, new InForce<QueueDefinition>(new QueueDefinition(), 0, null, null));
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        if ((RulesCheck.Problem(request.Skills ?? []) ?? RulesCheck.Problem(request.Certificates ?? [])) is { } unfit) return unfit;
        if (request.Calendar is { } calendar && !await db.RuleVersions.AnyAsync(r => r.Kind == RuleKind.Calendar && r.Subject == calendar, cancel)) return new Refusal("routing.calendar.not-found");
        if (Helps(request.Overflow ?? [], centre).Refused(out var astray, out var helps)) return astray;
        if (request.Channel != before.Definition.Channel && before.Version > 0 && await WasRouted(queue.Id, cancel)) return new Refusal("routing.channel-settled", queue.Name);
        if (before.Definition.Routed && !request.Routed && await Live(queue.Id, cancel) is > 0 and var live) return new Refusal("routing.queue-not-empty", queue.Name, live);
        var after = Definition(request, helps);
        var shall = all.ToDictionary(q => q.Key, q => q.Value.Definition);
        shall[queue.Id] = after;
        if (RulesCheck.Problem(shall, queue.Id, centre) is { } problem) return problem;
        book.Write(RuleKind.Queue, queue.Id, before, after);
        return await book.Save(cancel);
    }

    /// <summary>The field of the form that a refusal is about; empty for the form as a whole.</summary>
    public static string FieldOf(Refusal refusal) => refusal.Code switch
    {
        "routing.skill-unfit" or "routing.skill-twice" => "Skills",
        "routing.certificate-unfit" or "routing.certificate-twice" => "Certificates",
        "routing.overflow-target" or "routing.overflow-unfit" or "routing.overflow-when" => "Overflow",
        "routing.calendar.not-found" => "Calendar",
        "routing.channel-settled" => "Channel",
        "routing.queue-helps" or "routing.queue-not-empty" => "Routed",
        "routing.rule-bounds" => $"{refusal.Args[1]}",
        _ => "",
    };

    private static Outcome<IReadOnlyList<OverflowRule>> Helps(IReadOnlyList<Help> given, OrganisationSnapshot centre)
    {
        var rules = new List<OverflowRule>();
        foreach (var help in given)
        {
            if (centre.Queues.Values.FirstOrDefault(q => q.Code == help.To) is not { } to) return new Refusal("routing.overflow-target", help.To);
            if (help.AfterSeconds is < 0 or > Day || help.AtLength is < 1) return new Refusal("routing.overflow-unfit", to.Name);
            if (help is { AfterSeconds: null, AtLength: null, Closed: false }) return new Refusal("routing.overflow-when", to.Name);
            rules.Add(new OverflowRule(to.Id, help.AfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, help.AtLength, help.Closed));
        }
        return rules;
    }

    private static QueueDefinition Definition(Request r, IReadOnlyList<OverflowRule> overflow) => new()
    {
        Routed = r.Routed, Channel = r.Channel, Policy = r.Policy, Priority = r.Priority, AgeingPerMinute = r.AgeingPerMinute, Weight = r.Weight, ExpectedHandlingSeconds = r.ExpectedHandlingSeconds,
        OfferSeconds = r.OfferSeconds, WrapUpSeconds = r.WrapUpSeconds, RetrySeconds = r.RetrySeconds, LastAgentSeconds = r.LastAgentSeconds, VipAgentSeconds = r.VipAgentSeconds,
        Skills = r.Skills ?? [], Certificates = r.Certificates ?? [], CalendarId = r.Calendar, WhenClosed = r.WhenClosed, Overflow = overflow,
        ServiceLevelSeconds = r.ServiceLevelSeconds, ShortAbandonSeconds = r.ShortAbandonSeconds,
    };

    /// <summary>What waits or is being worked on would be nobody's.</summary>
    private Task<int> Live(Guid queue, CancellationToken cancel) => db.FloorContacts.CountAsync(c => c.QueueId == queue && c.EndedAt == null, cancel);

    /// <summary>A running floor cannot turn calls into chats, so that a queue keeps the channel it was once routed by.</summary>
    private async Task<bool> WasRouted(Guid queue, CancellationToken cancel) =>
        (await db.RuleVersions.AsNoTracking().Where(r => r.Kind == RuleKind.Queue && r.Subject == queue).ToListAsync(cancel)).Any(r => r.Read<QueueDefinition>().Routed);
}
