namespace Evenhand.Bpmn.Expressions;

/// <summary>Names, calls, literals, and what follows them.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> JuelWords = ["and", "or", "not", "empty", "eq", "ne", "lt", "gt", "le", "ge", "div", "mod", "in", "instanceof"];
    private static readonly HashSet<string> FeelWords = ["and", "or", "if", "then", "else", "in", "between", "for", "return", "some", "every", "satisfies", "instance"];

    private bool Reserved(string word) => (feel ? FeelWords : JuelWords).Contains(word);

    private Node? Postfix()
    {
        var node = Primary();
        while (node is not null)
        {
            if (Take("."))
            {
                if (_token.Kind != TokenKind.Name) return Unexpected();
                var name = _token;
                Advance();
                node = _token.Is("(") ? Method(node, name) : Keep(new Member(name.Start, node, name.Text));
            }
            else if (_token.Is("["))
            {
                var at = _token.Start;
                Advance();
                if (Conditional() is not { } key) return null;
                if (!Take("]")) return Unexpected();
                node = Keep(new Index(at, node, key, feel));
            }
            else return node;
        }
        return node;
    }

    private Node? Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new Literal(token.Start, token.Number);
            case TokenKind.Text:
                Advance();
                return new Literal(token.Start, token.Text);
            case TokenKind.Name:
                return Named();
            case TokenKind.Sign when Take("("):
                if (Conditional() is not { } inner) return null;
                return Take(")") ? inner : Unexpected();
            case TokenKind.Sign when Take("["):
                return Items("]") is { } items ? Keep(new ListLiteral(token.Start, [.. items])) : null;
            case TokenKind.Sign when Take("{"):
                return Entries(token.Start);
            default:
                return Unexpected();
        }
    }

    private Node? Named()
    {
        var name = _token;
        Literal? constant = name.Text switch
        {
            "true" => new(name.Start, true),
            "false" => new(name.Start, false),
            "null" => new(name.Start, Value.Null),
            _ => null,
        };
        if (constant is null && Reserved(name.Text)) return Unexpected();
        Advance();
        if (constant is not null) return constant;
        var text = feel ? Words(name.Text) : name.Text;
        if (_token.Is("(")) return Call(name.Start, text);
        if (!feel && text == "execution" && _token.Is(".")) return Execution(name);
        _names.Add(text);
        return new Variable(name.Start, text);
    }

    /// <summary>FEEL's names may have blanks: `string length`.</summary>
    private string Words(string text)
    {
        while (_token.Kind == TokenKind.Name && (!Reserved(_token.Text) || (text == "date" && _token.Text == "and")))
        {
            text = $"{text} {_token.Text}";
            Advance();
        }
        return text;
    }

    private List<Node>? Items(string closing)
    {
        var items = new List<Node>();
        if (Take(closing)) return items;
        while (true)
        {
            if (Conditional() is not { } item) return null;
            items.Add(item);
            if (Take(closing)) return items;
            if (Take(",")) continue;
            Unexpected();
            return null;
        }
    }

    private Node? Entries(int at)
    {
        var (names, items) = (new List<string>(), new List<Node>());
        while (!Take("}"))
        {
            if (items.Count > 0 && !Take(",")) return Unexpected();
            if (_token.Kind is not (TokenKind.Name or TokenKind.Text)) return Unexpected();
            names.Add(_token.Text);
            Advance();
            if (!Take(":")) return Unexpected();
            if (Conditional() is not { } item) return null;
            items.Add(item);
        }
        return Keep(new MapLiteral(at, [.. names], [.. items]));
    }

    private Node? Call(int at, string name)
    {
        Advance();
        if (Items(")") is not { } items) return null;
        Node[] parts = [.. items];
        if (name == "hasVariable" || (feel && name == "is defined")) return Known(at, name, parts);
        if (name == "coalesce") return parts.Length > 0 ? Keep(new Coalesce(at, parts)) : Miscounted(at, name, "1+", 0);
        if (Functions.Find(name, feel) is not { } function) return Refuse("expression-unknown-function", at, name);
        if (!function.Takes(parts.Length)) return Miscounted(at, name, function.Counts, parts.Length);
        _constant &= !function.ReadsNow;
        return function.Pattern ? Pattern(at, function, parts) : Keep(new Call(at, function, parts));
    }

    private Node? Method(Node target, Token name)
    {
        Advance();
        if (Items(")") is not { } items) return null;
        Node[] parts = [target, .. items];
        if (Functions.Methods(name.Text) is not { } byKind) return Refuse("expression-unknown-function", name.Start, name.Text);
        if (!Array.Exists(byKind, f => f is not null && f.Takes(parts.Length)))
            return Miscounted(name.Start, name.Text, Array.Find(byKind, f => f is not null)!.CountsAfter(1), items.Count);
        return byKind[(int)ValueKind.Text] is { Pattern: true } function ? Pattern(name.Start, function, parts) : Keep(new MethodCall(name.Start, name.Text, byKind, parts));
    }

    /// <summary>A pattern is compiled with the expression, so it must be written out in it.</summary>
    private Node? Pattern(int at, Function function, Node[] parts)
    {
        if (parts[1] is not Literal { Value.Kind: ValueKind.Text } pattern) return Refuse("expression-pattern", parts[1].Position, "");
        return Matches.Compile(pattern.Value.AsText, feel) is { } regex ? Keep(new Matches(at, function.Name, parts[0], regex)) : Refuse("expression-pattern", pattern.Position, pattern.Value.AsText);
    }

    private Node? Known(int at, string name, Node[] parts)
    {
        if (parts.Length != 1) return Miscounted(at, name, "1", parts.Length);
        if (parts[0] is Variable variable) parts[0] = feel ? new Literal(variable.Position, variable.Name) : variable;
        if (parts[0] is Literal { Value.Kind: ValueKind.Text } written) _names.Add(written.Value.AsText);
        _constant = false;
        return Keep(new HasVariable(at, parts[0]));
    }

    /// <summary>`execution.getVariable('x')` and `execution.hasVariable('x')`, as Camunda's and Flowable's files write them.</summary>
    private Node? Execution(Token execution)
    {
        Advance();
        var name = _token;
        if (name.Kind != TokenKind.Name) return Unexpected();
        Advance();
        if (!_token.Is("("))
        {
            _names.Add(execution.Text);
            return Keep(new Member(name.Start, new Variable(execution.Start, execution.Text), name.Text));
        }
        Advance();
        if (Items(")") is not { } items) return null;
        if (name.Text is "hasVariable" or "hasVariableLocal") return Known(name.Start, name.Text, [.. items]);
        if (name.Text is not ("getVariable" or "getVariableLocal")) return Refuse("expression-unknown-function", name.Start, $"execution.{name.Text}");
        if (items is not [Literal { Value.Kind: ValueKind.Text } written]) return Miscounted(name.Start, name.Text, "1", items.Count);
        _names.Add(written.Value.AsText);
        return new Variable(written.Position, written.Value.AsText);
    }

    private Node? Miscounted(int at, string name, string expected, int given) => Refuse("expression-argument-count", at, name, expected, $"{given}");
}
