using System.Text;

namespace Evenhand.Platform.Contracts;

/// <summary>Reads CSV as people and spreadsheets write it: quoted cells with commas, quotes and line ends inside; comma, semicolon or tab between cells.</summary>
public static class CsvText
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>The text of a file: UTF-8 with or without a byte-order mark, else GB 18030.</summary>
    /// <param name="bytes">The file's bytes.</param>
    public static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }

    /// <summary>Every row that is not blank, with the number of the line it begins on, from 1.</summary>
    /// <param name="text">The whole text; its first line decides on the separator.</param>
    public static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Rows(string text)
    {
        var separator = SeparatorOf(text);
        var (cells, cell, quoted, line, began) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var at = 0; at <= text.Length; at++)
        {
            var c = at < text.Length ? text[at] : '\n';
            if (c == '\n') line++;
            if (quoted && at < text.Length)
            {
                if (c != '"') cell.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0) quoted = true;
            else if (c == separator) Finish();
            else if (c == '\n')
            {
                Finish();
                if (cells.Exists(t => t.Length > 0)) yield return (began, cells);
                (cells, began) = ([], line);
            }
            else cell.Append(c);
        }

        void Finish()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }

    private static char SeparatorOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return Separators.MaxBy(s => first.Count(c => c == s));
    }
}
