using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Routing.Contracts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Webhooks;

/// <summary>Makes a delivery of every fact for every webhook that wants it, in the transaction that reads the fact.</summary>
internal sealed class WebhookOutbox : FactReader
{
    private readonly TimeProvider clock;

    public WebhookOutbox(TimeProvider clock)
    {
        this.clock = clock;
        On<WorkItemCreated>((db, body, fact, cancel) => Put(db, "work-item.created", body.Type, body, fact, cancel));
        On<WorkItemChanged>((db, body, fact, cancel) => Put(db, "work-item.changed", body.Type, body, fact, cancel));
    }

    public override string Name => "routing.webhooks";

    private async Task Put(EvenhandDb db, string name, string type, object item, Fact fact, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var hook in await db.Webhooks.AsNoTracking().Where(h => h.EndedAt == null && h.CreatedAt <= fact.RecordedAt && (h.Type == null || h.Type == type)).Select(h => h.Id).ToListAsync(cancel))
            db.Add(new WebhookDelivery
            {
                Id = Guid.CreateVersion7(), WebhookId = hook, Event = name, CreatedAt = now, NextAt = now,
                Body = JsonSerializer.Serialize(new { fact.Id, Event = name, At = fact.OccurredAt, Item = item }, FactJson.Options),
            });
    }
}

/// <summary>Sends what is due: signed, again after a failure with growing pauses, and at most once at a time however many nodes there are.</summary>
internal sealed class DeliverWebhooks(EvenhandDb db, Destination destination, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Signature = "Evenhand-Signature";
    public const int Most = 12;
    private const int AtOnce = 20;
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);

    /// <summary>The pause after so many failed attempts: it doubles.</summary>
    public static TimeSpan PauseAfter(int attempts) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(attempts - 1, 0, 20)));

    /// <summary>`t=unix seconds,v1=hex of HMAC-SHA256 over "t.body"`.</summary>
    public static string Sign(string secret, long at, string body) => string.Create(CultureInfo.InvariantCulture,
        $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at}.{body}"))))}");

    /// <summary>Tries every delivery that is due; answers how many were tried.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var due = await db.Deliveries.AsNoTracking().Where(d => d.NextAt != null && d.NextAt <= now).OrderBy(d => d.NextAt).ThenBy(d => d.Id).Take(AtOnce).ToListAsync(cancel);
        var tried = 0;
        foreach (var delivery in due)
        {
            var until = clock.GetUtcNow() + Claimed;
            var claimed = await db.Deliveries.Where(d => d.Id == delivery.Id && d.Attempts == delivery.Attempts && d.NextAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, d => d.Attempts + 1).SetProperty(d => d.NextAt, until), cancel);
            if (claimed == 0) continue;
            tried++;
            var hook = await db.Webhooks.AsNoTracking().FirstAsync(h => h.Id == delivery.WebhookId, cancel);
            var (status, problem) = hook.EndedAt is null ? await Send(hook, delivery, cancel) : (null, "routing.delivery-ended");
            var (at, attempts) = (clock.GetUtcNow(), delivery.Attempts + 1);
            DateTimeOffset? arrived = problem is null ? at : null;
            DateTimeOffset? next = problem is null || hook.EndedAt is not null || attempts >= Most ? null : at + PauseAfter(attempts);
            await db.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, status).SetProperty(d => d.Problem, problem)
                .SetProperty(d => d.DeliveredAt, arrived).SetProperty(d => d.NextAt, next), cancel);
        }
        return tried;
    }

    private async Task<(int? Status, string? Problem)> Send(Webhook hook, WebhookDelivery delivery, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
            request.Headers.Add(Signature, Sign(protection.CreateProtector(AddWebhook.Purpose).Unprotect(hook.Secret), clock.GetUtcNow().ToUnixTimeSeconds(), delivery.Body));
            request.Headers.Add("Evenhand-Delivery", delivery.Id.ToString());
            request.Headers.Add("Evenhand-Event", delivery.Event);
            using var answer = await destination.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : "routing.delivery-refused");
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.InnerException is UnauthorizedAccessException ? "routing.delivery-private" : "routing.delivery-unreachable");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "routing.delivery-too-slow");
        }
        catch (CryptographicException)
        {
            return (null, "routing.delivery-unsigned");
        }
    }
}
