using System.Text.RegularExpressions;

namespace Evenhand.Bpmn.Expressions;

/// <summary>What a function does; null says that an argument's content is not fit.</summary>
internal delegate Value? FunctionBody(ref Run run, Value[] arguments, int position);

/// <summary>A function of expressions.</summary>
/// <param name="Name">As written.</param>
/// <param name="Kinds">A letter for each argument (a any, b boolean, n number, t text, i instant, d duration, l list, m map); what follows `?` may be left out, `*` repeats the last.</param>
/// <param name="Body">What it does.</param>
/// <param name="ReadsNow">Its value depends on the present moment.</param>
/// <param name="Pattern">Its second argument is a regular expression.</param>
internal sealed record Function(string Name, string Kinds, FunctionBody Body, bool ReadsNow = false, bool Pattern = false)
{
    private readonly string _letters = Kinds.Replace("?", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
    private readonly int _required = Kinds.IndexOf('?', StringComparison.Ordinal) is >= 0 and var optional ? optional : Kinds.Replace("*", "", StringComparison.Ordinal).Length;

    public string Counts => CountsAfter(0);

    public string CountsAfter(int receiver) =>
        Kinds.EndsWith('*') ? $"{_required - receiver}+" : _required == _letters.Length ? $"{_required - receiver}" : $"{_required - receiver}–{_letters.Length - receiver}";

    public bool Takes(int count) => count >= _required && (Kinds.EndsWith('*') || count <= _letters.Length);

    public bool Invoke(ref Run run, Value[] arguments, int position, out Value value)
    {
        value = default;
        var work = 1;
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (Kind(_letters[Math.Min(i, _letters.Length - 1)]) is { } kind && kind != argument.Kind) return run.FailType(position, Name, argument);
            work += (argument.AsText.Length / 16) + (argument.Kind == ValueKind.List ? argument.AsList.Length : 0);
        }
        if (!run.Spend(work, position)) return false;
        try
        {
            if (Body(ref run, arguments, position) is { } result)
            {
                value = result;
                return value.AsText.Length <= Limits.Text || Content.TooLarge(ref run, position);
            }
            return run.Fail("expression-argument", position, Name);
        }
        catch (Exception outside) when (outside is OverflowException or ArgumentOutOfRangeException)
        {
            return run.Fail("expression-overflow", position, Name);
        }
    }

    private static ValueKind? Kind(char letter) => letter switch
    {
        'b' => ValueKind.Boolean,
        'n' => ValueKind.Number,
        't' => ValueKind.Text,
        'i' => ValueKind.Instant,
        'd' => ValueKind.Duration,
        'l' => ValueKind.List,
        'm' => ValueKind.Map,
        _ => null,
    };
}

internal sealed class Call(int position, Function function, Node[] parts) : Node(position, parts)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        var arguments = new Value[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!parts[i].Eval(ref run, out arguments[i])) return false;
        return function.Invoke(ref run, arguments, Position, out value);
    }
}

/// <summary>`value.name(…)`: what it does depends on the value's kind.</summary>
internal sealed class MethodCall(int position, string name, Function?[] byKind, Node[] parts) : Node(position, parts)
{
    public override bool Eval(ref Run run, out Value value)
    {
        value = default;
        var arguments = new Value[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!parts[i].Eval(ref run, out arguments[i])) return false;
        if (arguments[0].IsNull) return run.Fail("expression-null", Position, name);
        return byKind[(int)arguments[0].Kind] is { } function && function.Takes(parts.Length)
            ? function.Invoke(ref run, arguments, Position, out value)
            : run.FailType(Position, $".{name}()", arguments[0]);
    }
}

/// <summary>Regular expressions of the kind that never goes back: time grows with the text only.</summary>
internal sealed class Matches(int position, string name, Node part, Regex regex) : Node(position, part)
{
    public override bool Eval(ref Run run, out Value value)
    {
        if (!part.Eval(ref run, out value)) return false;
        if (value.Kind != ValueKind.Text) return run.FailType(Position, name, value);
        if (!run.Spend(1 + (value.AsText.Length / 4), Position)) return false;
        value = regex.IsMatch(value.AsText);
        return true;
    }

    public static Regex? Compile(string pattern, bool anywhere)
    {
        if (pattern.Length > 500) return null;
        try
        {
            return new Regex(anywhere ? pattern : $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
