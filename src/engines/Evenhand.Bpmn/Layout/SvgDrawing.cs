using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Draws a model as a picture by the notation of BPMN 2.0.</summary>
public static class SvgDrawing
{
    const string Fonts = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif";

    /// <summary>One SVG document without script, style attributes or anything from elsewhere, that can stand alone or in a page.
    /// Every element is a group with the attribute `data-element`, its id, and a `title`, its name.</summary>
    /// <param name="model">What to draw.</param>
    /// <param name="diagram">Where, as from <see cref="Diagram.Of"/>.</param>
    /// <param name="options">How; null for plain, light and in its own size.</param>
    /// <returns>Well-formed XML without a declaration; sizes in pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale or the padding of the options is out of its bounds.</exception>
    public static string Draw(BpmnModel model, Diagram diagram, SvgOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(diagram);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Scale, 10);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Scale, 0);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Padding);
        using var ink = new Ink(Palette.Of(options.Theme));
        var scene = new Scene(model, diagram, options, ink);
        var bounds = Lines.Around([diagram.Bounds, .. scene.LabelBoxes]);
        bounds = new(bounds.X - options.Padding, bounds.Y - options.Padding, bounds.Width + 2 * options.Padding, bounds.Height + 2 * options.Padding);
        var title = Lettering.Clean(options.Title ?? Titled(model));
        ink.Begin("svg", ("class", "bpmn"), ("role", "img"), ("aria-label", title), ("width", Ink.N(bounds.Width * options.Scale)), ("height", Ink.N(bounds.Height * options.Scale)),
            ("viewBox", $"{Ink.N(bounds.X)} {Ink.N(bounds.Y)} {Ink.N(bounds.Width)} {Ink.N(bounds.Height)}"), ("font-family", Fonts));
        ink.Begin("title");
        ink.Write(title);
        ink.End();
        ink.Rect(bounds, fill: ink.Palette.Surface, stroke: "none");
        scene.Draw();
        ink.End();
        return ink.Finish();
    }

    static string Titled(BpmnModel model)
    {
        var names = model.Pools.Select(p => p.Name).Concat(model.Processes.Select(p => p.Name)).Where(n => !string.IsNullOrWhiteSpace(n)).Distinct().ToList();
        return names.Count > 0 ? string.Join(", ", names) : model.Name ?? (model.Processes.Count > 0 ? model.Processes[0].Id : "BPMN");
    }
}
