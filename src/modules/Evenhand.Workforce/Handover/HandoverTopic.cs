using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>Pages that look at a handover hear when somebody signed and fetch themselves anew; joined by those who may read it.</summary>
internal sealed class HandoverTopic(EvenhandDb db) : ILiveTopic
{
    public string Kind => "handover";

    /// <summary>The topic of one handover.</summary>
    public static string Of(Guid handover) => $"handover:{handover}";

    public async Task<bool> May(Access access, string id, CancellationToken cancel)
    {
        var scope = access.ScopeOf(Rights.ReadHandover);
        if (scope.IsNothing || !Guid.TryParse(id, out var handover)) return false;
        var teams = await db.HandoverTeams.AsNoTracking().Where(t => t.HandoverId == handover).Select(t => t.TeamId).ToListAsync(cancel);
        return teams.Exists(t => scope.Covers(t, null));
    }
}
