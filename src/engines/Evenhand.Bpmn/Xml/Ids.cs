using System.Xml;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Elements of a file by id; those without one get one made up from line and kind, the same at every reading.</summary>
internal sealed class Ids
{
    private readonly Dictionary<string, XElement> _elements = [];
    private readonly Dictionary<XElement, string> _madeUp = [];
    private readonly List<Finding> _findings;

    public Ids(XElement root, List<Finding> findings)
    {
        _findings = findings;
        foreach (var element in root.DescendantsAndSelf().Where(e => e.Name.Namespace == Names.Model))
            if (element.Plain("id") is { } id && !_elements.TryAdd(id, element))
            {
                var first = _elements[id];
                var isNode = IsGraph(element) && IsGraph(first);
                findings.Add(new(isNode ? Severity.Error : Severity.Warning, "duplicate-id", id, Line(element), id, $"{Line(first)}"));
                if (IsGraph(element) && !isNode) _elements[id] = element;
            }
        foreach (var element in root.Descendants().Where(e => IsGraph(e) && e.Plain("id") is null))
        {
            var wanted = $"_{Line(element)}_{element.Name.LocalName}";
            var id = wanted;
            for (var n = 2; !_elements.TryAdd(id, element); n++) id = $"{wanted}_{n}";
            _madeUp[element] = id;
        }
    }

    /// <summary>An element's id, own or made up; empty for one that needs none.</summary>
    public string Of(XElement element) => element.Plain("id") ?? _madeUp.GetValueOrDefault(element, "");

    /// <summary>The element of an id.</summary>
    public XElement? Find(string id) => _elements.GetValueOrDefault(id);

    /// <summary>The element a QName points to: its local part is what counts; without such an element a warning, when one is wanted.</summary>
    /// <param name="from">Where the reference stands.</param>
    /// <param name="reference">It, as written.</param>
    /// <param name="owner">Id of whom to blame; null keeps silent.</param>
    public (string Id, XElement? Element) Resolve(XElement from, string reference, string? owner)
    {
        var written = reference.Trim();
        if (_elements.TryGetValue(written, out var element)) return (written, element);
        var local = Local(written);
        if (_elements.TryGetValue(local, out element)) return (local, element);
        if (owner is not null) _findings.Add(new(Severity.Warning, "dangling-reference", owner, Line(from), written));
        return (local, null);
    }

    /// <summary>A QName without its prefix; what only looks like one (an expression) is left.</summary>
    public static string Local(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 || written.Contains('{', StringComparison.Ordinal) || colon == written.Length - 1 ? written : written[(colon + 1)..];
    }

    /// <summary>Line of a start tag, from 1.</summary>
    public static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;

    private static bool IsGraph(XElement element) =>
        element.Name.Namespace == Names.Model && (Names.Nodes.ContainsKey(element.Name.LocalName)
            || element.Name.LocalName is "sequenceFlow" or "process" or "messageFlow" or "association" or "lane" or "participant" or "textAnnotation" or "group");
}
