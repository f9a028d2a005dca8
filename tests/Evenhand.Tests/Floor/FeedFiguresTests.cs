using Evenhand.Intake.Contracts;
using Evenhand.Routing.Feed;
using Evenhand.Tests.Talk;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

public sealed class FeedFiguresTests
{
    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_happened_on_the_floor_reaches_the_figures_once(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (agent, desk) = (await centre.Agent("a1"), await centre.Desk("a1"));
        var call = await centre.Arrive("call", customer: "13800007468");
        await desk.On(call, "accept").Succeeds();
        await desk.On(call, "end").Succeeds();
        await Fed(centre);
        await desk.On(call, "complete", new { WrapUp = "resolved" }).Succeeds();
        var chat = await centre.Arrive("chat", "chats", "chat");
        await desk.On(chat, "accept").Succeeds();
        await NextSecond();
        await desk.Act("state", new { State = "after-contact-work" }).Succeeds();
        await NextSecond();
        await desk.Act("state", new { State = "ready" }).Succeeds();
        await Fed(centre);
        await Fed(centre);
        await centre.Reopen();
        await Fed(centre);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var intake = centre.Centre.Services.CreateScope().ServiceProvider.GetRequiredService<IIntake>();
        var contacts = new List<Contact>();
        await foreach (var contact in intake.ContactsDuring(now - 3600, now + 3600, default)) contacts.Add(contact);
        contacts.Select(c => (c.AgentId, c.Outcome, c.Customer)).ShouldBe([(agent, ContactOutcome.Answered, "13800007468")]);
        contacts[0].AfterContact.ShouldNotBeNull();
        var states = new List<StateInterval>();
        await foreach (var state in intake.StatesDuring(now - 3600, now + 3600, default)) states.Add(state);
        states.Count(s => s.State == AgentState.SignedIn).ShouldBe(1);
        var talked = states.Last(s => s.State == AgentState.Talking && s.End > s.Start);
        states.ShouldContain(s => s.State == AgentState.AfterContact && s.Start == talked.End && s.End > s.Start, "one state begins where the other ends");
        states.ShouldAllBe(s => s.AgentId == agent);
        (await Fed(centre)).ShouldBe(0, "all is handed on");
    }

    private static Task NextSecond()
    {
        var second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return FloorCentre.Until(() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() > second);
    }

    private static async Task<int> Fed(FloorCentre centre) => (await centre.Centre.Do(s => s.GetRequiredService<FeedFigures>().Run(default))) is var outcome && outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Refusal!.ToString());
}
