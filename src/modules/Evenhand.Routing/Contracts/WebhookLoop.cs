using Evenhand.Routing.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Contracts;

/// <summary>Sends webhook deliveries as they fall due, for as long as the program serves; any number of nodes may run it.</summary>
/// <param name="scopes">Makes a scope of services for each round.</param>
/// <param name="clock">The time between rounds.</param>
/// <param name="log">Where a round that failed is told.</param>
public sealed partial class WebhookLoop(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WebhookLoop> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the program stops; a round's fault is logged and outlived.</summary>
    /// <param name="stoppingToken">Ends the loop.</param>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var tried = 0;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                tried = await scope.ServiceProvider.GetRequiredService<DeliverWebhooks>().Run(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Stopped(log, fault);
            }
            if (tried == 0) await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending webhooks failed; it is tried again")]
    private static partial void Stopped(ILogger log, Exception fault);
}
