using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Desk;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Help;

/// <summary>Asks the own leader for help: the customer goes on hold first. Or escalates a problem without hold. Asking the same twice is asking once; asking for something else replaces what is open.</summary>
internal sealed class AskHelp(EvenhandDb db, AtDesk desk, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications, CurrentAccess current)
{
    /// <param name="Kind">`hold`: the customer waits on the line; `escalation`: a problem for somebody above.</param>
    /// <param name="Contact">The contact in hand; needed for `hold`.</param>
    /// <param name="Problem">What it is about; needed for `escalation`.</param>
    public sealed record Request([Required, RegularExpression("hold|escalation")] string Kind, Guid? Contact = null, [MaxLength(2000)] string? Problem = null);

    public sealed record Asked(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/desk/help", async (Request request, AskHelp slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(AskHelp)).WithSummary("Asks the leader for help, with the customer on hold, or escalates a problem").Needs(Rights.Desk);
        api.MapPost("/desk/help/{id:guid}/withdraw", async (Guid id, AskHelp slice, CancellationToken cancel) => (await slice.Withdraw(id, cancel)).ToReply())
            .WithName("WithdrawHelp").WithSummary("The agent needs the help no more").Needs(Rights.Desk);
    }

    public async Task<Outcome<Asked>> Run(Request request, CancellationToken cancel)
    {
        if (desk.Agent is not { } agent) return new Refusal("routing.no-agent");
        if (await reach.TeamOf(agent, cancel) is not { } team) return new Refusal("routing.agent-not-on-floor");
        var problem = Written.Text(request.Problem);
        if (request.Kind == HelpRequest.OnHold && request.Contact is null) return new Refusal("routing.contact-not-in-hand");
        if (request.Kind == HelpRequest.Escalation && problem is null) return new Refusal("routing.help-needs-problem");
        Guid? queue = null;
        if (request.Contact is { } contact)
        {
            var held = await desk.Do<Guid>((floor, who) => request.Kind == HelpRequest.OnHold && floor.Hold(contact, who, true) is { } refused ? refused
                : floor.Routed(contact) is { } row && row.Agent == who ? floor.Contact(contact)!.QueueId : new Refusal("routing.contact-not-in-hand"), cancel);
            if (held.Refused(out var refusal, out var found)) return refusal;
            queue = found;
        }
        var now = reach.Now;
        var open = await db.HelpRequests.FirstOrDefaultAsync(h => h.OpenOf == agent, cancel);
        if (open is not null && IsSame(open, request, problem)) return new Asked(open.Id);
        if (open is not null && Replace(open, now).Refused(out var over)) return over;
        var help = new HelpRequest
        {
            Id = Guid.CreateVersion7(), Kind = request.Kind, AgentId = agent, TeamId = team, ContactId = request.Contact, QueueId = queue, AccountId = desk.Account, OpenOf = agent, Problem = problem ?? (open?.Kind == HelpRequest.Escalation ? open.Problem : null),
            AskedAt = now, DueAt = now.AddSeconds((await rules.Read(cancel)).HelpSeconds),
        };
        db.Add(help);
        db.Note(help, "asked", current.Access.Name, now, problem);
        await notifications.Tell(HelpStates.HeardBy(1), team, $"routing.help-asked-{help.Kind}", [(await reach.Centre(cancel)).Agents[agent].Name], "/help", cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.HelpRequests.AsNoTracking().FirstOrDefaultAsync(h => h.OpenOf == agent, cancel) is not { } first) return new Refusal("routing.help-changed");
            return IsSame(first, request, problem) ? new Asked(first.Id) : new Refusal("routing.help-changed");
        }
        await news.Tell(TalkNews.Help, team, TalkNews.Help, cancel);
        news.Desk(agent);
        return new Asked(help.Id);
    }

    public async Task<Outcome<Done>> Withdraw(Guid id, CancellationToken cancel)
    {
        if (desk.Agent is not { } agent) return new Refusal("routing.no-agent");
        if (await db.HelpRequests.FirstOrDefaultAsync(h => h.Id == id && h.AgentId == agent, cancel) is not { } help) return new Refusal("routing.help.not-found");
        if (help.State == HelpState.Withdrawn) return Done.It;
        if (HelpStates.After(help.State, HelpAct.Withdraw).Refused(out var refusal, out var next)) return refusal;
        var now = reach.Now;
        (help.State, help.DueAt, help.OpenOf, help.ClosedAt) = (next, null, null, now);
        help.Version++;
        db.Note(help, "withdrawn", current.Access.Name, now);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.help-changed");
        }
        await news.Tell(TalkNews.Help, help.TeamId, null, cancel);
        news.Desk(agent);
        return Done.It;
    }

    private static bool IsSame(HelpRequest open, Request request, string? problem) => open.Kind == request.Kind && open.ContactId == request.Contact && (problem is null || open.Problem == problem);

    /// <summary>Somebody needs something else now: the leader is called to that. A problem escalated before goes along with it.</summary>
    private Outcome<HelpState> Replace(HelpRequest open, DateTimeOffset now)
    {
        if (HelpStates.After(open.State, HelpAct.Withdraw).Refused(out var refusal, out var next)) return refusal;
        (open.State, open.DueAt, open.OpenOf, open.ClosedAt) = (next, null, null, now);
        open.Version++;
        db.Note(open, "replaced", current.Access.Name, now);
        return next;
    }
}
