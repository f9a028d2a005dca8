using Evenhand.Dispatch.Policies;

namespace Evenhand.Dispatch.Queues;

/// <summary>Whether an agent can be given a contact of a channel, and if not, why.</summary>
internal enum Standing
{
    Free,
    Full,
    OffDuty,
    OnBreak,
    AfterContactWork,
    Unreachable,
    PhoneFailed,
    Paused,
}

/// <summary>A free agent's figures, side by side in memory so that thousands are compared in microseconds. Times in ms, idle since in ticks.</summary>
internal struct Seat
{
    public Membership Membership;
    public long IdleSince;
    public long DutyOffset;
    public long Credit;
    public long Handling;
}

/// <summary>An agent's membership in a pool.</summary>
internal sealed class Membership(Pool pool, Agent agent)
{
    public readonly Pool Pool = pool;
    public readonly Agent Agent = agent;
    public int Seat = -1;
    public Standing Standing;
}

/// <summary>All agents who may take contacts of one channel with the same needs; queues with the same needs share it.</summary>
internal sealed class Pool(Channel channel, IReadOnlyList<SkillNeed> skills, IReadOnlyList<string> certificates)
{
    private readonly int[] standings = new int[8];
    private Seat[] seats = new Seat[4];
    private long credit, duty;
    private int onDuty;

    public Channel Channel { get; } = channel;

    /// <summary>Lines with waiting contacts.</summary>
    public List<Line> Lines { get; } = [];

    public int Members { get; private set; }

    public int FreeCount { get; private set; }

    public ReadOnlySpan<Seat> Free => seats.AsSpan(0, FreeCount);

    public bool Takes(AgentProfile profile, DateTimeOffset at) => profile.Mix.Of(Channel) > 0 && profile.Has(skills, certificates, at);

    /// <summary>Credited effort per on-duty time over the members on duty, breaks included; 0 when none has been on duty yet.</summary>
    public double Pace(long nowMs) => Time(nowMs) is > 0 and var time ? credit / (double)time : 0;

    /// <summary>On-duty ms this shift of the members on duty.</summary>
    public long Time(long nowMs) => duty + (onDuty * nowMs);

    public void LineFilled(Line line)
    {
        line.AtPool = Lines.Count;
        Lines.Add(line);
    }

    public void LineEmptied(Line line)
    {
        var last = Lines[^1];
        (Lines[line.AtPool] = last).AtPool = line.AtPool;
        Lines.RemoveAt(Lines.Count - 1);
        line.AtPool = -1;
    }

    public void Join(Membership membership, Standing standing)
    {
        var agent = membership.Agent;
        Members++;
        standings[(int)standing]++;
        membership.Standing = standing;
        if (standing == Standing.Free) Sit(membership);
        Share(agent.SharedCredit, agent.SharedDuty, agent.SharedHead);
    }

    public void Leave(Membership membership)
    {
        var agent = membership.Agent;
        Members--;
        standings[(int)membership.Standing]--;
        if (membership.Seat >= 0) Rise(membership);
        Share(-agent.SharedCredit, -agent.SharedDuty, -agent.SharedHead);
    }

    public void Change(Membership membership, Standing standing)
    {
        if (membership.Standing != standing)
        {
            standings[(int)membership.Standing]--;
            standings[(int)standing]++;
            membership.Standing = standing;
            if (membership.Seat >= 0) Rise(membership);
            if (standing == Standing.Free) Sit(membership);
        }
        else if (membership.Seat >= 0)
        {
            Fill(ref seats[membership.Seat], membership);
        }
    }

    public void Share(long moreCredit, long moreDuty, int heads)
    {
        credit += moreCredit;
        duty += moreDuty;
        onDuty += heads;
    }

    public Exclusions Excluded(int agents, int refused) => new(
        agents - Members, standings[(int)Standing.OffDuty], standings[(int)Standing.OnBreak], standings[(int)Standing.AfterContactWork],
        standings[(int)Standing.Unreachable], standings[(int)Standing.PhoneFailed], standings[(int)Standing.Paused], standings[(int)Standing.Full], refused);

    private void Sit(Membership membership)
    {
        if (FreeCount == seats.Length) Array.Resize(ref seats, FreeCount * 2);
        membership.Seat = FreeCount;
        Fill(ref seats[FreeCount++], membership);
    }

    private void Rise(Membership membership)
    {
        var last = seats[--FreeCount];
        seats[FreeCount] = default;
        if (membership.Seat != FreeCount)
        {
            seats[membership.Seat] = last;
            last.Membership.Seat = membership.Seat;
        }
        membership.Seat = -1;
    }

    private static void Fill(ref Seat seat, Membership membership)
    {
        var agent = membership.Agent;
        seat.Membership = membership;
        seat.IdleSince = agent.IdleSince;
        seat.DutyOffset = agent.DutyOffset;
        seat.Credit = agent.Effort + agent.Forgiven;
        seat.Handling = agent.Handling;
    }
}
