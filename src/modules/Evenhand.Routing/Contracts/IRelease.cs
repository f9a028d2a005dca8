namespace Evenhand.Routing.Contracts;

/// <summary>Whether a team has handed its shift over: asked by the duty gate before people sign off, answered by whoever keeps the shift handover.</summary>
public interface IRelease
{
    /// <summary>Whether a team whose duty ends at this moment may leave the floor: its leader and the one who takes over have both signed, or somebody with the right to do so let it go.</summary>
    /// <param name="team">The team's unit id.</param>
    /// <param name="at">The end of the rostered duty. A handover is found up to one minute away from it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>True when released, false while it is not; null when no handover is kept for this team at this moment, so that nobody can be held to one.</returns>
    Task<bool?> IsReleased(Guid team, DateTimeOffset at, CancellationToken cancel);
}
