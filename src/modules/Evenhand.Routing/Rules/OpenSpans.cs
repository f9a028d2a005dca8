using System.Globalization;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Routing.Rules;

/// <summary>Open stretches of a day as people write them: `09:00-12:00, 13:30-18:00`; 24:00 is the end of the day, nothing is closed.</summary>
internal static class OpenSpans
{
    private static readonly char[] Between = [',', '，', ';', '；', '、', ' '];
    private static readonly string[] Forms = ["HH:mm", "H:mm"];

    /// <summary>The stretches in order; null when they cannot be read, are empty or overlap.</summary>
    public static IReadOnlyList<OpenSpan>? Read(string? text)
    {
        var spans = new List<OpenSpan>();
        foreach (var part in (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', '–', '~', '至');
            if (ends.Length != 2 || Time(ends[0]) is not { } from || Time(ends[1]) is not { } to || from == TimeSpan.FromDays(1) || to <= from) return null;
            spans.Add(new OpenSpan(TimeOnly.FromTimeSpan(from), to == TimeSpan.FromDays(1) ? TimeOnly.MinValue : TimeOnly.FromTimeSpan(to)));
        }
        spans.Sort((a, b) => a.From.CompareTo(b.From));
        return spans.Zip(spans.Skip(1)).Any(pair => pair.First.To == TimeOnly.MinValue || pair.First.To > pair.Second.From) ? null : spans;
    }

    public static string Write(IReadOnlyList<OpenSpan> spans) => string.Join(", ", spans.Select(s => $"{s.From:HH\\:mm}-{(s.To == TimeOnly.MinValue ? "24:00" : s.To.ToString("HH:mm", CultureInfo.InvariantCulture))}"));

    private static TimeSpan? Time(string text) =>
        text.Trim() is "24:00" ? TimeSpan.FromDays(1) : TimeOnly.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}
