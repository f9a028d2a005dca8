using Evenhand.Kernel;
using Evenhand.Measurement.Agents;
using Evenhand.Measurement.Definitions;
using Evenhand.Measurement.Diagnosis;
using Evenhand.Measurement.Overview;
using Evenhand.Measurement.Queues;
using Evenhand.Measurement.Teams;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement.Periods;

/// <summary>What the pages of figures bring to the module.</summary>
internal static class PageParts
{
    private const string Group = "measurement.menu-group";

    public static IEnumerable<MenuEntry> Menu =>
    [
        new("measurement.menu-overview", "/overview", "layout-dashboard", Rights.Read, Group, 10),
        new("measurement.menu-teams", "/teams", "users-round", Rights.Read, Group, 20),
        new("measurement.menu-diagnosis", "/diagnosis", "stethoscope", Diagnose.Permission, Group, 30),
        new("measurement.menu-definitions", "/definitions", "book-open-text", Rights.Read, Group, 40),
    ];

    public static void AddPages(this IServiceCollection services) =>
        services.AddScoped<ShowOverview>().AddScoped<ShowQueue>().AddScoped<CompareTeams>().AddScoped<ShowTeam>().AddScoped<ShowAgent>().AddScoped<ListDefinitions>();
}
