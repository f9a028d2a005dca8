using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Floor;

namespace Evenhand.Routing.Desk;

/// <summary>The floor as the person at a desk may act on it: always for the own agent.</summary>
internal sealed class AtDesk(LiveFloor floor, CurrentAccess current)
{
    public Guid? Agent => current.Access.AgentId;

    public Guid? Account => current.Access.AccountId;

    public Task<Outcome<Done>> Do(Func<FloorState, Guid, Refusal?> act, CancellationToken cancel) =>
        Agent is { } agent ? floor.Do(state => act(state, agent), cancel) : Task.FromResult<Outcome<Done>>(new Refusal("routing.no-agent"));

    public Task<Outcome<T>> Do<T>(Func<FloorState, Guid, Outcome<T>> act, CancellationToken cancel) =>
        Agent is { } agent ? floor.Do(state => act(state, agent), cancel) : Task.FromResult<Outcome<T>>(new Refusal("routing.no-agent"));
}
