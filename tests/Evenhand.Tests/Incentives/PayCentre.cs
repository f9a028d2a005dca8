using Evenhand.Analytics.Kpis;
using Evenhand.Incentives.Plans;
using Evenhand.Incentives.Statements;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Incentives;

/// <summary>A centre whose measured work is written down by the test: two teams, two queues, today is 10 May 2026.</summary>
internal sealed class PayCentre : IAsyncDisposable
{
    public const string March = "2026-03";
    public const string April = "2026-04";
    public const string May = "2026-05";

    private readonly TestCentre centre;
    private readonly WrittenFigures figures;

    private PayCentre(TestCentre centre, WrittenFigures figures, OrganisationSnapshot organisation) => (this.centre, this.figures, Organisation) = (centre, figures, organisation);

    public OrganisationSnapshot Organisation { get; }

    public static async Task<PayCentre> Start(Store store)
    {
        var figures = new WrittenFigures();
        var centre = await TestCentre.Start(store, b =>
        {
            b.Services.AddScoped<IFigures>(_ => figures);
            b.Services.AddSingleton<TimeProvider>(new StoppedClock());
        });
        var organisation = await centre.Do(async services =>
        {
            var organisation = services.GetRequiredService<IOrganisation>();
            var from = new DateOnly(2025, 1, 1);
            await organisation.Establish(new OrganisationPlan("Asia/Jerusalem",
                [new("C", null, UnitKind.Centre, "Centre"), new("T1", "C", UnitKind.Team, "Team 1"), new("T2", "C", UnitKind.Team, "Team 2")],
                [new("DORIT", "Dorit", from, null, [("T1", from, null)]), new("AVI", "Avi", from, null, [("T1", from, null)]), new("TOVA", "Tova", from, null, [("T2", from, null)])],
                [new("PS", "Regular"), new("PE", "English")]), default);
            return await organisation.Read(default);
        });
        return new PayCentre(centre, figures, organisation);
    }

    public Guid Agent(string code) => Organisation.Agents.Values.Single(a => a.Code == code).Id;

    public Guid Queue(string code) => Organisation.Queues.Values.Single(q => q.Code == code).Id;

    public Guid Team(string code) => Organisation.Units.Values.Single(u => u.Code == code).Id;

    /// <summary>Writes down contacts handled; the same agent, queue and day again replaces them, 0 takes them away.</summary>
    public void Did(string agent, string queue, string day, int handled)
    {
        var key = (Agent(agent), Queue(queue), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        figures.Written.RemoveAll(v => (v.AgentId, v.QueueId, v.Day) == key);
        if (handled > 0) figures.Written.Add(new AgentVolume(key.Item1, key.Item2, key.Item3, handled, handled * 60L));
    }

    public void Worked(string agent, string day, long seconds) => figures.Worked.Add(new AgentHours(Agent(agent), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), seconds));

    /// <summary>Dorit's March by hand: 12 PS + 4 PE × 1.5 = 18 units; 10 × 1.25 + 5 × 1.75 + 3 × 2.25 = 28.00. Avi's: 7 × 1.25 = 8.75.</summary>
    public void WriteMarch()
    {
        Did("DORIT", "PS", "2026-03-02", 8);
        Did("DORIT", "PE", "2026-03-02", 4);
        Did("DORIT", "PS", "2026-03-03", 4);
        Did("AVI", "PS", "2026-03-02", 7);
    }

    /// <summary>Tiers after 10, 15 and 20; X = 1.25, n = 0.50; PE counts 1.5.</summary>
    public static PlanChoices Choices { get; } = new()
    {
        Months = 1, Until = March, LeastDays = 0, Tiers = [10, 15, 20], Price = 1.25m, Step = 0.5m, Weights = new Dictionary<string, decimal> { ["PE"] = 1.5m },
    };

    public Task<T> Do<T>(Func<IServiceProvider, Task<T>> act, Access? access = null) => centre.Do(act, access);

    public Task<Outcome<T>> Ask<TSlice, T>(Func<TSlice, Task<Outcome<T>>> ask, Access? access = null) where TSlice : class => centre.Do(services => ask(services.GetRequiredService<TSlice>()), access);

    public async Task<PublishPlan.Published> Publish(string from, PlanChoices? choices = null)
    {
        var draft = (await Ask((DraftPlan s) => s.Run(new DraftPlan.Request(null, choices ?? Choices), default))).Value;
        return (await Ask((PublishPlan s) => s.Run(new PublishPlan.Request(draft.Id, from), default))).Value;
    }

    public async Task<RunPay.Ran> Run(string month) => (await Ask((RunPay s) => s.Run(Exact(month), default))).Value;

    public Task<Outcome<RunPay.Ran>> Close(string month) => Ask((CloseMonth s) => s.Run(Exact(month), default));

    public async Task<PayJson.Month> Sheet(string month, Access? access = null) => PayJson.Of((await Ask((ReadMonth s) => s.Run(Exact(month), default), access)).Value);

    public async Task<PayJson.AgentPay> Pay(string agent, string month) => (await Sheet(month)).Agents.Single(a => a.Agent == agent);

    public Access AsAgent(string code) => new(null, code, Agent(code), [Roles.Agent], new Dictionary<string, Scope> { ["incentives.read-own"] = new(false, new HashSet<Guid>(), Agent(code)) });

    public Access AsLeader(string team) => new(null, "leader", null, [Roles.TeamLeader], new Dictionary<string, Scope> { ["incentives.read-team"] = new(false, new HashSet<Guid> { Team(team) }, null) });

    /// <summary>Says, as Measurement does, that these days were counted anew, and lets everybody hear it.</summary>
    public async Task Recounted(params string[] days)
    {
        await centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            db.Publish(FiguresRecounted.Of(days.Select(Span)), DateTimeOffset.UnixEpoch, "test");
            await db.SaveChangesAsync();
        });
        await centre.CatchUp();
    }

    private static Touch Span(string day)
    {
        var noon = new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero).ToUnixTimeSeconds();
        return new Touch(noon, noon + 900);
    }

    public Task<HttpClient> SignIn(string role, string? unit = null, string? agent = null) => centre.SignIn(role, unit, agent);

    public ValueTask DisposeAsync() => centre.DisposeAsync();

    private static DateOnly Exact(string month) => Evenhand.Incentives.Exact.ReadMonth(month).Value;

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 10, 9, 0, 0, TimeSpan.Zero);
    }

    private sealed class WrittenFigures : IFigures
    {
        public List<AgentVolume> Written { get; } = [];

        public List<AgentHours> Worked { get; } = [];

        public Task<IReadOnlyList<AgentVolume>> Volumes(DateOnly from, DateOnly to, Guid? agentId, CancellationToken cancel) => Task.FromResult<IReadOnlyList<AgentVolume>>([.. Written.Where(v => from <= v.Day && v.Day < to && (agentId ?? v.AgentId) == v.AgentId)]);

        public Task<IReadOnlyList<AgentHours>> Hours(DateOnly from, DateOnly to, Guid? agentId, CancellationToken cancel) => Task.FromResult<IReadOnlyList<AgentHours>>(
            [.. Worked.Where(v => from <= v.Day && v.Day < to && (agentId ?? v.AgentId) == v.AgentId), .. Written.Where(v => from <= v.Day && v.Day < to && (agentId ?? v.AgentId) == v.AgentId && !Worked.Any(w => w.AgentId == v.AgentId && w.Day == v.Day)).Select(v => (v.AgentId, v.Day)).Distinct().Select(v => new AgentHours(v.AgentId, v.Day, null))]);

        public Task<FigureTable> Ask(FigureRequest request, Scope scope, CancellationToken cancel) => throw new NotSupportedException();

        public Task<KpiDictionary> Dictionary(CancellationToken cancel) => throw new NotSupportedException();

        public Task<(long From, long To)?> Span(CancellationToken cancel) => Task.FromResult<(long, long)?>(Written.Count == 0 ? null
            : (new DateTimeOffset(Written.Min(v => v.Day), TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds(), new DateTimeOffset(Written.Max(v => v.Day), new TimeOnly(12, 0), TimeSpan.Zero).ToUnixTimeSeconds()));
    }
}
