using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce.Roster;

/// <summary>Answers the duty gate from the published duties; it stands outside of any request, as the floor does.</summary>
internal sealed class PublishedRoster(IServiceScopeFactory scopes) : IRoster
{
    public async Task<IReadOnlyList<RosteredDuty>?> Duties(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        var duties = await db.DutiesDuring(from.ToUniversalTime(), to.ToUniversalTime()).AsNoTracking().Select(d => new RosteredDuty(d.AgentId, d.Start, d.End)).ToListAsync(cancel);
        return duties.Count > 0 || await db.Publications.AnyAsync(cancel) ? duties : null;
    }
}
