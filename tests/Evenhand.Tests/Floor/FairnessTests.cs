using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Fairness;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

public sealed class FairnessTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_report_over_a_stored_stretch_says_what_the_engine_says(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var day = await Simulated.Run(centre, Nine, hours: 3);
        var report = (await centre.Centre.Do(s => s.GetRequiredService<ReportFairness>().Run(new(Day), default))).Value;
        var end = Nine.AddHours(15);
        var (from, to) = (Nine.AddHours(-9), end);
        var outputs = day.Steps.OrderBy(s => s.Id).Select(s => new Output(s.Kind, s.At, s.ContactId ?? Guid.Empty, s.QueueId, s.AgentId ?? Guid.Empty, s.Until ?? default, TimeSpan.FromMilliseconds(s.SpentMs), TimeSpan.FromMilliseconds(s.EffortMs),
            s.Decision is null ? null : JsonSerializer.Deserialize<Decision>(s.Decision, FloorState.Json))).ToList();
        var facts = day.Presence.OrderBy(p => p.Id).Select(p => p.Fact).ToLookup(f => f.Agent);
        var organisation = await centre.Centre.Organisation();
        var times = facts.Select(f => DutyTime.Of(f.Key, f, from, to)).Select(t => new AgentTime(t.Agent, organisation.TeamOf(t.Agent, Day)!.Value, t.OnDuty, t.Available)).OrderBy(t => t.Agent).ToList();
        var violations = OrderCheck.Find(outputs, day.Arrivals, day.Rules.Queues.ToDictionary(q => q.Id), day.Rules.Agents.ToDictionary(a => a.Id));
        var engine = FairnessReport.Of(outputs, times, violations, 1.5, TimeSpan.FromMinutes(30));
        (report.Centre.Effort, report.Centre.Idle, report.Centre.HardMix).ShouldBe((engine.Centre.Effort, engine.Centre.Idle, engine.Centre.HardMix));
        report.Teams.Select(t => t.Effort).OrderBy(e => e.Mean).ShouldBe(engine.Teams.Values.Select(t => t.Effort).OrderBy(e => e.Mean));
        report.Agents.Select(a => (a.Contacts, a.Hard, a.Ignored, a.Rejected, a.EffortPerHour)).ShouldBe(engine.Agents.Select(a => (a.Contacts, a.Hard, a.Ignored, a.Rejected, a.EffortPerHour)));
        report.Agents.Sum(a => a.Contacts).ShouldBeGreaterThan(200);
        report.Agents.Sum(a => a.Rejected).ShouldBeGreaterThan(0);
        (report.Violations.Count, report.Incomplete, report.TooShort).ShouldBe((0, 0, engine.TooShort));
        report.Checked.ShouldBe(outputs.Count(o => o.Decision is not null));
        var shift = (await centre.Centre.Do(s => s.GetRequiredService<ReportFairness>().Run(new(Day, new TimeOnly(10, 0), new TimeOnly(11, 0)), default))).Value;
        shift.Violations.ShouldBeEmpty("what stood in line when the shift began is known");
        shift.Agents.Sum(a => a.Contacts).ShouldBe(outputs.Count(o => o.Kind == OutputKind.Completed && o.At >= Nine.AddHours(1) && o.At < Nine.AddHours(2)));
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_contact_that_was_passed_over_is_found_and_one_that_was_refused_is_not(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (agent, queue) = (await centre.Agent("a1"), await centre.Queue("sales"));
        var hand = new ByHand(agent, queue, Nine);
        var (first, second) = (hand.Comes(0), hand.Comes(10));
        hand.Offered(second, 20);
        var (refused, next) = (hand.Comes(100), hand.Comes(110));
        hand.Offered(first, 120);
        hand.Offered(refused, 125);
        hand.Says(OutputKind.Rejected, refused, 130);
        hand.Says(OutputKind.Queued, refused, 130, false);
        hand.Offered(next, 131);
        await hand.Keep(centre);
        var report = (await centre.Centre.Do(s => s.GetRequiredService<ReportFairness>().Run(new(Day), default))).Value;
        var found = report.Violations.ShouldHaveSingleItem();
        (found.ContactId, found.PassedOverId, found.AgentName).ShouldBe((second, first, "A1"));
        report.Checked.ShouldBe(4);
        var leader = await centre.Centre.SignIn("team-leader", "T2");
        (await leader.GetAsync($"{DeskCalls.Api}floor/fairness?day=2026-03-02")).ShouldNotBeNull();
        (await (await leader.GetAsync($"{DeskCalls.Api}floor/fairness?day=2026-03-02")).Json()).GetProperty("violations").GetArrayLength().ShouldBe(0, "another team's");
        (await (await leader.GetAsync($"{DeskCalls.Api}floor/contacts/{second}")).CodeOf(404)).ShouldBe("routing.floor.contact.not-found");
        var own = await centre.Centre.SignIn("team-leader", "T1");
        var story = await (await own.GetAsync($"{DeskCalls.Api}floor/contacts/{second}")).Json();
        var why = story.GetProperty("steps")[1].GetProperty("why");
        string.Join("", why.GetProperty("words").EnumerateArray().Select(w => w.GetString())).ShouldContain("按公平分担：2 人可接，A1少分担 5:00");
        (await (await own.GetAsync($"/floor/contacts/{second}")).Content.ReadAsStringAsync()).ShouldContain("派给 A1");
        (await (await own.GetAsync("/floor/fairness?day=2026-03-02")).Content.ReadAsStringAsync()).ShouldNotContain("routing.fairness.");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Each_decision_is_checked_by_the_rules_of_its_time_and_what_is_too_near_to_a_change_is_left_out_visibly(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (agent, sales, orders) = (await centre.Agent("a1"), await centre.Queue("sales"), await centre.Queue("chats"));
        await centre.Read(async db =>
        {
            // Until the change chats go before; from then on the order is that of arrival.
            foreach (var (version, priority, at) in new[] { (-2, 5, Nine.AddDays(-1)), (-1, 0, Nine.AddSeconds(100)) })
                db.Add(new RuleVersion { Kind = RuleKind.Queue, Subject = orders, Version = version, Definition = JsonSerializer.Serialize(new QueueDefinition { Routed = true, Channel = Channel.Call, Priority = priority }, RuleJson.Options), At = at, By = "test" });
            return await db.SaveChangesAsync();
        });
        var hand = new ByHand(agent, sales, Nine);
        var (call, chat) = (hand.Comes(0), hand.Comes(5, orders));
        hand.Offered(chat, 10);
        hand.Offered(call, 12);
        var (later, chatLater) = (hand.Comes(90), hand.Comes(95, orders));
        hand.Offered(chatLater, 103);
        var last = hand.Comes(106, orders);
        hand.Offered(last, 110);
        hand.Offered(later, 120);
        await hand.Keep(centre);
        var report = (await centre.Centre.Do(s => s.GetRequiredService<ReportFairness>().Run(new(Day), default))).Value;
        (report.Versions, report.Unchecked, report.Checked).ShouldBe((2, 1, 4));
        var found = report.Violations.ShouldHaveSingleItem();
        (found.ContactId, found.PassedOverId).ShouldBe((last, later));
    }

    /// <summary>A record written by hand, second by second.</summary>
    private sealed class ByHand(Guid agent, Guid queue, DateTimeOffset start)
    {
        private readonly OrderedIds ids = new();
        private readonly List<ContactStep> steps = [];
        private readonly List<FloorContact> contacts = [];

        public Guid Comes(int second, Guid? to = null)
        {
            var arrival = new Arrival(Guid.CreateVersion7(), to ?? queue, start.AddSeconds(second));
            contacts.Add(new FloorContact
            {
                Id = arrival.Contact, Channel = Channel.Call, QueueId = arrival.Queue, Source = "hand", SourceKey = arrival.Contact.ToString(), ArrivedAt = arrival.At, Arrival = JsonSerializer.Serialize(arrival, FloorState.Json),
                EndedAt = start.AddHours(1), Outcome = "completed",
            });
            Says(OutputKind.Queued, arrival.Contact, second, false);
            return arrival.Contact;
        }

        public void Offered(Guid contact, int second)
        {
            var (home, at) = (contacts.Single(c => c.Id == contact), start.AddSeconds(second));
            var decision = new Decision(contact, home.QueueId, home.QueueId, agent, at, at - home.ArrivedAt, Policy.FairShare, new Figures(agent, TimeSpan.FromSeconds(30), 0.5, 0.4, TimeSpan.FromMinutes(5)),
                new Figures(Guid.CreateVersion7(), TimeSpan.FromSeconds(20), 0.6, 0.5, TimeSpan.FromMinutes(1)), 2, new Exclusions(1, 2, 0, 0, 0, 0, 0, 0, 0), Bends.None);
            Says(OutputKind.Offered, contact, second, true, JsonSerializer.Serialize(decision, FloorState.Json));
        }

        public void Says(OutputKind kind, Guid contact, int second, bool byAgent = true, string? decision = null) => steps.Add(new ContactStep
        {
            Id = ids.Next(), ContactId = contact, QueueId = contacts.Single(c => c.Id == contact).QueueId, AgentId = byAgent ? agent : null, Kind = kind, At = start.AddSeconds(second), Decision = decision,
        });

        public Task<int> Keep(FloorCentre centre) => centre.Read(async db =>
        {
            db.AddRange(contacts);
            db.AddRange(steps);
            db.Add(new PresenceStepRow { Id = ids.Next(), AgentId = agent, From = EffectiveState.SignedOut, To = EffectiveState.Available, At = start.AddMinutes(-30), By = Causer.Person });
            db.Add(new PresenceStepRow { Id = ids.Next(), AgentId = agent, From = EffectiveState.Available, To = EffectiveState.SignedOut, At = start.AddHours(2), By = Causer.Person });
            return await db.SaveChangesAsync();
        });
    }
}

/// <summary>A morning of the floor in its own time, stored as the floor stores it.</summary>
internal sealed class Simulated
{
    public List<ContactStep> Steps { get; } = [];
    public List<PresenceStepRow> Presence { get; } = [];
    public Dictionary<Guid, Arrival> Arrivals { get; } = [];
    public required FloorRuleSet Rules { get; init; }

    public static async Task<Simulated> Run(FloorCentre centre, DateTimeOffset start, int hours)
    {
        var rules = await centre.Centre.Do(s => s.GetRequiredService<FloorRules>().Read(default));
        var zone = (await centre.Centre.Organisation()).Zone;
        var day = new Simulated { Rules = rules };
        var floor = new FloorState(rules, zone, start);
        var kept = new Dictionary<Guid, Evenhand.Routing.Floor.FloorContact>();
        var random = new Random(7);
        var (sales, agents) = (await centre.Queue("sales"), new[] { await centre.Agent("a1"), await centre.Agent("a2"), await centre.Agent("b1"), await centre.Agent("c1") });
        var busy = new Dictionary<Guid, DateTimeOffset>();
        for (var second = 0; second < hours * 3600; second++)
        {
            var now = start.AddSeconds(second);
            floor.Begin(now);
            if (second == 0) foreach (var agent in agents[..3]) floor.SignIn(agent, null);
            if (second == hours * 3600 - 600) floor.SignIn(agents[3], null);
            if (second % 40 == 0 && floor.Arrive(new NewContact(Channel.Call, sales, "sim", $"{second}", now)) is { Succeeded: true } arrived) day.Arrivals[arrived.Value] = new Arrival(arrived.Value, sales, now);
            foreach (var agent in agents)
            {
                floor.Beat(agent);
                foreach (var row in floor.Held(agent))
                {
                    var contact = row.Arrival.Contact;
                    if (row.State == ContactState.Offered && random.Next(40) == 0) floor.Reject(contact, agent);
                    else if (row.State == ContactState.Offered) {
                        floor.Accept(contact, agent);
                        busy[contact] = now.AddSeconds(30 + random.Next(90));
                    }
                    else if (busy.TryGetValue(contact, out var until) && now >= until) floor.Complete(contact, agent, null, null);
                }
            }
            floor.Tick(false);
            var step = floor.Take();
            foreach (var row in step.Rows) kept[row.Id] = row;
            day.Steps.AddRange(step.ContactSteps);
            day.Presence.AddRange(step.PresenceSteps);
        }
        floor.Begin(start.AddHours(hours));
        foreach (var agent in agents) floor.SetByLeader(agent, WantedState.SignedOut, null, "end", Guid.Empty);
        var last = floor.Take();
        day.Steps.AddRange(last.ContactSteps);
        day.Presence.AddRange(last.PresenceSteps);
        await centre.Read(async db =>
        {
            db.AddRange(kept.Values);
            db.AddRange(day.Steps);
            db.AddRange(day.Presence);
            return await db.SaveChangesAsync();
        });
        return day;
    }
}
