using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Engines.Tests.Bpmn.Execution;

/// <summary>Compares states and effects by content, all public and internal properties, whatever fields they will have.</summary>
internal static class Sameness
{
    /// <summary>Null when they are the same; else the path of the first difference and both sides.</summary>
    public static string? Difference(object? one, object? other, string path = "")
    {
        if (one is null || other is null) return ReferenceEquals(one, other) ? null : $"{path}: {one ?? "null"} | {other ?? "null"}";
        if (one.GetType() != other.GetType()) return $"{path}: {one.GetType().Name} | {other.GetType().Name}";
        if (one is GraphNode or GraphFlow or Definition) return ReferenceEquals(one, other) ? null : $"{path}: {one} | {other}";
        if (one is Value or string or Enum || one.GetType().IsPrimitive || one is decimal or DateTimeOffset) return one.Equals(other) ? null : $"{path}: {one} | {other}";
        if (one is IDictionary map && other is IDictionary others) return Maps(map, others, path);
        if (one is IEnumerable rows && other is IEnumerable more) return Lists(one, rows, other, more, path);
        return Properties(one.GetType()).Select(p => Difference(p.GetValue(one), p.GetValue(other), $"{path}.{p.Name}")).FirstOrDefault(d => d is not null);
    }

    /// <summary>What a type's values are made of; what is calculated from the rest is left out.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract" && p.SetMethod is not null);

    private static string? Maps(IDictionary one, IDictionary other, string path)
    {
        if (one.Count != other.Count) return $"{path}: {one.Count} | {other.Count} entries";
        foreach (var key in one.Keys)
            if (!other.Contains(key) || Difference(one[key], other[key], $"{path}[{key}]") is not null) return $"{path}[{key}]: {one[key]} | {(other.Contains(key) ? other[key] : "nothing")}";
        return null;
    }

    private static string? Lists(object one, IEnumerable rows, object other, IEnumerable more, string path)
    {
        if (IsDefault(one) || IsDefault(other)) return IsDefault(one) == IsDefault(other) ? null : $"{path}: one is not given";
        var (left, right) = (rows.Cast<object?>().ToList(), more.Cast<object?>().ToList());
        if (left.Count != right.Count) return $"{path}: {left.Count} | {right.Count} rows: {string.Join("; ", left)} | {string.Join("; ", right)}";
        return left.Zip(right).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(d => d is not null);
    }

    private static bool IsDefault(object list) => list.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && (bool)type.GetProperty("IsDefault")!.GetValue(list)!;
}
