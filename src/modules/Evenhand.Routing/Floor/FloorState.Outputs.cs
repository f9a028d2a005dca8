using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;

namespace Evenhand.Routing.Floor;

/// <summary>What the router says happened, and what follows from it: history, counts, after-contact work, breaks that were waited for.</summary>
internal sealed partial class FloorState
{
    /// <summary>Carries a router's answer on: outputs are heard, the refusal is told in people's terms.</summary>
    private Refusal? Heard(Denial? denial)
    {
        Absorb();
        return denial is null ? null : Refused(denial);
    }

    private void Absorb()
    {
        for (var i = 0; i < dispatcher.Outputs.Count; i++) Hear(dispatcher.Outputs[i]);
        dispatcher.ClearOutputs();
    }

    private void Hear(Output output)
    {
        var (contact, agent) = (output.Contact == Guid.Empty ? null : contacts.GetValueOrDefault(output.Contact), output.Agent);
        step.ContactSteps.Add(new ContactStep
        {
            Id = ids.Next(), ContactId = contact?.Id, QueueId = output.Queue, AgentId = agent == Guid.Empty ? null : agent, Kind = output.Kind, At = output.At,
            Until = output.Until == default ? null : output.Until, SpentMs = (long)output.Spent.TotalMilliseconds, EffortMs = (long)output.Effort.TotalMilliseconds,
            Decision = output.Decision is { } decision ? JsonSerializer.Serialize(decision, Json) : null,
        });
        if (agent != Guid.Empty) Touch(agent);
        if (output.Queue != Guid.Empty) step.Queues.Add(output.Queue);
        if (contact is null) return;
        step.Contacts.Add(contact.Id);
        if (contact.Source == WorkItemEffects.Source) step.WorkItems.Add((contact, output.Kind, agent));
        Note(contact, output);
        Follow(contact, output);
    }

    private void Note(FloorContact contact, in Output output)
    {
        switch (output.Kind)
        {
            case OutputKind.Accepted or OutputKind.Assigned or OutputKind.Followed:
                contact.AgentId = output.Agent;
                contact.ThroughQueueId = dispatcher.FindContact(contact.Id)?.Through is { } through && through != contact.QueueId ? through : null;
                if (contact.AnsweredAt is null)
                {
                    contact.AnsweredAt = output.At;
                    CountAnswered(contact);
                }
                break;
            case OutputKind.Moved:
                step.Queues.Add(contact.QueueId);
                contact.QueueId = output.Queue;
                break;
            case OutputKind.WrappingUp:
                contact.TalkEndedAt = output.At;
                EndHold(contact);
                break;
            case OutputKind.Completed:
                EndHold(contact);
                contact.HandleSeconds = (contact.HandleSeconds ?? 0) + (long)output.Spent.TotalSeconds;
                (contact.EndedAt, contact.Outcome) = (output.At, contact.Outcome ?? "completed");
                contact.TalkEndedAt ??= output.At;
                CountCompleted(contact);
                break;
            case OutputKind.Returned or OutputKind.HandedOver:
                EndHold(contact);
                contact.HandleSeconds = (contact.HandleSeconds ?? 0) + (long)output.Spent.TotalSeconds;
                break;
            case OutputKind.Abandoned:
                contact.EndedAt = output.At;
                if (contact.Outcome is null) CountAbandoned(contact);
                else Count(contact.QueueId, contact.ArrivedAt, q => q with { Offered = q.Offered - 1 });
                contact.Outcome ??= "abandoned";
                break;
            case OutputKind.TurnedAway:
                (contact.EndedAt, contact.Outcome) = (output.At, "turned-away");
                Count(contact.QueueId, contact.ArrivedAt, q => q with { TurnedAway = q.TurnedAway + 1, Offered = q.Offered - 1 });
                break;
        }
    }

    private void EndHold(FloorContact contact)
    {
        if (contact.HeldAt is { } held) (contact.HoldSeconds, contact.HeldAt) = (contact.HoldSeconds + (long)(Now - held).TotalSeconds, null);
    }

    /// <summary>What a step of a contact means for its agent's presence.</summary>
    private void Follow(FloorContact contact, in Output output)
    {
        if (output.Agent == Guid.Empty || output.Kind is OutputKind.Offered or OutputKind.Reserved) return;
        var agent = output.Agent;
        if (output.Kind is OutputKind.Rejected or OutputKind.Ignored or OutputKind.Withdrawn)
        {
            LeaveIfGranted(agent);
            return;
        }
        var rows = Held(agent);
        var wraps = rows.Any(r => r.State == ContactState.WrappingUp) && rows.All(r => r.State != ContactState.InHand);
        var presence = Presence(agent);
        if (wraps && presence.Wanted == WantedState.Ready)
        {
            wrapsBySystem.Add(agent);
            Change(agent, presence.Want(WantedState.AfterContactWork, null, new Cause(Causer.System, Reason: "wrap-up"), Now));
        }
        else if (!wraps && wrapsBySystem.Remove(agent) && presence.Wanted == WantedState.AfterContactWork)
        {
            Change(agent, presence.Want(WantedState.Ready, null, new Cause(Causer.System, Reason: "wrap-up-over"), Now));
        }
        // After what is wanted, so that no moment of being available lies between talk and after-contact work.
        Change(agent, Presence(agent).DeviceIs(DeviceOf(agent), Now));
        LeaveIfGranted(agent);
        Tell(agent);
    }

    /// <summary>What the device does: as the PBX says, or as calls in hand say where none does; a desk that handles chats or work items beside an idle phone works.</summary>
    private DeviceState DeviceOf(Guid agent)
    {
        var hand = Held(agent).Where(r => r.State == ContactState.InHand).Select(r => contacts[r.Arrival.Contact]).ToList();
        var phone = HasPhone(agent) ? phones.GetValueOrDefault(agent)
            : hand.FirstOrDefault(c => c.Channel == Channel.Call) is not { } call ? DeviceState.Idle : call.HeldAt is null ? DeviceState.Talking : DeviceState.Holding;
        return phone == DeviceState.Idle && hand.Any(c => c.Channel != Channel.Call) ? DeviceState.Working : phone;
    }

    /// <summary>Offered to or held by an agent, the first offered first.</summary>
    public List<ContactRow> Held(Guid agent) => [.. dispatcher.HeldBy(agent).Select(id => dispatcher.FindContact(id)!).Where(r => r is not null)];

    /// <summary>A step of presence becomes the floor's: kept, told to the router, noted with its cause.</summary>
    private Refusal? Change(Guid agent, PresenceStep next)
    {
        if (next.Denied is { } denial) return Refused(denial);
        var before = Presence(agent);
        presences[agent] = next.Presence;
        if (next.Fact is { } fact)
        {
            step.PresenceSteps.Add(new PresenceStepRow
            {
                Id = ids.Next(), AgentId = agent, From = fact.From, To = fact.To, BreakReason = fact.BreakReason, At = fact.At, By = fact.Cause.By, Who = fact.Cause.Who, Reason = fact.Cause.Reason,
            });
        }
        if (next.Fact is null && before.Wanted == next.Presence.Wanted && before.Device == next.Presence.Device && before.Silent == next.Presence.Silent) return null;
        Touch(agent);
        dispatcher.SetPresence(ForRouter(agent), Now);
        return null;
    }
}
