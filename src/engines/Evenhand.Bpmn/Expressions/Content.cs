using System.Globalization;
using System.Text;

namespace Evenhand.Bpmn.Expressions;

/// <summary>
/// Comparing, weighing and writing of values within the run's steps: lists that share parts
/// (`x = [x, x]` done sixty times) are small to hold and endless to walk.
/// </summary>
internal static class Content
{
    /// <summary>No value at all; in `good ? value : null` the null would be a text of nothing, and so a value.</summary>
    public static Value? None => null;

    public static bool Append(ref Run run, StringBuilder text, Value value, int position) =>
        Write(ref run, text, value, position, 0) && (text.Length <= Limits.Text || TooLarge(ref run, position));

    public static bool TooLarge(ref Run run, int position) =>
        run.Fail("expression-too-large", position, Limits.Text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Spends a step for each part of a value and each 16 characters, so that no value grows beyond all bounds by nesting.</summary>
    public static bool Weigh(ref Run run, Value value, int position, int depth = 1)
    {
        if (depth > Limits.ValueDepth) return TooDeep(ref run, position);
        if (!run.Spend(1 + (value.AsText.Length / 16), position)) return false;
        if (value.Kind == ValueKind.List)
        {
            foreach (var item in value.AsList)
                if (!Weigh(ref run, item, position, depth + 1)) return false;
        }
        else if (value.Kind == ValueKind.Map)
        {
            foreach (var (name, item) in value.AsMap)
                if (!run.Spend(name.Length / 16, position) || !Weigh(ref run, item, position, depth + 1)) return false;
        }
        return true;
    }

    /// <summary>Equality of expressions: a number equals a text that is wholly that number; other kinds never equal each other.</summary>
    /// <returns>False when the steps are used up.</returns>
    public static bool Same(ref Run run, Value left, Value right, int position, out bool same, int depth = 1)
    {
        same = false;
        if (left.Kind != right.Kind)
        {
            same = (left.Kind, right.Kind) switch
            {
                (ValueKind.Number, ValueKind.Text) => Number(right.AsText) == left.AsNumber,
                (ValueKind.Text, ValueKind.Number) => Number(left.AsText) == right.AsNumber,
                _ => false,
            };
            return true;
        }
        if (left.Kind is not (ValueKind.List or ValueKind.Map))
        {
            same = left.Equals(right);
            return left.Kind != ValueKind.Text || run.Spend(left.AsText.Length / 16, position);
        }
        if (depth > Limits.ValueDepth) return TooDeep(ref run, position);
        return left.Kind == ValueKind.List ? SameList(ref run, left, right, position, out same, depth) : SameMap(ref run, left, right, position, out same, depth);
    }

    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool TooDeep(ref Run run, int position) =>
        run.Fail("expression-too-deep", position, Limits.ValueDepth.ToString(CultureInfo.InvariantCulture));

    private static bool SameList(ref Run run, Value left, Value right, int position, out bool same, int depth)
    {
        var (a, b) = (left.AsList, right.AsList);
        same = a.Length == b.Length;
        for (var i = 0; same && i < a.Length; i++)
            if (!run.Spend(1, position) || !Same(ref run, a[i], b[i], position, out same, depth + 1)) return false;
        return true;
    }

    private static bool SameMap(ref Run run, Value left, Value right, int position, out bool same, int depth)
    {
        var (a, b) = (left.AsMap, right.AsMap);
        same = a.Count == b.Count;
        if (!same) return true;
        foreach (var (name, item) in a)
        {
            if (!run.Spend(1, position)) return false;
            if (!b.TryGetValue(name, out var other)) same = false;
            else if (!Same(ref run, item, other, position, out same, depth + 1)) return false;
            if (!same) return true;
        }
        return true;
    }

    private static bool Write(ref Run run, StringBuilder text, Value value, int position, int depth)
    {
        if (text.Length > Limits.Text) return TooLarge(ref run, position);
        if (value.Kind is not (ValueKind.List or ValueKind.Map))
        {
            var written = value.ToString();
            text.Append(written);
            return run.Spend(written.Length / 16, position);
        }
        if (depth >= Limits.ValueDepth) return TooDeep(ref run, position);
        var (list, first) = (value.Kind == ValueKind.List, true);
        text.Append(list ? '[' : '{');
        if (list)
        {
            foreach (var item in value.AsList)
                if (!Part(ref run, text, null, item, ref first, position, depth)) return false;
        }
        else
        {
            foreach (var (name, item) in value.AsMap.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                if (!Part(ref run, text, name, item, ref first, position, depth)) return false;
        }
        text.Append(list ? ']' : '}');
        return true;
    }

    private static bool Part(ref Run run, StringBuilder text, string? name, Value item, ref bool first, int position, int depth)
    {
        if (!first) text.Append(", ");
        first = false;
        if (name is not null) text.Append(name).Append(": ");
        return run.Spend(1, position) && Write(ref run, text, item, position, depth + 1);
    }
}
