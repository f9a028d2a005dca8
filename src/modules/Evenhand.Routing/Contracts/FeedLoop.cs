using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Feed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Contracts;

/// <summary>Hands the floor's history on to the figures every few seconds; of several nodes one does it.</summary>
/// <param name="scopes">Makes a scope of services for each round.</param>
/// <param name="clock">The time between rounds.</param>
/// <param name="log">Where a round that failed is told.</param>
public sealed partial class FeedLoop(IServiceScopeFactory scopes, TimeProvider clock, ILogger<FeedLoop> log) : BackgroundService
{
    private const string LeaseName = "routing.feed";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(30);
    private readonly Guid holder = Guid.CreateVersion7();

    /// <summary>Runs until the program stops; a round's fault is logged and outlived.</summary>
    /// <param name="stoppingToken">Ends the loop.</param>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var handed = 0;
            try
            {
                handed = await Round(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Stopped(log, fault);
            }
            if (handed == 0) await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> Round(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("floor"));
        if (!await Lease.Take(scope.ServiceProvider.GetRequiredService<EvenhandDb>(), LeaseName, holder, LeaseLength, clock, cancel)) return 0;
        var outcome = await scope.ServiceProvider.GetRequiredService<FeedFigures>().Run(cancel);
        return outcome.Refused(out var refusal, out var handed) ? Busy(refusal) : handed;
    }

    private int Busy(Refusal refusal)
    {
        Waits(log, refusal.ToString());
        return 0;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Handing the floor's history on failed; it is tried again")]
    private static partial void Stopped(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The figures do not take the floor's history now: {Refusal}")]
    private static partial void Waits(ILogger log, string refusal);
}
