using System.Text;
using System.Xml;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Turns edits into cuts of the text: what no edit names keeps every character.</summary>
internal sealed class Patch(string text, XElement root, Ids ids)
{
    /// <summary>What goes first where several pieces are put at one place.</summary>
    private const int InTag = -2, Opening = -1, Last = 100;
    private readonly Markup _markup = new(text, root);
    private readonly List<Splice> _cuts = [];
    private readonly HashSet<int> _opened = [];
    private readonly Dictionary<XNamespace, string> _declared = [];
    private readonly List<Finding> _refusals = [];

    /// <summary>The new text; null with the refusals when an edit cannot be done.</summary>
    public (string? Text, IReadOnlyList<Finding> Refusals) Apply(IReadOnlyList<BpmnEdit> edits)
    {
        var extensions = new Dictionary<XElement, List<XElement>>();
        foreach (var edit in Effective(edits))
            switch (edit)
            {
                case BpmnEdit.SetAttribute e when Find(e.Element) is { } element && IsName(e.Element, e.Name):
                    SetAttribute(element, (XNamespace)e.Namespace + e.Name, e.Value);
                    break;
                case BpmnEdit.SetText e when Find(e.Element) is { } element && IsName(e.Element, e.Child):
                    SetText(element, e.Child, e.Text);
                    break;
                case BpmnEdit.Insert e when Find(e.Parent) is { } parent && Fragment(parent, e) is { } fragment:
                    if (fragment.Name.Namespace == Names.Model) Insert(parent, fragment);
                    else if (!extensions.TryAdd(parent, [fragment])) extensions[parent].Add(fragment);
                    break;
                case BpmnEdit.Remove e when Find(e.Element) is { } element:
                    Remove(element);
                    break;
                case BpmnEdit.Draw e:
                    Draw(e);
                    break;
            }
        foreach (var (parent, fragments) in extensions) Extend(parent, fragments);
        return _refusals.Count == 0 && Joined() is { } joined ? (joined, []) : (null, _refusals);
    }

    /// <summary>Of several edits of one attribute or text the last counts.</summary>
    private static IEnumerable<BpmnEdit> Effective(IReadOnlyList<BpmnEdit> edits) => edits.Select((e, i) => (Edit: e, Key: e switch
    {
        BpmnEdit.SetAttribute a => (object)(a.Element, a.Namespace, a.Name),
        BpmnEdit.SetText t => (t.Element, t.Child),
        _ => i,
    })).GroupBy(e => e.Key).Select(g => g.Last().Edit);

    private XElement? Find(string id)
    {
        var element = id.Length == 0 ? root : ids.Find(id);
        if (element is null) Refuse("edit-unknown-element", id, id);
        return element;
    }

    private bool IsName(string element, string name)
    {
        try
        {
            return XmlConvert.VerifyNCName(name).Length > 0;
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            Refuse("edit-malformed", element, name, e.Message);
            return false;
        }
    }

    private void Refuse(string code, string? element, params string[] arguments) => _refusals.Add(new(Severity.Error, code, element, 0, arguments));

    private void SetAttribute(XElement element, XName name, string? value)
    {
        var tag = _markup[element];
        if (element.Attribute(name) is { } old)
        {
            var nth = element.Attributes().TakeWhile(a => a != old).Count();
            var (_, start, valueStart, valueEnd) = _markup.Attributes(tag).ElementAt(nth);
            _cuts.Add(value is null ? new(start, valueEnd + 1, "") : new(valueStart, valueEnd, Markup.Escaped(value, true)));
            return;
        }
        if (value is null) return;
        var prefix = name.Namespace == XNamespace.None ? "" : Prefix(element, name.Namespace, true);
        var at = _markup.AttributesEnd(tag);
        _cuts.Add(new(at, at, $" {prefix}{name.LocalName}=\"{Markup.Escaped(value, true)}\"", InTag));
    }

    private void SetText(XElement element, string child, string? value)
    {
        var name = Names.Model + child;
        if (element.Element(name) is not { } old)
        {
            if (value is null) return;
            var made = new XElement(name, value);
            if (child == "conditionExpression") made.Add(new XAttribute(Names.Schema + "type", Prefix(element, Names.Model, false) + "tFormalExpression"));
            Insert(element, made);
            return;
        }
        var tag = _markup[old];
        if (value is null) Cut(old);
        else if (!tag.IsEmpty) _cuts.Add(new(tag.Open, tag.Close, Markup.Escaped(value, false)));
        else _cuts.Add(new(text.LastIndexOf('/', tag.Open - 1), tag.End, $">{Markup.Escaped(value, false)}</{_markup.Name(tag)}>"));
    }

    private void Remove(XElement element)
    {
        if (element == root)
        {
            Refuse("edit-removes-all", null);
            return;
        }
        Cut(element);
        var gone = element.DescendantsAndSelf().Where(e => e.Name.Namespace == Names.Model).Select(ids.Of).Where(id => id.Length > 0).ToHashSet();
        foreach (var e in root.Descendants().Where(e => !e.Ancestors().Contains(element)))
            if (e.Name.LocalName is "incoming" or "outgoing" or "flowNodeRef" ? gone.Contains(Ids.Local(e.Value.Trim()))
                : e.Name.LocalName is "BPMNShape" or "BPMNEdge" && e.Plain("bpmnElement") is { } drawn && gone.Contains(Ids.Local(drawn)))
                Cut(e);
    }

    /// <summary>An element goes with the line it has for itself.</summary>
    private void Cut(XElement element)
    {
        var tag = _markup[element];
        var start = tag.Start - (_markup.Indent(tag.Start)?.Length ?? 0);
        if (start > 0 && _markup.Indent(tag.Start) is not null && (tag.End == text.Length || text[tag.End] is '\r' or '\n'))
            start -= start > 1 && text[start - 2] == '\r' ? 2 : 1;
        else start = tag.Start;
        _cuts.Add(new(start, tag.End, ""));
    }

    private XElement? Fragment(XElement parent, BpmnEdit.Insert edit)
    {
        var known = new XmlNamespaceManager(new NameTable());
        foreach (var (ns, prefix) in Names.Prefixes) known.AddNamespace(prefix, ns);
        foreach (var declaration in parent.AncestorsAndSelf().Reverse().SelectMany(a => a.Attributes()).Where(a => a.IsNamespaceDeclaration && a.Name.LocalName != "xmlns"))
            if (declaration.Name.LocalName != "xml") known.AddNamespace(declaration.Name.LocalName, declaration.Value);
        known.AddNamespace("", Names.Model.NamespaceName);
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Fragment };
            using var reader = XmlReader.Create(new StringReader(edit.Xml.Trim()), settings, new XmlParserContext(null, known, null, XmlSpace.None));
            reader.MoveToContent();
            if (reader.Depth == 0 && XNode.ReadFrom(reader) is XElement element && reader.EOF) return element;
            Refuse("edit-malformed", edit.Parent, edit.Xml, "one element");
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            Refuse("edit-malformed", edit.Parent, edit.Xml, e.Message);
        }
        return null;
    }

    /// <summary>Puts an element behind those of its parent that the schema wants before it.</summary>
    private void Insert(XElement parent, XElement made)
    {
        var rank = made.Name.Namespace == Names.Model || made.Name.Namespace == Names.Diagram ? Names.Rank(made.Name.LocalName) : Last - 1;
        var tag = _markup[parent];
        var before = parent.Elements().LastOrDefault(e => rank == Last - 1 || Names.Rank(e.Name.LocalName) <= rank);
        var outer = _markup.Indent(tag.Start) ?? "";
        var inner = parent.Elements().Select(e => _markup.Indent(_markup[e].Start)).FirstOrDefault(i => i is not null) ?? outer + "  ";
        var slash = text.LastIndexOf('/', tag.Open - 1);
        var at = before is not null ? _markup[before].End : tag.IsEmpty ? slash : tag.Open;
        var newline = _markup.Break + inner;
        _cuts.Add(new(at, at, newline + Markup.Render(made, (ns, attribute) => Prefix(parent, ns, attribute), newline), rank));
        var closing = _markup.Break + outer;
        if (before is not null || tag.Open != tag.Close || !_opened.Add(tag.Start)) return;
        if (tag.IsEmpty)
        {
            _cuts.Add(new(slash, slash, ">", Opening));
            _cuts.Add(new(slash, tag.End, $"{closing}</{_markup.Name(tag)}>"));
        }
        else _cuts.Add(new(tag.Open, tag.Open, closing, Last));
    }

    private void Extend(XElement parent, List<XElement> fragments)
    {
        if (parent.Element(Names.Model + "extensionElements") is { } holder)
            foreach (var fragment in fragments) Insert(holder, fragment);
        else Insert(parent, new XElement(Names.Model + "extensionElements", fragments));
    }

    private void Draw(BpmnEdit.Draw draw)
    {
        var drawn = root.Descendants().Where(e => e.Name.Namespace == Names.Diagram).Select(e => e.Plain("bpmnElement")).OfType<string>().Select(Ids.Local).ToHashSet();
        var shapes = draw.Shapes.Where(s => !drawn.Contains(s.Element)).ToList();
        var edges = draw.Edges.Where(e => !drawn.Contains(e.Element)).ToList();
        foreach (var id in shapes.Select(s => s.Element).Concat(edges.Select(e => e.Element)))
            if (Find(id) is { } element && element.Plain("id") is null) SetAttribute(element, "id", id);
        var taken = root.Descendants().Select(e => e.Plain("id")).OfType<string>().ToHashSet();
        var elements = Drawing.Elements(shapes, edges, id => ids.Find(id)?.Name.LocalName, taken).ToList();
        if (root.Descendants(Names.Diagram + "BPMNPlane").FirstOrDefault() is { } plane)
            foreach (var element in elements) Insert(plane, element);
        else if (Drawing.PlaneOf(root) is { } subject) Insert(root, Drawing.Diagram(subject, elements, taken));
    }

    /// <summary>A prefix that means a namespace at a place, with colon; declared on the root when there is none.</summary>
    private string Prefix(XElement at, XNamespace ns, bool attribute)
    {
        if (ns == XNamespace.Xml) return "xml:";
        if (!attribute && at.GetDefaultNamespace() == ns) return "";
        if (at.GetPrefixOfNamespace(ns) is { Length: > 0 } known) return known + ":";
        if (_declared.TryGetValue(ns, out var declared)) return declared + ":";
        var wanted = Names.Prefixes.GetValueOrDefault(ns.NamespaceName, "ns");
        var taken = root.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).Select(a => a.Name.LocalName).Concat(_declared.Values).ToHashSet();
        var prefix = wanted;
        for (var n = 1; taken.Contains(prefix); n++) prefix = $"{wanted}{n}";
        _declared[ns] = prefix;
        var end = _markup.AttributesEnd(_markup[root]);
        _cuts.Add(new(end, end, $" xmlns:{prefix}=\"{Markup.Escaped(ns.NamespaceName, true)}\"", InTag));
        return prefix + ":";
    }

    private string? Joined()
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var cut in _cuts.OrderBy(c => c.Start).ThenBy(c => c.Start == c.End ? c.Start : int.MaxValue - c.End).ThenBy(c => c.Order))
        {
            if (cut.Start < at)
            {
                if (cut.Text.Length == 0 && cut.End <= at) continue;
                Refuse("edits-overlap", null);
                return null;
            }
            result.Append(text, at, cut.Start - at).Append(cut.Text);
            at = cut.End;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    private readonly record struct Splice(int Start, int End, string Text, int Order = 0);
}
