using System.CommandLine;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Floor;

/// <summary>`evenhand floor …`: lets a queue be routed, and makes contacts come to try a desk with.</summary>
internal static class FloorCommands
{
    private static readonly Argument<string> Queue = new("QUEUE") { Description = "Code of the queue; made when there is none / 队列代码，没有则新建" };
    private static readonly Option<string> Way = new("--channel") { Description = "call | chat | work-item", DefaultValueFactory = _ => "call" };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of a new queue / 新队列的名称" };
    private static readonly Option<string?> Unit = new("--unit") { Description = "Code of the unit it belongs to / 归属的组织单元代码" };
    private static readonly Option<string> Url = new("--url") { Description = "Where the program serves / 服务地址", DefaultValueFactory = _ => "http://localhost:5080" };
    private static readonly Option<string> Key = new("--key") { Description = "API key that may feed the floor; or EVENHAND_KEY / 接口密钥", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EVENHAND_KEY") ?? "" };
    private static readonly Option<string> Rate = new("--rate") { Description = $"6/min, 1/s, 90/h; at most {SimulateContacts.MostAMinute}/min / 来电速率", DefaultValueFactory = _ => "6/min" };
    private static readonly Option<string> For = new("--for") { Description = "90s, 10m, 1h / 持续时间", DefaultValueFactory = _ => "10m" };
    private static readonly Option<string[]> Queues = new("--queue") { Description = "Codes of queues that take calls / 队列代码", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Seed = new("--seed") { Description = "Where chance begins / 随机种子", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Anywhere = new("--anywhere") { Description = "Also to another machine / 允许发往其他机器" };

    public static Command Make(CommandRunner run)
    {
        var route = new Command("route", "Lets a queue be routed by the usual rules / 按常用规则启用派单") { Queue, Way, Name, Unit };
        route.SetAction(run.Over(Route));
        var simulate = new Command("simulate", "Makes calls come to a running floor, to try a desk with / 模拟来电") { Url, Key, Rate, For, Queues, Seed, Anywhere };
        simulate.SetAction(run.Alone(Simulate));
        return new Command("floor", "The live floor / 实时现场") { route, simulate };
    }

    private static async Task<int> Route(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        var (db, organisation, book) = (services.GetRequiredService<EvenhandDb>(), services.GetRequiredService<IOrganisation>(), services.GetRequiredService<RuleBook>());
        var (code, channel) = (parsed.GetValue(Queue)!, ArriveContact.ChannelOf(parsed.GetValue(Way)!));
        var unit = parsed.GetValue(Unit) is { } named ? (await organisation.Read(cancel)).Units.Values.FirstOrDefault(u => u.Code == named) : null;
        if (unit is null && parsed.GetValue(Unit) is { } unknown) return CommandRunner.Print(services, new Refusal("routing.unit-unknown", unknown));
        if ((await organisation.Read(cancel)).Queues.Values.All(q => q.Code != code))
            await organisation.Establish(new OrganisationPlan(null, [], [], [new PlannedQueue(code, parsed.GetValue(Name) ?? code)]), cancel);
        var queue = (await organisation.Read(cancel)).Queues.Values.Single(q => q.Code == code);
        var before = await book.Read(RuleKind.Queue, queue.Id, new QueueDefinition(), cancel);
        book.Write(RuleKind.Queue, queue.Id, before, before.Version == 0 ? AddQueue.Usual(channel) : before.Definition with { Routed = true, Channel = channel });
        if (unit is not null && !await db.QueueUnits.AnyAsync(u => u.QueueId == queue.Id && u.UnitId == unit.Id, cancel)) db.Add(new QueueUnit { QueueId = queue.Id, UnitId = unit.Id });
        return (await book.Save(cancel)).Refused(out var refusal) ? CommandRunner.Print(services, refusal) : 0;
    }

    private static async Task<int> Simulate(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        if (!Uri.TryCreate(parsed.GetValue(Url), UriKind.Absolute, out var url)) return CommandRunner.Print(services, new Refusal("routing.simulate-url", parsed.GetValue(Url)));
        var request = new SimulateContacts.Request(url, parsed.GetValue(Key)!, parsed.GetValue(Queues) ?? [], SimulateContacts.Rate(parsed.GetValue(Rate)!) ?? 0, SimulateContacts.Length(parsed.GetValue(For)!) ?? TimeSpan.Zero,
            parsed.GetValue(Seed), parsed.GetValue(Anywhere));
        using var client = new HttpClient();
        var outcome = await new SimulateContacts(services.GetRequiredService<TimeProvider>()).Run(request, client, Console.WriteLine, cancel);
        if (outcome.Refused(out var refusal, out var done)) return CommandRunner.Print(services, refusal);
        Console.WriteLine($"{done.Sent} / {done.Left}");
        return 0;
    }
}
