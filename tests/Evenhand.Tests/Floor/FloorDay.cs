using System.Text.Json;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Tests.Floor;

/// <summary>How a made-up day goes.</summary>
/// <param name="Shifts">Start hour and people of each shift.</param>
/// <param name="ShiftHours">Length of a shift.</param>
/// <param name="Calls">Calls in the whole day, spread by the hour's share.</param>
/// <param name="LeaveEarly">Share of people who leave after half of their shift, by their leader's word.</param>
internal sealed record DayPlan(IReadOnlyList<(int Start, int People)> Shifts, int ShiftHours, int Calls, int Seed, double LeaveEarly = 0)
{
    public int Hours => Shifts.Max(s => s.Start) + ShiftHours;
}

/// <summary>
/// A day of calls played through the floor of the real program with a clock that is moved: arrivals in an intraday shape, people who come, talk, finish, take
/// breaks and meals, now and then let it ring, and go home. Everything goes in by the floor's commands and is looked at as pages look at it.
/// </summary>
internal sealed class FloorDay : IAsyncDisposable
{
    private static readonly double[] Shape = [.9, .6, .45, .4, .4, .5, .8, 1.4, 2.4, 3.1, 3.3, 3.0, 2.5, 2.6, 2.9, 2.9, 2.6, 2.4, 2.5, 2.7, 2.6, 2.1, 1.6, 1.2];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5), Beats = TimeSpan.FromSeconds(20);
    private const double Longest = 1200;
    private static readonly Guid Leader = Guid.CreateVersion7();
    private readonly MovedClock clock = new(new DateTimeOffset(2026, 11, 25, 16, 0, 0, TimeSpan.Zero));
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> events = new();
    private readonly Dictionary<Guid, (string Stage, DateTimeOffset Since)> seen = [];
    private readonly HashSet<Guid> away = [], leaving = [], changed = [];
    private readonly List<Task> asked = [];
    private readonly DayPlan plan;
    private readonly Random random;
    private readonly DateTimeOffset start;
    private TestCentre centre = null!;
    private LiveFloor floor = null!;
    private Guid[] queues = [];
    private int order, calls;

    private FloorDay(DayPlan plan) => (this.plan, random, start) = (plan, new Random(plan.Seed), clock.GetUtcNow());

    public TestCentre Centre => centre;

    public HashSet<Guid> Early { get; } = [];

    public Dictionary<Guid, Guid> TeamOf { get; } = [];

    public int Arrived => calls;

    public static async Task<FloorDay> Play(DayPlan plan)
    {
        var day = new FloorDay(plan);
        await day.Open();
        while (day.events.Count > 0) await day.Go();
        return day;
    }

    public ValueTask DisposeAsync() => centre.DisposeAsync();

    /// <summary>The day's report, made from what is stored alone.</summary>
    public FairnessReport Report(FloorStory story, IReadOnlyList<OrderViolation> violations, Func<Guid, bool>? only = null)
    {
        var facts = story.Presence.ToLookup(p => p.AgentId, p => p.Fact);
        var times = TeamOf.Where(a => only?.Invoke(a.Key) ?? true).Select(a => DutyTime.Of(a.Key, facts[a.Key], start, clock.GetUtcNow())).Select(d => new AgentTime(d.Agent, TeamOf[d.Agent], d.OnDuty, d.Available)).ToList();
        return FairnessReport.Of(story.Outputs, times, violations, 1.5, TimeSpan.FromMinutes(30));
    }

    private async Task Open()
    {
        var roster = new TestRoster();
        centre = await TestCentre.Start(Store.Sqlite, builder => builder.Services.AddSingleton<IRoster>(roster).AddSingleton<TimeProvider>(clock));
        var all = await centre.Do(Establish);
        queues = [.. all.Queues.Values.OrderBy(q => q.Code).Select(q => q.Id)];
        roster.Published = [];
        var number = 0;
        foreach (var (hour, people) in plan.Shifts)
            for (var i = 0; i < people; i++)
            {
                var agent = all.AgentOf($"{++number:000}");
                TeamOf[agent] = all.UnitOf($"S{hour}");
                roster.Published.Add(new RosteredDuty(agent, start.AddHours(hour), start.AddHours(hour + plan.ShiftHours)));
                Work(agent, hour);
            }
        for (var hour = 0; hour < plan.Hours; hour++)
            for (var i = (int)Math.Round(Shape[hour] / Shape.Take(plan.Hours).Sum() * plan.Calls); i > 0; i--) At(hour + random.NextDouble(), Arrive);
        for (var at = start; at < start.AddHours(plan.Hours + .5); at += Beats) At(at, () => Ask(f => f.EverybodyOnTheFloor.ToList().ForEach(f.Beat)));
        floor = centre.Services.GetRequiredService<LiveFloor>();
        floor.Listen(change => changed.UnionWith(change.Agents));
        (await floor.Begin(default)).ShouldBeTrue();
    }

    private async Task<OrganisationSnapshot> Establish(IServiceProvider services)
    {
        var (organisation, number) = (services.GetRequiredService<IOrganisation>(), 0);
        await organisation.Establish(new OrganisationPlan("Asia/Shanghai", [new("centre", null, UnitKind.Centre, "海湾中心"), .. plan.Shifts.Select(s => new PlannedUnit($"S{s.Start}", "centre", UnitKind.Team, $"{s.Start} 点班"))],
            [.. plan.Shifts.SelectMany(s => Enumerable.Range(0, s.People).Select(_ => new PlannedAgent($"{++number:000}", $"坐席 {number:000}", SampleCentre.Start, null, [($"S{s.Start}", SampleCentre.Start, null)])))],
            [new("q1", "咨询"), new("q2", "投诉")]), default);
        var all = await organisation.Read(default);
        var db = services.GetRequiredService<EvenhandDb>();
        var usual = new QueueDefinition { Routed = true, Channel = Channel.Call, WrapUpSeconds = 60, OfferSeconds = 20, ExpectedHandlingSeconds = 300 };
        FloorCentre.Rule(db, RuleKind.Queue, all.Queues.Values.Single(q => q.Code == "q1").Id, usual);
        FloorCentre.Rule(db, RuleKind.Queue, all.Queues.Values.Single(q => q.Code == "q2").Id, usual with { Weight = 1.8, ExpectedHandlingSeconds = 480, Priority = 2, AgeingPerMinute = 1 });
        await db.RaiseRules(default);
        await db.SaveChangesAsync();
        return all;
    }

    private void Work(Guid agent, int hour)
    {
        var early = random.NextDouble() < plan.LeaveEarly;
        if (early) Early.Add(agent);
        At(hour + (random.NextDouble() / 60), () => Ask(f => f.SignIn(agent, null)));
        foreach (var (share, reason) in new[] { (.2, "rest"), (.45, "meal"), (.75, "rest") }) At(hour + (plan.ShiftHours * (share + (random.NextDouble() / 20))), () => Ask(f => f.AskBreak(agent, reason)));
        At(hour + (plan.ShiftHours * (early ? .55 + (random.NextDouble() / 4) : 1)) + (random.NextDouble() / 300), () => Leave(agent, early));
    }

    private void Leave(Guid agent, bool early)
    {
        leaving.Add(agent);
        Ask(f =>
        {
            if (early && f.RequestOf(agent, "sign-off") is null && !f.AskDuty(agent, "sign-off", "家里有事").Refused(out _, out var request)) f.DecideDuty(request, true, "同意", Leader, null);
            if (f.SignOff(agent, null, []) is not null) f.Want(agent, WantedState.AfterContactWork, null);
            if (f.Presence(agent).Wanted != WantedState.SignedOut) After(20, () => Leave(agent, false));
        });
    }

    private void Arrive()
    {
        var coming = new NewContact(Channel.Call, queues[random.NextDouble() < .75 ? 0 : 1], "day", $"{++calls}", clock.GetUtcNow());
        var patience = -300 * Math.Log(1 - random.NextDouble());
        Ask(f =>
        {
            var contact = f.Arrive(coming).Value;
            After(patience, () => Ask(later => later.Routed(contact)?.State is Evenhand.Dispatch.Queues.ContactState.InHand or null ? null : later.CustomerLeft(contact)));
        });
    }

    private async Task Go()
    {
        clock.Pass(Pace);
        while (events.TryPeek(out _, out var next) && next.At <= clock.GetUtcNow())
        {
            events.Dequeue()();
            if (asked.Count == 200) await Stepped();
        }
        await Stepped();
    }

    private async Task Stepped()
    {
        await floor.Step(default);
        await Task.WhenAll(asked);
        asked.Clear();
        var now = floor.Now();
        foreach (var id in changed)
            if (now.Agents.GetValueOrDefault(id) is { } agent) See(agent);
        changed.Clear();
    }

    private void See(FloorAgent agent)
    {
        foreach (var contact in agent.Contacts)
        {
            if (seen.TryGetValue(contact.ContactId, out var was) && was == (contact.Stage, contact.Since)) continue;
            seen[contact.ContactId] = (contact.Stage, contact.Since);
            var (id, who) = (contact.ContactId, agent.AgentId);
            if (contact.Stage == "offered" && random.NextDouble() is var luck && luck > .01) After(2 + (6 * random.NextDouble()), () => Ask(f => luck < .02 ? f.Reject(id, who) : f.Accept(id, who)));
            if (contact.Stage == "in-hand") After(Talk(contact.QueueId), () => Ask(f => f.EndConversation(id, who)));
            if (contact.Stage == "wrapping-up") After(10 + (40 * random.NextDouble()), () => Ask(f => f.Complete(id, who, "resolved", null)));
        }
        if (agent.State is not (EffectiveState.OnBreak or EffectiveState.AtMeal)) away.Remove(agent.AgentId);
        else if (away.Add(agent.AgentId) && !leaving.Contains(agent.AgentId)) After(agent.State == EffectiveState.AtMeal ? 1800 : 600, () => Ask(f => f.Want(agent.AgentId, WantedState.Ready, null)));
        if (agent.IsPaused) After(300, () => Ask(f => f.Resume(agent.AgentId)));
    }

    /// <summary>
    /// Lognormal, and never beyond the limit of talking, where a leader takes over: no rule can even out a call of more than an hour at a shift's end, which is a fifth of a shift's effort.
    /// </summary>
    private double Talk(Guid queue)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Min(Longest, (queue == queues[0] ? 270 : 450) * Math.Exp((.6 * normal) - .18));
    }

    private void Ask<T>(Func<FloorState, T> act) => Ask(f => { act(f); });

    private void Ask(Action<FloorState> act) => asked.Add(floor.Do<Done>(f =>
    {
        act(f);
        return Done.It;
    }, default));

    private void After(double seconds, Action act) => At(clock.GetUtcNow().AddSeconds(seconds), act);

    private void At(double hour, Action act) => At(start.AddHours(hour), act);

    private void At(DateTimeOffset at, Action act) => events.Enqueue(act, (at, order++));
}
