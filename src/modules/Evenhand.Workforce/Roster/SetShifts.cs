using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Roster;

/// <summary>Says which shifts the centre works, in place of those it had.</summary>
internal sealed class SetShifts(EvenhandDb db, Shifts shifts, CurrentAccess current)
{
    private const int LatestEnd = 40 * 60;

    /// <param name="From">Start on the centre's clock, such as 08:00.</param>
    /// <param name="To">End, such as 16:00; one that is not after the start is on the next day.</param>
    /// <param name="Opens">Minutes before its end from which on the handover may be made; null when it hands nothing over.</param>
    public sealed record Shift([Required, MaxLength(50), RegularExpression("[A-Za-z0-9-]+")] string Code, [Required, MaxLength(50)] string Name, [Required] string From, [Required] string To, [Range(0, 720)] int? Opens = null);

    public sealed record Request([Required, MinLength(1), MaxLength(20)] IReadOnlyList<Shift> Shifts);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/shifts", async (SetShifts slice, CancellationToken cancel) => TypedResults.Ok(await slice.Read(cancel))).WithName("ReadShifts").WithSummary("The centre's shifts").Needs(Rights.ReadRoster);
        api.MapPut("/shifts", async (Request request, SetShifts slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(SetShifts)).WithSummary("Replaces the centre's shifts").Needs(Rights.Publish);
    }

    public async Task<IReadOnlyList<Shift>> Read(CancellationToken cancel) =>
        [.. (await shifts.Read(cancel)).All.Select(s => new Shift(s.Code, s.Name, CentreTime.Text(s.Start), CentreTime.Text(s.End), s.Opens))];

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Publish).All) return new Refusal("workforce.whole-centre.not-allowed");
        var wanted = new List<ShiftPattern>();
        foreach (var (place, shift) in request.Shifts.Index())
        {
            if (CentreTime.Minutes(shift.From) is not { } from || from == 24 * 60) return new Refusal("workforce.time-unreadable", shift.From);
            if (CentreTime.Minutes(shift.To) is not { } to) return new Refusal("workforce.time-unreadable", shift.To);
            if (to <= from) to += 24 * 60;
            if (to - from > Duty.Longest.TotalMinutes || to > LatestEnd) return new Refusal("workforce.duty-too-long", $"{shift.From}–{shift.To}", (int)Duty.Longest.TotalHours);
            if (wanted.Find(w => Same(w.Code, shift.Code) || Same(w.Name, shift.Name)) is not null) return new Refusal("workforce.shift-twice", shift.Name);
            wanted.Add(new ShiftPattern { Code = shift.Code, Name = shift.Name.Trim(), Start = from, End = to, Opens = shift.Opens, Place = place });
        }
        var before = await db.ShiftPatterns.ToDictionaryAsync(s => s.Code, cancel);
        foreach (var shift in wanted) shift.Name = Shifts.NameToKeep(shift.Code, shift.Name);
        foreach (var shift in wanted)
            if (before.Remove(shift.Code, out var had)) (had.Name, had.Start, had.End, had.Opens, had.Place) = (shift.Name, shift.Start, shift.End, shift.Opens, shift.Place);
            else db.Add(shift);
        db.RemoveRange(before.Values);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private static bool Same(string one, string other) => one.Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}
