namespace Evenhand.Telephony.Live;

internal enum VisitPhase { Waiting, Talking, Gone }

/// <summary>The present or last visit of a call, as the mirror holds it.</summary>
internal sealed class MirroredVisit(string call, string queue, DateTimeOffset joinedAt, PbxTold joinTold)
{
    public string Call => call;
    public string Queue => queue;
    public DateTimeOffset JoinedAt { get; } = joinedAt;
    public PbxTold JoinTold { get; } = joinTold;
    public VisitPhase Phase { get; set; }
    public string? Caller { get; set; }
    public string? Member { get; set; }
    public int? Hold { get; set; }
    public int? OriginalPosition { get; set; }
    public DateTimeOffset ConnectedAt { get; set; }
    public PbxTold ConnectTold { get; set; }
    public DateTimeOffset EndedAt { get; set; }

    /// <summary>The PBX's time of the last event taken; one before it is old news. Times of states do not count: they are ours, and a little late.</summary>
    public DateTimeOffset EventAt { get; set; }

    /// <summary>Gone by a status, not by an event: a late event may still tell the end.</summary>
    public bool Vanished { get; set; }
    public bool WasConnected { get; set; }
    public long Touched { get; set; }
    public Dictionary<string, (DateTimeOffset At, bool Rings)> Rings { get; } = [];
}

/// <summary>A member of a queue, present or once present, each side with the time it last changed.</summary>
internal sealed class MirroredMember(string queue, string member)
{
    public string Queue => queue;
    public string Member => member;
    public bool IsPresent { get; set; }
    public DateTimeOffset PresenceAt { get; set; } = DateTimeOffset.MinValue;
    public bool IsPaused { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset PauseAt { get; set; } = DateTimeOffset.MinValue;

    /// <summary>A status says it has a call in hand, and which one is not known.</summary>
    public bool HasUnseenCall { get; set; }
    public long Touched { get; set; }
}

/// <summary>What ended in a queue since the counters of the last full state.</summary>
internal sealed class MirroredCount
{
    public long? Completed { get; set; }
    public long? Left { get; set; }
    public long SeenCompleted { get; set; }
    public long SeenLeft { get; set; }
}
