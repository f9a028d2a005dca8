using System.Text;

namespace Evenhand.Bpmn.Expressions;

internal enum Operation
{
    Or, And, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In, Add, Subtract, Multiply, Divide, Remainder,
}

/// <summary>`and` or `or` of any number of parts, from the left, stopping at the first that decides.</summary>
internal sealed class Logic(int position, bool all, Node first) : Node(position, first)
{
    private readonly List<Node> _parts = [first];

    public bool All => all;

    public Logic With(Node part)
    {
        _parts.Add(part);
        Depth = Math.Max(Depth, part.Depth + 1);
        return this;
    }

    public override bool Eval(ref Run run, out Value value)
    {
        value = all;
        foreach (var part in _parts)
        {
            if (!Truth(ref run, part, all ? "and" : "or", out var truth)) return false;
            if (truth == all) continue;
            value = truth;
            return true;
        }
        return true;
    }
}

internal sealed class Not(int position, Node part) : Node(position, part)
{
    public override bool Eval(ref Run run, out Value value)
    {
        var good = Truth(ref run, part, "not", out var truth);
        value = !truth;
        return good;
    }
}

internal sealed class Negate(int position, Node part) : Node(position, part)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!part.Eval(ref run, out value)) return false;
        if (value.Kind == ValueKind.Number) value = -value.AsNumber;
        else if (value.Kind != ValueKind.Duration) return run.FailType(Position, "-", value);
        else if (value.AsDuration is { Time.Ticks: long.MinValue } or { Months: int.MinValue }) return run.Fail("expression-overflow", Position, "-");
        else value = Value.Of(value.AsDuration.Negated);
        return true;
    }
}

/// <summary>Nothing, an empty text, list or map, and also a variable that is not there.</summary>
internal sealed class Empty(int position, Node part) : Node(position, part)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!part.Eval(ref run, out value))
        {
            value = true;
            return Missing(ref run, part);
        }
        value = Holds(value);
        return true;
    }

    public static bool Holds(Value value) => value.Kind switch
    {
        ValueKind.Null => true,
        ValueKind.Text => value.AsText.Length == 0,
        ValueKind.List => value.AsList.IsEmpty,
        ValueKind.Map => value.AsMap.IsEmpty,
        _ => false,
    };

    /// <summary>Forgives that a variable, or a part on the path to a property, is not there; nothing else.</summary>
    public static bool Missing(ref Run run, Node part)
    {
        if (part is not (Variable or Member or Index) || run.Problem?.Code is not ("expression-unknown-variable" or "expression-null")) return false;
        run.Problem = null;
        return true;
    }
}

internal sealed class Coalesce(int position, Node[] parts) : Node(position, parts)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        foreach (var part in parts)
        {
            if (!part.Eval(ref run, out value))
            {
                if (!Empty.Missing(ref run, part)) return false;
                value = default;
            }
            if (!value.IsNull) return true;
        }
        return true;
    }
}

internal sealed class Equality(int position, Node left, Node right, bool negated) : Node(position, left, right)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!left.Eval(ref run, out value) || !right.Eval(ref run, out var other)) return false;
        // A date never equals the text that writes it: saying false would hide the mistake.
        if (Dated(value, other) || Dated(other, value)) return run.FailType(Position, negated ? "!=" : "==", value, other);
        var good = Content.Same(ref run, value, other, Position, out var same);
        value = same != negated;
        return good;
    }

    private static bool Dated(Value one, Value other) => one.Kind is ValueKind.Instant or ValueKind.Duration && other.Kind is ValueKind.Text or ValueKind.Number;
}

internal sealed class Comparison(int position, Node left, Node right, Operation operation) : Node(position, left, right)
{
    // Nearly all comparisons are of a variable with a number.
    private readonly decimal? _bound = right is Literal { Value: { Kind: ValueKind.Number, AsNumber: var number } } ? number : null;

    public override bool Eval(ref Run run, out Value value)
    {
        if (!left.Eval(ref run, out value)) return false;
        if (_bound is { } bound && value.Kind == ValueKind.Number)
        {
            value = Holds(value.AsNumber.CompareTo(bound));
            return true;
        }
        if (!right.Eval(ref run, out var other)) return false;
        if (!Compare(value, other, out var order)) return run.FailType(Position, Sign, value, other);
        if (value.Kind == ValueKind.Text && !run.Spend(value.AsText.Length / 16, Position)) return false;
        value = Holds(order);
        return true;
    }

    private bool Holds(int order) => operation switch
    {
        Operation.Less => order < 0,
        Operation.LessOrEqual => order <= 0,
        Operation.Greater => order > 0,
        _ => order >= 0,
    };

    private string Sign => operation switch { Operation.Less => "<", Operation.LessOrEqual => "<=", Operation.Greater => ">", _ => ">=" };

    /// <summary>Same kinds only; a month is 28 to 31 days, and spans have an order where that decides it.</summary>
    public static bool Compare(Value left, Value right, out int order)
    {
        order = 0;
        if (left.Kind != right.Kind) return false;
        switch (left.Kind)
        {
            case ValueKind.Number:
                order = left.AsNumber.CompareTo(right.AsNumber);
                return true;
            case ValueKind.Text:
                order = string.CompareOrdinal(left.AsText, right.AsText);
                return true;
            case ValueKind.Instant:
                order = left.AsInstant.CompareTo(right.AsInstant);
                return true;
            case ValueKind.Duration:
                var months = (decimal)left.AsDuration.Months - right.AsDuration.Months;
                var ticks = (decimal)left.AsDuration.Time.Ticks - right.AsDuration.Time.Ticks;
                order = Math.Sign((months * 28 * TimeSpan.TicksPerDay) + ticks);
                return order == Math.Sign((months * 31 * TimeSpan.TicksPerDay) + ticks);
            default:
                return false;
        }
    }
}

internal sealed class In(int position, Node left, Node right) : Node(position, left, right)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!left.Eval(ref run, out value) || !right.Eval(ref run, out var where)) return false;
        var what = value;
        if (where.Kind == ValueKind.Map && what.Kind == ValueKind.Text) value = where.AsMap.ContainsKey(what.AsText);
        else if (where.Kind != ValueKind.List) return run.FailType(Position, "in", what, where);
        else
        {
            var good = IndexOf(ref run, where, what, Position, out var at);
            value = at >= 0;
            return good;
        }
        return true;
    }

    public static bool IndexOf(ref Run run, Value list, Value item, int position, out int at)
    {
        var items = list.AsList;
        for (at = 0; at < items.Length; at++)
        {
            if (!run.Spend(1, position) || !Content.Same(ref run, items[at], item, position, out var same)) return false;
            if (same) return true;
        }
        at = -1;
        return true;
    }
}

internal sealed class Arithmetic(int position, Node left, Node right, Operation operation) : Node(position, left, right)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!left.Eval(ref run, out value) || !right.Eval(ref run, out var other)) return false;
        if (operation == Operation.Add && (value.Kind == ValueKind.Text || other.Kind == ValueKind.Text)) return Join(ref run, ref value, other);
        if (operation == Operation.Add && value.Kind == ValueKind.List && other.Kind == ValueKind.List)
        {
            value = Value.Of(value.AsList.AddRange(other.AsList));
            return Content.Weigh(ref run, value, Position);
        }
        if (operation is Operation.Divide or Operation.Remainder && other is { Kind: ValueKind.Number, AsNumber: 0 }) return run.Fail("expression-division-by-zero", Position);
        try
        {
            if (Calculate(value, other) is not { } result) return run.FailType(Position, Sign, value, other);
            value = result;
            return true;
        }
        catch (Exception outside) when (outside is OverflowException or ArgumentOutOfRangeException)
        {
            return run.Fail("expression-overflow", Position, Sign);
        }
    }

    private string Sign => operation switch { Operation.Add => "+", Operation.Subtract => "-", Operation.Multiply => "*", Operation.Divide => "/", _ => "%" };

    private bool Join(ref Run run, ref Value value, Value other)
    {
        var text = new StringBuilder();
        if (!Content.Append(ref run, text, value, Position) || !Content.Append(ref run, text, other, Position)) return false;
        value = text.ToString();
        return true;
    }

    private Value? Calculate(Value left, Value right) => (left.Kind, operation, right.Kind) switch
    {
        (ValueKind.Number, Operation.Add, ValueKind.Number) => left.AsNumber + right.AsNumber,
        (ValueKind.Number, Operation.Subtract, ValueKind.Number) => left.AsNumber - right.AsNumber,
        (ValueKind.Number, Operation.Multiply, ValueKind.Number) => left.AsNumber * right.AsNumber,
        (ValueKind.Number, Operation.Divide, ValueKind.Number) => left.AsNumber / right.AsNumber,
        (ValueKind.Number, Operation.Remainder, ValueKind.Number) => left.AsNumber % right.AsNumber,
        (ValueKind.Instant, Operation.Add, ValueKind.Duration) => Value.Of(right.AsDuration.After(left.AsInstant)),
        (ValueKind.Duration, Operation.Add, ValueKind.Instant) => Value.Of(left.AsDuration.After(right.AsInstant)),
        (ValueKind.Instant, Operation.Subtract, ValueKind.Duration) => Value.Of(right.AsDuration.Negated.After(left.AsInstant)),
        (ValueKind.Instant, Operation.Subtract, ValueKind.Instant) => Value.Of(new CalendarSpan(0, left.AsInstant - right.AsInstant)),
        (ValueKind.Duration, Operation.Add, ValueKind.Duration) => Sum(left.AsDuration, right.AsDuration),
        (ValueKind.Duration, Operation.Subtract, ValueKind.Duration) => Sum(left.AsDuration, right.AsDuration.Negated),
        (ValueKind.Duration, Operation.Multiply, ValueKind.Number) => Scaled(left.AsDuration, right.AsNumber, 1),
        (ValueKind.Number, Operation.Multiply, ValueKind.Duration) => Scaled(right.AsDuration, left.AsNumber, 1),
        (ValueKind.Duration, Operation.Divide, ValueKind.Number) => Scaled(left.AsDuration, 1, right.AsNumber),
        _ => Content.None,
    };


    private static Value Sum(CalendarSpan left, CalendarSpan right) => Value.Of(new CalendarSpan(checked(left.Months + right.Months), left.Time + right.Time));

    /// <summary>Months must stay whole: there is no half of a calendar month.</summary>
    private static Value? Scaled(CalendarSpan span, decimal by, decimal over)
    {
        var months = span.Months * by / over;
        if (!decimal.IsInteger(months)) return null;
        return Value.Of(new CalendarSpan((int)months, TimeSpan.FromTicks((long)decimal.Round(span.Time.Ticks * by / over))));
    }
}
