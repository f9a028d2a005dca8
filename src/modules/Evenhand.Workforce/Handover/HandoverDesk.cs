using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>Where leaders come to act on a handover: holds it for them, if the team is theirs.</summary>
internal sealed class HandoverDesk(EvenhandDb db, IOrganisation organisation, Shifts shifts, ILivePages pages, CurrentAccess current, TimeProvider clock)
{
    /// <summary>A leader's turn, for the side of a team within the right.</summary>
    /// <param name="teamCode">The team's code.</param>
    /// <param name="leaves">Whether its leaving side is meant.</param>
    /// <param name="permission">What the leader needs over the team.</param>
    /// <param name="signs">Whether something is signed: then a person must be signed in, and the handover must have opened.</param>
    public async Task<Outcome<(Sitting Turn, HandoverTeam Side)>> Take(Guid id, string teamCode, bool leaves, string permission, bool signs, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var access = current.Access;
        if (centre.Units.Values.FirstOrDefault(u => u.Code == teamCode) is not { } team) return new Refusal("workforce.team.not-found", teamCode);
        if (!access.ScopeOf(permission).Covers(team.Id, null)) return new Refusal("workforce.team-beyond.not-allowed", team.Name);
        if (signs && access.AccountId is null) return new Refusal("workforce.person-signs.not-allowed");
        var begun = await Sitting.Begin(db, pages, id, h => People(h, centre, cancel), access, clock.GetUtcNow(), cancel);
        if (begun.Refused(out var refusal, out var turn)) return refusal;
        refusal = turn.Side(team.Id, leaves) is null ? new Refusal("workforce.side.not-found")
            : turn.Now < turn.Handover.Opens ? new Refusal("workforce.not-open-yet", $"{centre.Local(turn.Handover.Opens):HH:mm}") : null;
        if (refusal is null) return (turn, turn.Side(team.Id, leaves)!);
        await turn.DisposeAsync();
        return refusal;
    }

    /// <summary>Who leaves and who arrives, with what was checked and called: five queries, however many people.</summary>
    public async Task<HandoverPeople> People(ShiftHandover handover, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var reach = 2 * ShiftChange.Reach;
        var duties = await db.DutiesDuring(handover.At - reach, handover.At + reach).AsNoTracking().ToListAsync(cancel);
        return new HandoverPeople(ShiftChange.Of(duties, await shifts.Read(cancel)).FirstOrDefault(c => c.At == handover.At), centre,
            await db.SeatChecks.Where(c => c.HandoverId == handover.Id).ToDictionaryAsync(c => c.SeatId, cancel),
            await db.RollMarks.Where(m => m.HandoverId == handover.Id).ToDictionaryAsync(m => m.AgentId, cancel),
            await db.Seats.ToDictionaryAsync(s => s.Id, cancel));
    }
}
