using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Workforce.Handover;
using Evenhand.Workforce.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Workforce.Contracts;

/// <summary>Opens shift handovers and files the floor's reports as they fall due, for as long as the program serves. Any number of nodes may run it: one at a time works, and another goes on within two minutes when that one dies.</summary>
/// <param name="scopes">Makes a scope of services for each round.</param>
/// <param name="clock">The time between rounds.</param>
/// <param name="log">Where a round that failed is told.</param>
public sealed partial class WorkforceLoop(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WorkforceLoop> log) : BackgroundService
{
    private const string Name = "workforce.loop";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(2);
    private readonly Guid node = Guid.CreateVersion7();

    /// <summary>Does what is due now, if this node may.</summary>
    /// <param name="cancel">Ends the round.</param>
    /// <returns>Handovers opened and reports filed; null when another node holds the lease.</returns>
    public async Task<(int Opened, int Filed)?> Round(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentAccess>().Set(Access.System("workforce"));
        if (!await Lease.Take(services.GetRequiredService<EvenhandDb>(), Name, node, Held, clock, cancel)) return null;
        var opened = await services.GetRequiredService<OpenHandovers>().Run(cancel);
        return (opened, await services.GetRequiredService<FileReports>().Run(cancel));
    }

    /// <summary>Runs until the program stops; a round's fault is logged and outlived.</summary>
    /// <param name="stoppingToken">Ends the loop.</param>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Stopped(log, fault);
            }
            await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Handovers and reports failed; it is tried again")]
    private static partial void Stopped(ILogger log, Exception fault);
}
