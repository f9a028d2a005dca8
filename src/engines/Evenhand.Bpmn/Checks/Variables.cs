using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Checks;

/// <summary>Variables that an expression reads and nothing in the file sets: they must come with the start or with a task, or are misspelt.</summary>
internal static class Variables
{
    private static readonly HashSet<string> BuiltIn = ["loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "nrOfAgreed", "nrOfRefused", "starter", "execution", "task"];

    public static IEnumerable<Finding> Find(Definition definition)
    {
        var known = new HashSet<string>(BuiltIn, StringComparer.Ordinal);
        foreach (var node in definition.Nodes) known.UnionWith(Set(node.Source));
        var read = Read(definition).Where(r => !known.Contains(r.Name)).GroupBy(r => r.Name, StringComparer.Ordinal).ToList();
        foreach (var name in read)
        {
            var first = name.First();
            var like = known.Except(BuiltIn).Concat(read.Where(o => o.Key != name.Key && o.Count() > name.Count()).Select(o => o.Key)).FirstOrDefault(o => Near(o, name.Key));
            yield return like is null
                ? new Finding(Severity.Note, "variable-from-outside", first.Element, first.Line, name.Key)
                : new Finding(Severity.Warning, "variable-misspelt", first.Element, first.Line, name.Key, like);
        }
    }

    private static IEnumerable<string> Set(FlowNode node)
    {
        foreach (var mapping in node.Inputs.Concat(node.Outputs).Concat(node.Call?.Out ?? [])) yield return mapping.Target;
        string?[] names = [node.Script?.ResultVariable, node.Service?.ResultVariable, node.Loop?.ElementVariable, node.Loop?.OutputCollection, node.Event?.CodeVariable, node.Properties.GetValueOrDefault("initiator")];
        foreach (var name in names)
            if (name is not null) yield return name;
    }

    private static IEnumerable<(string Name, string Element, int Line)> Read(Definition definition)
    {
        foreach (var node in definition.Nodes)
            foreach (var expression in Expressions(node))
                foreach (var name in expression?.Variables ?? []) yield return (name, node.Id, node.Source.Line);
        foreach (var flow in definition.Flows)
            foreach (var name in flow.Condition?.Variables ?? []) yield return (name, flow.Id, flow.Source.Line);
    }

    private static IEnumerable<Expression?> Expressions(GraphNode node) =>
    [
        node.Condition, node.Timer, node.EventName, node.CorrelationKey, node.Skip, node.Call, node.Script, node.Title, node.AdHocDone, node.Loop?.Cardinality, node.Loop?.Collection, node.Loop?.Condition,
        node.Task?.Assignee, node.Task?.Users, node.Task?.Groups, node.Task?.Due, node.Task?.FollowUp, node.Task?.Priority, node.Task?.Form, .. node.Inputs.Select(m => m.Source),
    ];

    /// <summary>One letter more, less, other or two swapped, in names of four letters or more.</summary>
    private static bool Near(string one, string other)
    {
        if (Math.Min(one.Length, other.Length) < 4 || Math.Abs(one.Length - other.Length) > 1 || char.IsDigit(one[^1]) || char.IsDigit(other[^1])) return false;
        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same]) same++;
        var (a, b) = (one[same..], other[same..]);
        return a.Length == b.Length
            ? a.Length > 0 && (a[1..] == b[1..] || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]))
            : a.Length > b.Length ? a[1..] == b : b[1..] == a;
    }
}
