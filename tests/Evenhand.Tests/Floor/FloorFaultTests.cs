using System.Data.Common;
using System.Net.Http.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

/// <summary>Clocks that jump, stores that fail, work that changes under the floor's hands: late or refused, never lost or doubled.</summary>
public sealed class FloorFaultTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 26, 1, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Sqlite, 60), InlineData(Postgres, 60), InlineData(Sqlite, -60), InlineData(Postgres, -60)]
    public async Task A_wall_clock_that_jumps_an_hour_makes_nobody_unreachable_and_doubles_no_offer(Store store, int minutes)
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(store, clock: clock);
        var (a1, a2, queue) = (await centre.Agent("a1"), await centre.Agent("a2"), await centre.Queue("sales"));
        foreach (var agent in new[] { a1, a2 }) (await centre.Ask(f => f.SignIn(agent, null))).ShouldBeNull();
        var first = (await centre.Ask(f => f.Arrive(new NewContact(Channel.Call, queue, "test", "1", f.Now)))).Value;
        var taker = await centre.Ask(f => f.Routed(first)!.Agent!.Value);
        (await centre.Ask(f => f.Accept(first, taker))).ShouldBeNull();
        await centre.Pass(8);
        clock.Jump(TimeSpan.FromMinutes(minutes));
        // A command first, then the step that looks what fell due: both after the jump.
        clock.Pass(TimeSpan.FromMilliseconds(50));
        var second = (await centre.Ask(f => f.Arrive(new NewContact(Channel.Call, queue, "test", "2", clock.GetUtcNow())))).Value;
        await centre.Pass(2);
        (await centre.Ask(f => (f.Presence(a1).Silent, f.Presence(a2).Silent))).ShouldBe((false, false));
        (await centre.Ask(f => f.Routed(second)!.State)).ShouldBe(ContactState.Offered);
        await centre.Pass(36);
        (await centre.Ask(f => (f.Presence(a1).Silent, f.Presence(a2).Silent))).ShouldBe((true, true), "time goes on: who does not beat is missed");
        (await centre.Read(db => db.ContactSteps.CountAsync(s => s.ContactId == second && s.Kind == OutputKind.Offered))).ShouldBe(1);
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
        await centre.Reopen();
        await centre.Pass(1);
        (await centre.Ask(f => f.Routed(first)!.Agent)).ShouldBe(taker);
        (await centre.Ask(f => f.Complete(first, taker, "resolved", null))).ShouldBeNull();
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_nothing_went_on_for_a_minute_nobody_is_held_to_beats_that_could_not_be_heard()
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(Sqlite, clock: clock);
        var agent = await centre.Agent("a1");
        await centre.Ask(f => f.SignIn(agent, null));
        clock.Pass(TimeSpan.FromMinutes(1));
        (await centre.Ask(f => f.Presence(agent).Silent)).ShouldBeFalse();
        await centre.Pass(1);
        (await centre.Ask(f => f.Presence(agent).Silent)).ShouldBeFalse();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_desk_that_was_silent_before_a_restart_gets_nothing_after_it_until_it_beats(Store store)
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(store, clock: clock);
        var (agent, queue) = (await centre.Agent("a1"), await centre.Queue("sales"));
        await centre.Ask(f => f.SignIn(agent, null));
        await centre.Pass(40);
        await centre.Reopen();
        var call = (await centre.Ask(f => f.Arrive(new NewContact(Channel.Call, queue, "test", "1", f.Now)))).Value;
        (await centre.Ask(f => (f.Presence(agent).Effective, f.Routed(call)!.State))).ShouldBe((EffectiveState.Unreachable, ContactState.Waiting));
        await centre.Ask(f =>
        {
            f.Beat(agent);
            return true;
        });
        (await centre.Ask(f => f.Routed(call)!.State)).ShouldBe(ContactState.Offered);
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
    }

    [Theory, InlineData(Channel.Call), InlineData(Channel.Chat)]
    public async Task Whoever_has_a_place_for_a_break_goes_when_the_work_in_hand_is_done_though_others_wait(Channel channel)
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(Sqlite, clock: clock);
        var (agent, queue) = (await centre.Agent("a1"), await centre.Queue(channel == Channel.Call ? "sales" : "chats"));
        await centre.Ask(f => f.SignIn(agent, null));
        var contacts = new List<Guid>();
        for (var i = 0; i < 6; i++) contacts.Add((await centre.Ask(f => f.Arrive(new NewContact(channel, queue, "test", $"{i}", f.Now)))).Value);
        var held = await centre.Ask(f => f.Held(agent).Select(h => h.Arrival.Contact).ToList());
        foreach (var contact in held) (await centre.Ask(f => f.Accept(contact, agent))).ShouldBeNull();
        (await centre.Ask(f => f.AskBreak(agent, "rest"))).Value.ShouldBe(0);
        await centre.Reopen();
        foreach (var contact in held)
        {
            await centre.Ask(f => f.EndConversation(contact, agent));
            await centre.Ask(f => f.Complete(contact, agent, "resolved", null));
        }
        (await centre.Ask(f => (f.Presence(agent).Effective, f.Held(agent).Count))).ShouldBe((EffectiveState.OnBreak, 0));
        await centre.Ask(f => f.Want(agent, WantedState.Ready, null));
        (await centre.Ask(f => f.Held(agent).Count)).ShouldBe(contacts.Count - held.Count > 4 ? 1 : contacts.Count - held.Count);
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_work_item_finished_in_the_moment_in_which_the_floor_follows_its_change_is_completed_not_withdrawn(Store store)
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(store, clock: clock);
        var (agent, queue) = (await centre.Agent("b1"), await centre.Queue("orders"));
        await centre.Ask(f => f.SignIn(agent, null));
        var item = (await centre.Centre.Do(s => s.GetRequiredService<CreateWorkItem>().Run(new("call-back", "回拨", "orders", new Dictionary<string, string?> { ["phone"] = "13800007468" }), default))).Value.Id;
        await centre.Centre.CatchUp();
        await centre.Pass(3);
        var contact = await centre.Ask(f => f.Held(agent).Single().Arrival.Contact);
        await centre.Ask(f => f.Accept(contact, agent));
        await centre.Centre.CatchUp();
        clock.Pass(TimeSpan.FromSeconds(3));
        (await centre.Ask(f => f.Complete(contact, agent, "resolved", null))).ShouldBeNull();
        (await centre.Read(db => db.FloorContacts.AsNoTracking().SingleAsync(c => c.Id == contact))).Outcome.ShouldBe("completed");
        (await centre.Read(db => db.WorkItems.AsNoTracking().SingleAsync(i => i.Id == item))).State.ShouldBe("done");
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_leader_is_refused_leaves_no_trace()
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(Sqlite, clock: clock);
        var agent = await centre.Agent("a1");
        (await centre.Ask(f => f.SetByLeader(agent, WantedState.AfterContactWork, null, "补录", Guid.CreateVersion7()))).ShouldNotBeNull().Code.ShouldBe("routing.not-signed-in");
        (await centre.Read(db => db.DutyOverrides.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_sign_off_whose_second_handover_is_refused_hands_over_nothing()
    {
        var clock = new MovedClock(Morning);
        await using var centre = await FloorCentre.Start(Sqlite, clock: clock);
        var (agent, colleague, queue) = (await centre.Agent("a1"), await centre.Agent("b1"), await centre.Queue("chats"));
        await centre.Ask(f => f.SignIn(agent, null));
        var chats = new List<Guid>();
        for (var i = 0; i < 2; i++)
        {
            chats.Add((await centre.Ask(f => f.Arrive(new NewContact(Channel.Chat, queue, "test", $"{i}", f.Now)))).Value);
            await centre.Ask(f => f.Accept(chats[i], agent));
        }
        await centre.Ask(f => f.Want(agent, WantedState.AfterContactWork, null));
        await centre.Ask(f => f.SignIn(colleague, null));
        for (var i = 0; i < 3; i++)
        {
            var other = (await centre.Ask(f => f.Arrive(new NewContact(Channel.Chat, queue, "test", $"b{i}", f.Now)))).Value;
            await centre.Ask(f => f.Accept(other, colleague));
        }
        (await centre.Ask(f => f.Held(colleague).Count)).ShouldBe(3, "the premise: room for one more");
        (await centre.Ask(f => f.SignOff(agent, null, [.. chats.Select(c => new HandedPlan(c, WorkPlan.HandOver, colleague))]))).ShouldNotBeNull().Code.ShouldBe("dispatch.colleague-not-free");
        (await centre.Ask(f => f.Held(agent).Count)).ShouldBe(2);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Characters_that_a_store_cannot_keep_do_not_stop_the_floor(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1");
        var call = (await centre.Centre.Do(s => s.GetRequiredService<ArriveContact>().Run(new("call", "sales", "test", "nul", "138\0", "王\0", "题\0"), default))).Value.Id;
        (await desk.On(call, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        (await desk.On(call, "complete", new { WrapUp = "resolved", Note = "好\0的" })).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.Read(db => db.FloorContacts.AsNoTracking().SingleAsync(c => c.Id == call))).Note.ShouldBe("好的");
        (await desk.Act("duty-requests", new { Kind = "sign-off", Reason = "病\0了" })).IsSuccessStatusCode.ShouldBeTrue();
        centre.Floor.Now().IsRunning.ShouldBeTrue();
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Work_told_by_another_system_is_given_and_finished_without_a_work_item_of_ours(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("b1");
        var work = await centre.Arrive("ticket 7", "orders", "work-item");
        (await desk.On(work, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        (await desk.On(work, "complete", new { WrapUp = "resolved" })).IsSuccessStatusCode.ShouldBeTrue();
        var feed = await centre.Centre.SignIn("manager");
        var taken = await feed.PostAsJsonAsync($"{DeskCalls.Api}contacts", new { Channel = "work-item", Queue = "orders", Source = "work-item", Key = "x" });
        (await taken.CodeOf(409)).ShouldBe("routing.source-is-the-floors-own");
    }

    [Fact]
    public async Task While_another_writer_holds_the_embedded_store_commands_are_late_and_not_lost()
    {
        await using var centre = await FloorCentre.Start(Sqlite);
        var desk = await centre.Desk("a1");
        await using (var connection = new SqliteConnection($"Data Source={centre.Centre.Settings.SqliteFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await Run(connection, "BEGIN IMMEDIATE");
            var arrivals = Enumerable.Range(0, 20).Select(i => Task.Run(() => centre.Arrive($"{i % 10}"))).ToList();
            await Task.WhenAny(Task.WhenAll(arrivals), Task.Delay(TimeSpan.FromSeconds(3)));
            arrivals.ShouldAllBe(a => !a.IsCompleted, "nothing is acknowledged that is not stored");
            await Run(connection, "COMMIT");
            (await Task.WhenAll(arrivals)).Distinct().Count().ShouldBe(10);
        }
        (await desk.Act("beat")).IsSuccessStatusCode.ShouldBeTrue();
        (await centre.StateOf("a1")).ShouldBe(EffectiveState.Available);
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_servers_connections_are_cut_again_and_again_nothing_is_lost_or_doubled()
    {
        await using var centre = await FloorCentre.Start(Postgres);
        var told = new Dictionary<string, Guid>();
        for (var i = 0; i < 40; i++)
        {
            if (i % 4 == 0) await Cut(centre);
            var arrivals = Enumerable.Range(0, 5).Select(n => Task.Run(() => Told(centre, $"{i}-{n}"))).ToList();
            if (i % 4 == 2) await Cut(centre);
            await Task.WhenAll(arrivals);
            foreach (var (key, id) in arrivals.Select(a => a.Result))
                if (id is { } known) told[key] = known;
        }
        await FloorCentre.Until(() => centre.Floor.Now().IsRunning);
        var kept = await centre.Read(db => db.FloorContacts.AsNoTracking().ToDictionaryAsync(c => c.SourceKey, c => c.Id));
        told.ShouldNotBeEmpty();
        told.Where(t => kept.GetValueOrDefault(t.Key) != t.Value).ShouldBeEmpty();
        (await centre.Read(FloorStory.Read)).Faults.ShouldBeEmpty();
        foreach (var (key, id) in kept) (await centre.Arrive(key)).ShouldBe(id);
    }

    /// <summary>A contact told to the floor; without an id when it was refused or the store failed.</summary>
    private static async Task<(string Key, Guid? Id)> Told(FloorCentre centre, string key)
    {
        try
        {
            var outcome = await centre.Centre.Do(s => s.GetRequiredService<ArriveContact>().Run(new("call", "sales", "test", key), default));
            return (key, outcome.Refused(out _, out var arrived) ? null : arrived.Id);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException)
        {
            return (key, null);
        }
    }

    private static async Task Cut(FloorCentre centre)
    {
        var database = new NpgsqlConnectionStringBuilder(centre.Centre.Settings.Postgres!).Database!;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(centre.Centre.Settings.Postgres!) { Database = "postgres" }.ToString());
        await connection.OpenAsync();
        await Run(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
    }

    private static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
