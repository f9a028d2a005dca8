using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;

namespace Evenhand.Routing.Floor;

/// <summary>A contact as it comes to the floor.</summary>
internal sealed record NewContact(Channel Channel, Guid QueueId, string Source, string SourceKey, DateTimeOffset ArrivedAt)
{
    public string? Customer { get; init; }
    public string? CustomerName { get; init; }
    public string? Subject { get; init; }
    public int Priority { get; init; }
    public Guid? LastAgent { get; init; }
    public Guid? VipAgent { get; init; }
    public TimeSpan? VipAgentFor { get; init; }

    /// <summary>For whoever takes it.</summary>
    public string? Note { get; init; }
    public TimeSpan? ExpectedHandling { get; init; }
    public double? Weight { get; init; }
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];
}

/// <summary>Contacts: they come, are offered, taken, held, passed on and finished. What is done twice is done once.</summary>
internal sealed partial class FloorState
{
    /// <summary>A contact arrives; told twice under the same key it is the same contact.</summary>
    public Outcome<Guid> Arrive(NewContact coming)
    {
        if (ByKey(coming.Source, coming.SourceKey) is { } known) return known;
        if (Rules.Queues.FirstOrDefault(q => q.Id == coming.QueueId) is not { } queue) return new Refusal("routing.queue-not-routed");
        if (queue.Channel != coming.Channel) return new Refusal("routing.queue-other-channel", queue.Channel.ToString());
        var at = coming.ArrivedAt > Now ? Now : coming.ArrivedAt.AddTicks(-(coming.ArrivedAt.UtcTicks % TimeSpan.TicksPerMillisecond));
        var arrival = new Arrival(Guid.CreateVersion7(), coming.QueueId, at)
        {
            Priority = coming.Priority, Skills = coming.Skills, LastAgent = coming.LastAgent, VipAgent = coming.VipAgent, VipAgentFor = coming.VipAgentFor, ExpectedHandling = coming.ExpectedHandling, Weight = coming.Weight,
        };
        var contact = new FloorContact
        {
            Id = arrival.Contact, Channel = coming.Channel, QueueId = coming.QueueId, Source = coming.Source, SourceKey = coming.SourceKey, ArrivedAt = at,
            Customer = Written.Text(coming.Customer), CustomerName = Written.Text(coming.CustomerName), Subject = Written.Text(coming.Subject), Note = Written.Text(coming.Note), Arrival = System.Text.Json.JsonSerializer.Serialize(arrival, Json),
        };
        contacts.Add(contact.Id, contact);
        if (dispatcher.Arrive(arrival, Now) is { } denial)
        {
            contacts.Remove(contact.Id);
            Absorb();
            return Refused(denial);
        }
        keys.Add((coming.Source, coming.SourceKey), contact.Id);
        step.NewContacts.Add(contact.Id);
        step.Contacts.Add(contact.Id);
        step.Queues.Add(contact.QueueId);
        Count(contact.QueueId, at, q => q with { Offered = q.Offered + 1 });
        Absorb();
        return contact.Id;
    }

    public Refusal? Abandon(Guid contact) => contacts.ContainsKey(contact) ? Heard(dispatcher.Abandon(contact, Now)) : null;

    public Refusal? Accept(Guid contact, Guid agent)
    {
        if (Routed(contact) is { State: ContactState.InHand or ContactState.WrappingUp } row && row.Agent == agent) return null;
        return Heard(dispatcher.Accept(contact, agent, Now));
    }

    public Refusal? Reject(Guid contact, Guid agent) => Heard(dispatcher.Reject(contact, agent, Now));

    public Refusal? RingNoAnswer(Guid contact, Guid agent) => Heard(dispatcher.RingNoAnswer(contact, agent, Now));

    /// <summary>The customer is put on hold or taken back.</summary>
    public Refusal? Hold(Guid contact, Guid agent, bool held)
    {
        if (Mine(contact, agent).Refused(out var refusal, out var known)) return refusal;
        if (Routed(contact)!.State != ContactState.InHand) return new Refusal("routing.contact-not-in-hand");
        if (held == known.HeldAt is not null) return null;
        if (held) known.HeldAt = Now;
        else EndHold(known);
        step.Contacts.Add(contact);
        Touch(agent);
        return Change(agent, Presence(agent).DeviceIs(DeviceOf(agent), Now)) ?? Heard(null);
    }

    public Refusal? EndConversation(Guid contact, Guid? agent = null)
    {
        if (agent is { } who && Mine(contact, who).Refused(out var refusal)) return refusal;
        return Heard(dispatcher.EndConversation(contact, Now));
    }

    /// <summary>All work on it is done, with how it ended and a note.</summary>
    public Refusal? Complete(Guid contact, Guid agent, string? wrapUp, string? note)
    {
        if (Mine(contact, agent).Refused(out var refusal, out var known)) return refusal;
        (known.WrapUpCode, known.Note) = (wrapUp ?? known.WrapUpCode, note ?? known.Note);
        return Heard(dispatcher.Complete(contact, Now));
    }

    /// <summary>Keeps how it ended and the note while the work goes on.</summary>
    public Refusal? Describe(Guid contact, Guid agent, string? wrapUp, string? note)
    {
        if (Mine(contact, agent).Refused(out var refusal, out var known)) return refusal;
        (known.WrapUpCode, known.Note) = (wrapUp ?? known.WrapUpCode, note ?? known.Note);
        step.Contacts.Add(contact);
        return null;
    }

    /// <summary>The customer has gone: out of the line, or out of the conversation.</summary>
    public Refusal? CustomerLeft(Guid contact) => Routed(contact)?.State switch
    {
        null => null,
        ContactState.InHand => EndConversation(contact),
        ContactState.WrappingUp => null,
        _ => Abandon(contact),
    };

    /// <summary>Back into its queue, when the customer is not on the line.</summary>
    public Refusal? PutBack(Guid contact) => Routed(contact) is { } row && IsLive(row) ? new Refusal("routing.live-contact-cannot-wait") : Return(contact);

    /// <summary>Back into line at its old place.</summary>
    public Refusal? Return(Guid contact) => Heard(dispatcher.Return(contact, Now));

    public Refusal? HandOver(Guid contact, Guid to) => ByPhone(contact) ?? Heard(dispatcher.HandOver(contact, to, Now));

    public Refusal? MoveTo(Guid contact, Guid queue) => ByPhone(contact) ?? Heard(dispatcher.Move(contact, queue, Now));

    /// <summary>An agent who ignored offers takes contacts again.</summary>
    public Refusal? Resume(Guid agent)
    {
        if (dispatcher.FindAgent(agent) is not { IsPaused: true }) return null;
        Touch(agent);
        return Heard(dispatcher.Resume(agent, Now));
    }

    /// <summary>A work item was made or changed outside the floor: it comes, moves, or is over, as it now stands.</summary>
    public void Follow(RoutedItem item)
    {
        var key = item.Keys.Append(item.Id.ToString()).FirstOrDefault(k => ByKey(WorkItemEffects.Source, k) is { } id && contacts.ContainsKey(id));
        if (key is null)
        {
            if (item.IsOver || item.State != WorkItems.WorkItemType.Initial || !Rules.Queues.Any(q => q.Id == item.QueueId && q.Channel == Channel.WorkItem)) return;
            var name = item.Keys.Count == 0 ? item.Id.ToString() : $"{item.Id}/{item.Version}";
            if (item.Keys.Contains(name)) return;
            Arrive(item, name);
            return;
        }
        var contact = contacts[ByKey(WorkItemEffects.Source, key)!.Value];
        var row = Routed(contact.Id);
        var isInHand = row is { State: ContactState.InHand or ContactState.WrappingUp };
        if (isInHand && item.IsOver) Heard(dispatcher.Complete(contact.Id, Now));
        else if (isInHand && item.Agent is null && item.State == WorkItems.WorkItemType.Initial) Return(contact.Id);
        else if (isInHand && item.Agent is { } given && given != row!.Agent) GiveTo(contact, given);
        else if (!isInHand && item.State != WorkItems.WorkItemType.Initial) Withdraw(contact);
        else if ((contact.QueueId != item.QueueId && MoveTo(contact.Id, item.QueueId) is not null) || (!isInHand && row is not null && row.Arrival.Priority != item.Priority))
        {
            // While it rings somewhere it cannot move, and a priority is what it came with: it is taken back and comes anew, as old as it is.
            Withdraw(contact);
            Arrive(item, $"{item.Id}/{item.Version}");
        }
    }

    private void Arrive(RoutedItem item, string name) =>
        Arrive(new NewContact(Channel.WorkItem, item.QueueId, WorkItemEffects.Source, name, item.CreatedAt) { Customer = item.Customer, CustomerName = item.CustomerName, Subject = item.Subject, Priority = item.Priority, LastAgent = item.LastAgent, VipAgent = item.OwnAgent });

    /// <summary>A leader gave the item to somebody else: that colleague has it in hand when there is room, else works on it outside the floor.</summary>
    private void GiveTo(FloorContact contact, Guid colleague)
    {
        if (Heard(dispatcher.HandOver(contact.Id, colleague, Now)) is null) return;
        contact.Outcome = "withdrawn";
        Heard(dispatcher.Complete(contact.Id, Now));
    }

    /// <summary>Everything up to this nudge was followed; it is forgotten with the step.</summary>
    public void Followed(long upto) => step.FollowedUpTo = Math.Max(step.FollowedUpTo, upto);

    /// <summary>What waits is taken off the floor without having been abandoned by anybody.</summary>
    private void Withdraw(FloorContact contact)
    {
        contact.Outcome = "withdrawn";
        Heard(dispatcher.Abandon(contact.Id, Now));
    }

    /// <summary>A contact that this agent has in hand, copied.</summary>
    public Outcome<FloorContact> InHand(Guid contact, Guid agent) => Mine(contact, agent).Refused(out var refusal, out var known) ? refusal : known.Copy();

    /// <summary>A contact that somebody has in hand.</summary>
    private Outcome<FloorContact> Mine(Guid contact, Guid agent) =>
        contacts.TryGetValue(contact, out var known) && Routed(contact) is { State: ContactState.InHand or ContactState.WrappingUp } row && row.Agent == agent ? known : new Refusal("routing.contact-not-in-hand");

    /// <summary>A call in hand on a telephone system's line, as it may be passed on there: the queue it goes into, and the priority it has; null for any other contact.</summary>
    /// <param name="to">A colleague who is free for it; null for none.</param>
    /// <param name="queue">Another queue; null for its own.</param>
    public Outcome<(Guid Queue, int Priority)?> PassByPhone(Guid contact, Guid? to, Guid? queue)
    {
        if (Routed(contact) is not { } row || !IsOnPbx(row)) return ((Guid, int)?)null;
        var target = queue ?? contacts[contact].QueueId;
        if (Rules.Queues.FirstOrDefault(q => q.Id == target) is not { } rules) return new Refusal("routing.queue-not-routed");
        if (rules.Channel != Channel.Call) return new Refusal("routing.queue-other-channel", rules.Channel.ToString());
        if (to is { } colleague && dispatcher.MayHandOver([(contact, colleague)], Now) is { } denial) return Refused(denial);
        return (target, row.Arrival.Priority);
    }

    /// <summary>A call on the telephone system's line is passed on there; the floor follows, and says nothing that is not so.</summary>
    private Refusal? ByPhone(Guid contact) => Routed(contact) is { } row && IsOnPbx(row) ? new Refusal("routing.pass-by-phone") : null;

    private bool IsOnPbx(ContactRow row) => IsLive(row) && contacts[row.Arrival.Contact] is { Channel: Channel.Call } call && IsPbx(call.Source);

    /// <summary>Whether the customer is there right now: such a contact cannot be put back.</summary>
    private bool IsLive(ContactRow row) => row.State == ContactState.InHand && contacts[row.Arrival.Contact].Channel != Channel.WorkItem;
}
