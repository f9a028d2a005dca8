using Evenhand.Routing.Telephony;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Contracts;

/// <summary>Keeps the lines to the centre's telephone systems for as long as the program serves. Any number of nodes may run it: each system's line is kept by one, and passes on when that one dies.</summary>
/// <param name="services">The program's services.</param>
/// <param name="clock">The time between rounds.</param>
/// <param name="log">Where a round that failed is told.</param>
public sealed partial class TelephonyLoop(IServiceProvider services, TimeProvider clock, ILogger<TelephonyLoop> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the program stops; a round's fault is logged and outlived, and the lines go on meanwhile.</summary>
    /// <param name="stoppingToken">Ends the loop and the lines.</param>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tend = services.GetRequiredService<TendPbxs>();
        tend.Introduce();
        var ordering = services.GetRequiredService<FloorToPbx>().Run(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await tend.Run(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Stopped(log, fault);
            }
            await tend.EndLapsed();
            await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await ordering;
        await tend.EndAll();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Tending the telephone lines failed; it is tried again")]
    private static partial void Stopped(ILogger log, Exception fault);
}
