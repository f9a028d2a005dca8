using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Rules;

/// <summary>Lays down a planned floor in one transaction.</summary>
internal sealed class EstablishFloor(EvenhandDb db, RuleBook book, IOrganisation organisation) : IFloorSetUp
{
    public async Task Establish(FloorPlan plan, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var hours = await Hours(plan.Hours, cancel);
        await Queues(plan.Queues, centre, hours, cancel);
        await Skills(plan.Skills, centre, cancel);
        if ((await book.Save(cancel)).Refused(out var refusal)) throw new InvalidOperationException($"{refusal}");
    }

    private async Task<Dictionary<string, Guid>> Hours(IReadOnlyList<PlannedHours> planned, CancellationToken cancel)
    {
        var there = await book.All<CalendarDefinition>(RuleKind.Calendar, cancel);
        var ids = there.Where(c => !c.Value.Definition.Ended).ToDictionary(c => c.Value.Definition.Name, c => c.Key);
        foreach (var one in planned)
        {
            var before = ids.TryGetValue(one.Name, out var id) ? there[id] : new InForce<CalendarDefinition>(new CalendarDefinition(one.Name, new Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>>(), []), 0, null, null);
            if (id == Guid.Empty) ids[one.Name] = id = Guid.CreateVersion7();
            var week = Enum.GetValues<DayOfWeek>().Select(day => (Day: day, Spans: OpenSpans.Read(day is DayOfWeek.Saturday or DayOfWeek.Sunday ? one.Weekend : one.Weekdays)
                ?? throw new InvalidOperationException($"opening hours {one.Name} cannot be read"))).Where(d => d.Spans.Count > 0).ToDictionary(d => d.Day, d => d.Spans);
            book.Write(RuleKind.Calendar, id, before, before.Definition with { Week = week });
        }
        return ids;
    }

    private async Task Queues(IReadOnlyList<PlannedRouting> planned, OrganisationSnapshot centre, Dictionary<string, Guid> hours, CancellationToken cancel)
    {
        var ids = centre.Queues.Values.ToDictionary(q => q.Code, q => q.Id);
        var units = centre.Units.Values.ToDictionary(u => u.Code, u => u.Id);
        var there = await book.All<QueueDefinition>(RuleKind.Queue, cancel);
        var shall = there.ToDictionary(q => q.Key, q => q.Value.Definition);
        foreach (var one in planned)
            shall[ids[one.Queue]] = AddQueue.Usual(one.Channel) with
            {
                ExpectedHandlingSeconds = (int)one.ExpectedHandling.TotalSeconds, Priority = one.Priority, Weight = one.Weight, Skills = one.Skills, LastAgentSeconds = (int)one.LastAgentFor.TotalSeconds,
                CalendarId = one.Hours is null ? null : hours[one.Hours], WhenClosed = one.WhenClosed, Overflow = one.Helper is null ? [] : [new OverflowRule(ids[one.Helper], one.HelpAfter)],
            };
        var usual = new InForce<QueueDefinition>(new QueueDefinition(), 0, null, null);
        foreach (var one in planned)
        {
            var id = ids[one.Queue];
            if (RulesCheck.Problem(shall, id, centre) is { } problem) throw new InvalidOperationException($"{one.Queue}: {problem}");
            book.Write(RuleKind.Queue, id, there.GetValueOrDefault(id, usual), shall[id]);
            var placed = await db.QueueUnits.Where(u => u.QueueId == id).Select(u => u.UnitId).ToListAsync(cancel);
            db.AddRange(one.Units.Select(code => units[code]).Except(placed).Select(unit => new QueueUnit { QueueId = id, UnitId = unit }));
        }
    }

    private async Task Skills(IReadOnlyList<PlannedSkill> planned, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var ids = centre.Agents.Values.ToDictionary(a => a.Code, a => a.Id);
        var there = await book.All<AgentDefinition>(RuleKind.Agent, cancel);
        var usual = new InForce<AgentDefinition>(AgentDefinition.Usual, 0, null, null);
        foreach (var agent in planned.GroupBy(s => ids[s.Agent]))
        {
            var before = there.GetValueOrDefault(agent.Key, usual);
            var skills = new SortedDictionary<string, int>(before.Definition.Skills.ToDictionary(), StringComparer.Ordinal);
            foreach (var skill in agent) skills[skill.Skill] = skill.Level;
            if (RulesCheck.Problem(skills.Select(s => new SkillNeed(s.Key, s.Value))) is { } unfit) throw new InvalidOperationException($"{unfit}");
            book.Write(RuleKind.Agent, agent.Key, before, before.Definition with { Skills = skills });
        }
    }
}
