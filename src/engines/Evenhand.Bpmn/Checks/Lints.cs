using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Checks;

/// <summary>What can be executed but is probably not meant.</summary>
internal static class Lints
{
    public static IEnumerable<Finding> Find(Definition definition)
    {
        foreach (var node in definition.Nodes)
            if (node.Kind is NodeKind.ExclusiveGateway or NodeKind.InclusiveGateway && node.Outgoing.Count > 1 && node.Default is null && node.Outgoing.All(f => f.Condition is not null))
                yield return new Finding(Severity.Warning, "gateway-without-default", node.Id, node.Source.Line);
    }
}
