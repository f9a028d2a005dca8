using System.CommandLine;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Kernel;

/// <summary>A capability of the centre: what it brings to the one program. Its assembly also brings entity configurations, pages and texts, found by themselves.</summary>
public interface IModule
{
    /// <summary>Lower-case name: prefix of its tables, permissions and text keys, and its folder in the API.</summary>
    string Name { get; }

    /// <summary>What its people may do; nothing outside this list can be granted.</summary>
    IEnumerable<Permission> Permissions { get; }

    /// <summary>Its entries in the side menu; each is shown to those who hold its permission.</summary>
    IEnumerable<MenuEntry> Menu { get; }

    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Maps its endpoints below `/api/v1/{Name}`; every one names the permission it needs.</summary>
    void MapApi(IEndpointRouteBuilder api);

    /// <summary>Its commands of the `evenhand` program.</summary>
    IEnumerable<Command> Commands(CommandRunner run);
}

/// <summary>One entry of the side menu.</summary>
/// <param name="TextKey">Text key of its caption.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">Name of a lucide icon.</param>
/// <param name="Permission">Who sees it.</param>
/// <param name="Group">Text key of the group it stands in.</param>
/// <param name="Order">Place in the menu, ascending over all modules.</param>
public sealed record MenuEntry(string TextKey, string Href, string Icon, string Permission, string Group, int Order);

/// <summary>The modules of this program, in the order of the data flow.</summary>
public sealed class ModuleList(IReadOnlyList<IModule> modules)
{
    public IReadOnlyList<IModule> All { get; } = modules;
}
