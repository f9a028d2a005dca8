namespace Evenhand.Telephony.QueueLogs;

/// <summary>What an agent was doing, as far as a queue log knows.</summary>
public enum AgentState : byte
{
    /// <summary>Signed in: member of at least one queue, or logged in as an agent of the pool.</summary>
    SignedIn,
    /// <summary>Paused in every queue joined; lies within a <see cref="SignedIn"/> of the same agent when the log has its sign-in.</summary>
    NotReady,
}

/// <summary>A stretch of one agent's state; half-open.</summary>
/// <param name="Agent">The agent's number in the table of the assembler that heard the events.</param>
/// <param name="State">The state.</param>
/// <param name="Reason">The reason's number in <see cref="AgentStateAssembler{TSink}.Reasons"/>, or -1.</param>
/// <param name="Start">Its beginning, in seconds since 1970-01-01 UTC.</param>
/// <param name="End">Its end; null while open. An end by QUEUESTART is the restart's time, later than the true one.</param>
public readonly record struct AgentStateInterval(int Agent, AgentState State, int Reason, long Start, long? End);

/// <summary>Hears the intervals of an <see cref="AgentStateAssembler{TSink}"/>.</summary>
public interface IAgentStateSink
{
    /// <summary>An interval is over, or open when the log was flushed.</summary>
    /// <param name="interval">The interval.</param>
    void OnState(in AgentStateInterval interval);
}

/// <summary>
/// Makes state intervals of agent events. What the log does not say is not invented: without ADDMEMBER or a login (static members of queues.conf write none) an agent has no sign-in interval,
/// and after QUEUESTART membership is unknown until told again. After-contact work is not in a queue log at all. An agent whose membership is not known counts as not ready from a
/// pause in any queue to the next unpause in any. Not safe for several threads.
/// </summary>
/// <typeparam name="TSink">Hears the intervals; a struct for speed.</typeparam>
public sealed class AgentStateAssembler<TSink> where TSink : IAgentStateSink
{
    private const long Leap = 3600;
    private readonly List<AgentRecord> _agents = [];
    private TSink _sink;

    /// <summary>An assembler at the start of a log.</summary>
    /// <param name="sink">Hears the intervals; a struct is copied, see <see cref="Sink"/>.</param>
    /// <param name="reasons">Gives pause reasons their numbers; a new table when null.</param>
    public AgentStateAssembler(TSink sink, NameTable? reasons = null) => (_sink, Reasons) = (sink, reasons ?? new());

    /// <summary>The sink itself, not a copy.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>The reasons' names and numbers.</summary>
    public NameTable Reasons { get; }

    /// <summary>Takes one event; those that are not of states (ringing) are passed over. An event up to an hour older than the agent's last counts at the time of the last; one older still begins another log.</summary>
    /// <param name="e">The event, agents and queues numbered by one pair of tables throughout.</param>
    public void Accept(in AgentEvent e)
    {
        if (e.Event == QueueLogEvent.QueueStart)
        {
            foreach (var each in _agents)
                Restart(each, e.At);
            return;
        }
        if (!e.Event.IsOfAgent() || e.Agent < 0)
            return;
        var agent = Find(e.Agent);
        if (e.At < agent.LastSeen - Leap)
            Drop(agent);
        agent.LastSeen = Math.Max(agent.LastSeen, e.At);
        Apply(agent, in e, agent.LastSeen);
    }

    /// <summary>Gives every open interval as open and forgets all agents: the log is over.</summary>
    public void Flush()
    {
        foreach (var agent in _agents)
            Drop(agent);
        _agents.Clear();
    }

    private void Apply(AgentRecord agent, in AgentEvent e, long at)
    {
        switch (e.Event)
        {
            case QueueLogEvent.AddMember:
                agent.SignedInAt ??= at;
                if (e.Reason.SequenceEqual("PAUSED"u8))
                    agent.Paused.Add(e.Queue);
                else if (!agent.Joined.Contains(e.Queue))
                    agent.PausedEverywhere = false;
                agent.Joined.Add(e.Queue);
                Review(agent, at, -1);
                break;
            case QueueLogEvent.RemoveMember:
                agent.Paused.Remove(e.Queue);
                if (agent.Joined.Remove(e.Queue) && agent.Joined.Count == 0 && !agent.LoggedIn)
                    SignOut(agent, at);
                else
                    Review(agent, at, -1);
                break;
            case QueueLogEvent.AgentLogin or QueueLogEvent.AgentCallbackLogin:
                agent.LoggedIn = true;
                agent.SignedInAt ??= at;
                break;
            case QueueLogEvent.AgentLogoff or QueueLogEvent.AgentCallbackLogoff:
                agent.LoggedIn = false;
                if (e.LoggedInSeconds >= 0 && at - e.LoggedInSeconds >= agent.SignedOutAt)
                    agent.SignedInAt ??= at - e.LoggedInSeconds;
                if (agent.Joined.Count == 0)
                    SignOut(agent, at);
                break;
            default:
                Pause(agent, in e, at);
                break;
        }
    }

    private void Pause(AgentRecord agent, in AgentEvent e, long at)
    {
        var keptBack = e.Reason.SequenceEqual(RouterPause.Bytes);
        var reason = e.Reason.IsEmpty || keptBack ? -1 : Reasons.Intern(e.Reason);
        switch (e.Event)
        {
            case QueueLogEvent.PauseAll when !keptBack:
                agent.PausedEverywhere = true;
                break;
            case QueueLogEvent.Pause when !keptBack:
                agent.Paused.Add(e.Queue);
                break;
            case QueueLogEvent.UnpauseAll or QueueLogEvent.PauseAll:
                agent.PausedEverywhere = false;
                agent.Paused.Clear();
                break;
            case QueueLogEvent.Unpause or QueueLogEvent.Pause:
                agent.PausedEverywhere = false;
                agent.Paused.Remove(e.Queue);
                if (agent.Joined.Count == 0)
                    agent.Paused.Clear();
                break;
            case QueueLogEvent.PauseReason when agent.NotReadyAt is not null && agent.Reason < 0:
                agent.Reason = reason;
                return;
        }
        Review(agent, at, reason);
    }

    /// <summary>Begins, ends or (another reason named) splits the agent's time not ready.</summary>
    private void Review(AgentRecord agent, long at, int reason)
    {
        var notReady = agent.PausedEverywhere || (agent.Joined.Count == 0 ? agent.Paused.Count > 0 : agent.Joined.IsSubsetOf(agent.Paused));
        if (agent.NotReadyAt is null == !notReady && (!notReady || reason < 0 || reason == agent.Reason))
            return;
        EndPause(agent, at);
        if (notReady)
            (agent.NotReadyAt, agent.Reason) = (at, reason);
    }

    private void EndPause(AgentRecord agent, long? at)
    {
        if (agent.NotReadyAt is { } start)
            _sink.OnState(new(agent.Number, AgentState.NotReady, agent.Reason, start, at));
        (agent.NotReadyAt, agent.Reason) = (null, -1);
    }

    private void SignOut(AgentRecord agent, long? at)
    {
        agent.PausedEverywhere = false;
        agent.Paused.Clear();
        EndPause(agent, at);
        if (agent.SignedInAt is { } start)
            _sink.OnState(new(agent.Number, AgentState.SignedIn, -1, start, at));
        agent.SignedInAt = null;
        agent.SignedOutAt = at ?? long.MinValue;
    }

    private void Restart(AgentRecord agent, long at)
    {
        if (at < agent.LastSeen - Leap)
        {
            Drop(agent);
            return;
        }
        agent.LastSeen = Math.Max(agent.LastSeen, at);
        SignOut(agent, agent.LastSeen);
        agent.Joined.Clear();
        agent.LoggedIn = false;
    }

    private void Drop(AgentRecord agent)
    {
        SignOut(agent, null);
        agent.Joined.Clear();
        agent.LoggedIn = false;
        agent.LastSeen = long.MinValue + Leap;
    }

    private AgentRecord Find(int number)
    {
        while (_agents.Count <= number)
            _agents.Add(new(_agents.Count));
        return _agents[number];
    }

    private sealed class AgentRecord(int number)
    {
        public int Number => number;
        public HashSet<int> Joined { get; } = [];
        public HashSet<int> Paused { get; } = [];
        public bool PausedEverywhere { get; set; }
        public bool LoggedIn { get; set; }
        public long LastSeen { get; set; } = long.MinValue + Leap;
        public long SignedOutAt { get; set; } = long.MinValue;
        public long? SignedInAt { get; set; }
        public long? NotReadyAt { get; set; }
        public int Reason { get; set; } = -1;
    }
}
