using System.Collections.Concurrent;
using System.Globalization;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Telephony.QueueLogs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Routing.Telephony;

/// <summary>A call as the floor and its telephone system know it.</summary>
internal sealed record PbxVisit(Guid Contact, string Pbx, string Key)
{
    public string Call => VisitCall.CallOf(Key);

    public string Queue => Key[(Key.LastIndexOf('|') + 1)..];
}

/// <summary>The calls that are open, by contact and by key.</summary>
internal sealed class PbxVisits
{
    private readonly ConcurrentDictionary<Guid, PbxVisit> byContact = [];
    private readonly ConcurrentDictionary<(string Pbx, string Key), Guid> byKey = [];

    public PbxVisit? Of(Guid contact) => byContact.GetValueOrDefault(contact);

    public Guid? Of(string pbx, string key) => byKey.TryGetValue((pbx, key), out var contact) ? contact : null;

    public void Put(PbxVisit visit)
    {
        if (byKey.TryGetValue((visit.Pbx, visit.Key), out var before) && before != visit.Contact) byContact.TryRemove(before, out _);
        (byContact[visit.Contact], byKey[(visit.Pbx, visit.Key)]) = (visit, visit.Contact);
    }

    public void Remove(string pbx, string key)
    {
        if (byKey.TryRemove((pbx, key), out var contact)) byContact.TryRemove(contact, out _);
    }
}

/// <summary>
/// Carries what telephone systems tell to the live floor: callers wait, somebody answered, phones ring in vain. What the system did is followed, whomever the router had chosen. While the floor
/// does not run, it waits; told again after a restart, a call is the same contact.
/// </summary>
internal sealed class PbxFloor(LiveFloor floor, PbxVisits visits, PassedCalls passing, FloorToPbx orders, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>A need nobody meets: a call that its system gives away itself waits here and is offered to nobody.</summary>
    private static readonly SkillNeed OnlyThePbx = new("evenhand.given-by-the-pbx", 1);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);

    /// <summary>Calls that were seen to leave their agent, whose after-contact work goes on: what comes under their key is another visit. Used on the floor's thread alone.</summary>
    private readonly HashSet<Guid> parted = [];

    /// <summary>Tells the floor; returns when it is stored.</summary>
    public async Task Tell(string pbx, bool routes, IReadOnlyList<FloorCall> calls, CancellationToken cancel)
    {
        while (true)
        {
            while (!floor.Now().IsRunning) await Task.Delay(Again, clock, cancel);
            var coming = await Prepare(pbx, routes, calls, cancel);
            var told = await floor.Do<IReadOnlySet<Guid>>(state => Outcome(Apply(state, pbx, calls, coming)), cancel);
            if (!told.Refused(out _, out var agents))
            {
                foreach (var arrive in calls.OfType<Arrive>()) passing.Forget(pbx, arrive.Call);
                if (calls.Any(c => c is Present)) orders.Again(pbx);
                else orders.Look(agents);
                return;
            }
            await Task.Delay(Again, clock, cancel);
        }
    }

    private static Outcome<IReadOnlySet<Guid>> Outcome(HashSet<Guid> agents) => agents;

    /// <summary>What the floor's thread cannot look up: queues by code, what the store knows of a key, whom the customer had last.</summary>
    private async Task<Dictionary<string, NewContact>> Prepare(string pbx, bool routes, IReadOnlyList<FloorCall> calls, CancellationToken cancel)
    {
        var coming = new Dictionary<string, NewContact>();
        if (!calls.Any(c => c is Arrive)) return coming;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System($"telephony {pbx}"));
        var (db, arriving) = (scope.ServiceProvider.GetRequiredService<EvenhandDb>(), scope.ServiceProvider.GetRequiredService<ArriveContact>());
        var queues = await scope.ServiceProvider.GetRequiredService<IOrganisation>().EnsureQueues([.. calls.OfType<Arrive>().Select(a => a.Queue).Distinct()], pbx, cancel);
        foreach (var arrive in calls.OfType<Arrive>())
        {
            var contact = new NewContact(Channel.Call, queues[arrive.Queue], pbx, await FreeKey(db, pbx, arrive.Key, cancel), arrive.At)
            {
                Customer = arrive.Caller is null ? null : CustomerKey.Of(arrive.Caller) ?? arrive.Caller.Trim(), Skills = routes ? [] : [OnlyThePbx],
            };
            if (routes) contact = await arriving.Recognise(contact, cancel);
            coming[arrive.Key] = passing.Of(pbx, arrive.Call) is { } passed ? Bringing(contact, passed) : contact;
        }
        return coming;
    }

    private static NewContact Bringing(NewContact contact, PassedCall passed) => contact with
    {
        Priority = passed.Priority, Note = passed.Note, LastAgent = contact.LastAgent == passed.By ? null : contact.LastAgent,
        VipAgent = passed.To ?? (contact.VipAgent == passed.By ? null : contact.VipAgent), VipAgentFor = passed.To is null ? null : PassedCall.WaitsForColleague,
    };

    /// <summary>The key of the last visit while it lasts, else of the next: a call that comes into the same queue once more is another contact.</summary>
    private static async Task<string> FreeKey(EvenhandDb db, string pbx, string key, CancellationToken cancel)
    {
        string? lasting = null;
        for (var visit = 1; ; visit++)
        {
            var name = KeyOf(key, visit);
            if (await db.FloorContacts.AsNoTracking().Where(c => c.Source == pbx && c.SourceKey == name).Select(c => new { c.EndedAt }).FirstOrDefaultAsync(cancel) is not { } known) return lasting ?? name;
            lasting = known.EndedAt is null ? name : null;
        }
    }

    private static string KeyOf(string key, int visit) => visit == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}|{visit}");

    private static int VisitOf(string name, string key) => name.Length == key.Length ? 1 : int.Parse(name.AsSpan(key.Length + 1), CultureInfo.InvariantCulture);

    /// <summary>Does on the floor's thread what was told; answers whose offers are to be looked at.</summary>
    private HashSet<Guid> Apply(FloorState state, string pbx, IReadOnlyList<FloorCall> calls, Dictionary<string, NewContact> coming)
    {
        var agents = new HashSet<Guid>();
        foreach (var call in calls)
        {
            if (call is Device device) state.Device(device.Agent, device.State);
            else if (call is Present present) Leave(state, pbx, present.Keys);
            else if (call is Arrive arrive) Enter(state, pbx, arrive, coming[arrive.Key], agents);
            else if (call is VisitCall visit && visits.Of(pbx, visit.Key) is { } contact) Follow(state, visit, contact);
        }
        return agents;
    }

    private void Enter(FloorState state, string pbx, Arrive arrive, NewContact coming, HashSet<Guid> agents)
    {
        for (var visit = VisitOf(coming.SourceKey, arrive.Key) + 1; state.ByKey(pbx, coming.SourceKey) is { } before && (state.Contact(before) is not { EndedAt: null } || parted.Contains(before)); visit++) coming = coming with { SourceKey = KeyOf(arrive.Key, visit) };
        if (state.Arrive(coming).Refused(out _, out var contact)) return;
        visits.Put(new PbxVisit(contact, pbx, arrive.Key));
        if (state.Routed(contact)?.Agent is { } agent) agents.Add(agent);
    }

    private void Follow(FloorState state, VisitCall visit, Guid contact)
    {
        switch (visit)
        {
            case Connected { Agent: { } agent } when state.Knows(agent):
                state.FollowCall(contact, agent);
                break;
            case Connected:
                state.TakenElsewhere(contact);
                break;
            case Missed missed:
                state.RingNoAnswer(contact, missed.Agent);
                break;
            case Left { Outcome: VisitOutcome.Abandoned or VisitOutcome.Unfinished } left:
                state.CustomerLeft(contact);
                visits.Remove(visits.Of(contact)!.Pbx, left.Key);
                break;
            case Left left:
                state.TakenElsewhere(contact);
                visits.Remove(visits.Of(contact)!.Pbx, left.Key);
                break;
            case Ended ended:
                if (state.EndConversation(contact) is not null) state.TakenElsewhere(contact);
                parted.RemoveWhere(c => state.Contact(c) is not { EndedAt: null });
                parted.Add(contact);
                visits.Remove(visits.Of(contact)!.Pbx, ended.Key);
                break;
        }
    }

    /// <summary>What the floor has of the system and the system has not any more ended while nobody listened.</summary>
    private void Leave(FloorState state, string pbx, IReadOnlySet<string> keys)
    {
        foreach (var contact in state.LiveOf(pbx).Where(c => visits.Of(c.Id) is not { } visit || !keys.Contains(visit.Key)).ToList()) state.CustomerLeft(contact.Id);
    }
}
