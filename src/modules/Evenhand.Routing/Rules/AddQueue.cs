using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Makes a queue that no log has named yet, such as one of chats or of orders, and routes it.</summary>
internal sealed partial class AddQueue(EvenhandDb db, RuleBook book, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="Code">How sources name it; letters, digits, `-`, `_` and `.`.</param>
    /// <param name="Channel">call, chat or work-item.</param>
    public sealed record Request([Required, MaxLength(100)] string Code, [Required, MaxLength(200)] string Name, [property: JsonConverter(typeof(KebabEnum<Channel>))] Channel Channel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/rules/queues", async (Request request, AddQueue slice, CancellationToken cancel) =>
        (await slice.Run(request, cancel)).ToReply()).WithName(nameof(AddQueue)).WithSummary("A new queue, routed with the usual rules").Needs(Rights.Configure);

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (!Fit().IsMatch(request.Code)) return new Refusal("routing.queue-code-unfit", request.Code);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if ((await organisation.Read(cancel)).Queues.Values.Any(q => q.Code == request.Code)) return new Refusal("routing.queue-there", request.Code);
        await organisation.Establish(new OrganisationPlan(null, [], [], [new PlannedQueue(request.Code, request.Name.Trim())]), cancel);
        var queue = (await organisation.Read(cancel)).Queues.Values.Single(q => q.Code == request.Code);
        book.Write(RuleKind.Queue, queue.Id, new InForce<QueueDefinition>(new QueueDefinition(), 0, null, null), Usual(request.Channel));
        var saved = await book.Save(cancel);
        if (saved.Succeeded) await transaction.CommitAsync(cancel);
        return saved;
    }

    /// <summary>Work items are due in hours rather than seconds and need no ringing phone.</summary>
    public static QueueDefinition Usual(Channel channel) => channel == Channel.WorkItem
        ? new QueueDefinition { Routed = true, Channel = channel, OfferSeconds = 60, WrapUpSeconds = 0, ServiceLevelSeconds = 1800, ShortAbandonSeconds = 0, RetrySeconds = 300 }
        : new QueueDefinition { Routed = true, Channel = channel, ServiceLevelSeconds = channel == Channel.Chat ? 60 : 20 };

    [GeneratedRegex("^[A-Za-z0-9_.-]+$")]
    private static partial Regex Fit();
}
