using Evenhand.Workforce.Roster;

namespace Evenhand.Workforce.Seats;

/// <summary>Seats duties: first each person's usual seat, then whatever is free, teams side by side, never two people on a seat at once. Pure; its time grows with duties plus seats.</summary>
internal sealed class SeatPlan
{
    private readonly Dictionary<Guid, List<(DateTimeOffset Start, DateTimeOffset End)>> taken = [];
    private readonly Dictionary<(DateTimeOffset, DateTimeOffset), int> cursors = [];
    private readonly List<Guid> seats;
    private readonly HashSet<Guid> usable;

    /// <param name="seats">Usable seats in the order they are filled.</param>
    /// <param name="seated">Duties that have a seat already.</param>
    public SeatPlan(IEnumerable<Guid> seats, IEnumerable<Duty> seated)
    {
        this.seats = [.. seats];
        usable = [.. this.seats];
        foreach (var duty in seated.Where(d => d.SeatId is not null)) Take(duty.SeatId!.Value, duty);
    }

    /// <summary>Gives each duty a seat and answers those that got one; the others found none free.</summary>
    /// <param name="duties">Duties without a seat, teams together.</param>
    /// <param name="usual">Where people sat last.</param>
    public IReadOnlyList<Duty> Seat(IEnumerable<Duty> duties, IReadOnlyDictionary<Guid, Guid> usual)
    {
        var (done, rest) = (new List<Duty>(), new List<Duty>());
        foreach (var duty in duties)
            if (usual.TryGetValue(duty.AgentId, out var seat) && usable.Contains(seat) && IsFree(seat, duty)) Give(duty, seat, done);
            else rest.Add(duty);
        foreach (var duty in rest)
        {
            var span = (duty.Start, duty.End);
            var at = cursors.GetValueOrDefault(span);
            while (at < seats.Count && !IsFree(seats[at], duty)) at++;
            cursors[span] = at;
            if (at < seats.Count) Give(duty, seats[at], done);
        }
        return done;
    }

    private bool IsFree(Guid seat, Duty duty) => !taken.TryGetValue(seat, out var spans) || !spans.Exists(s => s.Start < duty.End && duty.Start < s.End);

    private void Give(Duty duty, Guid seat, List<Duty> done)
    {
        duty.SeatId = seat;
        Take(seat, duty);
        done.Add(duty);
    }

    private void Take(Guid seat, Duty duty)
    {
        if (!taken.TryGetValue(seat, out var spans)) taken[seat] = spans = [];
        spans.Add((duty.Start, duty.End));
    }
}
