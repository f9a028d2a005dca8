using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Evenhand.DemoCentre;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Spectre.Console;

namespace Evenhand.App;

/// <summary>`evenhand demo`: makes up a centre and takes it in through the same commands a real one uses.</summary>
internal static class DemoCommand
{
    private const string Password = "Evenhand-2026";

    public static Command Make(RootCommand root, CommandRunner run)
    {
        var seats = new Option<int>("--seats") { Description = "Agents / 坐席数 (12–5000)", DefaultValueFactory = _ => 400 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks / 周数 (1–520)", DefaultValueFactory = _ => 8 };
        var seed = new Option<int>("--seed") { Description = "Where chance begins / 随机种子", DefaultValueFactory = _ => 1 };
        var until = new Option<DateOnly?>("--until") { Description = "First day not made up; default today / 截止日（不含）" };
        var tell = new Option<bool>("--tell") { Description = "Prints what is hidden in the centre / 揭示隐藏的特殊原因" };
        var demo = new Command("demo", "Makes up a deterministic demo centre / 生成演示中心") { seats, weeks, seed, until, tell };
        demo.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            if (parsed.GetValue(seats) is < 12 or > 5000) return CommandRunner.Print(services, new Refusal("kernel.option-out-of-range", "--seats", 12, 5000, parsed.GetValue(seats)));
            if (parsed.GetValue(weeks) is < 1 or > 520) return CommandRunner.Print(services, new Refusal("kernel.option-out-of-range", "--weeks", 1, 520, parsed.GetValue(weeks)));
            var store = services.GetRequiredService<StoreSettings>();
            var marker = Path.Combine(store.DataDirectory, "demo.json");
            var last = parsed.GetValue(until) ?? DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);
            var settings = new DemoSettings(parsed.GetValue(seats), parsed.GetValue(weeks), parsed.GetValue(seed), last);
            if (File.Exists(marker)) settings = JsonSerializer.Deserialize<DemoSettings>(await File.ReadAllTextAsync(marker, cancel))!;
            var plan = DemoPlan.Make(settings);
            if (!File.Exists(marker))
            {
                var code = await Fill(plan, root, services, Common(store), cancel);
                if (code != 0) return code;
                await File.WriteAllTextAsync(marker, JsonSerializer.Serialize(settings), cancel);
            }
            SayHello(plan);
            if (parsed.GetValue(tell))
                foreach (var line in plan.Hidden.Tell()) Console.WriteLine(line);
            return 0;
        }));
        return demo;
    }

    private static async Task<int> Fill(DemoPlan plan, RootCommand root, IServiceProvider services, string[] common, CancellationToken cancel)
    {
        await services.GetRequiredService<IOrganisation>().Establish(plan.Organisation, cancel);
        await services.GetRequiredService<IFloorSetUp>().Establish(plan.Floor, cancel);
        var folder = Directory.CreateTempSubdirectory("evenhand-demo-");
        var output = Console.Out;
        try
        {
            var (queueLog, stateLog) = (Path.Combine(folder.FullName, "queue_log"), Path.Combine(folder.FullName, "states.csv"));
            Write(plan, queueLog, stateLog);
            string[][] steps =
            [
                ["import", stateLog, "--format", "states", "--source", "demo-states", "--quiet", "--no-figures"],
                ["import", queueLog, "--format", "queue-log", "--source", "demo"],
                .. Accounts(plan).Select(a => (string[])["account", "create", .. a, "--password-stdin"]),
                .. Pay(plan.Settings),
                .. plan.Organisation.Queues.Select(q => (string[])["floor", "route", q.Code, "--unit", "centre"]),
                ["floor", "route", "back-office", "--channel", "work-item", "--name", "工单处理", "--unit", "centre"],
            ];
            foreach (var step in steps)
            {
                Console.SetIn(new StringReader(Password + "\n"));
                Console.SetOut(step[0] is "account" or "pay" ? TextWriter.Null : output);
                var code = await root.Parse([.. step, .. common]).InvokeAsync(new InvocationConfiguration(), cancel);
                if (code != 0) return code;
            }
            return 0;
        }
        finally
        {
            Console.SetOut(output);
            folder.Delete(true);
        }
    }

    /// <summary>Account name, role and place of each demo sign-in.</summary>
    private static IEnumerable<string[]> Accounts(DemoPlan plan)
    {
        var team = plan.Hidden.PeakBreakTeam;
        yield return ["admin", "--role", "administrator"];
        yield return ["manager", "--role", "manager", "--unit", "centre"];
        yield return ["leader", "--role", "team-leader", "--unit", team];
        yield return ["agent", "--role", "agent", "--agent", plan.Hidden.PeakBreakers[0]];
        yield return ["auditor", "--role", "auditor"];
    }

    /// <summary>A plan from the first whole month on, and the pay of that month and of those since.</summary>
    private static IEnumerable<string[]> Pay(DemoSettings settings)
    {
        var first = settings.From.Day == 1 ? settings.From : new DateOnly(settings.From.Year, settings.From.Month, 1).AddMonths(1);
        if (first.AddMonths(1) > settings.Until) yield break;
        yield return ["plan", "publish", "--from", Month(first), "--months", "1", "--until", Month(first), "--price", "1.20", "--step", "0.30"];
        for (var month = first; month < settings.Until; month = month.AddMonths(1))
            yield return ["pay", "--month", Month(month), "--format", "json", .. month == first ? new[] { "--close" } : []];
    }

    private static void Write(DemoPlan plan, string queueLog, string stateLog) => AnsiConsole.Progress().AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(progress =>
        {
            var task = progress.AddTask("demo");
            using var queue = new StreamWriter(queueLog);
            using var states = new StreamWriter(stateLog);
            DemoFloor.Play(plan, queue, states, (done, days) => task.Value = 100.0 * done / days);
        });

    private static void SayHello(DemoPlan plan)
    {
        Console.WriteLine($"演示中心 / demo centre: {plan.Settings.Seats} 坐席 seats, {plan.Settings.From:yyyy-MM-dd} – {plan.Settings.Until.AddDays(-1):yyyy-MM-dd}");
        foreach (var account in Accounts(plan)) Console.WriteLine($"  {account[0],-8}  {Password}   {string.Join(' ', account[2..].Where(w => !w.StartsWith("--", StringComparison.Ordinal)))}");
    }

    private static string[] Common(StoreSettings store) =>
        ["--data", store.DataDirectory, .. store.Postgres is { } postgres ? new[] { "--postgres", postgres } : []];

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
