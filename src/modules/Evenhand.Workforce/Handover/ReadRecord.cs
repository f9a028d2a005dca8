using System.Globalization;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>What was signed at a handover, in the order of signing, held against its hashes: the record for the archive.</summary>
internal sealed class ReadRecord(EvenhandDb db, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="Kind">hand-over, read, take-over, send-back, let-go or hand-to.</param>
    /// <param name="Holds">Whether content and chain are as they were signed.</param>
    public sealed record Entry(int Number, string Kind, string Team, string By, DateTimeOffset At, JsonElement Content, string Hash, bool Holds);

    public sealed record Record(Guid Id, DateTimeOffset At, DateTimeOffset? ClosedAt, IReadOnlyList<Entry> Entries, bool Holds);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/handovers/{id:guid}/record", async (Guid id, ReadRecord slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
        .WithName(nameof(ReadRecord)).WithSummary("What was signed at a handover, held against its hashes").Needs(Rights.ReadHandover);

    public async Task<Outcome<Record>> Run(Guid id, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var scope = current.Access.ScopeOf(Rights.ReadHandover);
        var handover = await db.Handovers.AsNoTracking().FirstOrDefaultAsync(h => h.Id == id, cancel);
        if (handover is null || !(scope.All || await db.HandoverTeams.AnyAsync(t => t.HandoverId == id && scope.Units.Contains(t.TeamId), cancel))) return new Refusal("workforce.handover.not-found");
        var signed = await db.Signatures.AsNoTracking().Where(s => s.HandoverId == id).OrderBy(s => s.Number).ToListAsync(cancel);
        var (entries, before) = (new List<Entry>(), "");
        foreach (var (at, s) in signed.Index())
        {
            var holds = s.Number == at + 1 && s.Before == before && s.Hash == Sitting.HashOf(s.Before, s.Number, s.TeamId, s.Kind, s.At, s.AccountId, s.Content);
            entries.Add(new Entry(s.Number, s.Kind, centre.TeamName(s.TeamId), s.By, centre.Local(s.At), JsonSerializer.Deserialize<JsonElement>(s.Content), s.Hash, holds));
            before = s.Hash;
        }
        return new Record(id, centre.Local(handover.At), handover.ClosedAt is { } closed ? centre.Local(closed) : null, entries, entries.TrueForAll(e => e.Holds) && entries.Count == handover.LastSignature);
    }

    /// <summary>What was signed, as people read it.</summary>
    public static IEnumerable<(string Label, string Text)> Lines(Entry entry, Texts texts)
    {
        var content = entry.Content;
        if (content.TryGetProperty("text", out var log) && log.Deserialize<HandoverLog>(FactJson.Options) is { } written)
        {
            yield return (texts["workforce.in-hand"], texts["workforce.in-hand-count", written.Contacts?.ToString(CultureInfo.InvariantCulture) ?? "–", written.Orders?.ToString(CultureInfo.InvariantCulture) ?? "–"]);
            foreach (var (part, text) in written.Texts) yield return (texts[$"workforce.log.{part}"], text.Length > 0 ? text : texts["workforce.none"]);
        }
        if (content.TryGetProperty("seats", out var seats))
        {
            var faults = seats.EnumerateArray().Where(s => Text(s, "state") != "ok").Select(s => $"{Text(s, "code")} {texts[$"workforce.seat-state.{Text(s, "state")}"]} {Text(s, "note")}".Trim()).ToList();
            yield return (texts["workforce.step-seats"], texts["workforce.seats-signed", seats.GetArrayLength(), faults.Count] + (faults.Count == 0 ? "" : "\n" + string.Join("\n", faults)));
        }
        if (content.TryGetProperty("people", out var people)) yield return (texts["workforce.leaving"], string.Join(texts["workforce.and"], people.EnumerateArray().Select(p => Text(p, "name"))));
        if (content.TryGetProperty("roll", out var roll))
            foreach (var mark in roll.EnumerateArray().GroupBy(r => Text(r, "mark")))
                yield return (texts[$"workforce.mark.{mark.Key}"], $"{mark.Count()}: {string.Join(texts["workforce.and"], mark.Select(r => Text(r, "name")))}");
        foreach (var list in new[] { "from", "logs" })
            if (content.TryGetProperty(list, out var others)) yield return (texts[$"workforce.signed-{list}"], string.Join(texts["workforce.and"], others.EnumerateArray().Select(o => $"{Text(o, "team")} ({Text(o, "signedBy")})")));
        if (content.TryGetProperty("successor", out var next) && next.GetString() is { } successor) yield return (texts["workforce.successor"], successor);
        if (content.TryGetProperty("reason", out var reason)) yield return (texts["workforce.reason"], reason.GetString() ?? "");
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.ToString() : "";
}
