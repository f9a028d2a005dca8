using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>Opens the handovers whose time has come, and follows the roster while nobody has signed: who comes in later stands on it too. Run by the loop; twice or on two nodes it does the same once.</summary>
internal sealed class OpenHandovers(EvenhandDb db, IOrganisation organisation, Shifts shifts, HandoverDesk desk, AssignSeats seats, INotifications notifications, TimeProvider clock)
{
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <returns>How many were opened.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var all = await shifts.Read(cancel);
        if (all.Opens is not { } opens) return 0;
        var now = clock.GetUtcNow();
        var duties = await db.DutiesDuring(now - Late - ShiftChange.Reach, now.AddMinutes(opens) + 2 * ShiftChange.Reach).AsNoTracking().ToListAsync(cancel);
        var opened = 0;
        foreach (var change in ShiftChange.Of(duties, all).Where(c => c.Opens <= now && now < c.At + Late))
        {
            if (change.Leaving.Concat(change.Arriving).Any(d => d.SeatId is null)) await seats.Fill(change.At.AddMinutes(-1), change.At + ShiftChange.Reach, cancel);
            if (await Follow(change, await organisation.Read(cancel), now, cancel)) opened++;
        }
        return opened;
    }

    private async Task<bool> Follow(ShiftChange change, OrganisationSnapshot centre, DateTimeOffset now, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await using var turn = await RosterTurn.Take(db, cancel);
        var handover = await db.Handovers.FirstOrDefaultAsync(h => h.At == change.At, cancel);
        var isNew = handover is null;
        if (handover is not null) await db.Handovers.Where(h => h.Id == handover.Id).ExecuteUpdateAsync(set => set.SetProperty(h => h.Turn, h => h.Turn + 1), cancel);
        if (handover is null) db.Add(handover = new ShiftHandover { Id = Guid.CreateVersion7(), At = change.At, Opens = change.Opens });
        var rows = await db.HandoverTeams.Where(t => t.HandoverId == handover.Id).ToListAsync(cancel);
        var people = await desk.People(handover, centre, cancel);
        var pairs = people.Pairs();
        var added = people.LeavingTeams.Select(t => (Team: t, Leaves: true)).Concat(people.ArrivingTeams.Select(t => (Team: t, Leaves: false))).Where(s => !rows.Exists(r => r.TeamId == s.Team && r.Leaves == s.Leaves))
            .Select(s => new HandoverTeam
            {
                Id = Guid.CreateVersion7(), HandoverId = handover.Id, TeamId = s.Team, Leaves = s.Leaves, State = s.Leaves ? nameof(Leaving.Preparing) : nameof(Arriving.Gathering),
                SuccessorId = s.Leaves && pairs.TryGetValue(s.Team, out var next) ? next : null,
            }).ToList();
        var gone = rows.Where(r => r.SignedAt is null && r.Written is null && r.Log == 0 && people.Of(r.TeamId, r.Leaves).Count == 0).ToList();
        foreach (var row in rows.Except(gone).Where(r => r is { Leaves: true, State: nameof(Leaving.Preparing) } && (r.SuccessorId is null || gone.Exists(g => !g.Leaves && g.TeamId == r.SuccessorId))))
            row.SuccessorId = pairs.TryGetValue(row.TeamId, out var next) ? next : null;
        if (added.Count + gone.Count > 0) handover.ClosedAt = null;
        db.AddRange(added);
        db.RemoveRange(gone);
        foreach (var side in added.Where(_ => isNew))
            await notifications.Tell(Rights.Lead, side.TeamId, side.Leaves ? "workforce.told-open-out" : "workforce.told-open-in", [centre.TeamName(side.TeamId), $"{centre.Local(change.At):HH:mm}"], $"/handover/{handover.Id}", cancel);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return isNew;
    }
}
