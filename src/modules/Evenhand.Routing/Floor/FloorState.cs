using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.Rules;

namespace Evenhand.Routing.Floor;

/// <summary>An agent's shift as the gate sees it: what is rostered around now, and which of it is being worked.</summary>
internal sealed record WorkedShift(DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// The whole live floor in memory: router, presence, break queues, open requests and today's counts. Only the floor's own thread touches it. A method
/// decides and changes; what was touched since <see cref="Take"/> is stored and told as one step.
/// </summary>
internal sealed partial class FloorState
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private const int KeysRemembered = 20_000;

    private readonly Dictionary<Guid, FloorContact> contacts = [];
    private readonly Dictionary<(string, string), Guid> keys = [];
    private readonly Queue<(string, string)> oldKeys = [];
    private readonly Dictionary<Guid, AgentPresence> presences = [];
    private readonly Dictionary<Guid, DeviceState> phones = [];
    private readonly Dictionary<Guid, FloorAgentRow> agentRows = [];
    private readonly Dictionary<Guid, WorkedShift> worked = [];
    private readonly Dictionary<Guid, BreakQueue> breaks = [];
    private readonly Dictionary<Guid, DutyRequest> requests = [];
    private readonly HashSet<Guid> wrapsBySystem = [];
    private readonly OrderedIds ids = new();
    private ILookup<Guid, RosteredShift>? roster;
    private Dictionary<Guid, AgentProfile> profiles = [];
    private Dispatcher dispatcher;
    private FloorStep step = new();

    public FloorState(FloorRuleSet rules, TimeZoneInfo zone, DateTimeOffset now)
    {
        (Rules, Zone, Now) = (rules, zone, now);
        dispatcher = new Dispatcher(rules.Dispatch);
        dispatcher.SetQueues(rules.Queues, now);
        foreach (var profile in rules.Agents) dispatcher.SetAgent(profile, now);
        profiles = rules.Agents.ToDictionary(a => a.Id);
        dispatcher.ClearOutputs();
    }

    public FloorRuleSet Rules { get; private set; }

    public TimeZoneInfo Zone { get; private set; }

    /// <summary>The present moment, whole milliseconds; never runs backwards.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Agents whose phone tells the PBX's own mind; of all others calls in hand say what the device does.</summary>
    public Func<Guid, bool> HasPhone { get; set; } = _ => false;

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public int Live => contacts.Count;

    public FloorContact? Contact(Guid id) => contacts.GetValueOrDefault(id);

    public ContactRow? Routed(Guid contact) => dispatcher.FindContact(contact);

    /// <summary>The contact that this source told under this key, while it lasts or ended a short while ago.</summary>
    public Guid? ByKey(string source, string key) => keys.TryGetValue((source, key), out var id) ? id : null;

    public AgentPresence Presence(Guid agent) => presences.GetValueOrDefault(agent) ?? AgentPresence.SignedOut(agent, Now);

    public Guid TeamOf(Guid agent) => profiles.GetValueOrDefault(agent)?.Team ?? Guid.Empty;

    public bool Knows(Guid agent) => profiles.ContainsKey(agent);

    /// <summary>Moves the clock; an earlier time is read as the latest one seen.</summary>
    public void Begin(DateTimeOffset now)
    {
        now = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMillisecond));
        if (now > Now) Now = now;
    }

    /// <summary>What was touched since the last call.</summary>
    public FloorStep Take()
    {
        var taken = step;
        step = new FloorStep();
        foreach (var id in taken.Contacts)
            if (contacts.TryGetValue(id, out var contact))
            {
                contact.Row = dispatcher.FindContact(id) is { } row ? JsonSerializer.Serialize(row, Json) : null;
                taken.Rows.Add(contact);
                if (contact.Row is null) Forget(contact);
                else Stand(contact);
            }
        foreach (var id in taken.Agents)
            if (dispatcher.FindAgent(id) is { } row)
            {
                var body = JsonSerializer.Serialize(row with { Presence = Presence(id) }, Json);
                if (!agentRows.TryGetValue(id, out var stored)) taken.NewAgents.Add(agentRows[id] = stored = new FloorAgentRow { AgentId = id, Row = body });
                (stored.Row, stored.ShiftStart, stored.ShiftEnd) = (body, worked.GetValueOrDefault(id)?.Start, worked.GetValueOrDefault(id)?.End);
                taken.AgentRows.Add(stored);
            }
        foreach (var team in taken.Breaks) taken.BreakRows.Add(new BreakQueueRow { TeamId = team, Queue = JsonSerializer.Serialize(breaks[team], Json) });
        return taken;
    }

    /// <summary>New rules: queues, agents, everything. What waits keeps its place, what is in hand stays there.</summary>
    public Refusal? Apply(FloorRuleSet rules, TimeZoneInfo zone)
    {
        if (dispatcher.SetQueues(rules.Queues, Now) is { } denial) return Refused(denial);
        var (before, now) = (profiles, rules.Agents.ToDictionary(a => a.Id));
        // A place away from the floor belongs to the old team: whoever changes teams or leaves gives it back.
        foreach (var (id, old) in before)
            if (now.GetValueOrDefault(id)?.Team != old.Team) LeaveBreaks(id);
        (Rules, Zone, profiles) = (rules, zone, now);
        foreach (var profile in rules.Agents)
            if (!before.TryGetValue(profile.Id, out var old) || !Same(old, profile))
            {
                dispatcher.SetAgent(profile, Now);
                if (before.ContainsKey(profile.Id)) Touch(profile.Id);
            }
        foreach (var gone in before.Keys.Where(a => !now.ContainsKey(a)))
        {
            if (presences.ContainsKey(gone)) Change(gone, Presence(gone).Want(WantedState.SignedOut, null, new Cause(Causer.System, Reason: "left-the-centre"), Now));
            dispatcher.RemoveAgent(gone, Now);
        }
        Absorb();
        step.RulesChanged = true;
        return null;
    }

    /// <summary>Who is rostered; null while the centre keeps no roster.</summary>
    public void Apply(ILookup<Guid, RosteredShift>? duties) => roster = duties;

    private static bool Same(AgentProfile a, AgentProfile b) =>
        a.Team == b.Team && a.Mix == b.Mix && a.Certificates.SequenceEqual(b.Certificates) && a.Skills.Count == b.Skills.Count && a.Skills.All(s => b.Skills.TryGetValue(s.Key, out var level) && level == s.Value);

    private void Touch(Guid agent)
    {
        step.Agents.Add(agent);
        step.Teams.Add(TeamOf(agent));
    }

    private void Forget(FloorContact contact)
    {
        contacts.Remove(contact.Id);
        Leave(contact);
        oldKeys.Enqueue((contact.Source, contact.SourceKey));
        while (oldKeys.Count > KeysRemembered) keys.Remove(oldKeys.Dequeue());
    }

    /// <summary>An engine's "no" in the terms of people: ids become names, times the centre's own.</summary>
    public Refusal Refused(Denial denial) => new(denial.Code, [.. denial.Arguments.Select(Shown)]);

    private object? Shown(object argument) => argument switch
    {
        DateTimeOffset at => Local(at).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan length => Math.Ceiling(length.TotalMinutes),
        _ => argument,
    };
}

/// <summary>What one step of the floor touched, to be stored in one transaction and then told.</summary>
internal sealed class FloorStep
{
    public HashSet<Guid> Contacts { get; } = [];
    public HashSet<Guid> Agents { get; } = [];
    public HashSet<Guid> Queues { get; } = [];
    public HashSet<Guid> Teams { get; } = [];
    public HashSet<Guid> Breaks { get; } = [];
    public HashSet<Guid> NewContacts { get; } = [];
    public List<FloorContact> Rows { get; } = [];
    public List<FloorAgentRow> AgentRows { get; } = [];
    public HashSet<FloorAgentRow> NewAgents { get; } = [];
    public List<BreakQueueRow> BreakRows { get; } = [];
    public List<ContactStep> ContactSteps { get; } = [];
    public List<PresenceStepRow> PresenceSteps { get; } = [];
    public List<DutyOverride> Overrides { get; } = [];
    public HashSet<DutyRequest> Requests { get; } = [];
    public HashSet<DutyRequest> NewRequests { get; } = [];

    /// <summary>What became of work items: contact of source `work-item`, and what happened to it.</summary>
    public List<(FloorContact Contact, OutputKind Kind, Guid AgentId)> WorkItems { get; } = [];

    /// <summary>Nudges up to this position are done with; 0 for none.</summary>
    public long FollowedUpTo { get; set; }

    public bool RulesChanged { get; set; }

    public bool IsEmpty => Contacts.Count == 0 && Agents.Count == 0 && Breaks.Count == 0 && ContactSteps.Count == 0 && PresenceSteps.Count == 0 && Overrides.Count == 0 && Requests.Count == 0 && !RulesChanged;

    public bool IsStored => Rows.Count + AgentRows.Count + BreakRows.Count + ContactSteps.Count + PresenceSteps.Count + Overrides.Count + Requests.Count > 0 || FollowedUpTo > 0;
}
