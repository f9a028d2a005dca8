using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>How much of a file is read before it is refused; protects against files made to exhaust the machine.</summary>
/// <param name="Bytes">Most bytes (and characters); 16 MB when not said.</param>
/// <param name="Depth">Most elements inside one another; 200 when not said.</param>
/// <param name="Elements">Most elements; 200,000 when not said.</param>
public sealed record ReadLimits(int Bytes = 16 << 20, int Depth = 200, int Elements = 200_000)
{
    /// <summary>The limits used when none are given.</summary>
    public static ReadLimits Default { get; } = new();
}

/// <summary>What reading gave: a file, or the reasons why there is none.</summary>
/// <param name="File">The file; null when it is no XML, no BPMN or beyond the limits. A file with duplicate ids is given, with an Error finding.</param>
/// <param name="Findings">All that was found, Errors included; never null.</param>
public sealed record ReadResult(BpmnFile? File, IReadOnlyList<Finding> Findings)
{
    /// <summary>There is a file and no finding is an Error.</summary>
    public bool IsClean => File is not null && Findings.All(f => f.Severity != Severity.Error);
}

/// <summary>A BPMN 2.0 file: its bytes as they came, and what they say. Immutable; an edit gives another file.</summary>
public sealed class BpmnFile
{
    private readonly SourceText _source;
    private readonly XDocument _document;
    private readonly Ids _ids;
    private readonly byte[] _bytes;
    private readonly ReadLimits _limits;

    private BpmnFile(SourceText source, byte[] bytes, XDocument document, Ids ids, ReadLimits limits, BpmnModel model)
    {
        (_source, _bytes, _document, _ids, _limits) = (source, bytes, document, ids, limits);
        Model = model;
    }

    /// <summary>What the file says.</summary>
    public BpmnModel Model { get; }

    /// <summary>The file's characters, without byte order mark.</summary>
    public string Text => _source.Text;

    /// <summary>The bytes to save: of a file as read the very bytes that came; of an edited one the same but for what the edits touched, in the same encoding.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a file from its bytes.</summary>
    /// <param name="bytes">The file; encoding by byte order mark, else by its XML declaration, else UTF-8.</param>
    /// <param name="limits">How much is read at most; null for <see cref="ReadLimits.Default"/>.</param>
    /// <returns>The file and what was odd, or why it cannot be read; bad content never throws.</returns>
    public static ReadResult Read(ReadOnlyMemory<byte> bytes, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        var findings = new List<Finding>();
        if (bytes.Length > limits.Bytes) return TooLarge(limits);
        return SourceText.Decode(bytes.Span, findings) is { } source ? Read(source, bytes.ToArray(), limits, findings) : new(null, findings);
    }

    /// <summary>Reads a file from its characters.</summary>
    /// <param name="text">The file; <see cref="Bytes"/> are then in the encoding its declaration names, UTF-8 when it names none.</param>
    /// <param name="limits">How much is read at most; null for <see cref="ReadLimits.Default"/>.</param>
    /// <returns>The file and what was odd, or why it cannot be read; bad content never throws.</returns>
    public static ReadResult Read(string text, ReadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= ReadLimits.Default;
        if (text.Length > limits.Bytes) return TooLarge(limits);
        var findings = new List<Finding>();
        return SourceText.Of(text, findings) is { } source ? Read(source, null, limits, findings) : new(null, findings);
    }

    /// <summary>The file with changes. Only the places that the edits name differ; all edits see the file as it was before the first.</summary>
    /// <param name="edits">The changes; of several to one attribute or text the last counts.</param>
    /// <returns>The changed file as read again; without a file and with Error findings when an edit names an unknown element (`edit-unknown-element`), is no XML
    /// (`edit-malformed`), reaches into what another removes (`edits-overlap`), or leaves no readable file.</returns>
    public ReadResult With(params IReadOnlyList<BpmnEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        if (edits.Count == 0) return new(this, Model.Findings);
        var (text, refusals) = new Patch(Text, _document.Root!, _ids).Apply(edits);
        return text is null ? new(null, refusals) : Read(_source with { Text = text }, null, _limits, []);
    }

    private static ReadResult Read(SourceText source, byte[]? bytes, ReadLimits limits, List<Finding> findings)
    {
        if (source.Parse(limits, findings) is not { Root: { } root } document) return new(null, findings);
        if (root.Name != Names.Model + "definitions")
        {
            findings.Add(new(Severity.Error, "not-bpmn", null, Ids.Line(root), root.Name.ToString()));
            return new(null, findings);
        }
        var ids = new Ids(root, findings);
        var model = new ModelReader(ids, findings).Read(root);
        return new(new(source, bytes ?? source.Bytes(), document, ids, limits, model), findings);
    }

    private static ReadResult TooLarge(ReadLimits limits) => new(null, [new(Severity.Error, "xml-too-large", null, 0, $"{limits.Bytes}")]);
}
