using System.Text;
using System.Text.Unicode;

namespace Evenhand.Intake.Imports;

/// <summary>Brings lines of UTF-8, latin-1 or GB18030 to UTF-8. Without a named encoding each line that is good UTF-8 is taken as such; for the others the text around decides.</summary>
/// <param name="named">The encoding that was asked for; null to find out.</param>
internal sealed class LineDecoder(Encoding? named)
{
    private static readonly Encoding Gb18030 = CodePages("GB18030");
    private Encoding? found = named is UTF8Encoding ? null : named;
    private byte[] utf8 = new byte[1024];
    private char[] chars = new char[1024];

    /// <summary>The encoding with this name; null when there is none.</summary>
    public static Encoding? ByName(string name) => name.ToUpperInvariant().Replace("_", "-", StringComparison.Ordinal) switch
    {
        "UTF-8" or "UTF8" => Encoding.UTF8,
        "LATIN-1" or "LATIN1" or "ISO-8859-1" => Encoding.Latin1,
        "GB18030" or "GBK" or "GB2312" => Gb18030,
        _ => null,
    };

    /// <summary>The line in UTF-8; false when it is not what the named encoding says.</summary>
    /// <param name="line">The line's bytes.</param>
    /// <param name="around">More of the file, to judge by.</param>
    /// <param name="text">The line in UTF-8, valid until the next call.</param>
    public bool TryDecode(ReadOnlySpan<byte> line, ReadOnlySpan<byte> around, out ReadOnlySpan<byte> text)
    {
        text = line;
        if (Ascii.IsValid(line)) return true;
        if (found is null)
        {
            if (Utf8.IsValid(line)) return true;
            if (named is not null) return false;
            found = Guess(line, around);
        }
        else if (named is null && Utf8.IsValid(line)) return true;
        if (chars.Length < line.Length) (chars, utf8) = (new char[line.Length], new byte[line.Length * 3]);
        if (utf8.Length < line.Length * 3) utf8 = new byte[line.Length * 3];
        var length = found.GetChars(line, chars);
        text = utf8.AsSpan(0, Encoding.UTF8.GetBytes(chars.AsSpan(0, length), utf8));
        return true;
    }

    /// <summary>Chinese text has its high bytes in pairs, most of them of the common characters; western text has single ones between letters.</summary>
    private static Encoding Guess(ReadOnlySpan<byte> line, ReadOnlySpan<byte> around)
    {
        var score = Score(line) * 4 + Score(around[..Math.Min(around.Length, 1 << 16)]);
        return score > 0 ? Gb18030 : Encoding.Latin1;
    }

    private static int Score(ReadOnlySpan<byte> text)
    {
        var score = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80) continue;
            if (i + 1 < text.Length && text[i] is >= 0xB0 and <= 0xF7 && text[i + 1] is >= 0xA1 and <= 0xFE) (score, i) = (score + 1, i + 1);
            else score--;
        }
        return score;
    }

    private static Encoding CodePages(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name);
    }
}
