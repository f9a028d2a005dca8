namespace Evenhand.Analytics.Kpis;

/// <summary>What is true of a counter or distribution: where it comes from and for whom it is known.</summary>
public static class CounterFacts
{
    private static readonly FactSources[] Sources = [.. Enum.GetValues<Counter>().Select(Source)];

    /// <summary>The logs without which the counter cannot be filled.</summary>
    public static FactSources SourcesOf(Counter counter) => Sources[(int)counter];

    /// <summary>The logs without which the distribution cannot be filled.</summary>
    public static FactSources SourcesOf(Distribution distribution) => distribution switch
    {
        Distribution.Handling => FactSources.Contacts | FactSources.States,
        Distribution.Repeat or Distribution.RepeatSameTopic => FactSources.Contacts | FactSources.Customers,
        _ => FactSources.Contacts,
    };

    /// <summary>What the counter counts: <see cref="KpiUnit.Seconds"/>, <see cref="KpiUnit.Money"/> (hundredths) or <see cref="KpiUnit.Count"/>.</summary>
    public static KpiUnit UnitOf(Counter counter) => counter switch
    {
        Counter.CostCents => KpiUnit.Money,
        >= Counter.WaitAnsweredSeconds and <= Counter.PeakSignedInSeconds or Counter.RosteredSeconds or Counter.InScheduledStateSeconds => KpiUnit.Seconds,
        _ => KpiUnit.Count,
    };

    /// <summary>True when the counter is split at interval borders; false when it belongs to the interval the contact entered in.</summary>
    public static bool IsTimeAnchored(Counter counter) =>
        counter is >= Counter.TalkInInterval and <= Counter.PeakSignedInSeconds or >= Counter.RosteredSeconds and <= Counter.AttendedShifts;

    /// <summary>True when the counter is known for such a subject.</summary>
    public static bool IsKnownFor(Counter counter, FigureSubject subject) => subject switch
    {
        FigureSubject.Agent => counter is not (Counter.Offered or Counter.WaitAbandonedSeconds or >= Counter.Abandoned and <= Counter.Unfinished),
        FigureSubject.Queue => counter is not (>= Counter.SignedInSeconds and <= Counter.PeakSignedInSeconds or >= Counter.RosteredSeconds and <= Counter.AttendedShifts),
        _ => true,
    };

    /// <summary>True when the distribution is known for such a subject.</summary>
    public static bool IsKnownFor(Distribution distribution, FigureSubject subject) =>
        distribution != Distribution.WaitAbandoned || subject != FigureSubject.Agent;

    private static FactSources Source(Counter counter) => counter switch
    {
        Counter.AfterContactSeconds or Counter.AfterContactInInterval => FactSources.Contacts | FactSources.States,
        <= Counter.HoldInInterval => FactSources.Contacts,
        <= Counter.PeakSignedInSeconds => FactSources.States,
        Counter.Identified => FactSources.Contacts | FactSources.Customers,
        Counter.InScheduledStateSeconds => FactSources.Roster | FactSources.States,
        <= Counter.AttendedShifts => FactSources.Roster,
        Counter.Orders => FactSources.Orders,
        <= Counter.Detractors => FactSources.Surveys,
        <= Counter.ComplaintsClosedInTime => FactSources.Complaints,
        <= Counter.RightItems => FactSources.Quality,
        _ => FactSources.Cost,
    };
}
