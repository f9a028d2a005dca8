using System.Globalization;
using System.Text;
using System.Xml;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>The house colours on one ground.</summary>
internal sealed record Palette(string Surface, string Sunken, string Line, string Edge, string Ink, string Muted, string Accent, string AccentSoft, string OnAccent, string Ok, string OkSoft, string Bad, string BadSoft)
{
    static readonly Palette light = new("#ffffff", "#f3f5f8", "#3d495c", "#5b6779", "#182132", "#5b6779", "#2b5fd9", "#e8eefc", "#ffffff", "#18794a", "#e3f4ea", "#b9252c", "#fdeaea");
    static readonly Palette dark = new("#181e27", "#202733", "#c3cbd7", "#9ba7b8", "#e7ebf1", "#9ba7b8", "#7aa5ff", "#1d2c4c", "#0b1630", "#5bc98d", "#15312a", "#ff8c8c", "#40202a");

    internal static Palette Of(Theme theme) => theme == Theme.Dark ? dark : light;
}

/// <summary>Writes SVG elements; everything that is a text goes through here and is escaped.</summary>
internal sealed class Ink : IDisposable
{
    readonly StringBuilder text = new();
    readonly XmlWriter xml;

    internal Ink(Palette palette)
    {
        Palette = palette;
        (Stroke, Fill) = (palette.Line, palette.Surface);
        xml = XmlWriter.Create(text, new() { OmitXmlDeclaration = true });
    }

    internal Palette Palette { get; }

    /// <summary>The colours of the element being drawn.</summary>
    internal string Stroke { get; private set; }
    internal string Fill { get; private set; }

    internal static string N(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);

    internal void Begin(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        xml.WriteStartElement(name, "http://www.w3.org/2000/svg");
        foreach (var (key, value) in attributes)
            if (value is not null) xml.WriteAttributeString(key, value);
    }

    internal void End() => xml.WriteEndElement();

    internal void Write(string content) => xml.WriteString(Lettering.Clean(content));

    /// <summary>Opens the group of one element of the model, with its name for those who point at it.</summary>
    internal void BeginElement(string id, string kind, string? name, Highlight? highlight, double width = 1.5)
    {
        (Stroke, Fill) = Colours(highlight);
        Begin("g", ("class", $"bpmn-element bpmn-{kind}{(highlight is { } h ? $" bpmn-{h.ToString().ToLowerInvariant()}" : "")}"), ("data-element", Lettering.Clean(id)),
            ("fill", Fill), ("stroke", Stroke), ("stroke-width", N(highlight is null ? width : width + 0.75)));
        Begin("title");
        Write(string.IsNullOrWhiteSpace(name) ? id : name);
        End();
    }

    internal void Line(string colour) => Stroke = colour;

    internal void Shape(string name, params ReadOnlySpan<(string, string?)> attributes)
    {
        Begin(name, attributes);
        End();
    }

    internal void Path(string d, string? fill = "none", double? width = null, string? dash = null, string? transform = null, string? stroke = null) =>
        Shape("path", ("d", d), ("fill", fill), ("stroke", stroke), ("stroke-width", width is { } w ? N(w) : null), ("stroke-dasharray", dash), ("transform", transform), ("stroke-linejoin", "round"), ("stroke-linecap", "round"));

    internal void Rect(Box box, double radius = 0, string? fill = null, double? width = null, string? dash = null, string? stroke = null) =>
        Shape("rect", ("x", N(box.X)), ("y", N(box.Y)), ("width", N(box.Width)), ("height", N(box.Height)), ("rx", radius > 0 ? N(radius) : null), ("fill", fill), ("stroke", stroke),
            ("stroke-width", width is { } w ? N(w) : null), ("stroke-dasharray", dash), ("stroke-linecap", dash is null ? null : "round"));

    internal void Circle(Spot middle, double radius, string? fill = null, double? width = null, string? dash = null, string? stroke = null) =>
        Shape("circle", ("cx", N(middle.X)), ("cy", N(middle.Y)), ("r", N(radius)), ("fill", fill), ("stroke", stroke), ("stroke-width", width is { } w ? N(w) : null), ("stroke-dasharray", dash));

    /// <summary>Lines of text, the first with its upper edge at the spot.</summary>
    internal void Lines(IReadOnlyList<string> lines, Spot top, string anchor = "middle", double size = Lettering.Size, string? colour = null, string? weight = null, string? transform = null, bool halo = false)
    {
        if (lines.Count == 0) return;
        var step = Step(size);
        Begin("text", ("class", "bpmn-text"), ("text-anchor", anchor), ("font-size", N(size)), ("fill", colour ?? Palette.Ink), ("stroke", halo ? Palette.Surface : "none"), ("stroke-width", halo ? "3" : null),
            ("paint-order", halo ? "stroke" : null), ("stroke-linejoin", halo ? "round" : null), ("font-weight", weight), ("transform", transform));
        for (var i = 0; i < lines.Count; i++)
        {
            Begin("tspan", ("x", N(top.X)), ("y", N(top.Y + step * i + size * 0.95)));
            Write(lines[i]);
            End();
        }
        End();
    }

    internal static double Step(double size) => Math.Round(size * 1.25, 1);

    internal string Finish()
    {
        xml.Flush();
        return text.ToString();
    }

    public void Dispose() => xml.Dispose();

    (string Stroke, string Fill) Colours(Highlight? highlight) => highlight switch
    {
        Highlight.Active => (Palette.Accent, Palette.AccentSoft),
        Highlight.Done => (Palette.Ok, Palette.OkSoft),
        Highlight.Rejected => (Palette.Bad, Palette.BadSoft),
        _ => (Palette.Line, Palette.Surface),
    };
}
