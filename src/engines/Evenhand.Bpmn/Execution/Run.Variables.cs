using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Variables: read from the inside outwards, set where they are known, else at the instance.</summary>
internal sealed partial class Run
{
    private readonly HashSet<(int Scope, string Name)> _changed = [];

    private sealed class Reader(Run run) : IVariables
    {
        public int At { get; set; }

        public bool TryGet(string name, out Value value)
        {
            for (var node = run._nodes.Find(At); node is not null; node = run._nodes.Find(node.Parent))
            {
                if (node.Variables is { } variables && variables.TryGetValue(name, out value)) return true;
                if (node.LoopCounter >= 0 && name == "loopCounter")
                {
                    value = node.LoopCounter;
                    return true;
                }
                if (node.Repetitions is { } repetitions && Counter(repetitions, name) is { } count)
                {
                    value = count;
                    return true;
                }
            }
            value = run._starter;
            return name == "starter" && run._starter is not null;
        }

        private static int? Counter(Repetitions repetitions, string name) => name switch
        {
            "nrOfInstances" => repetitions.Total,
            "nrOfCompletedInstances" => repetitions.Completed,
            "nrOfActiveInstances" => repetitions.Started - repetitions.Completed - repetitions.Removed,
            "nrOfAgreed" => repetitions.Agreed,
            "nrOfRefused" => repetitions.Refused,
            _ => null,
        };
    }

    private Evaluated Evaluate(Expression expression, int at)
    {
        _reader.At = at;
        return expression.Evaluate(_reader, _now);
    }

    /// <summary>A text for people or ids: null for nothing.</summary>
    private string? Say(Expression? expression, int at, ref ExpressionProblem? problem)
    {
        if (expression is null) return null;
        var found = Evaluate(expression, at);
        problem ??= found.Problem;
        return found.Problem is not null || found.Value.IsNull ? null : found.Value.ToString();
    }

    private static ImmutableArray<string> Words(Expression expression, ExpressionProblem problem) =>
        [.. problem.Arguments, expression.Text, (problem.Position + 1).ToString(CultureInfo.InvariantCulture)];

    private void SetAt(int instance, ImmutableDictionary<string, Value>? variables)
    {
        if (variables is null) return;
        foreach (var (name, value) in variables) SetAt(instance, name, value);
    }

    /// <summary>Sets a variable in the innermost scope that knows it; one that none knows becomes the instance's.</summary>
    private void SetAt(int instance, string name, Value value)
    {
        var node = _nodes.Find(instance);
        while (node is not null && node.Parent >= 0 && node.Variables?.ContainsKey(name) != true) node = _nodes.Find(node.Parent);
        if (node is not null) SetLocal(node, name, value);
    }

    private NodeInstance SetLocal(NodeInstance node, string name, Value value)
    {
        var changed = node with { Variables = (node.Variables ?? ImmutableDictionary<string, Value>.Empty).SetItem(name, value) };
        _nodes.Set(changed);
        _changed.Add((node.Id, name));
        return changed;
    }

    /// <summary>Values of mappings read at one node instance; null and a problem when one fails.</summary>
    private ImmutableDictionary<string, Value>? Read(GraphMapping[] mappings, int at, out ImmutableArray<string> words, out string code)
    {
        var values = ImmutableDictionary<string, Value>.Empty;
        (words, code) = ([], "");
        foreach (var mapping in mappings)
        {
            if (mapping.All) values = values.SetItems(Visible(at));
            else if (mapping.Source is { } expression)
            {
                var found = Evaluate(expression, at);
                if (found.Problem is { } problem)
                {
                    (words, code) = (Words(expression, problem), problem.Code);
                    return null;
                }
                values = values.SetItem(mapping.Target, found.Value);
            }
            else
            {
                _reader.At = at;
                values = values.SetItem(mapping.Target, _reader.TryGet(mapping.Variable ?? mapping.Target, out var value) ? value : Value.Null);
            }
        }
        return values;
    }

    private ImmutableDictionary<string, Value> Visible(int at)
    {
        var all = ImmutableDictionary<string, Value>.Empty;
        for (var node = _nodes.Find(at); node is not null; node = _nodes.Find(node.Parent))
            foreach (var (name, value) in node.Variables ?? ImmutableDictionary<string, Value>.Empty)
                if (!all.ContainsKey(name)) all = all.Add(name, value);
        return all;
    }
}
