using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Platform.Live;

/// <summary>Looks again at who listens: a connection lives for hours, a right may be taken away meanwhile.</summary>
internal sealed partial class LiveDoor(LiveAudience audience, IHubContext<LiveHub> hub, IServiceScopeFactory scopes, TimeProvider clock, ILogger<LiveDoor> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var listener in audience.Listeners) await Look(listener, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotLooked(log, fault);
            }
        }
    }

    private async Task Look(LiveListener listener, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rights = scope.ServiceProvider.GetRequiredService<LiveRights>();
        foreach (var topic in listener.Topics)
        {
            if (await rights.May(listener.User, topic, cancel)) continue;
            if (audience.Leave(listener.Connection, topic) is { } queue) await hub.Groups.RemoveFromGroupAsync(listener.Connection, queue.Group(listener.Language), cancel);
            // Coming back it is refused by name, or by the door when the session is over.
            listener.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rights of those who listen were not looked at")]
    private static partial void NotLooked(ILogger log, Exception fault);
}
