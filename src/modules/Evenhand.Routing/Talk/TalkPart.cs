using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Talk;

/// <summary>
/// A part of the agent's desk that looks after itself: it reads and posts in a scope of its own, so that several stand on one page without sharing a store context.
/// </summary>
public abstract class TalkPart : ModulePage
{
    [Inject] private IServiceScopeFactory Scopes { get; set; } = null!;

    /// <summary>The page the part stands on, where its forms lead back to.</summary>
    protected string Here => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    /// <summary>Does something with a slice in a scope of its own, in the name of whoever reads the page.</summary>
    /// <typeparam name="TSlice">The slice.</typeparam>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="act">What is done with it.</param>
    protected async Task<T> With<TSlice, T>(Func<TSlice, Task<T>> act) where TSlice : notnull
    {
        await using var scope = Scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Who);
        return await act(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    /// <summary>Contacts the reader has in hand now, in the order they began; empty where the floor does not run.</summary>
    /// <param name="stages">Stages that count: `in-hand`, `wrapping-up`.</param>
    protected Task<IReadOnlyList<Guid>> InHand(params string[] stages) => With<IFloor, IReadOnlyList<Guid>>(floor => Task.FromResult<IReadOnlyList<Guid>>(
        Who.AgentId is { } agent && floor.Now().Agents.TryGetValue(agent, out var found) ? [.. found.Contacts.Where(c => stages.Contains(c.Stage)).OrderBy(c => c.Since).Select(c => c.ContactId)] : []));
}
