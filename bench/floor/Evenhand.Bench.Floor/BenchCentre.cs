using System.Text.Json;
using Evenhand.App;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Organisation;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Bench.Floor;

/// <summary>Someone at a desk, with a session of the program.</summary>
internal sealed record Person(Guid Id, string Code, string Cookie);

/// <summary>A centre made for the bench: people in teams of thirty, two queues of calls, one of chats, and a key for the system that tells of contacts.</summary>
internal sealed record BenchCentre(IReadOnlyList<Person> People, string Key)
{
    private const int TeamSize = 30;
    private static readonly DateOnly Since = new(2026, 1, 1);

    public static IReadOnlyList<(string Code, Channel Channel)> Queues { get; } = [("calls-1", Channel.Call), ("calls-2", Channel.Call), ("chats", Channel.Chat)];

    public static async Task<BenchCentre> Make(StoreSettings store, int people)
    {
        await using var app = WebHost.Build(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }, store, builder => builder.Logging.ClearProviders());
        await WebHost.Open(app, default);
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentAccess>().Set(Access.System("bench"));
        var (organisation, db) = (services.GetRequiredService<IOrganisation>(), services.GetRequiredService<EvenhandDb>());
        var teams = (people + TeamSize - 1) / TeamSize;
        await organisation.Establish(new OrganisationPlan("Asia/Shanghai", [new("centre", null, UnitKind.Centre, "海湾中心"), .. Enumerable.Range(0, teams).Select(t => new PlannedUnit($"T{t}", "centre", UnitKind.Team, $"{t} 组"))],
            [.. Enumerable.Range(0, people).Select(i => new PlannedAgent($"{i:0000}", $"坐席 {i:0000}", Since, null, [($"T{i % teams}", Since, null)]))], [.. Queues.Select(q => new PlannedQueue(q.Code, q.Code))]), default);
        var all = await organisation.Read(default);
        foreach (var (code, channel) in Queues) db.Add(Rule(all.Queues.Values.Single(q => q.Code == code).Id, channel));
        await db.RaiseRules(default);
        var accounts = all.Agents.Values.OrderBy(a => a.Code).Select(a => (a.Id, a.Code, Account: AccountOf(a.Id, a.Code))).ToList();
        foreach (var (_, _, account) in accounts) db.AddRange(account, new RoleAssignment { Id = Guid.CreateVersion7(), AccountId = account.Id, Role = Roles.Agent, From = DateOnly.MinValue });
        var key = ApiKeyScheme.NewKey();
        db.Add(new ApiKey { Id = Guid.CreateVersion7(), Name = "pbx", Start = key[..9], Hash = ApiKeyScheme.HashOf(key), Role = Roles.Manager, CreatedAt = TimeProvider.System.GetUtcNow() });
        await db.RaiseVersion(default);
        await db.SaveChangesAsync();
        return new BenchCentre([.. accounts.Select(a => new Person(a.Id, a.Code, Cookie(services, a.Account)))], key);
    }

    private static RuleVersion Rule(Guid queue, Channel channel) => new()
    {
        Kind = RuleKind.Queue, Subject = queue, Version = 1, At = TimeProvider.System.GetUtcNow(), By = "bench",
        Definition = JsonSerializer.Serialize(new QueueDefinition { Routed = true, Channel = channel, ExpectedHandlingSeconds = 30, OfferSeconds = 20, WrapUpSeconds = channel == Channel.Call ? 30 : 0 }, RuleJson.Options),
    };

    private static Account AccountOf(Guid agent, string code)
    {
        var id = Guid.CreateVersion7();
        return new Account { Id = id, Name = $"agent-{code}", NormalizedName = $"AGENT-{code}", SecurityStamp = id.ToString("N"), AgentId = agent };
    }

    private static string Cookie(IServiceProvider services, Account account)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Session.Scheme);
        var now = TimeProvider.System.GetUtcNow();
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(AccessSource.Session(account), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(4) }, Session.Scheme))}";
    }
}
