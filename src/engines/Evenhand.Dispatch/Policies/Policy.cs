namespace Evenhand.Dispatch.Policies;

/// <summary>How one of several free agents is chosen. Equal figures fall to the longest idle, then to the smaller id.</summary>
public enum Policy
{
    /// <summary>Who owes the most effort, measured against the pace (effort per on-duty hour) of all on duty who may take such contacts; debts are bounded.</summary>
    FairShare,

    /// <summary>Who has waited longest since the last contact or since coming back.</summary>
    LongestIdle,

    /// <summary>Who has handled the least in relation to on-duty time this shift.</summary>
    LeastOccupied,
}

/// <summary>Why a decision's order or choice departs from the plain rule; several may hold.</summary>
[Flags]
public enum Bends
{
    /// <summary>The plain rule.</summary>
    None = 0,

    /// <summary>Given to the agent the customer had last.</summary>
    LastAgent = 1,

    /// <summary>Given to the customer's own agent.</summary>
    VipAgent = 2,

    /// <summary>Given to an agent of a helping queue.</summary>
    Overflow = 4,

    /// <summary>A contact further ahead was passed over because this agent has just rejected or ignored it.</summary>
    PassedOver = 8,
}

/// <summary>One agent's figures at the moment of a decision.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Idle">Time since the last contact, or since becoming available.</param>
/// <param name="EffortPerHour">Hours of weighted effort per on-duty hour this shift; 0 before any time on duty.</param>
/// <param name="Occupancy">Handling time ÷ on-duty time this shift; 0 before any time on duty.</param>
/// <param name="Owed">Effort this agent is behind the pace of the group (above zero) or ahead of it (below), bounded by the catch-up.</param>
public readonly record struct Figures(Guid Agent, TimeSpan Idle, double EffortPerHour, double Occupancy, TimeSpan Owed);

/// <summary>Agents that were not asked, counted by the first reason that held.</summary>
/// <param name="WithoutSkill">Without a skill, certificate or the channel.</param>
/// <param name="OffDuty">Signed out, at meal, in training, in a meeting.</param>
/// <param name="OnBreak">On a break.</param>
/// <param name="AfterContactWork">Finishing a contact.</param>
/// <param name="Unreachable">Desk silent.</param>
/// <param name="PhoneFailed">Phone failed.</param>
/// <param name="Paused">Paused for ignoring offers.</param>
/// <param name="Full">No capacity left beside what is in hand.</param>
/// <param name="JustRefused">Rejected or ignored this same contact just now.</param>
public readonly record struct Exclusions(int WithoutSkill, int OffDuty, int OnBreak, int AfterContactWork, int Unreachable, int PhoneFailed, int Paused, int Full, int JustRefused)
{
    /// <summary>All of them.</summary>
    public int Total => WithoutSkill + OffDuty + OnBreak + AfterContactWork + Unreachable + PhoneFailed + Paused + Full + JustRefused;
}

/// <summary>Why this agent got this contact: stored with the offer and shown to people.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Queue">Its home queue.</param>
/// <param name="Through">The queue by whose rules it was given; another than home on overflow.</param>
/// <param name="Agent">Who got it.</param>
/// <param name="At">When.</param>
/// <param name="Waited">How long it had waited since its arrival.</param>
/// <param name="Policy">The policy that compared.</param>
/// <param name="Chosen">Figures of who got it.</param>
/// <param name="RunnerUp">Figures of the next best; null when nobody else was free.</param>
/// <param name="Eligible">How many could have got it, the chosen one included.</param>
/// <param name="Excluded">Who could not, by reason.</param>
/// <param name="Bent">Rules that bent the order.</param>
public readonly record struct Decision(
    Guid Contact, Guid Queue, Guid Through, Guid Agent, DateTimeOffset At, TimeSpan Waited, Policy Policy, Figures Chosen, Figures? RunnerUp, int Eligible, Exclusions Excluded, Bends Bent);
