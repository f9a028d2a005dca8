using Evenhand.Intake.Archive;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Imports;

/// <summary>Writes changed calls and contacts at the store's own speed.</summary>
internal static class ContactWriter
{
    private static readonly string[] CallColumns = ["SourceId", "CallId", "Trail"];

    private static readonly string[] ContactColumns =
    [
        "Id", "SourceId", "CallId", "QueueId", "AgentId", "Customer", "EnteredAt", "ConnectedAt", "EndedAt", "Wait", "Ring", "Talk", "Hold", "AfterContact", "Outcome", "EndedBy",
        "RingNoAnswers", "Lingers",
    ];

    public static async Task Write(EvenhandDb db, int source, CallChanges changes, CancellationToken cancel)
    {
        await Calls(db, source, changes.NewCalls, [], cancel);
        await Calls(db, source, changes.ChangedCalls, ["SourceId", "CallId"], cancel);
        foreach (var some in changes.Gone.Chunk(200)) await db.Contacts.Where(c => some.Contains(c.Id)).ExecuteDeleteAsync(cancel);
        await Contacts(db, source, changes, changes.Added, [], cancel);
        await Contacts(db, source, changes, changes.Replaced, ["Id"], cancel);
    }

    private static async Task Calls(EvenhandDb db, int source, List<KeptCall> calls, string[] keys, CancellationToken cancel)
    {
        if (calls.Count == 0) return;
        await BulkInsert.Rows(db, "intake_call", CallColumns, keys, calls, (row, call) =>
        {
            row.Add(source);
            row.Add(call.CallId);
            row.Add(call.Trail);
        }, cancel);
    }

    private static async Task Contacts(EvenhandDb db, int source, CallChanges changes, List<ToldContact> contacts, string[] keys, CancellationToken cancel)
    {
        if (contacts.Count == 0) return;
        await BulkInsert.Rows(db, "intake_contact", ContactColumns, keys, contacts, (row, contact) => Write(row, source, contact, changes.Names), cancel);
    }

    private static void Write(BulkRow row, int source, in ToldContact contact, NameIds names)
    {
        var stay = contact.Stay;
        row.Add(contact.Id);
        row.Add(source);
        row.Add(contact.CallId);
        row.Add(names.Queue(stay.Queue));
        row.Add(names.Agent(stay.Agent));
        row.Add(stay.Customer);
        row.Add(stay.EnteredAt);
        row.Add(stay.ConnectedAt);
        row.Add(stay.EndedAt);
        row.Add(stay.Wait);
        row.Add(stay.Ring);
        row.Add(stay.Talk);
        row.Add(stay.Hold);
        row.Add(stay.AfterContact);
        row.Add((int)stay.Outcome);
        row.Add((int)stay.EndedBy);
        row.Add(stay.RingNoAnswers);
        row.Add(Quarters.LastSign(stay.EnteredAt, stay.ConnectedAt, stay.EndedAt) - stay.EnteredAt > Quarters.Usual ? 1 : 0);
    }
}
