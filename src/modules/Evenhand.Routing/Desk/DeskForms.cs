using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;
using FloorContact = Evenhand.Routing.Floor.FloorContact;

namespace Evenhand.Routing.Desk;

/// <summary>Reads what is filled in and read out at a desk: the work item in hand, its fields, scripts and quick notes, and the types that can be opened.</summary>
internal sealed class DeskForms(EvenhandDb db, WorkItemTypes types, RuleBook book)
{
    /// <summary>The current contact with its work item.</summary>
    /// <param name="shown">Personal values in full, for a reason that was recorded.</param>
    public async Task<DeskContact> Fill(DeskContact contact, FloorContact kept, bool shown, TimeZoneInfo zone, CancellationToken cancel)
    {
        var texts = await book.All<DeskTexts>(RuleKind.Scripts, cancel);
        var said = new[] { kept.QueueId, Guid.Empty }.Where(texts.ContainsKey).Select(q => texts[q].Definition).ToList();
        contact = contact with
        {
            Scripts = [.. said.SelectMany(t => t.Scripts).Select(s => new DeskScript(new Named(s.TitleZh, s.TitleZh, s.TitleEn), new Named(s.TitleZh, s.TextZh, s.TextEn)))],
            QuickNotes = [.. said.SelectMany(t => t.Notes).Select(n => new Named(n.Zh, n.Zh, n.En))],
        };
        if (kept.Source != WorkItemEffects.Source) return contact;
        var id = WorkItemEffects.ItemOf(kept);
        if (await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancel) is not { } item) return contact;
        var (type, values) = (await types.At(item.Type, item.TypeVersion, cancel), item.Values);
        var form = new DeskItem(id, new Named(type.Code, type.NameZh, type.NameEn), item.Version, item.Subject, item.State, TimeZoneInfo.ConvertTime(item.ResolveBy, zone),
            [.. type.Fields.Select(f => Field(f, values.GetValueOrDefault(f.Code), shown))]);
        return contact with { Item = form };
    }

    public async Task<DeskCreate> Create(IReadOnlyList<Named> queues, CancellationToken cancel)
    {
        if (queues.Count == 0) return new DeskCreate([], []);
        var known = await types.Current(cancel);
        return new DeskCreate([.. known.OrderBy(t => StandardTypes.All.Select(s => s.Code).ToList().IndexOf(t.Code) is var at and >= 0 ? at : int.MaxValue)
            .Select(t => new DeskNew(new Named(t.Code, t.NameZh, t.NameEn), [.. t.Fields.Select(f => Field(f, null, true))]))], queues);
    }

    private static DeskField Field(WorkItemField field, string? value, bool shown)
    {
        var hidden = field.Personal && !shown && value is not null;
        return new DeskField(new Named(field.Code, field.NameZh, field.NameEn), field.Kind, field.Required, hidden, field.Choices ?? [], hidden ? field.Shown(value!) : value);
    }
}
