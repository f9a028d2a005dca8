using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Talk;
using Evenhand.Routing.Webhooks;
using System.Text.Json;

namespace Evenhand.Routing.Transfers;

/// <summary>Who answers notes under which name: the mailboxes the centre named, and every department that has none of its own.</summary>
internal sealed class Mailboxes(EvenhandDb db, TalkRules rules, TalkReach reach, INotifications notifications)
{
    public sealed record Box(string Name, Guid? UnitId, Guid? WebhookId);

    public async Task<IReadOnlyList<Box>> All(CancellationToken cancel)
    {
        var centre = await reach.Centre(cancel);
        var named = (await rules.Read(cancel)).Mailboxes.Select(m => new Box(m.Name, m.Unit is null ? null : centre.Units.Values.FirstOrDefault(u => u.Code == m.Unit)?.Id, m.Webhook)).Where(b => b.UnitId is not null || b.WebhookId is not null).ToList();
        return [.. named, .. centre.Units.Values.Where(u => u.Kind == UnitKind.Department && named.All(n => n.UnitId != u.Id && n.Name != u.Name)).OrderBy(u => u.Name, StringComparer.CurrentCulture).Select(u => new Box(u.Name, u.Id, null))];
    }

    /// <summary>Rings at the unit, or leaves a delivery for the webhook; saved with the note. Nothing personal goes out.</summary>
    public async Task Send(Box box, TransferNote note, CancellationToken cancel)
    {
        if (box.UnitId is { } unit) await notifications.Tell(Rights.AnswerNotes, unit, "routing.note-arrived", [box.Name], "/transfers", cancel);
        if (box.WebhookId is { } hook)
            db.Add(new WebhookDelivery
            {
                Id = Guid.CreateVersion7(), WebhookId = hook, Event = "transfer-note.written", CreatedAt = note.WrittenAt, NextAt = note.WrittenAt,
                Body = JsonSerializer.Serialize(new { note.Id, Event = "transfer-note.written", At = note.WrittenAt, Note = new { note.Id, WorkItem = note.ItemId, note.Mailbox, note.AnswerBy } }, FactJson.Options),
            });
    }
}
