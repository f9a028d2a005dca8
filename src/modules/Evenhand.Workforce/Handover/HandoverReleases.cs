using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce.Handover;

/// <summary>Answers the duty gate whether a team may leave; it stands outside of any request, as the floor does.</summary>
internal sealed class HandoverReleases(IServiceScopeFactory scopes) : IRelease
{
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(1);

    public async Task<bool?> IsReleased(Guid team, DateTimeOffset at, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        var (first, last) = ((at - Reach).ToUniversalTime(), (at + Reach).ToUniversalTime());
        var sides = await (from handover in db.Handovers.AsNoTracking()
                           join side in db.HandoverTeams.AsNoTracking() on handover.Id equals side.HandoverId
                           where handover.At >= first && handover.At <= last && side.TeamId == team && side.Leaves
                           select new { side.ReleasedAt }).ToListAsync(cancel);
        return sides.Count == 0 ? null : sides.TrueForAll(s => s.ReleasedAt is not null);
    }
}
