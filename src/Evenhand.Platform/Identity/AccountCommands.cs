using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Platform.Identity;

/// <summary>`evenhand account …` and `evenhand api-key …`: what is needed before, or without, the pages.</summary>
internal static class AccountCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Name / 名称" };
    private static readonly Option<string?> Role = new("--role") { Description = string.Join(" | ", Roles.All) };
    private static readonly Option<string?> Unit = new("--unit") { Description = "Code of the unit it holds for; without it the whole centre / 组织单元代码，缺省为整个中心" };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Code of the agent the account belongs to / 坐席工号" };
    private static readonly Option<bool> FromInput = new("--password-stdin") { Description = "Reads the password from the standard input / 从标准输入读取密码" };

    public static IEnumerable<Command> All(CommandRunner run)
    {
        var account = new Command("create", "Creates an account / 新建账号") { Name, Role, Unit, Agent, FromInput };
        account.SetAction(run.Over(CreateAccount));
        var key = new Command("create", "Creates an API key and prints it once / 新建接口密钥（只显示一次）") { Name, Role, Unit };
        key.SetAction(run.Over(CreateKey));
        yield return new Command("account", "Accounts / 账号") { account };
        yield return new Command("api-key", "API keys for machines / 接口密钥") { key };
    }

    private static async Task<int> CreateAccount(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        var (unit, refusal) = await UnitOf(services, parsed.GetValue(Unit), cancel);
        if (refusal is not null) return CommandRunner.Print(services, refusal);
        Guid? agent = null;
        if (parsed.GetValue(Agent) is { } code)
        {
            var found = (await services.GetRequiredService<IOrganisation>().Read(cancel)).Agents.Values.FirstOrDefault(a => a.Code == code);
            if (found is null) return CommandRunner.Print(services, new Refusal("platform.agent-code-unknown", code));
            agent = found.Id;
        }
        var password = parsed.GetValue(FromInput) ? (await Console.In.ReadLineAsync(cancel)) ?? ""
            : AnsiConsole.Prompt(new TextPrompt<string>("Password / 密码:").Secret());
        var outcome = await services.GetRequiredService<CreateAccount>().Run(
            new CreateAccount.Request(parsed.GetValue(Name)!, null, password, parsed.GetValue(Role), unit, agent, false), cancel);
        if (outcome.Refused(out var refused)) return CommandRunner.Print(services, refused);
        Console.WriteLine(outcome.Value.AccountId);
        return 0;
    }

    private static async Task<int> CreateKey(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        var (unit, refusal) = await UnitOf(services, parsed.GetValue(Unit), cancel);
        if (refusal is not null) return CommandRunner.Print(services, refusal);
        var outcome = await services.GetRequiredService<CreateApiKey>().Run(new CreateApiKey.Request(parsed.GetValue(Name)!, parsed.GetValue(Role) ?? "", unit, null), cancel);
        if (outcome.Refused(out var refused)) return CommandRunner.Print(services, refused);
        Console.WriteLine(outcome.Value.Key);
        return 0;
    }

    private static async Task<(Guid? Id, Refusal? Refusal)> UnitOf(IServiceProvider services, string? code, CancellationToken cancel)
    {
        if (code is null) return (null, null);
        var unit = (await services.GetRequiredService<IOrganisation>().Read(cancel)).Units.Values.FirstOrDefault(u => u.Code == code);
        return unit is null ? (null, new Refusal("platform.unit-code-unknown", code)) : (unit.Id, null);
    }
}
