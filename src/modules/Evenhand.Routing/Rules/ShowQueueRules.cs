using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Shows how a queue is routed, and what was changed by whom.</summary>
internal sealed class ShowQueueRules(RuleBook book, IOrganisation organisation, Texts texts)
{
    /// <param name="Rules">As they would be sent to change them.</param>
    public sealed record Found(string Code, string Name, ChangeQueueRules.Request Rules, IReadOnlyList<Step> History);

    /// <summary>One version.</summary>
    /// <param name="Changes">What it changed, in words.</param>
    public sealed record Step(int Version, DateTimeOffset At, string By, IReadOnlyList<Change> Changes);

    public sealed record Change(string What, string? Before, string? After);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/rules/queues/{code}", async (string code, ShowQueueRules slice, CancellationToken cancel) =>
        (await slice.Run(code, cancel)).ToReply()).WithName(nameof(ShowQueueRules)).WithSummary("How a queue is routed, with the changes there were").Needs(Rights.Rules);

    public async Task<Outcome<Found>> Run(string code, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (centre.Queues.Values.FirstOrDefault(q => q.Code == code) is not { } queue) return new Refusal("routing.queue.not-found", code);
        var versions = await book.History(RuleKind.Queue, queue.Id, cancel);
        var calendars = (await book.All<CalendarDefinition>(RuleKind.Calendar, cancel)).ToDictionary(c => c.Key, c => c.Value.Definition.Name);
        var words = new QueueWords(texts, centre, calendars);
        var now = versions.FirstOrDefault()?.Read<QueueDefinition>() ?? new QueueDefinition();
        return new Found(queue.Code, queue.Name, Request(now, versions.FirstOrDefault()?.Version ?? 0, centre),
            [.. versions.Select((v, i) => new Step(v.Version, v.At, v.By, Changes(words, i + 1 < versions.Count ? versions[i + 1].Read<QueueDefinition>() : new QueueDefinition(), v.Read<QueueDefinition>())))]);
    }

    private static IReadOnlyList<Change> Changes(QueueWords words, QueueDefinition before, QueueDefinition after) =>
        [.. words.Facts(before).Zip(words.Facts(after)).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => new Change(pair.First.What, pair.First.Value, pair.Second.Value))];

    private static ChangeQueueRules.Request Request(QueueDefinition d, int version, OrganisationSnapshot centre) => new(d.Routed, d.Channel, d.Policy, d.Priority, d.AgeingPerMinute, d.Weight, d.ExpectedHandlingSeconds,
        d.OfferSeconds, d.WrapUpSeconds, d.RetrySeconds, d.LastAgentSeconds, d.VipAgentSeconds, d.Skills, d.Certificates, d.CalendarId, d.WhenClosed,
        [.. d.Overflow.Where(o => centre.Queues.ContainsKey(o.To)).Select(o => new ChangeQueueRules.Help(centre.Queues[o.To].Code, (int?)o.After?.TotalSeconds, o.AtLength, o.Closed))],
        d.ServiceLevelSeconds, d.ShortAbandonSeconds, version);
}
