using System.Globalization;
using Evenhand.Kernel.Text;

namespace Evenhand.Routing.WorkItems;

/// <summary>An item's priority in words: four steps people choose from; another system may give any number between.</summary>
internal static class Urgency
{
    public static IReadOnlyList<int> Steps { get; } = [-100, 0, 100, 200];

    /// <summary>As it is written in a form and in the history.</summary>
    public static string Code(int priority) => priority.ToString(CultureInfo.InvariantCulture);

    /// <summary>The step's name; a number between the steps stands for itself.</summary>
    public static string Name(Texts texts, int priority) => Steps.Contains(priority) ? texts[$"routing.urgency.{priority}"] : priority.ToString(CultureInfo.CurrentCulture);

    public static string Name(Texts texts, string? code) => int.TryParse(code, CultureInfo.InvariantCulture, out var priority) ? Name(texts, priority) : code ?? "";
}
