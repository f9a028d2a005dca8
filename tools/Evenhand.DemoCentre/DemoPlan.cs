using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;

namespace Evenhand.DemoCentre;

/// <summary>What to make up. The same settings give the same centre, line for line.</summary>
/// <param name="Seats">Agents employed, 12–5,000.</param>
/// <param name="Weeks">Whole weeks of work, 1–520.</param>
/// <param name="Seed">Where chance begins.</param>
/// <param name="Until">First day that is not made up any more.</param>
public sealed record DemoSettings(int Seats, int Weeks, int Seed, DateOnly Until)
{
    public DateOnly From => Until.AddDays(-7 * Weeks);
}

/// <summary>One of the three shifts, in local seconds of the day.</summary>
internal sealed record Shift(string Name, int Start, int End, int MealAt);

/// <summary>A queue, its share of the pool's contacts and how long they take.</summary>
internal sealed record DemoQueue(string Code, string Name, double Share, double TalkSeconds);

/// <summary>A pool of agents who share queues.</summary>
internal sealed class Pool(string code, string name, double share, double load, params (string Code, string Name, double Share, double TalkSeconds)[] queues)
{
    public string Code => code;
    public string Name => name;
    public double Share => share;

    /// <summary>Share of the time at work that should be talk.</summary>
    public double Load => load;

    public IReadOnlyList<DemoQueue> Queues { get; } = [.. queues.Select(q => new DemoQueue(q.Code, q.Name, q.Share, q.TalkSeconds))];

    /// <summary>Mean seconds of talk over its queues.</summary>
    public double TalkSeconds => Queues.Sum(q => q.Share * q.TalkSeconds);
}

internal sealed class DemoAgent
{
    public required int Index { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Pool Pool { get; init; }
    public required string Team { get; init; }
    public required int ShiftOffset { get; init; }
    public required int RestDay { get; init; }
    public required double TalkFactor { get; init; }
    public required DateOnly JoinedOn { get; init; }
    public DateOnly? LeftOn { get; init; }
    public double BreakShare { get; set; }
    public bool BreaksAtPeak { get; set; }
    public bool HangsUp { get; set; }
}

/// <summary>The made-up organisation and what is hidden in it.</summary>
public sealed class DemoPlan
{
    internal static readonly Shift[] Shifts = [new("早班", 8 * 3600, 16 * 3600 + 1800, 11 * 3600 + 1800), new("中班", 11 * 3600 + 1800, 20 * 3600, 16 * 3600 + 1800), new("晚班", 15 * 3600 + 1800, 24 * 3600, 19 * 3600 + 1800)];

    private static readonly Pool Vip = new("vip", "贵宾部", 0, 0.42, ("vip", "VIP专线", 1, 210));

    /// <summary>A big centre has departments; in a small one all share the queues, as small pools cannot be both busy and quick.</summary>
    private static readonly Pool[] Departments =
    [
        new("presales", "售前部", 0.5, 0.715, ("presales", "售前咨询", 0.7, 195), ("orders", "订单", 0.3, 165)),
        new("service", "售后部", 0.5, 0.715, ("service", "售后服务", 0.8, 235), ("complaints", "投诉", 0.2, 260)),
        Vip,
    ];

    private static readonly Pool[] Together =
        [new("service", "客服部", 1, 0.73, ("presales", "售前咨询", 0.4, 195), ("orders", "订单", 0.15, 165), ("service", "售后服务", 0.35, 235), ("complaints", "投诉", 0.1, 260)), Vip];

    private DemoPlan(DemoSettings settings, Pool[] pools, List<DemoAgent> agents, List<PlannedUnit> units, Hidden hidden) =>
        (Settings, Pools, Agents, Units, Hidden) = (settings, pools, agents, units, hidden);

    public DemoSettings Settings { get; }

    /// <summary>What the diagnosis should find.</summary>
    public Hidden Hidden { get; }

    internal List<DemoAgent> Agents { get; }

    internal IReadOnlyList<Pool> Pools { get; }

    private List<PlannedUnit> Units { get; }

    /// <summary>The organisation, ready to be set up.</summary>
    public OrganisationPlan Organisation => new("Asia/Shanghai", Units,
        [.. Agents.Select(a => new PlannedAgent(a.Code, a.Name, a.JoinedOn, a.LeftOn, [(a.Team, a.JoinedOn, a.LeftOn)]))],
        [.. Pools.SelectMany(p => p.Queues).Select(q => new PlannedQueue(q.Code, q.Name)), .. DemoRules.Queues]);

    /// <summary>How its queues are routed and what its agents can do, ready to be laid down.</summary>
    public FloorPlan Floor => DemoRules.Make(Pools, Agents);

    public static DemoPlan Make(DemoSettings settings)
    {
        var chance = new Random(settings.Seed);
        var units = new List<PlannedUnit> { new("centre", null, UnitKind.Centre, "端平客服中心") };
        var agents = new List<DemoAgent>();
        var taken = new HashSet<string>();
        var vip = Math.Max(6, settings.Seats / 20);
        var pools = settings.Seats >= 120 ? Departments : Together;
        foreach (var pool in pools)
        {
            var count = pool.Share > 0 ? (int)((settings.Seats - vip) * pool.Share) : settings.Seats - agents.Count;
            units.Add(new(pool.Code, "centre", UnitKind.Department, pool.Name));
            var teams = Math.Max(1, (int)Math.Round(count / 14.0));
            for (var t = 0; t < teams; t++) units.Add(new($"{pool.Code}-{t + 1}", pool.Code, UnitKind.Team, $"{pool.Name[..2]}{"一二三四五六七八九十"[t % 10]}组{(t < 10 ? "" : $"{t + 1}")}"));
            for (var i = 0; i < count; i++) agents.Add(Hire(settings, chance, taken, pool, $"{pool.Code}-{i % teams + 1}", agents.Count, i / teams));
        }
        return new DemoPlan(settings, pools, agents, units, Hidden.Hide(settings, agents, chance));
    }

    private static DemoAgent Hire(DemoSettings settings, Random chance, HashSet<string> taken, Pool pool, string team, int index, int place)
    {
        var fresh = chance.NextDouble() < 0.04;
        var leaves = !fresh && chance.NextDouble() < 0.03;
        return new DemoAgent
        {
            Index = index,
            Code = $"{8001 + index}",
            Name = Names.Next(chance, taken),
            Pool = pool,
            Team = team,
            ShiftOffset = place % 3,
            RestDay = (index * 2 + place) % 7,
            TalkFactor = Math.Exp(0.07 * Chance.Normal(chance)),
            BreakShare = Math.Clamp(0.085 + 0.0065 * Chance.Normal(chance), 0.07, 0.1),
            JoinedOn = fresh ? settings.From.AddDays(chance.Next(7, 7 * settings.Weeks - 3 > 8 ? 7 * settings.Weeks - 3 : 8)) : settings.From.AddDays(-chance.Next(40, 1500)),
            LeftOn = leaves ? settings.From.AddDays(chance.Next(4, 7 * settings.Weeks)) : null,
        };
    }
}
