using Evenhand.Routing.Talk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Contracts;

/// <summary>Follows the deadlines of help, announcements and promised call-backs for as long as the program serves; any number of nodes may run it, one acts.</summary>
/// <param name="services">Where the work is found.</param>
/// <param name="clock">The time between rounds.</param>
/// <param name="log">Where a round that failed is told.</param>
public sealed partial class DeadlineLoop(IServiceProvider services, TimeProvider clock, ILogger<DeadlineLoop> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the program stops; a round's fault is logged and outlived.</summary>
    /// <param name="stoppingToken">Ends the loop.</param>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deadlines = services.GetRequiredService<Deadlines>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await deadlines.Run(stoppingToken);
                await deadlines.Watch(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                Failed(log, fault);
            }
            await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await deadlines.Release();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Following the deadlines failed; it is tried again")]
    private static partial void Failed(ILogger log, Exception fault);
}
