using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>The characters of an XML file and how they were written as bytes.</summary>
internal sealed partial record SourceText(string Text, Encoding Encoding, bool HasMark)
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    /// <summary>Decodes by byte order mark, else by what the declaration says, else as UTF-8; null with a finding when that cannot be.</summary>
    public static SourceText? Decode(ReadOnlySpan<byte> bytes, List<Finding> findings)
    {
        var (encoding, mark) = Marked(bytes);
        if (encoding is null)
        {
            var declared = Declared(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 400)]));
            encoding = declared is null ? Utf8 : Find(declared);
            if (encoding is null)
            {
                findings.Add(new(Severity.Error, "encoding-unknown", null, 1, declared!));
                return null;
            }
            if (encoding is UnicodeEncoding or UTF32Encoding)
            {
                findings.Add(new(Severity.Warning, "encoding-not-as-declared", null, 1, declared!, "utf-8"));
                encoding = Utf8;
            }
        }
        try
        {
            return new(encoding.GetString(bytes[mark..]), encoding, mark > 0);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes[mark..Math.Clamp(mark + e.Index, mark, bytes.Length)];
            findings.Add(new(Severity.Error, "encoding-mismatch", null, before.Count((byte)'\n') + 1, encoding.WebName));
            return null;
        }
    }

    /// <summary>A text that came without bytes gets those its declaration promises; null with a finding when nobody knows that encoding.</summary>
    public static SourceText? Of(string text, List<Finding> findings)
    {
        text = text.TrimStart('\uFEFF');
        var declared = Declared(text[..Math.Min(text.Length, 400)]);
        if ((declared is null ? Utf8 : Find(declared)) is { } encoding) return new(text, encoding, encoding is UnicodeEncoding or UTF32Encoding);
        findings.Add(new(Severity.Error, "encoding-unknown", null, 1, declared!));
        return null;
    }

    /// <summary>Its bytes; characters that the encoding cannot hold become character references.</summary>
    public byte[] Bytes()
    {
        var encoding = Encoding is UTF8Encoding ? new UTF8Encoding(true) : (Encoding)Encoding.Clone();
        if (Encoding is not UTF8Encoding) encoding.EncoderFallback = new ReferenceFallback();
        var body = encoding.GetBytes(Text);
        return HasMark ? [.. encoding.GetPreamble(), .. body] : body;
    }

    /// <summary>Parses within limits; null with a finding that names line and column when it is no XML, or too much of it.</summary>
    public XDocument? Parse(ReadLimits limits, List<Finding> findings)
    {
        var elements = 0;
        try
        {
            using (var scout = Reader(limits))
                while (scout.Read())
                {
                    if (scout.Depth <= limits.Depth && (scout.NodeType != XmlNodeType.Element || ++elements <= limits.Elements)) continue;
                    var (code, limit) = scout.Depth > limits.Depth ? ("xml-too-deep", limits.Depth) : ("xml-too-large", limits.Elements);
                    findings.Add(new(Severity.Error, code, null, ((IXmlLineInfo)scout).LineNumber, $"{limit}"));
                    return null;
                }
            using var reader = Reader(limits);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e)
        {
            var doctype = elements == 0 ? Text.IndexOf("<!DOCTYPE", StringComparison.Ordinal) : -1;
            findings.Add(doctype >= 0
                ? new(Severity.Error, "xml-has-dtd", null, Text.AsSpan(0, doctype).Count('\n') + 1)
                : new(Severity.Error, "xml-malformed", null, Math.Max(1, e.LineNumber), $"{e.LinePosition}", e.Message));
            return null;
        }
    }

    private XmlReader Reader(ReadLimits limits) => XmlReader.Create(new StringReader(Text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.Bytes,
        MaxCharactersFromEntities = 1024,
    });

    private static (Encoding? Encoding, int Mark) Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(false, true, true), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, true, true), 4),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, true, true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, true, true), 2),
        [(byte)'<', 0, _, 0, ..] => (new UnicodeEncoding(false, false, true), 0),
        [0, (byte)'<', 0, _, ..] => (new UnicodeEncoding(true, false, true), 0),
        _ => (null, 0),
    };

    private static string? Declared(string head) => Declaration().Match(head) is { Success: true } m ? m.Groups[1].Value : null;

    private static Encoding? Find(string name)
    {
        try
        {
            var found = CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return found is UTF8Encoding ? Utf8 : found;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)""")]
    private static partial Regex Declaration();

    /// <summary>Writes what an encoding cannot hold as `&amp;#x…;`.</summary>
    private sealed class ReferenceFallback : EncoderFallback
    {
        public override int MaxCharCount => 10;

        public override EncoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : EncoderFallbackBuffer
        {
            private string _text = "";
            private int _at;

            public override int Remaining => _text.Length - _at;

            public override bool Fallback(char charUnknown, int index) => Begin(charUnknown);

            public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index) => Begin(char.ConvertToUtf32(charUnknownHigh, charUnknownLow));

            public override char GetNextChar() => _at < _text.Length ? _text[_at++] : '\0';

            public override bool MovePrevious() => _at > 0 && _at-- > 0;

            private bool Begin(int rune)
            {
                (_text, _at) = ($"&#x{rune:X};", 0);
                return true;
            }
        }
    }
}
