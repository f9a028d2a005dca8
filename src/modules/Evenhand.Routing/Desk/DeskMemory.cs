using System.Collections.Concurrent;
using Evenhand.Routing.Contracts;

namespace Evenhand.Routing.Desk;

/// <summary>What an open desk is looking at and may do, kept beside the page so that what is pushed to it shows the same. Lost with the program; the page says it again.</summary>
internal sealed class DeskMemory(TimeProvider clock)
{
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<Guid, Looks> known = new();

    /// <param name="Current">The contact chosen among several.</param>
    /// <param name="Shown">The contact whose personal values are shown in full, and until when.</param>
    /// <param name="MayShow">Holds the right to have them shown.</param>
    /// <param name="Queues">Queues in which work items may be opened.</param>
    public sealed record Looks(Guid? Current, Guid? Shown, DateTimeOffset ShownUntil, bool MayShow, IReadOnlyList<Named> Queues);

    public Looks Of(Guid agent) => known.GetValueOrDefault(agent) ?? new Looks(null, null, default, false, []);

    public void May(Guid agent, bool show, IReadOnlyList<Named> queues) => known[agent] = Of(agent) with { MayShow = show, Queues = queues };

    public void Select(Guid agent, Guid contact) => known[agent] = Of(agent) with { Current = contact };

    public void Show(Guid agent, Guid contact) => known[agent] = Of(agent) with { Shown = contact, ShownUntil = clock.GetUtcNow() + ShownFor };

    public bool Shows(Guid agent, Guid contact) => Of(agent) is var looks && looks.Shown == contact && clock.GetUtcNow() < looks.ShownUntil;
}
