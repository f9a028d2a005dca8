using System.Text;
using System.Xml.Linq;

namespace Evenhand.Bpmn.Xml;

/// <summary>Where the tags of a well-formed XML text stand, so that a change touches nothing else.</summary>
internal sealed class Markup
{
    private readonly string _text;
    private readonly Dictionary<XElement, Tag> _tags = [];

    /// <param name="text">The text.</param>
    /// <param name="root">The same text parsed; its elements come in the order of their start tags.</param>
    public Markup(string text, XElement root)
    {
        _text = text;
        var open = new Stack<XElement>();
        using var elements = root.DescendantsAndSelf().GetEnumerator();
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at))
        {
            if (Skipped(at) is { } behind)
            {
                at = behind;
                continue;
            }
            var end = TagEnd(at);
            if (text[at + 1] == '/')
            {
                var closed = open.Pop();
                _tags[closed] = _tags[closed] with { Close = at, End = end };
            }
            else
            {
                elements.MoveNext();
                _tags[elements.Current] = new(at, end, end, end);
                if (text[end - 2] != '/') open.Push(elements.Current);
            }
            at = end;
        }
    }

    /// <summary>The file's line break.</summary>
    public string Break => _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public Tag this[XElement element] => _tags[element];

    /// <summary>The qualified name in a start tag.</summary>
    public string Name(Tag tag) => _text[(tag.Start + 1)..NameEnd(tag)];

    /// <summary>The attributes of a start tag: whole (with the white space before), and its value between the quotes.</summary>
    public IEnumerable<(string Name, int Start, int ValueStart, int ValueEnd)> Attributes(Tag tag)
    {
        for (var at = NameEnd(tag); ;)
        {
            var name = at;
            while (char.IsWhiteSpace(_text[name])) name++;
            if (_text[name] is '/' or '>') yield break;
            var equals = _text.IndexOf('=', name);
            var quote = _text.IndexOfAny(['"', '\''], equals);
            var end = _text.IndexOf(_text[quote], quote + 1);
            yield return (_text[name..equals].TrimEnd(), at, quote + 1, end);
            at = end + 1;
        }
    }

    /// <summary>Where another attribute can be written.</summary>
    public int AttributesEnd(Tag tag) => Attributes(tag).Select(a => a.ValueEnd + 1).LastOrDefault(NameEnd(tag));

    /// <summary>White space from the line's begin to an offset, or null when something else stands there.</summary>
    public string? Indent(int at)
    {
        var line = _text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        return line <= at && string.IsNullOrWhiteSpace(_text[line..at]) ? _text[line..at] : null;
    }

    /// <summary>The same element as text, with the prefixes a place knows.</summary>
    /// <param name="element">What to write.</param>
    /// <param name="prefix">The prefix of a namespace, with colon; may be empty for elements.</param>
    /// <param name="newline">Line break and indentation of the element itself.</param>
    public static string Render(XElement element, Func<XNamespace, bool, string> prefix, string newline)
    {
        var name = prefix(element.Name.Namespace, false) + element.Name.LocalName;
        var text = new StringBuilder("<").Append(name);
        foreach (var a in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
            text.Append(' ').Append(a.Name.Namespace == XNamespace.None ? "" : prefix(a.Name.Namespace, true)).Append(a.Name.LocalName).Append("=\"").Append(Escaped(a.Value, true)).Append('"');
        if (!element.Nodes().Any()) return text.Append("/>").ToString();
        text.Append('>');
        var spread = !element.Nodes().OfType<XText>().Any();
        foreach (var node in element.Nodes())
        {
            if (spread) text.Append(newline).Append("  ");
            text.Append(node switch
            {
                XElement e => Render(e, prefix, newline + "  "),
                XText t => Escaped(t.Value, false),
                _ => node.ToString(),
            });
        }
        if (spread) text.Append(newline);
        return text.Append("</").Append(name).Append('>').ToString();
    }

    /// <summary>Text as it stands in an attribute or between tags.</summary>
    public static string Escaped(string text, bool inAttribute)
    {
        text = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\r", "&#xD;", StringComparison.Ordinal);
        return !inAttribute ? text : text.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal)
            .Replace("\n", "&#xA;", StringComparison.Ordinal).Replace("\t", "&#x9;", StringComparison.Ordinal);
    }

    /// <summary>Behind a comment, CDATA section or instruction; null for a tag.</summary>
    private int? Skipped(int at)
    {
        var end = _text.AsSpan(at) switch
        {
            ['<', '?', ..] => "?>",
            ['<', '!', '-', ..] => "-->",
            ['<', '!', '[', ..] => "]]>",
            _ => null,
        };
        return end is null ? null : _text.IndexOf(end, at + 2, StringComparison.Ordinal) + end.Length;
    }

    private int TagEnd(int at)
    {
        while (_text[at] != '>') at = _text[at] is '"' or '\'' ? _text.IndexOf(_text[at], at + 1) + 1 : at + 1;
        return at + 1;
    }

    private int NameEnd(Tag tag)
    {
        var at = tag.Start + 1;
        while (!char.IsWhiteSpace(_text[at]) && _text[at] is not ('/' or '>')) at++;
        return at;
    }

    /// <summary>An element's offsets: its `&lt;`, behind its start tag, the `&lt;` of its end tag, behind that; the last three are the same for an empty tag.</summary>
    internal readonly record struct Tag(int Start, int Open, int Close, int End)
    {
        public bool IsEmpty => Open == End;
    }
}
