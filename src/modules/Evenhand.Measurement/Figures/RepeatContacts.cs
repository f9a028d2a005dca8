using Evenhand.Intake.Contracts;
using Evenhand.Measurement.Intervals;
using Evenhand.Analytics.Intervals;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Figures;

/// <summary>Finds which answered contacts were followed by another of the same customer, and how soon: the one figure that cells cannot hold, because a later contact changes an earlier one.</summary>
internal sealed class RepeatContacts(IIntake intake, IOrganisation organisation)
{
    /// <summary>Tells each answered contact of a known customer that entered in [from, to) and was followed within the window, with the seconds from its end to the next.</summary>
    public async Task Count(long from, long to, long window, AgentCover cover, Action<Contact, int> found, CancellationToken cancel)
    {
        var grid = new IntervalGrid(CellStore.Seconds, (await organisation.Read(cancel)).Zone);
        var waiting = new Dictionary<string, Contact>();
        await foreach (var contact in intake.ContactsDuring(from, to + window + 1, cancel))
        {
            if (contact.Customer is null || contact.EnteredAt < from) continue;
            if (waiting.Remove(contact.Customer, out var earlier) && Math.Max(0, contact.EnteredAt - (earlier.EndedAt ?? earlier.EnteredAt)) is var gap && gap <= window)
                found(earlier, (int)gap);
            if (contact.EnteredAt < to && IntervalCells.Counted(contact, -1).IsAnswered && Covers(contact)) waiting[contact.Customer] = contact;
        }

        bool Covers(Contact contact) => cover.Queues?.Contains(contact.QueueId) != false
            && (!cover.AgentsOnly || contact.AgentId is { } agent && cover.Covers(agent, grid.LocalDay(contact.EnteredAt)));
    }
}
