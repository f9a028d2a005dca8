using System.Xml.Linq;
using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;
using static Evenhand.Engines.Tests.Bpmn.Layout.Sketch;

namespace Evenhand.Engines.Tests.Bpmn.Layout;

public class SvgDrawingTests
{
    static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    static XElement Drawn(BpmnModel model, SvgOptions? options = null) => XElement.Parse(SvgDrawing.Draw(model, Diagram.Of(model), options));

    static XElement Group(XElement drawing, string id) => drawing.Descendants(svg + "g").Single(g => (string?)g.Attribute("data-element") == id);

    [Fact]
    public void Every_element_is_one_group_with_its_name()
    {
        var model = Leave();
        var drawing = Drawn(model);
        var process = model.Processes[0];
        var ids = process.Body.Nodes.Select(n => n.Id).Concat(process.Body.Flows.Select(f => f.Id)).Concat(process.Lanes.Select(l => l.Id)).Concat(["pool", "note", "noted"]);
        drawing.Descendants(svg + "g").Attributes("data-element").Select(a => a.Value).ShouldBe(ids, true);
        Group(drawing, "lead").Element(svg + "title")!.Value.ShouldBe("组长审批");
        Group(drawing, "lead").Attribute("class")!.Value.ShouldBe("bpmn-element bpmn-userTask");
        drawing.Attribute("role")!.Value.ShouldBe("img");
        drawing.Attribute("aria-label")!.Value.ShouldBe("请假审批, P");
        drawing.Element(svg + "title")!.Value.ShouldBe("请假审批, P");
    }

    [Fact]
    public void It_needs_nothing_from_elsewhere_and_nothing_a_strict_page_refuses()
    {
        var drawing = Drawn(Leave());
        drawing.DescendantsAndSelf().Attributes().ShouldAllBe(a => a.Name.LocalName != "style" && a.Name.LocalName != "id" && !a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) && !a.Value.Contains("url(") && !a.Name.LocalName.Contains("href"));
        drawing.Descendants().Select(e => e.Name.LocalName).Distinct().ShouldBeSubsetOf(["title", "g", "rect", "circle", "path", "text", "tspan"]);
    }

    [Fact]
    public void Everything_drawn_lies_within_the_picture()
    {
        var box = Drawn(Leave()).Attribute("viewBox")!.Value.Split(' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var bounds = Diagram.Of(Leave()).Bounds;
        Lines.Holds(new(box[0], box[1], box[2], box[3]), bounds).ShouldBeTrue();
        Drawn(Leave(), new() { Scale = 0.5 }).Attribute("width")!.Value.ShouldBe(Ink.N(box[2] / 2));
    }

    [Fact]
    public void What_happened_is_seen_by_class_colour_and_sign()
    {
        var drawing = Drawn(Leave(), new()
        {
            Highlights = new Dictionary<string, Highlight> { ["lead"] = Highlight.Active, ["fill"] = Highlight.Done, ["fill-lead"] = Highlight.Done, ["no"] = Highlight.Rejected, ["nowhere"] = Highlight.Done },
            Counters = new Dictionary<string, int> { ["lead"] = 12, ["boss"] = 4000, ["fill"] = 0 },
        });
        Group(drawing, "lead").Attribute("class")!.Value.ShouldEndWith("bpmn-active");
        Group(drawing, "fill").Attribute("class")!.Value.ShouldEndWith("bpmn-done");
        Group(drawing, "no").Attribute("class")!.Value.ShouldEndWith("bpmn-rejected");
        Group(drawing, "fill-lead").Attribute("stroke")!.Value.ShouldBe("#18794a");
        drawing.Descendants(svg + "g").Count(g => (string?)g.Attribute("class") == "bpmn-mark").ShouldBe(3);
        Group(drawing, "lead").Descendants(svg + "g").Single(g => (string?)g.Attribute("class") == "bpmn-counter").Value.ShouldBe("12");
        Group(drawing, "boss").Value.ShouldEndWith("999+");
        Group(drawing, "fill").Value.ShouldNotContain("0");
        Drawn(Leave(), new() { Theme = Theme.Dark }).ToString().ShouldNotBe(Drawn(Leave()).ToString());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"'><img src=x onerror=y> & &amp; ]]>")]
    [InlineData("👩‍💻 客服 🎧 很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长")]
    [InlineData("\u202Eevil\u2066 \u0001\u0000\uFFFE שלום مرحبا")]
    [InlineData("line\r\nbreak\ttab")]
    [InlineData("\uD800 half")]
    [InlineData("   ")]
    [InlineData("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung")]
    public void A_hostile_name_stays_a_name(string name)
    {
        var nodes = Enum.GetValues<NodeKind>().Select((k, i) => Node($"n{i}{name}", k, name) with { Documentation = name }).ToArray();
        var body = Body(nodes) with { Flows = [.. nodes.Zip(nodes.Skip(1), (a, b) => new SequenceFlow($"f{a.Id}", a.Id, b.Id, name, null, 0))], Artifacts = [new("t", "textAnnotation", name), new("d", "dataObjectReference", name)] };
        var model = Model(body, new Lane("lane", name, null, [.. nodes.Select(n => n.Id)])) with { Pools = [new("pool", name, "p"), new("black", name, null)] };
        var drawing = Drawn(model, new() { Title = name });
        drawing.Descendants().Select(e => e.Name.LocalName).Distinct().ShouldBeSubsetOf(["title", "g", "rect", "circle", "path", "text", "tspan"]);
        drawing.Descendants(svg + "g").Count(g => g.Attribute("data-element") is not null).ShouldBe(nodes.Length * 2 - 1 + 5);
        drawing.ToString().ShouldNotContain("\u202E");
    }

    [Fact]
    public void A_small_drawing_is_drawn_like_this()
    {
        var model = Model(Body([Node("s", NodeKind.StartEvent, "开始"), Node("g", NodeKind.ExclusiveGateway, null) with { Name = null }], "s g"));
        SvgDrawing.Draw(model, Diagram.Of(model)).ShouldBe(
            """<svg class="bpmn" role="img" aria-label="P" width="168" height="92.8" viewBox="-16 -16 168 92.8" font-family="'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif" xmlns="http://www.w3.org/2000/svg"><title>P</title>"""
            + """<rect x="-16" y="-16" width="168" height="92.8" fill="#ffffff" stroke="none" />"""
            + """<g class="bpmn-element bpmn-sequenceFlow" data-element="s-g" fill="#ffffff" stroke="#3d495c" stroke-width="1.5"><title>s-g</title><path d="M36 25L77 25" fill="none" stroke-linejoin="round" stroke-linecap="round" /><path d="M0 0-10-4.5V4.5z" fill="#3d495c" stroke-width="1" transform="translate(86 25) rotate(0)" stroke-linejoin="round" stroke-linecap="round" /></g>"""
            + """<g class="bpmn-element bpmn-startEvent" data-element="s" fill="#ffffff" stroke="#3d495c" stroke-width="1.5"><title>开始</title><circle cx="18" cy="25" r="18" /><text class="bpmn-text" text-anchor="middle" font-size="11" fill="#182132" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"><tspan x="18" y="57.45">开始</tspan></text></g>"""
            + """<g class="bpmn-element bpmn-exclusiveGateway" data-element="g" fill="#ffffff" stroke="#3d495c" stroke-width="1.5"><title>g</title><path d="M111 0L136 25 111 50 86 25z" stroke-linejoin="round" stroke-linecap="round" /><g class="bpmn-symbol" transform="translate(111 25) scale(1)" fill="none"><path d="M-7.5-8.5 7.5 8.5M7.5-8.5-7.5 8.5" fill="none" stroke-width="3" stroke-linejoin="round" stroke-linecap="round" /></g></g></svg>""");
    }

    [Fact]
    public void Options_out_of_bounds_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Drawn(Leave(), new() { Scale = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => Drawn(Leave(), new() { Padding = -1 }));
    }
}
