using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Contracts;
using Evenhand.Workforce.Commands;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce;

/// <summary>Who works when and where they sit, how one shift takes over from another, and what each shift did.</summary>
public sealed class WorkforceModule : IModule
{
    public string Name => "workforce";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu =>
    [
        new("workforce.roster", "/roster", "calendar-days", Rights.ReadRoster, "workforce.menu.group", 260),
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IRoster, PublishedRoster>();
        services.AddScoped<Shifts>().AddScoped<SetShifts>().AddScoped<PublishDuties>().AddScoped<ImportDuties>().AddScoped<ListDuties>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        SetShifts.Map(api);
        PublishDuties.Map(api);
        ImportDuties.Map(api);
        ListDuties.Map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [RosterCommand.Make(run)];
}
