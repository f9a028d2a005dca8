using System.Text;

namespace Evenhand.Bpmn.Expressions;

/// <summary>Reads JUEL and FEEL into the same tree; nesting and depth are bounded, so the stack is too.</summary>
internal sealed partial class Parser(string source, bool feel)
{
    private readonly Lexer _lexer = new(source);
    private readonly List<string> _names = [];
    private Token _token;
    private ExpressionProblem? _problem;
    private bool _constant = true;
    private int _nesting;

    public static Parsed Parse(string text, bool script)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Limits.Length) return new(null, new("expression-too-long", Limits.Length, $"{Limits.Length}"));
        var start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        var feel = start < text.Length && text[start] == '=';
        var parser = new Parser(text, feel);
        if (feel) return parser.Finished(parser.Whole(start + 1));
        return parser.Finished(script && !Opens(text, start) ? parser.Whole(start) : parser.Holes(start));
    }

    private static bool Opens(string text, int at) => at + 1 < text.Length && text[at] is '$' or '#' && text[at + 1] == '{';

    private Parsed Finished(Node? root) =>
        _problem is not null || root is null ? new(null, _problem) : new(new Expression(source, root, [.. _names.Distinct()], _constant && _names.Count == 0), null);

    private Node? Whole(int start)
    {
        _lexer.Position = start;
        Advance();
        var root = Conditional();
        if (root is not null && _token.Kind != TokenKind.End) return Unexpected();
        return root;
    }

    /// <summary>Text and holes; a single hole with nothing but blanks around it keeps its kind.</summary>
    private Node? Holes(int first)
    {
        var parts = new List<Node>();
        var text = new StringBuilder();
        var at = 0;
        while (at < source.Length)
        {
            if (source[at] == '\\' && Opens(source, at + 1))
            {
                text.Append(source, at + 1, 2);
                at += 3;
                continue;
            }
            if (!Opens(source, at))
            {
                text.Append(source[at++]);
                continue;
            }
            if (text.Length > 0) parts.Add(new Literal(at - text.Length, text.ToString()));
            text.Clear();
            _lexer.Position = at + 2;
            Advance();
            if (Conditional() is not { } hole) return null;
            if (!_token.Is("}")) return _token.Kind == TokenKind.End ? Refuse("expression-unclosed", at, source.Substring(at, 2)) : Unexpected();
            parts.Add(hole);
            if (at == first && string.IsNullOrWhiteSpace(source[_token.End..])) return hole;
            at = _token.End;
        }
        if (parts.Count == 0) return new Literal(0, text.ToString());
        if (text.Length > 0) parts.Add(new Literal(source.Length - text.Length, text.ToString()));
        return Keep(new Template(0, [.. parts]));
    }

    private void Advance()
    {
        _token = _lexer.Next();
        _problem ??= _lexer.Problem;
    }

    private Node? Refuse(string code, int position, params string[] arguments)
    {
        _problem ??= new(code, position, arguments);
        return null;
    }

    private Node? Unexpected() => Refuse("expression-unexpected", _token.Start, _token.Kind == TokenKind.End ? "" : source[_token.Start..Math.Min(_token.End, _token.Start + 40)]);

    private Node? Keep(Node node) => node.Depth > Limits.Depth ? Refuse("expression-too-deep", node.Position, $"{Limits.Depth}") : node;

    private bool Take(string sign)
    {
        if (!_token.Is(sign)) return false;
        Advance();
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!_token.Word(word)) return false;
        Advance();
        return true;
    }

    private bool Enter()
    {
        if (++_nesting <= Limits.Nesting) return true;
        Refuse("expression-too-deep", _token.Start, $"{Limits.Nesting}");
        return false;
    }

    private Node? Conditional()
    {
        if (!Enter()) return null;
        var node = feel && _token.Word("if") ? IfThenElse() : Ternary();
        _nesting--;
        return node;
    }

    private Node? Ternary()
    {
        if (Binary(1) is not { } condition) return null;
        var at = _token.Start;
        if (feel || !Take("?")) return condition;
        if (Conditional() is not { } then) return null;
        if (!Take(":")) return Unexpected();
        return Conditional() is { } otherwise ? Keep(new Conditional(at, condition, then, otherwise)) : null;
    }

    private Node? IfThenElse()
    {
        var at = _token.Start;
        Advance();
        if (Conditional() is not { } condition) return null;
        if (!TakeWord("then")) return Unexpected();
        if (Conditional() is not { } then) return null;
        if (!TakeWord("else")) return Unexpected();
        return Conditional() is { } otherwise ? Keep(new Conditional(at, condition, then, otherwise)) : null;
    }

    private Node? Binary(int weakest)
    {
        var left = Unary();
        while (left is not null && Operator() is { } found && found.Precedence >= weakest)
        {
            var at = _token.Start;
            Advance();
            left = Binary(found.Precedence + 1) is { } right ? Join(found.Operation, at, left, right) : null;
        }
        return left;
    }

    private (int Precedence, Operation Operation)? Operator() => _token.Kind switch
    {
        TokenKind.Name when _token.Text is "or" => (1, Operation.Or),
        TokenKind.Name when _token.Text is "and" => (2, Operation.And),
        TokenKind.Name when _token.Text is "in" => (4, Operation.In),
        TokenKind.Name when !feel => _token.Text switch
        {
            "eq" => (3, Operation.Equal),
            "ne" => (3, Operation.NotEqual),
            "lt" => (4, Operation.Less),
            "le" => (4, Operation.LessOrEqual),
            "gt" => (4, Operation.Greater),
            "ge" => (4, Operation.GreaterOrEqual),
            "div" => (6, Operation.Divide),
            "mod" => (6, Operation.Remainder),
            _ => null,
        },
        TokenKind.Sign => _token.Text switch
        {
            "||" when !feel => (1, Operation.Or),
            "&&" when !feel => (2, Operation.And),
            "==" when !feel => (3, Operation.Equal),
            "=" when feel => (3, Operation.Equal),
            "!=" => (3, Operation.NotEqual),
            "<" => (4, Operation.Less),
            "<=" => (4, Operation.LessOrEqual),
            ">" => (4, Operation.Greater),
            ">=" => (4, Operation.GreaterOrEqual),
            "+" => (5, Operation.Add),
            "-" => (5, Operation.Subtract),
            "*" => (6, Operation.Multiply),
            "/" => (6, Operation.Divide),
            "%" when !feel => (6, Operation.Remainder),
            _ => null,
        },
        _ => null,
    };

    private Node? Join(Operation operation, int at, Node left, Node right) => operation switch
    {
        Operation.And or Operation.Or when left is Logic chain && chain.All == (operation == Operation.And) => Keep(chain.With(right)),
        Operation.And or Operation.Or => Keep(new Logic(at, operation == Operation.And, left).With(right)),
        Operation.Equal or Operation.NotEqual => Keep(new Equality(at, left, right, operation == Operation.NotEqual)),
        Operation.In => Keep(new In(at, left, right)),
        Operation.Less or Operation.LessOrEqual or Operation.Greater or Operation.GreaterOrEqual => Keep(new Comparison(at, left, right, operation)),
        _ => Keep(new Arithmetic(at, left, right, operation)),
    };

    private Node? Unary()
    {
        var at = _token.Start;
        var (minus, not) = (_token.Is("-"), _token.Is("!") && !feel || _token.Word("not"));
        if (!minus && !not && (feel || !_token.Word("empty"))) return Postfix();
        if (!Enter()) return null;
        Advance();
        var part = Unary();
        _nesting--;
        return part switch
        {
            null => null,
            Literal { Value.Kind: ValueKind.Number } number when minus => new Literal(at, -number.Value.AsNumber),
            _ when minus => Keep(new Negate(at, part)),
            _ when not => Keep(new Not(at, part)),
            _ => Keep(new Empty(at, part)),
        };
    }
}
