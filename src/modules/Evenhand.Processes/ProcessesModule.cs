using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Processes.Commands;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Processes;

/// <summary>The centre's processes as BPMN: so far checked, drawn and rehearsed from the terminal.</summary>
public sealed class ProcessesModule : IModule
{
    public string Name => "processes";

    public IEnumerable<Permission> Permissions => [];

    public IEnumerable<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
    }

    public IEnumerable<Command> Commands(CommandRunner run) =>
        [new Command("bpmn", "BPMN 2.0 files: check, draw, rehearse / BPMN 流程文件") { CheckFiles.Make(run), DrawFile.Make(run), RehearseFile.Make(run) }];
}
