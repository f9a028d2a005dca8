using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Audit;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Platform;

/// <summary>What every capability stands on: organisation, accounts, audit trail, notifications, exports.</summary>
public sealed class PlatformModule : IModule
{
    private const int FailuresBeforeLock = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public string Name => "platform";

    public IEnumerable<Permission> Permissions => PlatformRights.All;

    public IEnumerable<MenuEntry> Menu => [];

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
        services.AddScoped<SignIn>().AddScoped<SetUpCentre>().AddScoped<ChangePassword>();
        services.AddScoped<CreateAccount>().AddScoped<AssignRole>().AddScoped<CreateApiKey>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        CreateAccount.Map(api);
        AssignRole.Map(api);
        CreateApiKey.Map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => AccountCommands.All(run);
}
