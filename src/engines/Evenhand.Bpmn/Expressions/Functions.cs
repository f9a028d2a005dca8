using System.Text;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Bpmn.Expressions;

/// <summary>The fixed set of functions and methods; nothing else can be called.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, Function> Common = Table(
    [
        new("now", "", (ref run, _, _) => Value.Of(run.Now), ReadsNow: true),
        new("today", "", (ref run, _, _) => Value.Of(new DateTimeOffset(run.Now.Date, run.Now.Offset)), ReadsNow: true),
        new("date", "a", (ref run, a, _) => Date(ref run, a[0]), ReadsNow: true),
        new("duration", "t", (ref _, a, _) => Iso8601.TryDuration(a[0].AsText, out var span) ? Value.Of(span) : Content.None),
        new("size", "a", (ref run, a, at) => Size(ref run, a[0], at, "size")),
        new("isEmpty", "a", (ref _, a, _) => Empty.Holds(a[0])),
        new("contains", "aa", (ref run, a, at) => Contains(ref run, a, at)),
        new("startsWith", "tt", (ref _, a, _) => a[0].AsText.StartsWith(a[1].AsText, StringComparison.Ordinal)),
        new("endsWith", "tt", (ref _, a, _) => a[0].AsText.EndsWith(a[1].AsText, StringComparison.Ordinal)),
        new("matches", "tt", (ref _, _, _) => null, Pattern: true),
        new("lower", "t", (ref _, a, _) => a[0].AsText.ToLowerInvariant()),
        new("upper", "t", (ref _, a, _) => a[0].AsText.ToUpperInvariant()),
        new("trim", "t", (ref _, a, _) => a[0].AsText.Trim()),
        new("substring", "tn?n", (ref _, a, _) => Substring(a)),
        new("replace", "ttt", (ref run, a, at) => Replace(ref run, a, at)),
        new("join", "l?t", (ref run, a, at) => Join(ref run, a, at)),
        new("round", "n?n", (ref _, a, _) => Round(a)),
        new("floor", "n", (ref _, a, _) => decimal.Floor(a[0].AsNumber)),
        new("ceil", "n", (ref _, a, _) => decimal.Ceiling(a[0].AsNumber)),
        new("abs", "n", (ref _, a, _) => decimal.Abs(a[0].AsNumber)),
        new("min", "a*", (ref run, a, at) => Extreme(ref run, a, at, -1)),
        new("max", "a*", (ref run, a, at) => Extreme(ref run, a, at, 1)),
        new("sum", "a*", (ref run, a, at) => Sum(ref run, a, at)),
        new("number", "a", (ref _, a, _) => a[0].Kind == ValueKind.Number ? a[0] : a[0].Kind == ValueKind.Text && Content.Number(a[0].AsText.Trim()) is { } n ? n : Content.None),
        new("text", "a", (ref run, a, at) => Text(ref run, a[0], at)),
        new("daysBetween", "ii", (ref _, a, _) => (decimal)(a[1].AsInstant - a[0].AsInstant).Ticks / TimeSpan.TicksPerDay),
        new("hoursBetween", "ii", (ref _, a, _) => (decimal)(a[1].AsInstant - a[0].AsInstant).Ticks / TimeSpan.TicksPerHour),
        new("minutesBetween", "ii", (ref _, a, _) => (decimal)(a[1].AsInstant - a[0].AsInstant).Ticks / TimeSpan.TicksPerMinute),
        new("dateAdd", "id", (ref _, a, _) => Value.Of(a[1].AsDuration.After(a[0].AsInstant))),
        .. new[] { "year", "month", "day", "hour", "minute", "second", "dayOfWeek" }.Select(part => new Function(part, "i", (ref _, a, _) => Calendar.Part(a[0].AsInstant, part))),
    ]);

    private static readonly Dictionary<string, Function> Feel = Table(
    [
        Also("count", "size"), Also("string length", "size"), Also("lower case", "lower"), Also("upper case", "upper"), Also("starts with", "startsWith"), Also("ends with", "endsWith"),
        Also("list contains", "contains"), Also("string", "text"), Also("ceiling", "ceil"), Also("date and time", "date"), Also("string join", "join"), Also("is empty", "isEmpty"),
        new("substring", "tn?n", (ref _, a, _) => FromOne(a)),
    ]);

    private static readonly Dictionary<string, Function?[]> ByName = Methods(
    [
        (ValueKind.Text, new("length", "t", (ref _, a, _) => a[0].AsText.Length)),
        (ValueKind.Text, new("contains", "tt", (ref run, a, at) => Contains(ref run, a, at))),
        (ValueKind.Text, new("toLowerCase", "t", Common["lower"].Body)),
        (ValueKind.Text, new("toUpperCase", "t", Common["upper"].Body)),
        (ValueKind.Text, new("equalsIgnoreCase", "ta", (ref _, a, _) => a[1].Kind == ValueKind.Text && string.Equals(a[0].AsText, a[1].AsText, StringComparison.OrdinalIgnoreCase))),
        (ValueKind.Text, new("indexOf", "tt", (ref run, a, at) => Find(ref run, a, at) is { } found ? found : Content.None)),
        .. new[] { "startsWith", "endsWith", "matches", "trim", "substring", "replace" }.Select(name => (ValueKind.Text, Common[name])),
        (ValueKind.List, new("size", "l", (ref _, a, _) => a[0].AsList.Length)),
        (ValueKind.List, new("contains", "la", (ref run, a, at) => Contains(ref run, a, at))),
        (ValueKind.List, new("indexOf", "la", (ref run, a, at) => In.IndexOf(ref run, a[0], a[1], at, out var found) ? found : Content.None)),
        (ValueKind.List, new("get", "ln", (ref _, a, _) => Index.At(a[0], a[1].AsNumber, fromOne: false))),
        (ValueKind.Map, new("size", "m", (ref _, a, _) => a[0].AsMap.Count)),
        (ValueKind.Map, new("get", "mt", (ref _, a, _) => a[0].AsMap.GetValueOrDefault(a[1].AsText))),
        (ValueKind.Map, new("containsKey", "mt", (ref _, a, _) => a[0].AsMap.ContainsKey(a[1].AsText))),
        .. new[] { ValueKind.Text, ValueKind.List, ValueKind.Map }.Select(kind => (kind, Common["isEmpty"])),
        .. Enum.GetValues<ValueKind>().SelectMany(kind => new[] { (kind, new Function("equals", "aa", Equal)), (kind, new Function("toString", "a", (ref run, a, at) => Text(ref run, a[0], at))) }),
    ]);

    public static Function? Find(string name, bool feel) => feel && Feel.TryGetValue(name, out var own) ? own : Common.GetValueOrDefault(name);

    public static Function?[]? Methods(string name) => ByName.GetValueOrDefault(name);

    private static Dictionary<string, Function> Table(Function[] functions) => functions.ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static Function Also(string name, string common) => Common[common] with { Name = name };

    private static Dictionary<string, Function?[]> Methods((ValueKind Kind, Function Function)[] methods)
    {
        var table = new Dictionary<string, Function?[]>(StringComparer.Ordinal);
        foreach (var (kind, function) in methods)
        {
            if (!table.TryGetValue(function.Name, out var byKind)) table[function.Name] = byKind = new Function?[Enum.GetValues<ValueKind>().Length];
            byKind[(int)kind] = function;
        }
        return table;
    }

    private static Value? Date(ref Run run, Value written) =>
        written.Kind == ValueKind.Instant ? written : written.Kind == ValueKind.Text && Iso8601.TryInstant(written.AsText, run.Now.Offset, out var at) ? Value.Of(at) : Content.None;

    private static Value? Size(ref Run run, Value value, int at, string name)
    {
        switch (value.Kind)
        {
            case ValueKind.Text: return value.AsText.Length;
            case ValueKind.List: return value.AsList.Length;
            case ValueKind.Map: return value.AsMap.Count;
            default:
                run.FailType(at, name, value);
                return null;
        }
    }

    private static Value? Contains(ref Run run, Value[] a, int at)
    {
        if (a[0].Kind == ValueKind.List) return In.IndexOf(ref run, a[0], a[1], at, out var index) ? index >= 0 : Content.None;
        if (a[0].Kind == ValueKind.Text && a[1].Kind == ValueKind.Text) return Find(ref run, a, at) is { } found ? found >= 0 : Content.None;
        run.FailType(at, "contains", a[0], a[1]);
        return null;
    }

    /// <summary>At worst a search looks at every character of the one for every character of the other.</summary>
    private static int? Find(ref Run run, Value[] a, int at) =>
        run.Spend((long)a[0].AsText.Length * a[1].AsText.Length / 1024, at) ? a[0].AsText.IndexOf(a[1].AsText, StringComparison.Ordinal) : null;

    /// <summary>From 0, as Java counts; the third is where it ends, not how long it is.</summary>
    private static Value? Substring(Value[] a)
    {
        var (text, from, to) = (a[0].AsText, a[1].AsNumber, a.Length > 2 ? a[2].AsNumber : a[0].AsText.Length);
        return decimal.IsInteger(from) && decimal.IsInteger(to) && from >= 0 && from <= to && to <= text.Length ? text[(int)from..(int)to] : Content.None;
    }

    /// <summary>FEEL counts from 1, back from -1, and its third is a length.</summary>
    private static Value? FromOne(Value[] a)
    {
        var (text, start) = (a[0].AsText, a[1].AsNumber);
        var from = start < 0 ? text.Length + start : start - 1;
        var length = a.Length > 2 ? a[2].AsNumber : text.Length;
        if (start == 0 || !decimal.IsInteger(start) || !decimal.IsInteger(length) || length < 0) return null;
        var to = Math.Min(text.Length, from + length);
        return from < 0 || from >= to ? "" : text[(int)from..(int)to];
    }

    private static Value? Replace(ref Run run, Value[] a, int at)
    {
        var (text, from, to) = (a[0].AsText, a[1].AsText, a[2].AsText);
        if (from.Length == 0) return null;
        if (!run.Spend((long)text.Length * from.Length / 1024, at)) return null;
        if ((long)text.Length / from.Length * to.Length + text.Length <= Limits.Text) return text.Replace(from, to, StringComparison.Ordinal);
        Content.TooLarge(ref run, at);
        return null;
    }

    private static Value? Join(ref Run run, Value[] a, int at)
    {
        var text = new StringBuilder();
        for (var i = 0; i < a[0].AsList.Length; i++)
        {
            if (i > 0 && a.Length > 1 && !Content.Append(ref run, text, a[1], at)) return null;
            if (!Content.Append(ref run, text, a[0].AsList[i], at)) return null;
        }
        return text.ToString();
    }

    private static Value? Text(ref Run run, Value value, int at)
    {
        var text = new StringBuilder();
        return Content.Append(ref run, text, value, at) ? text.ToString() : Content.None;
    }

    /// <summary>Halves go away from zero, as people round money.</summary>
    private static Value? Round(Value[] a)
    {
        var digits = a.Length > 1 ? a[1].AsNumber : 0;
        return decimal.IsInteger(digits) && digits is >= 0 and <= 28 ? decimal.Round(a[0].AsNumber, (int)digits, MidpointRounding.AwayFromZero) : Content.None;
    }

    private static ReadOnlySpan<Value> Several(Value[] a) => a is [{ Kind: ValueKind.List } list] ? list.AsList.AsSpan() : a;

    /// <summary>Of a list or of the arguments, all of one kind that has an order; of none it is nothing.</summary>
    private static Value? Extreme(ref Run run, Value[] a, int at, int sign)
    {
        var best = Value.Null;
        foreach (var item in Several(a))
        {
            if (!Comparison.Compare(item, best.IsNull ? item : best, out var order))
            {
                run.FailType(at, sign < 0 ? "min" : "max", best, item);
                return null;
            }
            if (best.IsNull || Math.Sign(order) == sign) best = item;
        }
        return best;
    }

    private static Value? Sum(ref Run run, Value[] a, int at)
    {
        var sum = 0m;
        foreach (var item in Several(a))
        {
            if (item.Kind != ValueKind.Number)
            {
                run.FailType(at, "sum", item);
                return null;
            }
            sum += item.AsNumber;
        }
        return sum;
    }

    private static Value? Equal(ref Run run, Value[] a, int at) => Content.Same(ref run, a[0], a[1], at, out var same) ? same : Content.None;
}
