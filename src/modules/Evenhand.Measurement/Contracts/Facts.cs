using Evenhand.Intake.Contracts;

namespace Evenhand.Measurement.Contracts;

/// <summary>Figures were counted anew because contacts or states were recorded or corrected; who keeps something made of them looks again.</summary>
/// <param name="Spans">Where, half-open, ascending; spans less than a day apart are given as one.</param>
public sealed record FiguresRecounted(IReadOnlyList<Touch> Spans)
{
    private const int Day = 86_400;

    /// <summary>The fact of these spans, in any order, overlapping or not.</summary>
    /// <param name="touched">At least one span.</param>
    public static FiguresRecounted Of(IEnumerable<Touch> touched)
    {
        List<Touch> spans = [];
        foreach (var span in touched.OrderBy(t => t.From))
            if (spans.Count > 0 && span.From - spans[^1].To < Day) spans[^1] = spans[^1] with { To = Math.Max(spans[^1].To, span.To) };
            else spans.Add(span);
        return new FiguresRecounted(spans);
    }
}
