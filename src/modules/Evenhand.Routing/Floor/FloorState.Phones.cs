using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;

namespace Evenhand.Routing.Floor;

/// <summary>Calls of telephone systems: those have the last word on who talks with whom.</summary>
internal sealed partial class FloorState
{
    /// <summary>Whether a contact's source is a telephone system whose line is kept.</summary>
    public Func<string, bool> IsPbx { get; set; } = _ => false;

    /// <summary>What has not ended yet of a source.</summary>
    public IEnumerable<FloorContact> LiveOf(string source) => contacts.Values.Where(c => c.Source == source && c.EndedAt is null);

    /// <summary>A telephone system has connected the agent: the offer is taken, or the floor follows.</summary>
    public Refusal? FollowCall(Guid contact, Guid agent) => Heard(dispatcher.Follow(contact, agent, Now));

    /// <summary>A call has gone to somebody or something that is not on this floor; nobody abandoned it.</summary>
    public Refusal? TakenElsewhere(Guid contact)
    {
        if (Routed(contact) is not { } row) return null;
        if (row.State is ContactState.InHand or ContactState.WrappingUp) return EndConversation(contact);
        Withdraw(contacts[contact]);
        return null;
    }

    /// <summary>Whether the agent takes this contact by picking up the phone, and not at the desk.</summary>
    public bool IsTakenByPhone(Guid contact, Guid agent) => Contact(contact) is { Channel: Channel.Call } call && IsPbx(call.Source) && HasPhone(agent);
}
