using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Audit;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Live;
using Evenhand.Platform.Organisation;
using Evenhand.Platform.Notifications;
using Evenhand.Platform.Sharing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Platform;

/// <summary>What every capability stands on: organisation, accounts, audit trail, notifications, exports.</summary>
public sealed class PlatformModule : IModule
{
    private const int FailuresBeforeLock = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Browsers let a page in the background speak once a minute only.</summary>
    private static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(150);

    public string Name => "platform";

    public IEnumerable<Permission> Permissions => PlatformRights.All;

    public IEnumerable<MenuEntry> Menu =>
    [
        new("platform.menu-organisation", "/organisation", "network", PlatformRights.ReadOrganisation, "platform.group-centre", 800),
        new("platform.menu-accounts", "/accounts", "users", PlatformRights.ReadAccounts, "platform.group-system", 900),
        new("platform.menu-roles", "/roles", "shield-check", PlatformRights.ReadAccounts, "platform.group-system", 910),
        new("platform.menu-api-keys", "/api-keys", "key-round", PlatformRights.EditApiKeys, "platform.group-system", 920),
        new("platform.menu-audit", "/audit", "scroll-text", PlatformRights.ReadAudit, "platform.group-system", 930),
    ];

    private static readonly Action<IEndpointRouteBuilder>[] Endpoints =
    [
        CreateAccount.Map, ReadAccounts.Map, ChangeAccount.Map, AssignRole.Map, EndRole.Map, ChangeRole.Map, CreateApiKey.Map, RevokeApiKey.Map,
        ReadAgents.Map, PlaceAgents.Map, ChangeAgent.Map, ImportAgents.Map, AddUnit.Map, RenameUnit.Map, NameQueue.Map, ChangeZone.Map,
        ReadAudit.Map, ReadNotifications.Map, MarkRead.Map,
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SnapshotCache>().AddSingleton<RightsCache>();
        services.AddScoped<IOrganisation, CentreOrganisation>().AddScoped<CentreCalendar>();
        services.AddScoped<AccessSource>().AddScoped<IAuditTrail, AuditTrail>();
        services.AddSingleton<SetUpCode>().AddScoped<ISetUp, SetUpCentre>();
        services.AddIdentityCore<Account>(options =>
        {
            options.User.AllowedUserNameCharacters = "";
            options.Password = new PasswordOptions { RequiredLength = CreateAccount.ShortestPassword, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
            options.Lockout = new LockoutOptions { MaxFailedAccessAttempts = FailuresBeforeLock, DefaultLockoutTimeSpan = LockedFor };
        }).AddUserStore<AccountStore>();
        services.AddScoped<IAccountNames, AccountNames>();
        services.AddScoped<IInterceptor, AuditInterceptor>().AddScoped<INotifications, NotificationBox>();
        services.AddScoped<ReadAudit>().AddScoped<ReadNotifications>().AddScoped<MarkRead>();
        services.AddScoped<SignIn>().AddScoped<SetUpCentre>().AddScoped<ChangePassword>();
        services.AddScoped<CreateAccount>().AddScoped<ReadAccounts>().AddScoped<ChangeAccount>().AddScoped<AssignRole>().AddScoped<EndRole>().AddScoped<ChangeRole>();
        services.AddScoped<CreateApiKey>().AddScoped<RevokeApiKey>();
        services.AddScoped<ReadAgents>().AddScoped<PlaceAgents>().AddScoped<ChangeAgent>().AddScoped<ImportAgents>().AddScoped<AddUnit>().AddScoped<RenameUnit>();
        services.AddScoped<NameQueue>().AddScoped<ChangeZone>();
        services.AddSignalR(options => (options.MaximumReceiveMessageSize, options.ClientTimeoutInterval) = (4 * 1024, SilenceAllowed));
        services.AddSingleton<LiveAudience>().AddSingleton(new LiveMarks()).AddSingleton<LivePages>().AddSingleton<ILivePages>(all => all.GetRequiredService<LivePages>()).AddScoped<LiveRights>();
        services.AddScoped<IShareKeys, ShareKeys>().AddSingleton<ShareKeyAttempts>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        foreach (var map in Endpoints) map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => AccountCommands.All(run);
}
