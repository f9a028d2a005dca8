using System.Globalization;
using System.Text;

namespace Evenhand.Bpmn.Layout;

/// <summary>How wide a text is without asking a font: signs of the ideographic scripts are a full square, Latin ones about half.</summary>
internal static class Lettering
{
    internal const double Size = 12, LineHeight = 15;

    internal static double Width(string text, double size = Size)
    {
        var sum = 0.0;
        foreach (var rune in text.EnumerateRunes()) sum += Share(rune);
        return sum * size;
    }

    /// <summary>Breaks a text into lines no wider than asked; what does not fit ends in an ellipsis.</summary>
    internal static IReadOnlyList<string> Wrap(string text, double width, int lines, double size = Size)
    {
        var all = new List<string>();
        foreach (var part in Clean(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) WrapLine(part, width / size + 1e-6, all);
        if (all.Count <= lines) return all;
        var last = all[lines - 1];
        while (last.Length > 0 && Width(last + "…", size) > width) last = Drop(last);
        return [.. all.Take(lines - 1), last.TrimEnd() + "…"];
    }

    /// <summary>As <see cref="Wrap"/>, with lines of about the same length.</summary>
    internal static IReadOnlyList<string> Balance(string text, double width, int lines, double size = Size)
    {
        var wide = Wrap(text, width, lines, size);
        if (wide.Count < 2 || wide[^1].EndsWith('…')) return wide;
        for (var narrow = Math.Max(LongestWord(text, size), wide.Sum(l => Width(l, size)) / wide.Count); narrow < width; narrow += 4)
            if (Wrap(text, narrow, lines + 1, size) is var even && even.Count == wide.Count) return even;
        return wide;
    }

    internal static double LongestWord(string text, double size) => Words(Clean(text)).Select(w => Width(w.Trim(), size)).DefaultIfEmpty(0).Max();

    /// <summary>The text with every control sign a drawing cannot hold, and every sign that turns the direction around, taken out.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t') clean.Append(rune.Value == '\t' ? ' ' : '\n');
            else if (rune.Value is >= 0x20 and not 0x7F and not (>= 0x80 and < 0xA0) and not (0xFFFE or 0xFFFF) and not (>= 0x202A and <= 0x202E) and not (>= 0x2066 and <= 0x2069)) clean.Append(rune);
        }
        return clean.ToString();
    }

    static double Share(Rune rune) => rune.Value switch
    {
        < 0x20 => 0,
        'i' or 'l' or 'j' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.3,
        'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '/' or '-' or '"' => 0.38,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.88,
        >= 'A' and <= 'Z' => 0.68,
        < 0x2E80 when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => 0,
        < 0x1100 => 0.56,
        < 0x2E80 => 0.75,
        0xFE0F or 0x200D => 0,
        _ => 1,
    };

    static bool IsSquare(Rune rune) => rune.Value is >= 0x2E80 and < 0xFE00 or >= 0xFF00 and < 0xFFE0 or >= 0x1F000;

    // No line begins with these.
    static bool Clings(Rune rune) => rune.Value is '、' or '。' or ',' or '.' or ':' or ';' or '?' or '!' or ')' or '》' or '」' or '”' or '…' or '%' or 0x200D or 0xFE0F
        or 0xFF0C or 0xFF1A or 0xFF1B or 0xFF1F or 0xFF01 or 0xFF09 || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierSymbol;

    static void WrapLine(string text, double ems, List<string> lines)
    {
        var line = "";
        foreach (var word in Words(text))
        {
            if (Width(line + word.TrimEnd(), 1) <= ems) { line += word; continue; }
            if (line.Trim().Length > 0) lines.Add(line.Trim());
            line = word;
            while (Width(line.TrimEnd(), 1) > ems)
            {
                var head = line.TrimEnd();
                while (Width(head, 1) > ems && head.Length > 2) head = Drop(head);
                if (head.Length == line.TrimEnd().Length) break;
                lines.Add(head);
                line = line[head.Length..];
            }
        }
        if (line.Trim().Length > 0) lines.Add(line.Trim());
    }

    static List<string> Words(string text)
    {
        var words = new List<string>();
        var open = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var sign = rune.ToString();
            if (words.Count > 0 && (open && !IsSquare(rune) || Clings(rune) || rune.Value == ' ')) words[^1] += sign;
            else words.Add(sign);
            open = !IsSquare(rune) && rune.Value is not (' ' or '/' or '-') || rune.Value == 0x200D;
        }
        return words;
    }

    static string Drop(string text)
    {
        var at = StringInfo.ParseCombiningCharacters(text);
        return at.Length == 0 ? "" : text[..at[^1]];
    }
}
