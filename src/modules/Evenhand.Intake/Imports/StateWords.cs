using Evenhand.Intake.Contracts;

namespace Evenhand.Intake.Imports;

/// <summary>The words by which logs name states and reasons for not being ready, in Chinese and English.</summary>
internal static class StateWords
{
    private static readonly Dictionary<string, AgentState> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["signed-in"] = AgentState.SignedIn, ["signedin"] = AgentState.SignedIn, ["signed in"] = AgentState.SignedIn, ["logged in"] = AgentState.SignedIn, ["login"] = AgentState.SignedIn, ["online"] = AgentState.SignedIn,
        ["签入"] = AgentState.SignedIn, ["登录"] = AgentState.SignedIn, ["在线"] = AgentState.SignedIn,
        ["available"] = AgentState.Available, ["ready"] = AgentState.Available, ["idle"] = AgentState.Available, ["空闲"] = AgentState.Available, ["就绪"] = AgentState.Available, ["示闲"] = AgentState.Available,
        ["ringing"] = AgentState.Ringing, ["振铃"] = AgentState.Ringing, ["talking"] = AgentState.Talking, ["on call"] = AgentState.Talking, ["通话"] = AgentState.Talking, ["通话中"] = AgentState.Talking,
        ["hold"] = AgentState.Holding, ["holding"] = AgentState.Holding, ["保持"] = AgentState.Holding,
        ["acw"] = AgentState.AfterContact, ["after-contact"] = AgentState.AfterContact, ["aftercontact"] = AgentState.AfterContact, ["after call work"] = AgentState.AfterContact, ["wrap-up"] = AgentState.AfterContact, ["wrapup"] = AgentState.AfterContact,
        ["整理"] = AgentState.AfterContact, ["话后"] = AgentState.AfterContact, ["话后处理"] = AgentState.AfterContact, ["事后处理"] = AgentState.AfterContact,
        ["break"] = AgentState.Break, ["rest"] = AgentState.Break, ["小休"] = AgentState.Break, ["休息"] = AgentState.Break,
        ["meal"] = AgentState.Meal, ["lunch"] = AgentState.Meal, ["dinner"] = AgentState.Meal, ["用餐"] = AgentState.Meal, ["就餐"] = AgentState.Meal, ["午餐"] = AgentState.Meal, ["晚餐"] = AgentState.Meal,
        ["training"] = AgentState.Training, ["coaching"] = AgentState.Training, ["培训"] = AgentState.Training, ["辅导"] = AgentState.Training,
        ["meeting"] = AgentState.Meeting, ["会议"] = AgentState.Meeting, ["开会"] = AgentState.Meeting,
        ["not-ready"] = AgentState.OtherNotReady, ["othernotready"] = AgentState.OtherNotReady, ["not ready"] = AgentState.OtherNotReady, ["aux"] = AgentState.OtherNotReady, ["busy"] = AgentState.OtherNotReady, ["pause"] = AgentState.OtherNotReady,
        ["paused"] = AgentState.OtherNotReady, ["其他"] = AgentState.OtherNotReady, ["示忙"] = AgentState.OtherNotReady, ["未就绪"] = AgentState.OtherNotReady, ["置忙"] = AgentState.OtherNotReady,
    };

    /// <summary>The state a word means; null when it is not known.</summary>
    public static AgentState? State(string word) => Words.TryGetValue(word.Trim(), out var state) ? state : null;

    /// <summary>Which kind of not being ready a reason means; another when the word says nothing.</summary>
    public static AgentState NotReady(string? reason) =>
        reason is not null && State(reason) is { } state and (AgentState.AfterContact or AgentState.Break or AgentState.Meal or AgentState.Training or AgentState.Meeting) ? state : AgentState.OtherNotReady;
}
