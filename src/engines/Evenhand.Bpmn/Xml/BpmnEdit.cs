using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>One change to a BPMN file. Elements are named by their id (also one made up for an element without); an empty id means `definitions`.</summary>
public abstract record BpmnEdit
{
    private BpmnEdit()
    {
    }

    /// <summary>Sets or removes an attribute; a namespace not yet declared is declared on `definitions`.</summary>
    /// <param name="Element">Id of the element.</param>
    /// <param name="Name">Local name of the attribute.</param>
    /// <param name="Value">Its value, any text; null removes it.</param>
    /// <param name="Namespace">Its namespace; empty for the standard's own attributes.</param>
    public sealed record SetAttribute(string Element, string Name, string? Value, string Namespace = "") : BpmnEdit;

    /// <summary>Sets or removes the text of a child of the BPMN namespace (`documentation`, `conditionExpression`, `script`, `text` …), which is made where the schema wants it.</summary>
    /// <param name="Element">Id of the element.</param>
    /// <param name="Child">Local name of the child; of several the first.</param>
    /// <param name="Text">Its whole text; null removes the child.</param>
    public sealed record SetText(string Element, string Child, string? Text) : BpmnEdit;

    /// <summary>Puts an element inside another: one of BPMN where the schema wants it, one of another namespace into `extensionElements`, made when there is none.</summary>
    /// <param name="Parent">Id of the element around.</param>
    /// <param name="Xml">One element. Unprefixed names are BPMN's; the file's prefixes and `bpmn`, `camunda`, `flowable`, `activiti`, `zeebe`, `evenhand`, `xsi` are known.</param>
    public sealed record Insert(string Parent, string Xml) : BpmnEdit;

    /// <summary>Removes an element with all inside, its drawing, and what only names it (`incoming`, `outgoing`, `flowNodeRef`). Flows that end there stay, to be removed by edits of their own.</summary>
    /// <param name="Element">Id of the element.</param>
    public sealed record Remove(string Element) : BpmnEdit;

    /// <summary>Adds drawings to the first diagram, which is made when there is none; what is drawn already is left. Elements without an id get the one made up.</summary>
    /// <param name="Shapes">Shapes of nodes, pools, lanes, artifacts.</param>
    /// <param name="Edges">Lines of flows and associations.</param>
    public sealed record Draw(IReadOnlyList<Shape> Shapes, IReadOnlyList<Edge> Edges) : BpmnEdit;
}
