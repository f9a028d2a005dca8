using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Announcements;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Help;
using Evenhand.Routing.WorkItems;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Talk;

/// <summary>
/// Does what fell due: help nobody took or answered goes up, who has not read is reminded, promises are tried again or told to a leader, late work items are told. One node does it, and each step holds
/// the version of its row besides, so that it happens once even where two believe that it is theirs. Due times stand in the store.
/// </summary>
internal sealed class Deadlines(IServiceScopeFactory scopes, TimeProvider clock)
{
    public const string Name = "routing.deadlines";
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private readonly Guid holder = Guid.CreateVersion7();
    private DateTimeOffset renewed = DateTimeOffset.MinValue;

    /// <summary>One round; answers how many steps it did, none on a node that has not the lease.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        if (clock.GetUtcNow() - renewed is var since && (since >= Renewal || since < TimeSpan.Zero))
        {
            await using var lease = scopes.CreateAsyncScope();
            if (!await Lease.Take(lease.ServiceProvider.GetRequiredService<EvenhandDb>(), Name, holder, Length, clock, cancel)) return 0;
            renewed = clock.GetUtcNow();
        }
        return await Do<EscalateHelp>(s => s.Run(cancel)) + await Do<RemindUnread>(s => s.Run(cancel)) + await Do<FollowPromises>(s => s.Run(cancel)) + await Do<TellLate>(s => s.Run(cancel));
    }

    /// <summary>Watches the peak; only where the floor runs is there something to see.</summary>
    public Task<bool> Watch(CancellationToken cancel) => Do<WatchPeak, bool>(s => s.Run(cancel));

    /// <summary>Lets another node begin at once.</summary>
    public async Task Release()
    {
        await using var scope = scopes.CreateAsyncScope();
        await Lease.Release(scope.ServiceProvider.GetRequiredService<EvenhandDb>(), Name, holder, CancellationToken.None);
        renewed = DateTimeOffset.MinValue;
    }

    private Task<int> Do<TSlice>(Func<TSlice, Task<int>> act) where TSlice : notnull => Do<TSlice, int>(act);

    private async Task<T> Do<TSlice, T>(Func<TSlice, Task<T>> act) where TSlice : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System(Name));
        return await act(scope.ServiceProvider.GetRequiredService<TSlice>());
    }
}
