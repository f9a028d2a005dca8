using Evenhand.Routing.Floor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Evenhand.Routing.Contracts;

/// <summary>Runs the live floor for as long as the program serves; of several nodes one runs it, and another takes over within seconds when that one dies.</summary>
/// <param name="services">Where the floor is found.</param>
public sealed class FloorLoop(IServiceProvider services) : BackgroundService
{
    /// <summary>Runs until the program stops.</summary>
    /// <param name="stoppingToken">Ends the floor; what was stored stays.</param>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => services.GetRequiredService<LiveFloor>().Run(stoppingToken), CancellationToken.None);
}
