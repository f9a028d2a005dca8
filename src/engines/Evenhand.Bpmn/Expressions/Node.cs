using System.Globalization;

namespace Evenhand.Bpmn.Expressions;

/// <summary>What one evaluation carries along: its inputs, the steps it may still take, the problem that ended it.</summary>
internal ref struct Run(IVariables variables, DateTimeOffset now)
{
    public readonly IVariables Variables = variables;
    public readonly DateTimeOffset Now = now;
    private int _steps = Limits.Steps;

    public ExpressionProblem? Problem { get; set; }

    public bool Fail(string code, int position, params string[] arguments)
    {
        Problem ??= new(code, position, arguments);
        return false;
    }

    public bool FailType(int position, string operation, Value left) => Fail("expression-type", position, operation, Limits.Name(left.Kind));

    public bool FailType(int position, string operation, Value left, Value right) =>
        Fail("expression-type", position, operation, $"{Limits.Name(left.Kind)}, {Limits.Name(right.Kind)}");

    public bool Spend(long steps, int position)
    {
        if (steps > _steps) return Fail("expression-too-slow", position, Limits.Steps.ToString(CultureInfo.InvariantCulture));
        _steps -= (int)steps;
        return true;
    }
}

internal static class Limits
{
    public const int Length = 100_000;
    public const int Nesting = 200;

    // A chain such as 1 + 1 + 1 … is not nested, and yet a tree as deep as it is long.
    public const int Depth = 500;
    public const int Steps = 100_000;
    public const int Text = 1_000_000;

    // Half of what readers of JSON take, so that a state which holds the value can be read too.
    public const int ValueDepth = 32;

    private static readonly string[] Names = ["null", "boolean", "number", "text", "instant", "duration", "list", "map"];

    public static string Name(ValueKind kind) => Names[(int)kind];
}

/// <summary>A part of a compiled expression. Evaluating gives false and leaves a problem in the run when there is no value.</summary>
internal abstract class Node
{
    protected Node(int position, params ReadOnlySpan<Node> parts)
    {
        Position = position;
        foreach (var part in parts) Depth = Math.Max(Depth, part.Depth + 1);
    }

    public int Position { get; }

    public int Depth { get; protected set; } = 1;

    public abstract bool Eval(ref Run run, out Value value);

    protected static bool Truth(ref Run run, Node part, string operation, out bool truth)
    {
        truth = false;
        if (!part.Eval(ref run, out var value)) return false;
        if (value.Kind != ValueKind.Boolean) return run.FailType(part.Position, operation, value);
        truth = value.AsBoolean;
        return true;
    }
}

internal sealed class Literal(int position, Value value) : Node(position)
{
    public Value Value { get; } = value;

    public override bool Eval(ref Run run, out Value value)
    {
        value = Value;
        return true;
    }
}

internal sealed class Variable(int position, string name) : Node(position)
{
    public string Name { get; } = name;

    public override bool Eval(ref Run run, out Value value) =>
        run.Variables.TryGet(Name, out value) || run.Fail("expression-unknown-variable", Position, Name);
}

internal sealed class HasVariable(int position, Node name) : Node(position, name)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!name.Eval(ref run, out value)) return false;
        if (value.Kind != ValueKind.Text) return run.FailType(Position, "hasVariable", value);
        value = run.Variables.TryGet(value.AsText, out _);
        return true;
    }
}

internal sealed class Member(int position, Node target, string name) : Node(position, target)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!target.Eval(ref run, out value)) return false;
        if (value.IsNull) return run.Fail("expression-null", Position, name);
        if (value.Kind == ValueKind.Map)
        {
            value = value.AsMap.GetValueOrDefault(name);
            return true;
        }
        return (value.Kind == ValueKind.Instant && Calendar.Part(value.AsInstant, name, out value)) || run.FailType(Position, $".{name}", value);
    }
}

internal sealed class Index(int position, Node target, Node key, bool fromOne) : Node(position, target, key)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!target.Eval(ref run, out value)) return false;
        if (!key.Eval(ref run, out var at)) return false;
        switch (value.Kind)
        {
            case ValueKind.Null:
                return run.Fail("expression-null", Position, at.Kind is ValueKind.Text or ValueKind.Number ? at.ToString() : "[ ]");
            case ValueKind.Map when at.Kind is ValueKind.Text or ValueKind.Number:
                value = value.AsMap.GetValueOrDefault(at.ToString());
                return true;
            case ValueKind.List when at.Kind == ValueKind.Number:
                value = At(value, at.AsNumber, fromOne);
                return true;
            default:
                return run.FailType(Position, "[ ]", value, at);
        }
    }

    /// <summary>Outside the list is nothing, as in JUEL and FEEL; FEEL counts from 1, and back from -1.</summary>
    public static Value At(Value list, decimal index, bool fromOne)
    {
        var items = list.AsList;
        if (fromOne) index = index < 0 ? items.Length + index : index - 1;
        return index >= 0 && index < items.Length && decimal.IsInteger(index) ? items[(int)index] : Value.Null;
    }
}

internal sealed class Conditional(int position, Node condition, Node then, Node otherwise) : Node(position, condition, then, otherwise)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        return Truth(ref run, condition, "?", out var truth) && (truth ? then : otherwise).Eval(ref run, out value);
    }
}

internal sealed class ListLiteral(int position, Node[] items) : Node(position, items)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
            if (!items[i].Eval(ref run, out values[i]) || !Content.Weigh(ref run, values[i], Position)) return false;
        value = Value.Of(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(values));
        return true;
    }
}

internal sealed class MapLiteral(int position, string[] names, Node[] items) : Node(position, items)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        var map = System.Collections.Immutable.ImmutableDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        for (var i = 0; i < items.Length; i++)
        {
            if (!items[i].Eval(ref run, out var item) || !Content.Weigh(ref run, item, Position)) return false;
            map[names[i]] = item;
        }
        value = Value.Of(map.ToImmutable());
        return true;
    }
}

internal sealed class Template(int position, Node[] parts) : Node(position, parts)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        var text = new System.Text.StringBuilder();
        foreach (var part in parts)
            if (!part.Eval(ref run, out var hole) || !Content.Append(ref run, text, hole, part.Position)) return false;
        value = text.ToString();
        return true;
    }
}
