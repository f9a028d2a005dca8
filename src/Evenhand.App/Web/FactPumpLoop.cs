using Evenhand.Kernel.Facts;

namespace Evenhand.App.Web;

/// <summary>Keeps every reader of facts at the end of the log, and outlives their faults.</summary>
internal sealed partial class FactPumpLoop(FactPump pump, TimeProvider clock, ILogger<FactPumpLoop> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rest = Rest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await pump.CatchUp(stoppingToken);
                rest = Rest;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
                Stopped(log, rest, fault);
            }
            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading facts failed; next attempt in {Rest}")]
    private static partial void Stopped(ILogger log, TimeSpan rest, Exception fault);
}
