using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Talk;

/// <summary>Lays down how long help may wait, how often people are reminded, when call-backs are promised and where notes go; every change is a new version.</summary>
internal sealed class ChangeTalkSettings(EvenhandDb db, IOrganisation organisation, CurrentAccess current, IAuditTrail audit, TimeProvider clock)
{
    private const int Day = 1440;

    /// <param name="CallBackQueue">Code of a queue; without it the first routed queue of work items an agent may use.</param>
    public sealed record Request([Range(10, 3600)] int HelpSeconds, [Range(1, Day)] int ReminderMinutes, [Range(5, 7 * Day)] int PromiseMinutes, [Range(1, 20)] int Attempts, [Range(1, Day)] int RetryMinutes,
        [Range(1, 10_000)] int PeakWaiting, [Range(1, 7200)] int PeakLongestSeconds, [Range(1, 240)] int PeakMinutes, [Range(0, 10_000)] int PeakCalm,
        [MaxLength(200)] string? CallBackQueue = null, [MaxLength(100)] IReadOnlyList<MailboxGiven>? Mailboxes = null);

    /// <param name="Unit">Code of the unit whose people answer; or</param>
    /// <param name="Webhook">the webhook that is told.</param>
    public sealed record MailboxGiven([Required, MaxLength(100)] string Name, [MaxLength(200)] string? Unit = null, Guid? Webhook = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/talk/settings", async (TalkRules rules, CancellationToken cancel) => TypedResults.Ok(await rules.Read(cancel)))
            .WithName("ShowTalkSettings").WithSummary("What holds for help, announcements, transfer notes and call-backs").Needs(Rights.Configure);
        api.MapPut("/talk/settings", async (Request request, ChangeTalkSettings slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ChangeTalkSettings)).WithSummary("Changes what holds for help, announcements, transfer notes and call-backs").Needs(Rights.Configure);
    }

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var centre = await organisation.Read(cancel);
        var queue = string.IsNullOrWhiteSpace(request.CallBackQueue) ? null : request.CallBackQueue;
        if (queue is not null && centre.Queues.Values.All(q => q.Code != queue)) return new Refusal("routing.queue.not-found", queue);
        var boxes = request.Mailboxes ?? [];
        if (boxes.GroupBy(b => b.Name.Trim()).FirstOrDefault(g => g.Count() > 1) is { } twice) return new Refusal("routing.mailbox-twice", twice.Key);
        foreach (var box in boxes)
        {
            if (string.IsNullOrWhiteSpace(box.Name) || box.Unit is null == box.Webhook is null) return new Refusal("routing.mailbox-unfit", box.Name);
            if (box.Unit is { } unit && centre.Units.Values.All(u => u.Code != unit)) return new Refusal("routing.unit-unknown", unit);
            if (box.Webhook is { } hook && !await db.Webhooks.AnyAsync(h => h.Id == hook && h.EndedAt == null, cancel)) return new Refusal("routing.webhook.not-found");
        }
        var settings = new TalkSettings
        {
            HelpSeconds = request.HelpSeconds, ReminderMinutes = request.ReminderMinutes, PromiseMinutes = request.PromiseMinutes, Attempts = request.Attempts, RetryMinutes = request.RetryMinutes, CallBackQueue = queue,
            Peak = new PeakRules(request.PeakWaiting, request.PeakLongestSeconds, request.PeakMinutes, request.PeakCalm), Mailboxes = [.. boxes.Select(b => new Mailbox(b.Name.Trim(), b.Unit, b.Webhook))],
        };
        var version = await db.RuleVersions.Where(r => r.Kind == RuleKind.Talk && r.Subject == Guid.Empty).MaxAsync(r => (int?)r.Version, cancel) ?? 0;
        db.Add(new RuleVersion { Kind = RuleKind.Talk, Subject = Guid.Empty, Version = version + 1, Definition = JsonSerializer.Serialize(settings, RuleJson.Options), At = clock.GetUtcNow(), By = current.Access.Name });
        audit.Record("routing.talk-changed", "talk-settings", "centre", new { Version = version + 1 });
        try
        {
            await db.SaveChangesAsync(cancel);
            return Done.It;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("routing.settings-changed-meanwhile");
        }
    }
}
