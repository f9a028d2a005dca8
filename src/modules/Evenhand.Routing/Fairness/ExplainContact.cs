using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.FloorView;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Fairness;

/// <summary>A contact's whole story on the floor, with why each agent was chosen, in words and figures. Seen by those whose scope covers one of its agents, or the whole centre.</summary>
internal sealed class ExplainContact(EvenhandDb db, IOrganisation organisation, FloorAccess access, CurrentAccess current, Texts texts)
{
    /// <param name="Agent">Idle time, effort per on-duty hour, occupancy and what is owed at the moment of the decision.</param>
    public sealed record Compared(string Agent, TimeSpan Idle, double EffortPerHour, double Occupancy, TimeSpan Owed);

    /// <param name="Policy">fair-share, longest-idle or least-occupied.</param>
    public sealed record Why(string Policy, IReadOnlyList<string> Words, Compared Chosen, Compared? RunnerUp, int Eligible, Evenhand.Dispatch.Policies.Exclusions Excluded);

    public sealed record Step(DateTimeOffset At, string Kind, string Queue, string? Agent, DateTimeOffset? Until, double SpentSeconds, double EffortSeconds, Why? Why);

    /// <param name="Customer">Masked.</param>
    public sealed record Story(Guid Id, string Channel, string Queue, string Source, string? Customer, string? Subject, DateTimeOffset ArrivedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string? Outcome, string? Agent, string? WrapUp,
        IReadOnlyList<Step> Steps);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/floor/contacts/{id:guid}", async (Guid id, ExplainContact slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
        .WithName(nameof(ExplainContact)).WithSummary("A contact's story on the floor, with why each agent was chosen").Needs(Rights.Floor);

    public async Task<Outcome<Story>> Run(Guid id, CancellationToken cancel)
    {
        var contact = await db.FloorContacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel);
        var steps = contact is null ? [] : await db.ContactSteps.AsNoTracking().Where(s => s.ContactId == id).OrderBy(s => s.Id).ToListAsync(cancel);
        var centre = await organisation.Read(cancel);
        if (contact is null || !await MaySee(steps, cancel)) return new Refusal("routing.floor.contact.not-found");
        string? Agent(Guid? agent) => agent is { } known ? centre.Agents.GetValueOrDefault(known)?.Name : null;
        return new Story(contact.Id, FloorLooks.ChannelCode(contact.Channel), Queue(contact.QueueId), contact.Source, contact.Customer is { Length: > 3 } customer ? CustomerKey.Masked(customer) : null, contact.Subject,
            contact.ArrivedAt, contact.AnsweredAt, contact.EndedAt, contact.Outcome, Agent(contact.AgentId), contact.WrapUpCode,
            [.. steps.Select(s => new Step(s.At, FloorState.StateCode(s.Kind), Queue(s.QueueId), Agent(s.AgentId), s.Until, s.SpentMs / 1000.0, s.EffortMs / 1000.0, Reason(s)))]);

        string Queue(Guid queue) => centre.Queues.GetValueOrDefault(queue)?.Name ?? "";

        Why? Reason(ContactStep step)
        {
            if (DecisionWords.Read(step) is not { } made) return null;
            Compared Figures(Evenhand.Dispatch.Policies.Figures of) => new(Agent(of.Agent) ?? "", of.Idle, of.EffortPerHour, of.Occupancy, of.Owed);
            return new Why(DecisionWords.PolicyCode(made.Policy), DecisionWords.Of(made, centre, texts), Figures(made.Chosen), made.RunnerUp is { } next ? Figures(next) : null, made.Eligible, made.Excluded);
        }
    }

    private async Task<bool> MaySee(IReadOnlyList<ContactStep> steps, CancellationToken cancel)
    {
        if (current.Access.ScopeOf(Rights.Floor).All) return true;
        var mine = await access.Agents(Rights.Floor, cancel);
        return steps.Any(s => s.AgentId is { } agent && mine.Contains(agent));
    }
}
