using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Engines.Tests.Bpmn.Expressions;

/// <summary>Variables of a test, and short ways to evaluate.</summary>
internal sealed class Variables : Dictionary<string, Value>, IVariables
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 30, 0, TimeSpan.FromHours(8));

    bool IVariables.TryGet(string name, out Value value) => TryGetValue(name, out value);

    public static Variables Some => new()
    {
        ["amount"] = 120.5m,
        ["n"] = 3,
        ["zero"] = 0,
        ["vip"] = true,
        ["name"] = "Ada",
        ["nothing"] = Value.Null,
        ["blank"] = "",
        ["list"] = Value.Of([1, "two", 3m]),
        ["none"] = Value.Of(ImmutableArray<Value>.Empty),
        ["at"] = Value.Of(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)),
        ["hour"] = Value.Of(new CalendarSpan(0, TimeSpan.FromHours(1))),
        ["month"] = Value.Of(new CalendarSpan(1, TimeSpan.Zero)),
        ["order"] = Value.Of(ImmutableDictionary<string, Value>.Empty.Add("id", "A-1").Add("customer", Value.Of(ImmutableDictionary<string, Value>.Empty.Add("name", "Lin")))),
        ["客户"] = "张三",
    };

    public static Evaluated Run(string text, Variables? variables = null)
    {
        var (expression, problem) = Expression.Parse(text);
        return expression is null ? new(Value.Null, problem) : expression.Evaluate(variables ?? Some, Now);
    }

    /// <summary>The value as text with its kind, or the problem's code and place.</summary>
    public static string Say(string text, Variables? variables = null)
    {
        var (value, problem) = Run(text, variables);
        return problem is null ? $"{value.Kind} {value}".TrimEnd() : $"{problem.Code}@{problem.Position}";
    }
}
