namespace Evenhand.Bpmn.Expressions;

/// <summary>Parts of an instant, in its own offset.</summary>
internal static class Calendar
{
    public static bool Part(DateTimeOffset at, string name, out Value value)
    {
        int? part = name switch
        {
            "year" => at.Year,
            "month" => at.Month,
            "day" => at.Day,
            "hour" => at.Hour,
            "minute" => at.Minute,
            "second" => at.Second,
            "dayOfWeek" or "weekday" => at.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)at.DayOfWeek,
            _ => null,
        };
        value = part is { } number ? number : Value.Null;
        return part is not null;
    }

    public static Value? Part(DateTimeOffset at, string name) => Part(at, name, out var value) ? value : Content.None;
}
