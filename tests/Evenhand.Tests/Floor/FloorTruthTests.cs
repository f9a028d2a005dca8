using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Platform;
using Evenhand.Tests.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

/// <summary>What the floor says is so, also where two things meet: an approval and its end, a break and another team, an item that moves while it rings, a call on another's line.</summary>
public sealed class FloorTruthTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 25, 1, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Whoever_let_an_approval_lapse_may_ask_again_and_the_lapsed_one_opens_nothing(Store store)
    {
        await using var centre = await Start(store);
        var (agent, leader) = (await centre.Agent("a1"), Guid.CreateVersion7());
        centre.Roster.Published = [new RosteredDuty(agent, Morning.AddHours(-1), Morning.AddHours(6))];
        await centre.Pass(70);
        (await centre.Ask(f => f.SignIn(agent, null))).ShouldBeNull();
        var asked = await centre.Ask(f => f.AskDuty(agent, "sign-off", "孩子发烧").Value);
        (await centre.Ask(f => f.DecideDuty(asked, true, "同意", leader, null))).ShouldBeNull();
        (await centre.Ask(f => f.RequestOf(agent, "sign-off")?.Granted)).ShouldBe(true);
        await centre.Pass(31 * 60, 30);
        (await centre.Ask(f => f.RequestOf(agent, "sign-off"))).ShouldBeNull();
        (await centre.Ask(f => f.SignOff(agent, null, [])))!.Code.ShouldBe("dispatch.sign-off-needs-approval");
        (await centre.Ask(f => f.AskDuty(agent, "sign-off", "还是要走").Value)).ShouldNotBe(asked);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Who_changes_teams_on_a_break_leaves_the_old_team_its_place(Store store)
    {
        await using var centre = await Start(store);
        var (a1, a2, team) = (await centre.Agent("a1"), await centre.Agent("a2"), (await centre.Centre.Organisation()).UnitOf("T1"));
        foreach (var agent in new[] { a1, a2 }) (await centre.Ask(f => f.SignIn(agent, null))).ShouldBeNull();
        (await centre.Ask(f => f.AskBreak(a1, "rest").Value)).ShouldBe(0);
        (await centre.Ask(f => f.AskBreak(a2, "rest").Value)).ShouldBe(1, "the team's cap is one");
        await centre.Centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(new OrganisationPlan(null, [], [new("a1", "A1", SampleCentre.Start, null, [("T2", SampleCentre.Start, null)])], []), default));
        await centre.Pass(4);
        (await centre.Ask(f => f.TeamOf(a1))).ShouldNotBe(team);
        (await centre.Ask(f => f.Presence(a2).Effective)).ShouldBe(EffectiveState.OnBreak, "its turn has come");
        (await centre.Ask(f => f.BreaksOf(team).Away.Select(p => p.Agent).Single())).ShouldBe(a2);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task What_was_withdrawn_was_not_offered_before_a_restart_nor_after_it(Store store)
    {
        await using var centre = await Start(store);
        var (queue, id) = (await centre.Queue("orders"), Guid.CreateVersion7());
        await centre.Ask(f => Follow(f, new RoutedItem(id, 1, queue, "改地址", null, null, WorkItemType.Initial, false, Morning, new HashSet<string>())));
        (await Offered(centre, queue)).ShouldBe(1);
        await centre.Ask(f => Follow(f, new RoutedItem(id, 2, queue, "改地址", null, null, "done", true, Morning, new HashSet<string>())));
        (await Offered(centre, queue)).ShouldBe(0);
        await centre.Reopen();
        (await Offered(centre, queue)).ShouldBe(0);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task An_item_that_moves_while_it_rings_is_offered_in_its_new_queue_at_its_old_place(Store store)
    {
        await using var centre = await Start(store);
        var (agent, id) = (await centre.Agent("a1"), Guid.CreateVersion7());
        var (from, to) = (await centre.Queue("orders"), await SecondQueue(centre));
        (await centre.Ask(f => f.SignIn(agent, null))).ShouldBeNull();
        await centre.Ask(f => Follow(f, new RoutedItem(id, 1, from, "改地址", null, null, WorkItemType.Initial, false, Morning, new HashSet<string>())));
        (await centre.Ask(f => f.Held(agent).Single().State)).ShouldBe(ContactState.Offered);
        await centre.Ask(f => Follow(f, new RoutedItem(id, 2, to, "改地址", null, null, WorkItemType.Initial, false, Morning, new HashSet<string> { id.ToString() })));
        var held = await centre.Ask(f => f.Held(agent).Single());
        (held.State, held.Arrival.Queue, held.Arrival.At).ShouldBe((ContactState.Offered, to, Morning));
        (await centre.Ask(f => f.Live)).ShouldBe(1);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_call_on_the_telephone_systems_line_is_passed_on_by_the_phone_alone(Store store)
    {
        await using var centre = await Start(store);
        var (a1, a2, sales) = (await centre.Agent("a1"), await centre.Agent("a2"), await centre.Queue("sales"));
        var call = await centre.Ask(f =>
        {
            f.IsPbx = source => source == "pbx";
            f.SignIn(a1, null);
            return f.Arrive(new NewContact(Channel.Call, sales, "pbx", "1", Morning)).Value;
        });
        (await centre.Ask(f => f.Accept(call, a1) ?? f.SignIn(a2, null))).ShouldBeNull();
        (await centre.Ask(f => f.HandOver(call, a2)))!.Code.ShouldBe("routing.pass-by-phone");
        (await centre.Ask(f => f.MoveTo(call, sales)))!.Code.ShouldBe("routing.pass-by-phone");
        (await centre.Ask(f => f.SignOff(a1, null, [new(call, WorkPlan.HandOver, a2)])))!.Code.ShouldBe("routing.pass-by-phone");
        (await centre.Ask(f => f.Routed(call)!.Agent)).ShouldBe(a1, "who talks has it");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_queue_is_not_switched_off_under_those_who_wait_in_it(Store store)
    {
        await using var centre = await Start(store);
        var (manager, sales) = (await centre.Centre.SignIn("manager"), await centre.Queue("sales"));
        var call = await centre.Ask(f => f.Arrive(new NewContact(Channel.Call, sales, "test", "1", Morning)).Value);
        var off = new { Routed = false, Channel = "call", Version = 1 };
        (await (await manager.PutRules("queues/sales", off)).CodeOf(409)).ShouldBe("routing.queue-not-empty");
        (await centre.Ask(f => f.CustomerLeft(call))).ShouldBeNull();
        (await manager.PutRules("queues/sales", off)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
    }

    private static Task<FloorCentre> Start(Store store) => FloorCentre.Start(store, null, new MovedClock(Morning));

    private static bool Follow(FloorState floor, RoutedItem item)
    {
        floor.Follow(item);
        return true;
    }

    private static async Task<int> Offered(FloorCentre centre, Guid queue) => await centre.Ask(f => f.PictureOfQueue(queue)!.Quarters.Sum(q => q.Offered));

    private static async Task<Guid> SecondQueue(FloorCentre centre)
    {
        var id = await centre.Centre.Do(async services =>
        {
            var (organisation, db) = (services.GetRequiredService<IOrganisation>(), services.GetRequiredService<Evenhand.Kernel.EvenhandDb>());
            await organisation.Establish(new OrganisationPlan(null, [], [], [new("later", "后台")]), default);
            var queue = (await organisation.Read(default)).Queues.Values.Single(q => q.Code == "later").Id;
            FloorCentre.Rule(db, RuleKind.Queue, queue, new QueueDefinition { Routed = true, Channel = Channel.WorkItem, OfferSeconds = 20 });
            await db.RaiseRules(default);
            await db.SaveChangesAsync();
            return queue;
        });
        await centre.Pass(4);
        return id;
    }
}
