using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>Writes the log of a team that leaves; what is still in hand is counted from the live floor where it runs. It can be mended until it is signed.</summary>
internal sealed class WriteLog(HandoverDesk desk, LiveFloor live, Texts texts)
{
    /// <param name="Contacts">Contacts in hand as counted by the leader; used where the floor is not running.</param>
    /// <param name="Orders">Orders in hand, likewise.</param>
    /// <param name="InHand">What becomes of them; needed when there are any.</param>
    /// <param name="NothingElse">That parts left empty have nothing to tell; without it an empty part is refused.</param>
    public sealed record Request([Range(0, 100_000)] int? Contacts = null, [Range(0, 100_000)] int? Orders = null, [MaxLength(1000)] string? InHand = null, [MaxLength(2000)] string? Problems = null,
        [MaxLength(2000)] string? Announcements = null, [MaxLength(1000)] string? Equipment = null, [MaxLength(1000)] string? Incidents = null, [MaxLength(1000)] string? People = null, bool NothingElse = false);

    /// <param name="Counted">Whether the live floor counted what is in hand.</param>
    public sealed record Kept(int? Contacts, int? Orders, bool Counted);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/handovers/{id:guid}/leaving/{team}/log", async (Guid id, string team, Request request, WriteLog slice, CancellationToken cancel) =>
        (await slice.Run(id, team, request, cancel)).ToReply()).WithName(nameof(WriteLog)).WithSummary("Writes the handover log of a team that leaves").Needs(Rights.HandOver);

    public async Task<Outcome<Kept>> Run(Guid id, string team, Request request, CancellationToken cancel)
    {
        if ((await desk.Take(id, team, true, Rights.HandOver, false, cancel)).Refused(out var refusal, out var taken)) return refusal;
        await using var turn = taken.Turn;
        if (taken.Side.State != nameof(Leaving.Preparing)) return new Refusal("workforce.signed-stays", turn.People.Centre.TeamName(taken.Side.TeamId));
        var counted = LiveFloor.Open(live.Now(), turn.People.Of(taken.Side.TeamId, true).Select(d => d.AgentId));
        var log = new HandoverLog(counted?.Contacts ?? request.Contacts, counted?.Orders ?? request.Orders, Clean(request.InHand), Clean(request.Problems), Clean(request.Announcements), Clean(request.Equipment), Clean(request.Incidents), Clean(request.People));
        var blank = log.Texts.Where(t => t.Text.Length == 0 && t.Part != "in-hand").Select(t => texts[$"workforce.log.{t.Part}"]).ToList();
        if (blank.Count > 0 && !request.NothingElse) return new Refusal("workforce.log-blank", string.Join(texts["workforce.and"], blank));
        if (log.Fault() is { } fault) return fault;
        (taken.Side.Written, taken.Side.WrittenAt, taken.Side.WrittenBy) = (log.ToJson(), turn.Now, turn.Who.Name);
        await turn.Save(cancel);
        return new Kept(log.Contacts, log.Orders, counted is not null);
    }

    private static string Clean(string? text) => text?.Trim() ?? "";
}
