using System.Text;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>The signs of the notation: in tasks, events and gateways, and at the foot of activities.</summary>
internal static class Symbols
{
    static readonly string gear = Gear(8, 8, 6.1);

    /// <summary>In the upper left corner of a task, 18 pixels square.</summary>
    internal static bool Task(Ink ink, NodeKind kind, double x, double y)
    {
        if (kind is not (NodeKind.UserTask or NodeKind.ServiceTask or NodeKind.ScriptTask or NodeKind.SendTask or NodeKind.ReceiveTask or NodeKind.ManualTask or NodeKind.BusinessRuleTask)) return false;
        ink.Begin("g", ("class", "bpmn-icon"), ("transform", $"translate({Ink.N(x)} {Ink.N(y)})"), ("stroke-width", "1.1"), ("fill", "none"), ("stroke-linejoin", "round"), ("stroke-linecap", "round"));
        switch (kind)
        {
            case NodeKind.UserTask:
                ink.Path("M2.2 16.5v-2.3c0-2.3 1.9-3.9 4.2-3.9h5.2c2.3 0 4.2 1.6 4.2 3.9v2.3z");
                ink.Circle(new(9, 5.4), 3.6);
                break;
            case NodeKind.ServiceTask:
                ink.Path(gear);
                ink.Circle(new(9, 9), 2.6);
                break;
            case NodeKind.ScriptTask:
                ink.Path("M6 2h9.2c-4 4.2 2.6 9.4-1.4 14H4.4C8.4 11.4 1.8 6.2 6 2zM7 5.8h5M7.2 9h5M8 12.2h4.8");
                break;
            case NodeKind.SendTask:
                ink.Path("M1.5 3.5h15v11h-15z", ink.Stroke);
                ink.Path("M2 4.3l7 5.4 7-5.4", stroke: ink.Fill, width: 1.4);
                break;
            case NodeKind.ReceiveTask:
                ink.Path("M1.5 3.5h15v11h-15zM1.5 3.8l7.5 5.7 7.5-5.7");
                break;
            case NodeKind.ManualTask:
                ink.Path("M2 8.2 6.7 3.4c.9-.9 2.2.1 1.6 1.2L7.2 6.4h7.9c1.4 0 1.4 2.1 0 2.1h-4.6 5.5c1.4 0 1.4 2.1 0 2.1h-5.5 4.5c1.3 0 1.3 2.1 0 2.1h-4.6 3.4c1.2 0 1.2 2 0 2H6.3C3.8 14.7 2 13.3 2 11.2z");
                break;
            default:
                ink.Path("M1.8 3h14.4v12H1.8zM1.8 10.8h14.4M6.3 6.8V15");
                ink.Path("M1.8 3h14.4v3.8H1.8z", ink.Stroke);
                break;
        }
        ink.End();
        return true;
    }

    /// <summary>What stands in the circle of an event, drawn for a circle of 36 pixels.</summary>
    internal static void Event(Ink ink, EventKind kind, bool throws, Box box)
    {
        if (kind == EventKind.None) return;
        var (middle, scale) = (Lines.Middle(box), box.Width / Measures.Event);
        var (fill, back) = throws ? (ink.Stroke, ink.Fill) : ("none", ink.Stroke);
        ink.Begin("g", ("class", "bpmn-symbol"), ("transform", $"translate({Ink.N(middle.X)} {Ink.N(middle.Y)}) scale({Ink.N(scale)})"), ("stroke-width", "1.3"), ("fill", "none"));
        switch (kind)
        {
            case EventKind.Message:
                ink.Path("M-9-6H9V6H-9z", fill);
                ink.Path("M-8.5-5.5 0 1 8.5-5.5", stroke: back);
                break;
            case EventKind.Timer:
                ink.Circle(new(0, 0), 10.5);
                ink.Path("M0-10.5v2M0 10.5v-2M10.5 0h-2M-10.5 0h2M5.250-9.1l-.8 1.4M-5.250-9.1l.8 1.4M9.1-5.250l-1.4.8M-9.1-5.250l1.4.8M5.250 9.1l-.8-1.4M-5.250 9.1l.8-1.4M9.1 5.250l-1.4-.8M-9.1 5.250l1.4-.8", width: 0.9);
                ink.Path("M1.8-7 0 0l5 1.5");
                break;
            case EventKind.Signal: ink.Path("M0-9.5 9 6.5H-9z", fill); break;
            case EventKind.Error: ink.Path("M-8.5 8.5-3.5-7.5 3 2.3 8.5-8.5 4.3 8.3-2.6-1.3z", fill); break;
            case EventKind.Escalation: ink.Path("M0-10.5 7.5 8.5 0 1-7.5 8.5z", fill); break;
            case EventKind.Conditional: ink.Path("M-7-9.5H7v19H-7zM-4.5-5.5h9M-4.5-1.8h9M-4.5 1.9h9M-4.5 5.6h9", throws ? ink.Stroke : "none"); break;
            case EventKind.Compensation: ink.Path("M-1 -6.5v13L-10 0zM8.5-6.5v13L-1 0z", fill); break;
            case EventKind.Link: ink.Path("M-10-4H2V-8.5L10.5 0 2 8.5V4H-10z", fill); break;
            case EventKind.Terminate: ink.Circle(new(0, 0), 10.5, ink.Stroke); break;
            case EventKind.Cancel: ink.Path("M-8.5-6-6-8.5 0-2.5 6-8.5 8.5-6 2.5 0 8.5 6 6 8.5 0 2.5-6 8.5-8.5 6-2.5 0z", fill); break;
            default: ink.Path("M0-10 9.5-3.1 5.9 8.1H-5.9L-9.5-3.1z", fill); break;
        }
        ink.End();
    }

    internal static void Gateway(Ink ink, FlowNode node, Box box)
    {
        var (middle, scale) = (Lines.Middle(box), box.Width / Measures.Gateway);
        ink.Begin("g", ("class", "bpmn-symbol"), ("transform", $"translate({Ink.N(middle.X)} {Ink.N(middle.Y)}) scale({Ink.N(scale)})"), ("fill", "none"));
        switch (node.Kind)
        {
            case NodeKind.ParallelGateway: ink.Path("M0-11V11M-11 0H11", width: 3); break;
            case NodeKind.InclusiveGateway: ink.Circle(new(0, 0), 10.5, width: 2.6); break;
            case NodeKind.ComplexGateway: ink.Path("M0-12V12M-12 0H12M-8-8 8 8M8-8-8 8", width: 2.4); break;
            case NodeKind.EventBasedGateway:
                ink.Circle(new(0, 0), 13.5, width: 1);
                if (!node.Instantiates) ink.Circle(new(0, 0), 11, width: 1);
                ink.Path("M0-7.5 7.1-2.3 4.4 6.1H-4.4L-7.1-2.3z", width: 1.1);
                break;
            default: ink.Path("M-7.5-8.5 7.5 8.5M7.5-8.5-7.5 8.5", width: 3); break;
        }
        ink.End();
    }

    /// <summary>At the foot of an activity, in the order of the standard.</summary>
    internal static List<string> Markers(FlowNode node, bool collapsed)
    {
        List<string> markers = [];
        if (node.Loop?.Kind == LoopKind.Standard) markers.Add("M-2.6 5.5A5.8 5.8 0 1 1 2.8 5.4M-2.6 5.5H-6.5M-2.6 5.5V1.6");
        if (node.Loop?.Kind == LoopKind.Parallel) markers.Add("M-4-5.5v11M0-5.5v11M4-5.5v11");
        if (node.Loop?.Kind == LoopKind.Sequential) markers.Add("M-5.5-4h11M-5.5 0h11M-5.5 4h11");
        if (node.IsForCompensation) markers.Add("M-.5-5v10L-6.5 0zM6-5v10L-.5 0z");
        if (collapsed) markers.Add("M-7-7H7V7H-7zM0-4V4M-4 0H4");
        if (node.Kind == NodeKind.AdHocSubProcess) markers.Add("M-6.5 2.5c1.5-4.5 4-5 6.5-2.5s5 2 6.5-2.5");
        return markers;
    }

    static string Gear(int teeth, double outer, double inner)
    {
        var path = new StringBuilder();
        for (var i = 0; i < teeth * 4; i++)
        {
            var (angle, radius) = ((i - 0.5) * Math.PI / teeth / 2, i % 4 < 2 ? outer : inner);
            path.Append(i == 0 ? 'M' : 'L').Append(Ink.N(9 + radius * Math.Cos(angle))).Append(' ').Append(Ink.N(9 + radius * Math.Sin(angle)));
        }
        return path.Append('z').ToString();
    }
}
