using System.CommandLine;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Intake;

public sealed class IntakeModule : IModule
{
    public string Name => "intake";

    public IEnumerable<Permission> Permissions => [];

    public IEnumerable<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IIntake, IntakeArchive>();
        services.AddScoped<ImportLog>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [ImportCommand.Make(run), ImportsCommand.Make(run)];
}
