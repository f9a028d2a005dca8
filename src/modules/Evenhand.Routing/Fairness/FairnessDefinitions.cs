using System.Globalization;
using Evenhand.Design;
using Evenhand.Kernel.Text;

namespace Evenhand.Routing.Fairness;

/// <summary>How each figure of the fairness report is defined.</summary>
internal static class FairnessDefinitions
{
    private static readonly Dictionary<string, string> Formulas = new()
    {
        ["effort"] = "Σ(handling × weight) / on-duty hours", ["cv"] = "s / mean, s² = Σ(x − mean)² / (n − 1)", ["gini"] = "Σ(2i − n − 1)·xᵢ / (n·Σx)", ["idle"] = "available / on-duty", ["hard"] = "hard contacts / contacts",
        ["violations"] = "Σ decisions that passed over a contact ahead",
    };

    public static Definition Of(Texts texts, string figure, double hardFrom, int leastMinutes) => new("fairness." + figure, "1", texts["routing.fairness.define." + figure])
    {
        Formula = Formulas.GetValueOrDefault(figure),
        Parameters = [new(texts["routing.fairness.hard-from"], hardFrom.ToString(CultureInfo.CurrentCulture)), new(texts["routing.fairness.least"], leastMinutes.ToString(CultureInfo.CurrentCulture))],
    };

    public static IEnumerable<Definition> All(Texts texts, double hardFrom, int leastMinutes) => Formulas.Keys.Select(figure => Of(texts, figure, hardFrom, leastMinutes));
}
