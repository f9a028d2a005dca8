using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>How large things are drawn when no file says so, in the customary measures of BPMN drawings.</summary>
internal static class Measures
{
    internal const double Event = 36, Gateway = 50, Gap = 50, RowGap = 30, LaneHead = 30, LanePad = 20, LabelWidth = 96, NoteWidth = 140;

    internal static bool IsEvent(NodeKind kind) => kind is NodeKind.StartEvent or NodeKind.EndEvent or NodeKind.BoundaryEvent or NodeKind.IntermediateCatchEvent or NodeKind.IntermediateThrowEvent;

    internal static bool IsGateway(NodeKind kind) =>
        kind is NodeKind.ExclusiveGateway or NodeKind.ParallelGateway or NodeKind.InclusiveGateway or NodeKind.EventBasedGateway or NodeKind.ComplexGateway;

    internal static bool IsSubProcess(NodeKind kind) => kind is NodeKind.SubProcess or NodeKind.Transaction or NodeKind.AdHocSubProcess;

    /// <summary>Of everything but an expanded sub-process; an activity with a long name is wider.</summary>
    internal static (double Width, double Height) Of(NodeKind kind, string? name) =>
        IsEvent(kind) ? (Event, Event) : IsGateway(kind) ? (Gateway, Gateway) : (Lettering.Wrap(name ?? "", 90, 4).Count > 3 ? 136 : 100, 80);

    /// <summary>A width of zero: it is not drawn.</summary>
    internal static (double Width, double Height) Of(Artifact artifact) => artifact.Kind switch
    {
        "textAnnotation" => (NoteWidth, Math.Max(30, 12 + Lettering.LineHeight * Lettering.Wrap(artifact.Text ?? "", NoteWidth - 16, 8).Count)),
        "dataObjectReference" or "dataInput" or "dataOutput" => (36, 50),
        "dataStoreReference" => (50, 50),
        _ => (0, 0),
    };

    /// <summary>Height of the label below an event, a gateway or a data object.</summary>
    internal static double Label(string? name) => string.IsNullOrWhiteSpace(name) ? 0 : 6 + Lettering.LineHeight * Lettering.Wrap(name, LabelWidth, 3, 11).Count;
}
