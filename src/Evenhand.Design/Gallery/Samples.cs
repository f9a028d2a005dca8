namespace Evenhand.Design;

/// <summary>Made-up figures for the gallery; the same ones every time.</summary>
internal static class Samples
{
    public static string Say(string chinese, string english) => Words.Say(chinese, english);

    public sealed record Contact(string Id, string Started, string Agent, string Queue, string Channel, int Handle, double Score, Status Status, string Outcome);

    private static readonly string[] Agents = ["朱琳", "郭雪", "何平", "胡军", "马超", "杨帆", "吴强", "罗丹", "周婷", "徐丽"];

    private static (string Zh, string En)[] Queues => [("售前咨询", "Presales"), ("售后服务", "Aftersales"), ("投诉处理", "Complaints"), ("VIP专线", "VIP line")];

    private static (string Zh, string En)[] Channels => [("电话", "Phone"), ("微信", "WeChat"), ("网页", "Web"), ("邮件", "E-mail")];

    private static (Status Status, string Zh, string En)[] Outcomes =>
        [(Status.Ok, "已解决", "Resolved"), (Status.Info, "待跟进", "Follow up"), (Status.Ok, "已解决", "Resolved"), (Status.Warn, "已升级", "Escalated"), (Status.Bad, "已放弃", "Abandoned")];

    public static IReadOnlyList<Contact> Contacts(GridQuery query)
    {
        var all = Enumerable.Range(0, Total).Select(Make);
        if (query["queue"] is { } queue) all = all.Where(contact => contact.Queue == queue);
        if (query["q"] is { } text) all = all.Where(contact => contact.Agent.Contains(text, StringComparison.OrdinalIgnoreCase) || contact.Id.Contains(text, StringComparison.Ordinal));
        all = query.Sort switch
        {
            "handle" => query.Descending ? all.OrderByDescending(contact => contact.Handle) : all.OrderBy(contact => contact.Handle),
            "score" => query.Descending ? all.OrderByDescending(contact => contact.Score) : all.OrderBy(contact => contact.Score),
            "agent" => query.Descending ? all.OrderByDescending(contact => contact.Agent) : all.OrderBy(contact => contact.Agent),
            _ => all,
        };
        return [.. all];
    }

    public const int Total = 1_000;

    public static IReadOnlyList<SelectField.Option> QueueOptions => [.. Queues.Select(queue => new SelectField.Option(Say(queue.Zh, queue.En), Say(queue.Zh, queue.En)))];

    public static ChartSpec Control => ControlChartOption.Of(
    [
        .. Enumerable.Range(0, 36).Select(at =>
        {
            var changed = at >= 20;
            var (centre, spread) = changed ? (228.0, 54.0) : (247.0, 66.0);
            var value = at == 14 ? 338 : centre + spread * 0.72 * Wave(at);
            return new ControlPoint($"10-{at + 1:00}", value, centre, centre - spread, centre + spread)
            {
                Phase = changed ? Say("改进后", "After") : Say("基线", "Baseline"),
                Violations = at == 14 ? [Say("规则 1：一点超出控制限", "Rule 1: a point beyond the limits")] : [],
            };
        }),
    ], Figure.Duration, Say("平均处理时长", "Average handle time"), Say("日期", "Date"), Say("违反规则", "Rules broken"));

    public static ChartSpec Heat => HeatMapOption.Of(
        Words.IsChinese ? ["周一", "周二", "周三", "周四", "周五", "周六", "周日"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        [.. Enumerable.Range(8, 14).Select(hour => $"{hour}:00")],
        [.. Enumerable.Range(0, 7).Select(day => (IReadOnlyList<double?>)[.. Enumerable.Range(8, 14).Select(hour => (double?)Math.Round(Load(day, hour)))])],
        Figure.Whole, Say("接触量", "Contacts"));

    public static ChartSpec Lines => LineOption.Of(
        [.. Enumerable.Range(0, 24).Select(half => $"{8 + half / 2}:{half % 2 * 30:00}")],
        [
            new(Say("服务水平", "Service level"), [.. Enumerable.Range(0, 24).Select(at => (double?)(0.83 + 0.07 * Wave(at + 3)))]),
            new(Say("占用率", "Occupancy"), [.. Enumerable.Range(0, 24).Select(at => at == 11 ? null : (double?)(0.74 + 0.06 * Wave(at * 2 + 5)))]),
        ], Figure.Percent, Say("时段", "Interval"), [new(Say("目标", "Target"), 0.8, "$warn")], fromZero: false);

    public static ChartSpec Bars => BarOption.Of(
        [.. Queues.Select(queue => Say(queue.Zh, queue.En))],
        [new(Say("已接", "Answered"), [412, 366, 128, 74]), new(Say("放弃", "Abandoned"), [21, 34, 19, 1], "$series-3")],
        Figure.Whole, Say("队列", "Queue"), stacked: true);

    public static ChartSpec Causes => BarOption.Pareto(
    [
        new(Say("物流查询", "Delivery"), 312), new(Say("退款进度", "Refund"), 240), new(Say("发票", "Invoice"), 96), new(Say("账号登录", "Sign-in"), 61), new(Say("优惠券", "Coupon"), 38), new(Say("其他", "Other"), 22),
    ], Figure.Whole, Say("接触量", "Contacts"), Say("累计占比", "Cumulative share"), Say("原因", "Reason"));

    public static ChartSpec Histogram => HistogramOption.Of(
        [.. Enumerable.Range(0, 17).Select(at => at * 30.0)], [3, 11, 34, 72, 118, 141, 126, 97, 71, 46, 31, 19, 12, 8, 4, 2], Figure.Duration,
        Say("接触量", "Contacts"), Say("处理时长", "Handle time"), [new("P50", 178), new("P90", 318, "$warn")]);

    public static IReadOnlyList<double> Trend(int seed) => [.. Enumerable.Range(0, 14).Select(at => 10 + 3 * Wave(at + seed) + at * (seed % 3 - 1) * 0.2)];

    private static Contact Make(int at)
    {
        var (queue, channel, outcome) = (Queues[at * 7 % 4], Channels[at * 5 % 11 % 4], Outcomes[at * 3 % 7 % 5]);
        return new($"{100001 + at}", $"11-20 {9 + at / 60 % 12:00}:{at % 60:00}", Agents[at * 13 % 10], Say(queue.Zh, queue.En), Say(channel.Zh, channel.En),
            30 + at * 137 % 620, Math.Round(78 + 16 * Wave(at), 1), outcome.Status, Say(outcome.Zh, outcome.En));
    }

    private static double Load(int day, int hour) => (day > 4 ? 0.45 : 1 - day * 0.04) * (96 * Math.Exp(-Math.Pow((hour - 10.5) / 2.2, 2)) + 78 * Math.Exp(-Math.Pow((hour - 15.5) / 2.6, 2)) + 6);

    private static double Wave(int at) => (Math.Sin(at * 1.7) + Math.Sin(at * 0.61 + 1) + Math.Sin(at * 3.1)) / 2.4;
}
