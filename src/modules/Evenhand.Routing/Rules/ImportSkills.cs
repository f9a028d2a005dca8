using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Takes in a list of agents' skills: those named are set, a level of 0 takes one away, what is not named stays. The whole list, or nothing of it.</summary>
internal sealed class ImportSkills(RuleBook book, IOrganisation organisation, CurrentAccess current, IAuditTrail audit, TimeProvider clock, Texts texts)
{
    private const int LevelMost = 5;

    /// <param name="Agents">How many agents were changed.</param>
    /// <param name="Skills">How many rows were taken in.</param>
    public sealed record Imported(int Agents, int Skills);

    private sealed record Line(Guid Agent, string Skill, int Level);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agents/skills/import", async (IFormFile file, ImportSkills slice, CancellationToken cancel) =>
        (await slice.Run(file, cancel)).ToReply()).WithName(nameof(ImportSkills)).WithSummary("Skills of agents by CSV: agent;skill;level").Needs(Rights.Configure);

    public async Task<Outcome<Imported>> Run(IFormFile? file, CancellationToken cancel)
    {
        if ((await ListFile.Read(file, ["agent", "工号", "坐席"], 3, cancel)).Refused(out var refusal, out var rows)) return refusal;
        var centre = await organisation.Read(cancel);
        var (lines, problems) = Lines(rows, centre);
        if (problems.Count > 0) return ListFile.Faulty(problems);
        var known = await book.All<AgentDefinition>(RuleKind.Agent, cancel);
        var usual = new InForce<AgentDefinition>(AgentDefinition.Usual, 0, null, null);
        var changed = lines.GroupBy(l => l.Agent).ToList();
        foreach (var agent in changed)
        {
            var before = known.GetValueOrDefault(agent.Key, usual);
            var skills = new SortedDictionary<string, int>(before.Definition.Skills.ToDictionary(), StringComparer.Ordinal);
            foreach (var line in agent)
                if (line.Level == 0) skills.Remove(line.Skill);
                else skills[line.Skill] = line.Level;
            book.Write(RuleKind.Agent, agent.Key, before, before.Definition with { Skills = skills });
        }
        audit.Record("routing.skills-imported", "routing_rule", file!.FileName, new { agents = changed.Count, skills = lines.Count });
        return (await book.Save(cancel)).Refused(out var stale) ? stale : new Imported(changed.Count, lines.Count);
    }

    private (List<Line> Lines, List<string> Problems) Lines(IReadOnlyList<ListFile.Row> rows, OrganisationSnapshot centre)
    {
        var (lines, problems) = (new List<Line>(), new List<string>());
        var today = FloorRules.Today(centre, clock);
        var agents = centre.Agents.Values.Where(a => centre.Covers(current.Access.ScopeOf(Rights.Configure), a.Id, today)).ToDictionary(a => a.Code, a => a.Id);
        foreach (var (number, cells) in rows)
        {
            void Problem(Refusal refusal) => problems.Add(texts["routing.list-line", number, texts[refusal]]);
            var level = cells[2].Length == 0 ? 0 : int.TryParse(cells[2], out var given) ? given : -1;
            if (!agents.TryGetValue(cells[0], out var agent)) Problem(new Refusal("routing.profile.not-found", cells[0]));
            else if (level is < 0 or > LevelMost || (level > 0 && RulesCheck.Problem([new SkillNeed(cells[1], level)]) is not null) || cells[1].Length == 0) Problem(new Refusal("routing.skill-unfit", cells[1], cells[2]));
            else lines.Add(new Line(agent, cells[1], level));
        }
        return (lines, problems);
    }
}
