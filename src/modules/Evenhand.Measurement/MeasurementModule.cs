using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement;

public sealed class MeasurementModule : IModule
{
    public string Name => "measurement";

    public IEnumerable<Permission> Permissions => [];

    public IEnumerable<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [];
}
