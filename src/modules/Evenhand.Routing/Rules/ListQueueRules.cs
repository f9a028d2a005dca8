using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lists every queue the centre knows, routed or not, with what each does in words.</summary>
internal sealed class ListQueueRules(RuleBook book, IOrganisation organisation, Texts texts)
{
    /// <param name="Text">Part of a queue's name or code.</param>
    /// <param name="Channel">call, chat or work-item.</param>
    public sealed record Request([MaxLength(100)] string? Text = null, [MaxLength(20)] string? Channel = null, bool? Routed = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    /// <param name="Words">What it does, each rule a phrase.</param>
    /// <param name="Version">0 while nothing has been laid down.</param>
    public sealed record Row(string Code, string Name, bool Routed, [property: JsonConverter(typeof(KebabEnum<Channel>))] Channel Channel, IReadOnlyList<string> Words, int Version, DateTimeOffset? ChangedAt, string? ChangedBy);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/rules/queues", async ([AsParameters] Request request, ListQueueRules slice, CancellationToken cancel) =>
        TypedResults.Ok(await slice.Run(request, cancel))).WithName(nameof(ListQueueRules)).WithSummary("The queues and how they are routed").Needs(Rights.Rules);

    public async Task<Paged<Row>> Run(Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        var centre = await organisation.Read(cancel);
        var known = await book.All<QueueDefinition>(RuleKind.Queue, cancel);
        var words = new QueueWords(texts, centre, (await book.All<CalendarDefinition>(RuleKind.Calendar, cancel)).ToDictionary(c => c.Key, c => c.Value.Definition.Name));
        var usual = new InForce<QueueDefinition>(new QueueDefinition(), 0, null, null);
        var found = centre.Queues.Values.Select(q => (Queue: q, Rule: known.GetValueOrDefault(q.Id, usual)))
            .Where(q => string.IsNullOrWhiteSpace(request.Text) || q.Queue.Name.Contains(request.Text.Trim(), StringComparison.OrdinalIgnoreCase) || q.Queue.Code.Contains(request.Text.Trim(), StringComparison.OrdinalIgnoreCase))
            .Where(q => request.Routed is null || q.Rule.Definition.Routed == request.Routed)
            .Where(q => string.IsNullOrEmpty(request.Channel) || KebabName(q.Rule.Definition.Channel) == request.Channel)
            .OrderByDescending(q => q.Rule.Definition.Routed).ThenBy(q => q.Queue.Name, StringComparer.CurrentCulture).ThenBy(q => q.Queue.Code, StringComparer.Ordinal).ToList();
        var size = request.Size ?? Usual;
        return new Paged<Row>([.. found.Skip(((request.Page ?? 1) - 1) * size).Take(size).Select(q =>
            new Row(q.Queue.Code, q.Queue.Name, q.Rule.Definition.Routed, q.Rule.Definition.Channel, words.Glance(q.Rule.Definition), q.Rule.Version, q.Rule.At, q.Rule.By))], found.Count);
    }

    /// <summary>A channel as addresses and the API name it.</summary>
    public static string KebabName(Channel channel) => channel switch { Channel.Call => "call", Channel.Chat => "chat", _ => "work-item" };
}
