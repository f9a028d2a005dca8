using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Brings agents in from a list: new ones are created, known ones updated, each placed in the team named. The whole list, or nothing of it.</summary>
internal sealed class ImportAgents(EvenhandDb db, IOrganisation organisation, CentreCalendar calendar, CurrentAccess current, IAuditTrail trail, Texts texts, TimeProvider clock)
{
    public const int LargestFile = 5 * 1024 * 1024;
    private const int ProblemsShown = 20;

    public sealed record Imported(int Created, int Changed, int Placed);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agents/import",
        async (IFormFile file, ImportAgents slice, CancellationToken cancel) => (await slice.Run(file, cancel)).ToReply())
        .Needs(PlatformRights.EditOrganisation).WithName(nameof(ImportAgents));

    public async Task<Outcome<Imported>> Run(IFormFile? file, CancellationToken cancel)
    {
        if (file is null || file.Length == 0) return new Refusal("platform.import-empty");
        if (file.Length > LargestFile) return new Refusal("platform.import-too-large", file.Length / 1024 / 1024, LargestFile / 1024 / 1024);
        if (!file.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return new Refusal("platform.import-not-csv", file.FileName);
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).All) return new Refusal("platform.whole-centre-only.not-allowed");
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancel);
        return bytes.AsSpan().Contains((byte)0) ? new Refusal("platform.import-not-csv", file.FileName) : await Run(file.FileName, bytes, cancel);
    }

    private async Task<Outcome<Imported>> Run(string name, byte[] bytes, CancellationToken cancel)
    {
        var (lines, problems) = AgentsFile.Read(bytes, (await organisation.Read(cancel)).Units.Values, texts);
        if (problems.Count > 0) return Refused(problems);
        await using var turn = await Turn.Take(db, cancel);
        var today = await calendar.Today(cancel);
        var agents = await db.Agents.ToDictionaryAsync(a => a.Code, cancel);
        var stays = (await db.Placements.ToListAsync(cancel)).ToLookup(p => p.AgentId);
        var (created, changed, placed, late) = (0, 0, 0, new List<string>());
        foreach (var line in lines)
        {
            if (agents.TryGetValue(line.Code, out var agent)) changed++;
            else
            {
                db.Add(agent = new AgentRow { Id = Guid.CreateVersion7(), Code = line.Code, Name = line.Code });
                created++;
            }
            (agent.Name, agent.JoinedOn, agent.LeftOn) = (line.Name ?? agent.Name, line.Joined ?? agent.JoinedOn, line.Left ?? agent.LeftOn);
            var own = stays[agent.Id].ToList();
            foreach (var stay in own.Where(s => agent.LeftOn is { } left && s.From < left && (s.To is not { } to || left < to))) stay.To = agent.LeftOn;
            if (line.TeamId is not { } team) continue;
            if (own.Exists(s => s.TeamId == team && s.To == agent.LeftOn)) continue;
            var from = own.Count == 0 ? agent.JoinedOn ?? today : today;
            var moved = Stays.Into(team, from, agent, own);
            if (moved.Refused(out var refusal)) late.Add(texts["platform.import-line", line.Number, texts[refusal]]);
            else
            {
                Stays.Apply(db, agent, team, from, moved.Value, clock.GetUtcNow(), current.Access.Name);
                placed++;
            }
        }
        if (late.Count > 0) return Refused(late);
        trail.Record("platform.audit-agents-imported", "platform_agent", name, new { created, changed, placed });
        db.Publish(new OrganisationChanged("agents", null), clock.GetUtcNow(), current.Access.Name);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return new Imported(created, changed, placed);
    }

    private Refusal Refused(IReadOnlyList<string> problems)
    {
        db.ChangeTracker.Clear();
        return new("platform.import-lines", problems.Count, string.Join(" ", problems.Take(ProblemsShown)));
    }
}
