using Evenhand.Routing.Contracts;

namespace Evenhand.Routing.Desk;

/// <summary>A part as it is drawn.</summary>
/// <param name="Parameters">What its component is given.</param>
internal sealed record ShownPart(DeskPart Part, Dictionary<string, object> Parameters);

/// <summary>Reads what the parts of other capabilities show on a desk, one after the other, as one store serves them all.</summary>
internal sealed class DeskParts(IEnumerable<DeskPart> parts, IServiceProvider services)
{
    /// <summary>Those of the desk itself, or those of "my day".</summary>
    public async Task<IReadOnlyList<ShownPart>> Read(DeskView view, bool ofDay, CancellationToken cancel)
    {
        var shown = new List<ShownPart>();
        foreach (var part in parts.Where(p => p.Slot == DeskSlot.Day == ofDay).OrderBy(p => p.Slot).ThenBy(p => p.Order))
        {
            if (part.Slot == DeskSlot.Contact && view.Current is null) continue;
            var given = new Dictionary<string, object> { ["Desk"] = view };
            if (part.Read is { } read)
            {
                if (await read(services, view, cancel) is not { } data) continue;
                given["Data"] = data;
            }
            shown.Add(new ShownPart(part, given));
        }
        return shown;
    }
}
