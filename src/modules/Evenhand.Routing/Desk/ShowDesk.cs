using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Shows the own desk: state, offers, contacts in hand, the customer. The floor is looked at once; what it does not keep in memory comes from the store.</summary>
internal sealed class ShowDesk(LiveFloor floor, AtDesk desk, CurrentAccess current, DeskMemory memory, DeskReading reading, QueueAccess queues, DeskParts parts)
{
    /// <summary>A desk with what the parts of other capabilities show on it.</summary>
    public sealed record Shown(DeskView View, IReadOnlyList<ShownPart> Parts);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/desk", async (ShowDesk slice, CancellationToken cancel) => (await slice.Run(cancel)).ToReply())
        .WithName(nameof(ShowDesk)).WithSummary("The own desk, personal values masked").Needs(Rights.Desk);

    public async Task<Outcome<DeskView>> Run(CancellationToken cancel) => (await Whole(cancel)).Refused(out var refusal, out var shown) ? refusal : shown.View;

    /// <summary>The reader's own desk; remembers what the reader may do, for what is pushed later.</summary>
    /// <param name="ofDay">With the parts of "my day" instead of the desk's.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<Shown>> Whole(CancellationToken cancel, bool ofDay = false)
    {
        if (desk.Agent is not { } agent) return new Refusal("routing.no-agent");
        var access = current.Access;
        memory.May(agent, access.May(Rights.Unmask), access.May(Rights.Create) ? [.. (await queues.Queues(Rights.Create, cancel)).Select(q => new Named(q.Code, q.Name, q.Name))] : []);
        return await Of(agent, cancel, ofDay);
    }

    /// <summary>An agent's desk, for whoever may only be that agent.</summary>
    public async Task<Outcome<Shown>> Of(Guid agent, CancellationToken cancel, bool ofDay = false)
    {
        if ((await floor.Do(state => state.DeskOf(agent), cancel)).Refused(out var refusal, out var facts)) return refusal;
        var view = await reading.Read(agent, facts, cancel);
        return new Shown(view, await parts.Read(view, ofDay, cancel));
    }
}
