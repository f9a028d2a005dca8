using Evenhand.Dispatch.Queues;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;

namespace Evenhand.DemoCentre;

/// <summary>How the made-up centre routes: its call queues by the skill of their department, one queue of orders and one of chats; nothing in it is by chance.</summary>
internal static class DemoRules
{
    public const string Orders = "order-items", Chats = "chat";
    private const string Always = "全天班 08:00–24:00", Daytime = "在线咨询 09:00–21:00", Complaints = "投诉处理", Online = "在线咨询";

    /// <summary>The queues that no log names.</summary>
    public static IReadOnlyList<PlannedQueue> Queues { get; } = [new(Orders, "订单工单"), new(Chats, "在线咨询")];

    public static FloorPlan Make(IReadOnlyList<Pool> pools, IReadOnlyList<DemoAgent> agents) => new(
        [new(Always, "08:00-24:00", "08:00-24:00"), new(Daytime, "09:00-21:00", "10:00-18:00")],
        [.. pools.SelectMany(p => p.Queues.Select(q => Calls(p, q))), Items, Chat],
        [.. agents.Where(a => a.LeftOn is null).SelectMany(SkillsOf)]);

    private static PlannedRouting Items { get; } = new(Orders, Channel.WorkItem, TimeSpan.FromMinutes(8)) { Hours = Always, WhenClosed = WhenClosed.Wait, Priority = -10, Units = ["centre"] };

    private static PlannedRouting Chat { get; } = new(Chats, Channel.Chat, TimeSpan.FromMinutes(6)) { Hours = Daytime, Skills = [new SkillNeed(Online, 1)], LastAgentFor = TimeSpan.FromSeconds(30), Units = ["centre"] };

    private static PlannedRouting Calls(Pool pool, DemoQueue queue) => new(queue.Code, Channel.Call, TimeSpan.FromSeconds(queue.TalkSeconds))
    {
        Hours = Always,
        Priority = queue.Code switch { "vip" => 100, "complaints" => 50, _ => 0 },
        Weight = queue.Code == "complaints" ? 1.3 : 1,
        Skills = queue.Code == "complaints" ? [new SkillNeed(SkillOf(pool), 1), new SkillNeed(Complaints, 2)] : [new SkillNeed(SkillOf(pool), 1)],
        LastAgentFor = queue.Code == "vip" ? TimeSpan.FromSeconds(20) : TimeSpan.Zero,
        Helper = queue.Code == "vip" ? null : pool.Queues.FirstOrDefault(q => q != queue && q.Code != "complaints")?.Code,
        HelpAfter = TimeSpan.FromSeconds(60),
    };

    private static IEnumerable<PlannedSkill> SkillsOf(DemoAgent agent)
    {
        yield return new(agent.Code, SkillOf(agent.Pool), 2 + agent.Index % 4);
        if (agent.Index % 3 == 0 && agent.Pool.Code == "service") yield return new(agent.Code, Complaints, 2 + agent.Index % 2);
        if (agent.Index % 4 == 1) yield return new(agent.Code, Online, 3);
        if (agent.Index % 5 == 2) yield return new(agent.Code, "英语", 1 + agent.Index % 5);
    }

    private static string SkillOf(Pool pool) => pool.Code switch { "vip" => "贵宾", "presales" => "售前", _ => "客服" };
}
