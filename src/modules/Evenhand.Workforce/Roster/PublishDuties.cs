using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Roster;

/// <summary>Publishes the duties of some agents for a span of days, in place of what was published for them there. All of it, or nothing; sent again it changes nothing.</summary>
internal sealed class PublishDuties(EvenhandDb db, IOrganisation organisation, Shifts shifts, CurrentAccess current, IAuditTrail trail, Texts texts, TimeProvider clock)
{
    private const int ProblemsShown = 20;
    private const int LongestSpan = 400;
    private static readonly string[] Columns = ["Id", "AgentId", "Start", "End", "Shift", "SeatId"];

    /// <param name="Day">The day on which it starts.</param>
    /// <param name="From">Start on the centre's clock; with To left out, the shift's own hours.</param>
    /// <param name="To">End; one that is not after the start is on the next day.</param>
    /// <param name="Shift">Code or name of one of the centre's shifts.</param>
    public sealed record Line([Required, MaxLength(200)] string Agent, DateOnly Day, [MaxLength(5)] string? From = null, [MaxLength(5)] string? To = null, [MaxLength(50)] string? Shift = null);

    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="Agents">Codes of the agents whose days are replaced; who has no duty among them is off on all of these days.</param>
    public sealed record Request(DateOnly From, DateOnly To, [Required, MaxLength(5000)] IReadOnlyList<string> Agents, [Required, MaxLength(50_000)] IReadOnlyList<Line> Duties);

    public sealed record Published(int Agents, int Added, int Removed, int Unchanged);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/duties", async (Request request, PublishDuties slice, CancellationToken cancel) =>
        (await slice.Run(request, cancel)).ToReply()).WithName(nameof(PublishDuties)).WithSummary("Replaces the published duties of some agents on some days").Needs(Rights.Publish);

    public Task<Outcome<Published>> Run(Request request, CancellationToken cancel) =>
        Run(request.From, request.To, request.Agents, [.. request.Duties.Select((d, i) => new DutyLine(i + 1, d.Agent, d.Day, d.From, d.To, d.Shift))], cancel);

    /// <summary>The same for the lines of a file.</summary>
    public async Task<Outcome<Published>> Run(DateOnly from, DateOnly to, IReadOnlyList<string> agents, IReadOnlyList<DutyLine> lines, CancellationToken cancel)
    {
        if (to < from || to.DayNumber - from.DayNumber > LongestSpan) return new Refusal("workforce.days-out-of-bounds", from, to, LongestSpan);
        var centre = await organisation.Read(cancel);
        var plan = new DutyPlan(centre, await shifts.Read(cancel), current.Access.ScopeOf(Rights.Publish), texts);
        var wanted = plan.Read(lines);
        var (codes, withDuty) = (agents.ToHashSet(StringComparer.OrdinalIgnoreCase), lines.Select(l => l.Agent ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase));
        var off = agents.Select((code, i) => withDuty.Contains(code) ? null : plan.Find(code, i + 1, from)).OfType<Agent>();
        var named = wanted.Select(w => w.Duty.AgentId).Concat(off.Select(a => a.Id)).ToHashSet();
        if (plan.Problems.Count > 0) return Rejected(plan);
        if (lines.FirstOrDefault(l => !codes.Contains(l.Agent!) || l.Day < from || l.Day > to) is { } stray) return new Refusal("workforce.duty-outside", stray.Agent, stray.Day);
        var (start, end) = (centre.At(from, 0), centre.At(to.AddDays(1), 0));
        await using var turn = await RosterTurn.Take(db, cancel);
        var around = await db.DutiesDuring(start - Duty.Longest, end + Duty.Longest).AsNoTracking().Where(d => named.Contains(d.AgentId)).ToListAsync(cancel);
        var had = around.Where(d => d.Start >= start && d.Start < end).ToDictionary(d => (d.AgentId, d.Start, d.End, d.Shift));
        plan.Overlaps(wanted, around.Where(d => d.Start < start || d.Start >= end));
        if (plan.Problems.Count > 0) return Rejected(plan);
        var added = wanted.Select(w => w.Duty).Where(d => !had.Remove((d.AgentId, d.Start, d.End, d.Shift))).ToList();
        await Save(had.Values, added, cancel);
        var done = new Published(named.Count, added.Count, had.Count, wanted.Count - added.Count);
        if (added.Count + had.Count > 0 || !await db.Publications.AnyAsync(cancel))
            db.Add(new Publication { Id = Guid.CreateVersion7(), At = clock.GetUtcNow(), By = current.Access.Name, From = from, To = to, Agents = named.Count, Added = added.Count, Removed = had.Count });
        trail.Record("workforce.audit-published", "workforce_duty", $"{from:yyyy-MM-dd}–{to:yyyy-MM-dd}", done);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return done;
    }

    private async Task Save(IEnumerable<Duty> gone, List<Duty> added, CancellationToken cancel)
    {
        foreach (var ids in gone.Select(d => d.Id).Chunk(1000)) await db.Duties.Where(d => ids.Contains(d.Id)).ExecuteDeleteAsync(cancel);
        if (added.Count == 0) return;
        await BulkInsert.Rows(db, "workforce_duty", Columns, [], added, (row, duty) =>
        {
            row.Add(duty.Id);
            row.Add(duty.AgentId);
            row.Add(duty.Start);
            row.Add(duty.End);
            row.Add(duty.Shift);
            row.AddNull();
        }, cancel);
    }

    private static Refusal Rejected(DutyPlan plan) => new("workforce.lines-rejected", plan.Problems.Count, string.Join(" ", plan.Problems.Take(ProblemsShown)));
}
