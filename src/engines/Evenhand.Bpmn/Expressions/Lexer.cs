using System.Globalization;
using System.Text;

namespace Evenhand.Bpmn.Expressions;

internal enum TokenKind { End, Number, Text, Name, Sign, Bad }

/// <summary>A word of an expression; of a text the characters meant, of others as written.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text, decimal Number = 0)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    public bool Word(string word) => Kind == TokenKind.Name && Text == word;
}

/// <summary>Cuts an expression into words; what is none becomes a bad token with a problem.</summary>
internal sealed class Lexer(string source)
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "&&", "||", "(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "+", "-", "*", "/", "%", "!", "<", ">", "="];

    public int Position { get; set; }

    public ExpressionProblem? Problem { get; private set; }

    public static bool Letter(char c) => char.IsLetter(c) || c is '_' or '$' || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    public Token Next()
    {
        while (Position < source.Length && char.IsWhiteSpace(source[Position])) Position++;
        var start = Position;
        if (start >= source.Length) return new(TokenKind.End, start, start, "");
        var c = source[start];
        if (Letter(c))
        {
            while (Position < source.Length && (Letter(source[Position]) || char.IsDigit(source[Position]))) Position++;
            return new(TokenKind.Name, start, Position, source[start..Position]);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < source.Length && char.IsAsciiDigit(source[start + 1]))) return Number(start);
        if (c is '\'' or '"') return Quoted(start, c);
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(source, start, sign, 0, sign.Length) != 0) continue;
            Position += sign.Length;
            return new(TokenKind.Sign, start, Position, sign);
        }
        return Bad("expression-unexpected", start, char.IsControl(c) ? $"U+{(int)c:X4}" : c.ToString());
    }

    private Token Number(int start)
    {
        Digits();
        if (At('.') && Position + 1 < source.Length && char.IsAsciiDigit(source[Position + 1]))
        {
            Position++;
            Digits();
        }
        if (At('e') || At('E'))
        {
            Position++;
            if (At('+') || At('-')) Position++;
            Digits();
        }
        var written = source[start..Position];
        if (Position < source.Length && (Letter(source[Position]) || char.IsDigit(source[Position])) || !char.IsAsciiDigit(written[^1]))
            return Bad("expression-unexpected", Math.Min(Position, source.Length), Position < source.Length ? source[Position].ToString() : "");
        return Content.Number(written) is { } number ? new(TokenKind.Number, start, Position, written, number) : Bad("expression-overflow", start, written.Length > 40 ? written[..40] : written);
    }

    private void Digits()
    {
        while (Position < source.Length && char.IsAsciiDigit(source[Position])) Position++;
    }

    private bool At(char c) => Position < source.Length && source[Position] == c;

    private Token Quoted(int start, char quote)
    {
        var text = new StringBuilder();
        for (Position = start + 1; Position < source.Length; Position++)
        {
            var c = source[Position];
            if (c == quote) return Closed(start, text.ToString());
            if (c != '\\') text.Append(c);
            else if (Escaped(quote) is { } meant) text.Append(meant);
            else return Bad("expression-escape", Position, source.Substring(Position, Math.Min(2, source.Length - Position)));
        }
        return Bad("expression-unclosed", start, quote.ToString());
    }

    /// <summary>Halves of a character, which `\u` can write, are no text that could be stored.</summary>
    private Token Closed(int start, string text)
    {
        Position++;
        if (!ValueJson.Whole(text)) return Bad("expression-escape", start, @"\u");
        return new(TokenKind.Text, start, Position, text);
    }

    private char? Escaped(char quote)
    {
        var c = Position + 1 < source.Length ? source[Position + 1] : '\0';
        if (c == 'u' && Position + 5 < source.Length && int.TryParse(source.AsSpan(Position + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            Position += 5;
            return (char)code;
        }
        char? meant = c switch { '\\' => '\\', '\'' or '"' or '/' => c, 'n' => '\n', 't' => '\t', 'r' => '\r', _ => null };
        if (meant is not null) Position++;
        return meant;
    }

    private Token Bad(string code, int at, string what)
    {
        Problem ??= new(code, at, what);
        return new(TokenKind.Bad, at, at, what);
    }
}
