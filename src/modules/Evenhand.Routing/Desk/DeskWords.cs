using Evenhand.Design;
using Evenhand.Kernel.Text;
using Evenhand.Routing.Contracts;

namespace Evenhand.Routing.Desk;

/// <summary>How a desk says things, in the reader's language.</summary>
internal static class DeskWords
{
    public static string IconOf(string channel) => channel switch { "call" => "phone", "chat" => "message-circle", _ => "clipboard-list" };

    /// <summary>Why the reader got the contact.</summary>
    public static string Why(Texts texts, DeskWhy why)
    {
        var said = texts[$"routing.desk-why.{why.Code}", why.Figure, why.Eligible];
        return why.Helps ? texts["routing.desk-why.helps", said] : said;
    }

    /// <summary>How urgent it is; a number between the steps is said to be one.</summary>
    public static string Urgency(Texts texts, int priority) => WorkItems.Urgency.Steps.Contains(priority) ? WorkItems.Urgency.Name(texts, priority) : $"{texts["routing.urgency"]} {WorkItems.Urgency.Name(texts, priority)}";

    /// <summary>What became of something.</summary>
    public static string Outcome(Texts texts, DeskHistory history) => history switch
    {
        { WrapUp: { } code } => code.Name,
        { ItemId: not null, Outcome: { } state } => WorkItems.ExportWorkItems.StateName(texts, state),
        { Outcome: { } outcome } => texts[$"routing.outcome.{outcome}"],
        _ => texts["routing.outcome.lasts"],
    };

    public static Status OutcomeLook(DeskHistory history) => history.Outcome switch { "completed" or "done" => Status.Ok, "abandoned" or "turned-away" => Status.Bad, "cancelled" or "withdrawn" => Status.None, _ => Status.Info };
}
