namespace Evenhand.Routing.Contracts;

/// <summary>Help that was asked for and problems that went up, as a handover reads them.</summary>
public interface IEscalations
{
    /// <summary>What was asked in [from, to) by agents of these teams, the oldest first; what the agents took back is left out.</summary>
    /// <param name="from">Start of the span.</param>
    /// <param name="to">End of the span, exclusive.</param>
    /// <param name="teams">Ids of teams, as they were when it was asked; none gives nothing.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<EscalationNote>> Between(DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Guid> teams, CancellationToken cancel);
}

/// <summary>One cry for help or escalated problem.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OnHold">Whether the customer was on hold meanwhile.</param>
/// <param name="TeamId">The agent's team at the time.</param>
/// <param name="AgentId">Who asked.</param>
/// <param name="AskedAt">When, UTC.</param>
/// <param name="Level">How high it went: 1 the own leader, 2 the floor manager, 3 the manager.</param>
/// <param name="TakenBy">Name of who came; null while nobody has.</param>
/// <param name="TakenAt">When; null while nobody has.</param>
/// <param name="AnsweredAt">When the agent had the answer; null while open.</param>
/// <param name="Problem">The problem in words, up to 2000 characters; null while nobody wrote it down.</param>
/// <param name="Answer">The answer in words, up to 2000 characters; null while nobody wrote it down.</param>
/// <param name="Recorded">Whether it is closed with problem and answer.</param>
/// <param name="Systematic">Whether it recurs: training is wished for.</param>
/// <param name="AnnouncementId">The announcement that told the team; null when it was not announced.</param>
public sealed record EscalationNote(Guid Id, bool OnHold, Guid TeamId, Guid AgentId, DateTimeOffset AskedAt, int Level, string? TakenBy, DateTimeOffset? TakenAt, DateTimeOffset? AnsweredAt, string? Problem, string? Answer,
    bool Recorded, bool Systematic, Guid? AnnouncementId);
