using System.Globalization;

namespace Evenhand.Analytics.Kpis;

/// <summary>
/// Reads a formula: <c>sum</c>, <c>sum / sum</c> or <c>percentile(Distribution, parameter)</c>. A sum joins terms by + and −; a sum of several terms
/// beside a / stands in parentheses. A term is a counter's name or <c>answered_within(x)</c> and its like, x a parameter or a number of seconds,
/// and may end in conditions, <c>[parameter=word]</c> or <c>[parameter!=word]</c>. The Chinese full-width signs and ÷ − are read too.
/// </summary>
internal sealed class FormulaParser
{
    private static readonly Dictionary<string, Distribution> Functions = new()
    {
        ["answered_within"] = Distribution.WaitAnswered,
        ["abandoned_within"] = Distribution.WaitAbandoned,
        ["talked_within"] = Distribution.Talk,
        ["handled_within"] = Distribution.Handling,
        ["repeated_within"] = Distribution.Repeat,
        ["repeated_same_topic_within"] = Distribution.RepeatSameTopic,
    };

    private readonly string _text, _place;
    private readonly IReadOnlyList<KpiParameter> _parameters;
    private int _at;
    private KpiError? _error;

    private FormulaParser(string text, string place, IReadOnlyList<KpiParameter> parameters) =>
        (_text, _place, _parameters) = (string.Concat(text.Select(Plain)), place, parameters);

    public static Checked<KpiFormula> Parse(string text, string place, IReadOnlyList<KpiParameter> parameters)
    {
        var parser = new FormulaParser(text, place, parameters);
        return parser.Formula() is { } formula ? Checked<KpiFormula>.Good(formula) : Checked<KpiFormula>.Bad(parser._error!);
    }

    public static string FunctionOf(Distribution within) => Functions.First(f => f.Value == within).Key;

    private KpiFormula? Formula()
    {
        if (Peek() == '\0')
            return Fail<KpiFormula>("formula-missing", _at, "", ["Answered / Offered"]);
        if (Keyword("percentile"))
            return Percentile();
        if (Side(out var bare) is not { } numerator)
            return null;
        var from = _at;
        if (!Take('/'))
            return AtEnd(new(numerator, null), ["+", "-", "/"]);
        if (bare && numerator.Count > 1)
            return Fail<KpiFormula>("sum-needs-parentheses", from, "/", ["(A + B) / C"]);
        from = _at;
        if (Side(out bare) is not { } denominator)
            return null;
        return bare && denominator.Count > 1
            ? Fail<KpiFormula>("sum-needs-parentheses", from, _text[from.._at].Trim(), ["A / (B + C)"])
            : AtEnd(new(numerator, denominator), ["+", "-"]);
    }

    private KpiFormula? Percentile()
    {
        if (!Expect('('))
            return null;
        var from = Skip();
        if (Named<Distribution>(Word()) is not { } distribution)
            return Fail<KpiFormula>("unknown-distribution", from, _text[from.._at], Enum.GetNames<Distribution>());
        if (!Expect(','))
            return null;
        from = Skip();
        var name = Word();
        return _parameters.FirstOrDefault(p => p.Name == name && p.Kind == ParameterKind.Percent) is null
            ? Fail<KpiFormula>("unknown-parameter", from, name, Names(ParameterKind.Percent))
            : Expect(')') ? AtEnd(new([], null, distribution, name), []) : null;
    }

    private List<Term>? Side(out bool bare)
    {
        bare = !Take('(');
        if (Sum() is not { } sum)
            return null;
        return bare || Expect(')') ? sum : null;
    }

    private List<Term>? Sum()
    {
        var terms = new List<Term>();
        var sign = Take('-') ? -1 : 1;
        do
        {
            var from = Skip();
            if (Term(sign) is not { } term)
                return null;
            if (terms.Count > 0 && term.Unit != terms[0].Unit)
                return Fail<List<Term>>("mixed-units", from, _text[from.._at].Trim(), [$"terms of the unit {terms[0].Unit}"]);
            terms.Add(term);
            sign = Take('+') ? 1 : Take('-') ? -1 : 0;
        }
        while (sign != 0);
        return terms;
    }

    private Term? Term(int sign)
    {
        var from = Skip();
        var name = Word();
        if (name.Length == 0)
            return Fail<Term>("term-expected", from, Peek() == '\0' ? "" : Peek().ToString(), ["a counter", .. Functions.Keys]);
        if (Functions.TryGetValue(name, out var within))
            return Within(sign, within);
        if (Named<Counter>(name) is not { } counter)
            return Peek() == '(' ? Fail<Term>("unknown-function", from, name, [.. Functions.Keys])
                : Fail<Term>("unknown-counter", from, name, Nearest(name));
        return Guards() is { } guards ? new(sign, counter, null, null, 0, guards) : null;
    }

    private Term? Within(int sign, Distribution within)
    {
        if (!Expect('('))
            return null;
        var from = Skip();
        var argument = Word();
        var isNumber = int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var limit);
        if (!isNumber && !_parameters.Any(p => p.Name == argument && p.Kind is ParameterKind.Seconds or ParameterKind.Window))
            return Fail<Term>("unknown-parameter", from, argument, [.. Names(ParameterKind.Seconds), .. Names(ParameterKind.Window), "a number of seconds"]);
        return Expect(')') && Guards() is { } guards ? new(sign, null, within, isNumber ? null : argument, limit, guards) : null;
    }

    private List<Guard>? Guards()
    {
        var guards = new List<Guard>();
        while (Take('['))
        {
            var from = Skip();
            var end = _text.IndexOf(']', from);
            if (end < 0)
                return Fail<List<Guard>>("sign-expected", _text.Length, "", ["]"]);
            var parts = _text[from..end].Split('=', 2);
            _at = end + 1;
            var (name, negated) = (parts[0].TrimEnd('!', ' '), parts[0].TrimEnd().EndsWith('!'));
            var parameter = _parameters.FirstOrDefault(p => p.Name == name && p.Kind == ParameterKind.Choice);
            if (parts.Length < 2 || parameter is null)
                return Fail<List<Guard>>("unknown-condition", from, _text[from..end], [.. Names(ParameterKind.Choice).Select(n => n + "=…")]);
            if (parameter.Read(parts[1]) is not { } value)
                return Fail<List<Guard>>("not-allowed", from, _text[from..end], parameter.Allowed);
            guards.Add(new(name, value.Text, negated));
        }
        return guards;
    }

    // Enum.TryParse alone would read "5" as the sixth counter.
    private static T? Named<T>(string name) where T : struct, Enum =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && Enum.TryParse<T>(name, out var value) ? value : null;

    private string[] Names(ParameterKind kind) => [.. _parameters.Where(p => p.Kind == kind).Select(p => p.Name)];

    private static string[] Nearest(string name)
    {
        var near = Enum.GetNames<Counter>().Where(n => n.StartsWith(name[..1], StringComparison.OrdinalIgnoreCase)
            || n.Contains(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return near.Length > 0 ? near : Enum.GetNames<Counter>();
    }

    private KpiFormula? AtEnd(KpiFormula formula, string[] allowed) =>
        Peek() == '\0' ? formula : Fail<KpiFormula>("sign-expected", _at, Peek().ToString(), allowed);

    private bool Keyword(string word)
    {
        var from = Skip();
        if (Word() == word)
            return true;
        _at = from;
        return false;
    }

    private string Word()
    {
        var from = Skip();
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
            _at++;
        return _text[from.._at];
    }

    private bool Expect(char sign) => Take(sign) || Fail<string>("sign-expected", _at, Peek() == '\0' ? "" : Peek().ToString(), [sign.ToString()]) is not null;

    private bool Take(char sign)
    {
        if (Peek() != sign)
            return false;
        _at++;
        return true;
    }

    private char Peek() => Skip() < _text.Length ? _text[_at] : '\0';

    private int Skip()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return _at;
    }

    private T? Fail<T>(string code, int at, string found, IReadOnlyList<string> allowed) where T : class
    {
        _error ??= new(code, $"{_place}:{at + 1}", found, allowed);
        return null;
    }

    private static char Plain(char sign) => sign switch
    {
        '÷' or '／' => '/', '−' or '－' => '-', '＋' => '+', '（' => '(', '）' => ')', '，' => ',', '［' => '[', '］' => ']', '＝' => '=', _ => sign,
    };
}
