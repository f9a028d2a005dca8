using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;

namespace Evenhand.Routing.Desk;

/// <summary>`desk:{agent}`: what one agent's desk shows, for that agent alone.</summary>
internal sealed class DeskTopic(ShowDesk show) : ILiveTopic
{
    private const string Name = "desk";

    public string Kind => Name;

    public static string Of(Guid agent) => $"{Name}:{agent}";

    public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(Guid.TryParse(id, out var agent) && access.AgentId == agent && access.May(Rights.Desk));

    public async ValueTask<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel) =>
        Guid.TryParse(id, out var agent) && !(await show.Of(agent, cancel)).Refused(out _, out var shown) ? Fragments(shown) : [];

    /// <summary>The live parts of a desk; what did not change stays untouched in the page.</summary>
    public static IReadOnlyList<LiveFragment> Fragments(ShowDesk.Shown shown) =>
    [
        LiveFragment.Of<DeskOffers>("desk-offers", () => new() { ["Desk"] = shown.View }),
        LiveFragment.Of<DeskStateBar>("desk-state", () => new() { ["Desk"] = shown.View }),
        LiveFragment.Of<DeskNotes>("desk-notes", () => new() { ["Desk"] = shown.View }),
        LiveFragment.Of<DeskContactPanel>("desk-contact", () => new() { ["Desk"] = shown.View, ["Parts"] = Drawn(shown, Contracts.DeskSlot.Contact) }),
        LiveFragment.Of<DeskCustomerCard>("desk-customer", () => new() { ["Desk"] = shown.View }),
        LiveFragment.Of<DeskPartList>("desk-side", () => new() { ["Id"] = "desk-side", ["Parts"] = Drawn(shown, Contracts.DeskSlot.Side) }),
        LiveFragment.Of<DeskTodayStrip>("desk-today", () => new() { ["Desk"] = shown.View }),
    ];

    public static IReadOnlyList<DeskPartList.Drawn> Drawn(ShowDesk.Shown shown, Contracts.DeskSlot slot) => [.. shown.Parts.Where(p => p.Part.Slot == slot).Select(p => new DeskPartList.Drawn(p.Part.Component, p.Parameters))];
}
