using Evenhand.Intake.Contracts;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

/// <summary>
/// Two teams of four over sixteen days, everything in control by construction: occupancy 70 %, breaks 8.5 % in every hour of the day. From the ninth day
/// on the contacts of team east take 8 % longer; the busiest quarter hour is noon.
/// </summary>
internal sealed class MadeCentre : IAsyncDisposable
{
    public const int Days = 16, ShiftedFrom = 8;
    private const int Shift = 8 * 3600, Calls = 12, Talk = 1685, Work = 30, Break = 306;

    private MadeCentre(TestCentre centre, OrganisationSnapshot organisation) => (Centre, Organisation) = (centre, organisation);

    public TestCentre Centre { get; }

    public OrganisationSnapshot Organisation { get; }

    public static DateOnly From { get; } = new(2026, 3, 2);

    public static DateOnly To { get; } = From.AddDays(Days);

    public static DateOnly ShiftDay { get; } = From.AddDays(ShiftedFrom);

    public Guid Unit(string code) => Organisation.Units.Values.Single(u => u.Code == code).Id;

    public Guid Agent(string code) => Organisation.Agents.Values.Single(a => a.Code == code).Id;

    public Guid Queue(string code) => Organisation.Queues.Values.Single(q => q.Code == code).Id;

    /// <param name="store">Where it is kept.</param>
    /// <param name="states">Whether agent states were recorded at all.</param>
    public static async Task<MadeCentre> Start(Store store, bool states = true)
    {
        var intake = new FakeIntake();
        var centre = await FakeIntake.Start(store, intake);
        var organisation = await centre.Do(async services =>
        {
            var there = services.GetRequiredService<IOrganisation>();
            await there.Establish(new OrganisationPlan("UTC",
                [new("C", null, UnitKind.Centre, "Centre"), new("east", "C", UnitKind.Team, "East team"), new("west", "C", UnitKind.Team, "West team")],
                [.. from team in new[] { "east", "west" } from i in Enumerable.Range(1, 4) select new PlannedAgent($"{team[0]}{i}", $"{team[0]}{i} name", From, null, [(team, From, null)])],
                [new("Q", "Main queue")]), default);
            return await there.Read(default);
        });
        var made = new MadeCentre(centre, organisation);
        if (states) await intake.Record(centre, [.. made.States()]);
        await intake.Record(centre, [.. made.Contacts()]);
        return made;
    }

    public ValueTask DisposeAsync() => Centre.DisposeAsync();

    private static IEnumerable<long> Mornings => Enumerable.Range(0, Days).Select(day => new DateTimeOffset(From.AddDays(day), new TimeOnly(8, 0), TimeSpan.Zero).ToUnixTimeSeconds());

    private IEnumerable<StateInterval> States() =>
        from morning in Mornings
        from agent in Organisation.Agents.Values.Index()
        from state in Enumerable.Range(0, 8).Select(hour => (AgentState.Break, Start: morning + hour * 3600 + 60 + agent.Index * 400L, Length: Break)).Prepend((AgentState.SignedIn, morning, Shift))
        select new StateInterval(agent.Item.Id, state.Item1, null, state.Item2, state.Item2 + state.Item3);

    private IEnumerable<Contact> Contacts()
    {
        foreach (var (day, morning) in Mornings.Index())
        {
            foreach (var agent in Organisation.Agents.Values)
                for (var call = 0; call < Calls; call++)
                    yield return FakeIntake.Contact(Queue("Q"), agent.Id, morning + call * 2400, 10, TalkOf(agent, day, call), 0, Work);
            for (var lost = 0; lost < 5; lost++) yield return FakeIntake.Contact(Queue("Q"), null, morning + 4 * 3600 + lost, 40, 0);
        }
    }

    private static int TalkOf(Agent agent, int day, int call) =>
        (int)((Talk + new[] { 0, 6, -7, -2, 3, 4, -6, 1 }[(day + agent.Code[1]) % 8] + call) * (day >= ShiftedFrom && agent.Code[0] == 'e' ? 1.08 : 1));
}
