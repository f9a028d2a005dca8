using System.Globalization;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;
using FloorContact = Evenhand.Routing.Floor.FloorContact;

namespace Evenhand.Routing.Desk;

/// <summary>Reads who a customer is and what was before, over all channels.</summary>
internal sealed class CustomerCard(EvenhandDb db, FloorRules rules, DeskMemory memory)
{
    private const int Most = 20;

    public async Task<DeskCustomer> Read(Guid agent, FloorContact contact, DeskFacts facts, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var (shown, looks) = (memory.Shows(agent, contact.Id), memory.Of(agent));
        var (number, name) = shown ? (contact.Customer, contact.CustomerName) : (Masked(contact.Customer), MaskedName(contact.CustomerName));
        if (contact.Customer is not { } customer) return new DeskCustomer(contact.Id, number, name, shown, looks.MayShow && contact.CustomerName is not null, null, [], []);
        var before = await db.FloorContacts.AsNoTracking().Where(c => c.Customer == customer && c.Id != contact.Id && c.Source != WorkItemEffects.Source).OrderByDescending(c => c.ArrivedAt).Take(Most).ToListAsync(cancel);
        var items = await db.WorkItems.AsNoTracking().Where(i => i.Customer == customer).OrderByDescending(i => i.CreatedAt).Take(Most).ToListAsync(cancel);
        var own = await rules.OwnAgent(customer, cancel);
        var all = before.Select(c => Of(c, facts, centre)).Concat(items.Select(i => Of(i, facts, centre))).OrderByDescending(h => h.At).ToList();
        var open = items.Where(i => i.ClosedAt is null).Select(i => i.Id).ToHashSet();
        return new DeskCustomer(contact.Id, number, name, shown, looks.MayShow, own is { } id ? centre.Agents.GetValueOrDefault(id)?.Name : null,
            [.. all.Where(h => h.ItemId is { } item && open.Contains(item))], [.. all.Where(h => h.ItemId is not { } item || !open.Contains(item)).Take(Most)]);
    }

    /// <summary>A number as everybody sees it; another system's name of a customer shows its first sign only.</summary>
    public static string? Masked(string? customer) => customer is null ? null : CustomerKey.Of(customer) is { } key ? CustomerKey.Masked(key) : MaskedName(customer);

    public static string? MaskedName(string? name) => string.IsNullOrEmpty(name) ? null : StringInfo.GetNextTextElement(name) + "**";

    private static DeskHistory Of(FloorContact c, DeskFacts facts, OrganisationSnapshot centre) => new(DeskReading.Local(facts, c.ArrivedAt), FloorState.StateCode(c.Channel), centre.Queues.GetValueOrDefault(c.QueueId)?.Name ?? "", NameOf(centre, c.AgentId),
        c.Outcome, c.WrapUpCode is { } code ? facts.Rules.WrapUpCodes.FirstOrDefault(w => w.Code == code) is { } known ? new Named(code, known.Zh, known.En) : new Named(code, code, code) : null, c.Note, null);

    private static DeskHistory Of(WorkItem i, DeskFacts facts, OrganisationSnapshot centre) =>
        new(DeskReading.Local(facts, i.CreatedAt), "work-item", i.Subject, NameOf(centre, i.AgentId), i.State, null, null, i.Id);

    private static string? NameOf(OrganisationSnapshot centre, Guid? agent) => agent is { } id ? centre.Agents.GetValueOrDefault(id)?.Name : null;
}
