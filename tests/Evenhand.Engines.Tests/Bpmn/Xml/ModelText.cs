using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>A model as text, to compare two: without lines, counts and findings.</summary>
internal static partial class ModelText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static string Of(BpmnModel model) => LineNumber().Replace(JsonSerializer.Serialize(model with
    {
        ElementCounts = ImmutableDictionary<string, int>.Empty,
        Findings = [],
        EventNames = model.EventNames.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Shapes = model.Shapes.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Edges = model.Edges.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Processes = [.. model.Processes.Select(p => p with { Body = Sorted(p.Body) })],
    }, Options), "");

    private static Body Sorted(Body body) => body with { Nodes = [.. body.Nodes.Select(Sorted)] };

    private static FlowNode Sorted(FlowNode node) => node with
    {
        Properties = node.Properties.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Service = node.Service is null ? null : node.Service with { Fields = node.Service.Fields.ToImmutableSortedDictionary(StringComparer.Ordinal) },
        Task = node.Task is null ? null : node.Task with { Policies = node.Task.Policies.ToImmutableSortedDictionary(StringComparer.Ordinal) },
        Body = node.Body is null ? null : Sorted(node.Body),
    };

    [GeneratedRegex("\"Line\": \\d+")]
    private static partial Regex LineNumber();
}
