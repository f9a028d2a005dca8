using Evenhand.Kernel;

namespace Evenhand.Routing.Help;

/// <summary>Where a cry for help stands.</summary>
internal enum HelpState
{
    /// <summary>Nobody has taken it.</summary>
    Waiting,

    /// <summary>Somebody is on the way or at the desk.</summary>
    Taken,

    /// <summary>The agent has an answer; problem and answer are still to be written down.</summary>
    Answered,

    /// <summary>Written down: over.</summary>
    Recorded,

    /// <summary>The agent needs it no more: over.</summary>
    Withdrawn,
}

/// <summary>What can be done with a cry for help.</summary>
internal enum HelpAct
{
    Take,
    GiveBack,
    Answer,
    Record,
    Withdraw,
}

/// <summary>What may follow what, and when the next level hears of it. Pure.</summary>
internal static class HelpStates
{
    /// <summary>The own leader, the floor manager, the manager.</summary>
    public const int Highest = 3;

    /// <summary>Who took it has so many times as long to come and answer as a level has to take it.</summary>
    private const int AnswerTimes = 5;

    /// <summary>The state after an act, or why it cannot be done now.</summary>
    public static Outcome<HelpState> After(HelpState state, HelpAct act, string? takenBy = null) => (state, act) switch
    {
        (HelpState.Waiting, HelpAct.Take) => HelpState.Taken,
        (HelpState.Taken, HelpAct.Take) => new Refusal("routing.help-taken", takenBy),
        (HelpState.Taken, HelpAct.GiveBack) => HelpState.Waiting,
        (HelpState.Taken, HelpAct.Answer) => HelpState.Answered,
        (HelpState.Waiting, HelpAct.Answer) => new Refusal("routing.help-not-taken"),
        (HelpState.Answered, HelpAct.Record) => HelpState.Recorded,
        (HelpState.Waiting or HelpState.Taken, HelpAct.Record) => new Refusal("routing.help-not-answered"),
        (HelpState.Waiting or HelpState.Taken, HelpAct.Withdraw) => HelpState.Withdrawn,
        _ => new Refusal("routing.help-over"),
    };

    public static bool IsOpen(HelpState state) => state is HelpState.Waiting or HelpState.Taken;

    /// <summary>Level and next due time once the wait of this level ran out; the last level waits without a limit.</summary>
    public static (int Level, DateTimeOffset? DueAt) Escalated(int level, DateTimeOffset now, TimeSpan each) => level + 1 >= Highest ? (Highest, null) : (level + 1, now + each);

    /// <summary>When whoever takes it now is to have answered; otherwise it is heard again, a level higher.</summary>
    public static DateTimeOffset AnswerBy(DateTimeOffset now, TimeSpan each) => now + each * AnswerTimes;

    /// <summary>Where help stands whose contact is over: what nobody took is needed no more, what somebody took is to be written down.</summary>
    public static HelpState ContactOver(HelpState state) => state == HelpState.Taken ? HelpState.Answered : HelpState.Withdrawn;

    /// <summary>Who hears of it at a level: a permission.</summary>
    public static string HeardBy(int level) => level switch { 1 => Rights.HelpFirst, 2 => Rights.HelpSecond, _ => Rights.HelpThird };
}
