using System.CommandLine;
using Evenhand.Incentives.Plans;
using Evenhand.Kernel;

namespace Evenhand.Incentives.Commands;

/// <summary>The options that describe a plan; their texts are read by <see cref="PlanReading"/>, so that what cannot be read is named in one line.</summary>
internal sealed class PlanOptions
{
    private static readonly Dictionary<string, string> Described = new()
    {
        ["months"] = "Months the baseline looks back over, 2 / 基准值取几个月",
        ["until"] = "Last of them, yyyy-MM; the last complete one / 最后一个月",
        ["least-hours"] = "Fewest hours worked a month, 100 / 月最少工时",
        ["least-days"] = "Fewest days with contacts a month where hours are not known, 10 / 无工时数据时的月最少出勤天数",
        ["new-days"] = "Days an agent is new, 90 / 新人天数",
        ["low-cut"] = "Remove below mean − this many standard deviations, 1 / 剔除低于均值几个标准差",
        ["correction"] = "Units added to the baseline / 基准值修正",
        ["method"] = "normal | deviation / 档次方法",
        ["percentiles"] = "Method normal: where tiers begin, 0.75,0.9 / 分位点",
        ["tier-count"] = "Method deviation: tiers above the first, 3 / 档数",
        ["tier-width"] = "Method deviation: width in standard deviations, 0.5 / 档宽",
        ["tiers"] = "Tiers by hand, as 2000,2500,2800 / 手工档次",
        ["weights"] = "What a contact counts by queue, as PS=1.2,PE=1.5 / 队列权重",
        ["price"] = "X, price of a unit up to the baseline / 单价 X",
        ["step"] = "n, added per tier / 每档加价 n",
        ["budget"] = "Solve X so that these months cost no more together / 按总预算求 X",
        ["flat"] = "Compare with this flat price per contact / 与统一单价比较",
        ["hours"] = "Coefficient by hours worked, as 0=0.9,140=1,170=1.05 / 工时系数",
        ["currency"] = "Currency symbol, ¥ / 货币符号",
    };

    private readonly Dictionary<string, Option<string?>> options;

    private PlanOptions(IEnumerable<string> names) => options = names.ToDictionary(n => n, n => new Option<string?>($"--{n}") { Description = Described[n] });

    public static PlanOptions ForBaseline(Command command) => new PlanOptions(PlanReading.Baseline).AddTo(command);

    public static PlanOptions ForPrices(Command command) => new PlanOptions(PlanReading.Baseline.Concat(PlanReading.Prices)).AddTo(command);

    public Outcome<SimulatePlan.Request> Read(ParseResult parsed) => PlanReading.Of(name => options.TryGetValue(name, out var option) ? parsed.GetValue(option) : null);

    private PlanOptions AddTo(Command command)
    {
        foreach (var option in options.Values) command.Options.Add(option);
        return this;
    }
}
