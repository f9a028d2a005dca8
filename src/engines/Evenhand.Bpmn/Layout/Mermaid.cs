using System.Globalization;
using System.Text;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Layout;

/// <summary>Writes a model as a Mermaid flowchart, for pages that draw those.</summary>
public static class Mermaid
{
    /// <summary>A flowchart from left to right: pools, lanes and sub-processes as subgraphs, nodes by the shape of their kind, flows with their names.</summary>
    /// <param name="model">What to write; boundary events follow their activity on a dotted line.</param>
    /// <param name="highlight">Ids of nodes and flows to set off, and how; null for none.</param>
    /// <returns>Lines ended by `\n`; ids are made anew (`n1`, `n2` …), names are escaped so that they stay names.</returns>
    public static string Write(BpmnModel model, IReadOnlyDictionary<string, Highlight>? highlight = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var writer = new Writer(highlight ?? new Dictionary<string, Highlight>());
        foreach (var process in model.Processes) writer.Process(process, model.Pools.FirstOrDefault(p => p.Process == process.Id));
        foreach (var flow in model.MessageFlows) writer.Link(flow.Source, flow.Target, "-.->", flow.Name, flow.Id);
        return writer.Finish();
    }

    sealed class Writer(IReadOnlyDictionary<string, Highlight> highlight)
    {
        readonly StringBuilder text = new("flowchart LR\n");
        readonly Dictionary<string, string> ids = [];
        readonly List<(int Link, Highlight Highlight)> taken = [];
        int groups, links, depth = 1;

        internal void Process(ProcessModel process, Pool? pool)
        {
            var name = pool?.Name ?? process.Name;
            if (pool is not null) Open(name ?? process.Id);
            var left = process.Body.Nodes.ToDictionary(n => n.Id);
            Lanes(process, null, left, []);
            foreach (var node in left.Values.ToList()) Node(node);
            Flows(process.Body);
            if (pool is not null) Close();
        }

        internal void Link(string source, string target, string arrow, string? name, string id)
        {
            if (!ids.TryGetValue(source, out var from) || !ids.TryGetValue(target, out var to)) return;
            Line($"{from} {arrow}{(string.IsNullOrWhiteSpace(name) ? "" : $"|\"{Escape(name)}\"|")} {to}");
            if (highlight.TryGetValue(id, out var lit)) taken.Add((links, lit));
            links++;
        }

        internal string Finish()
        {
            Line("classDef active fill:#e8eefc,stroke:#2b5fd9,stroke-width:3px,color:#182132");
            Line("classDef done fill:#e3f4ea,stroke:#18794a,stroke-width:2px,color:#182132");
            Line("classDef rejected fill:#fdeaea,stroke:#b9252c,stroke-width:2px,color:#182132");
            foreach (var group in ids.Where(i => highlight.ContainsKey(i.Key)).GroupBy(i => highlight[i.Key]).OrderBy(g => g.Key))
                Line($"class {string.Join(',', group.Select(i => i.Value))} {Word(group.Key)}");
            foreach (var group in taken.GroupBy(t => t.Highlight).OrderBy(g => g.Key))
                Line($"linkStyle {string.Join(',', group.Select(t => t.Link))} stroke:{(group.Key switch { Highlight.Done => "#18794a", Highlight.Rejected => "#b9252c", _ => "#2b5fd9" })},stroke-width:3px");
            return text.ToString();
        }

        void Lanes(ProcessModel process, string? parent, Dictionary<string, FlowNode> left, HashSet<string> seen)
        {
            foreach (var lane in process.Lanes.Where(l => l.Parent == parent && seen.Add(l.Id)).ToList())
            {
                Open(lane.Name ?? lane.Id);
                Lanes(process, lane.Id, left, seen);
                foreach (var id in lane.Nodes)
                    if (left.Remove(id, out var node)) Node(node);
                Close();
            }
        }

        void Node(FlowNode node)
        {
            if (ids.ContainsKey(node.Id)) return;
            var name = Escape(string.IsNullOrWhiteSpace(node.Name) ? Measures.IsEvent(node.Kind) || Measures.IsGateway(node.Kind) ? " " : node.Id : node.Name);
            if (node.Body is { Nodes.Count: > 0 } body)
            {
                ids[node.Id] = Open(name, true);
                foreach (var inner in body.Nodes) Node(inner);
                Flows(body);
                Close();
                return;
            }
            var id = ids[node.Id] = $"n{(ids.Count + 1).ToString(CultureInfo.InvariantCulture)}";
            var (before, after) = Brackets(node.Kind);
            Line($"{id}{before}\"{Sign(node)}{name}\"{after}");
        }

        void Flows(Body body)
        {
            foreach (var node in body.Nodes.Where(n => n.AttachedTo is not null)) Link(node.AttachedTo!, node.Id, "-.-", null, "");
            foreach (var flow in body.Flows) Link(flow.Source, flow.Target, "-->", flow.Name, flow.Id);
        }

        string Open(string name, bool escaped = false)
        {
            var id = $"g{(++groups).ToString(CultureInfo.InvariantCulture)}";
            Line($"subgraph {id}[\"{(escaped ? name : Escape(name))}\"]");
            depth++;
            return id;
        }

        void Close()
        {
            depth--;
            Line("end");
        }

        void Line(string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
    }

    static string Word(Highlight highlight) => highlight switch { Highlight.Active => "active", Highlight.Done => "done", _ => "rejected" };

    static (string Before, string After) Brackets(NodeKind kind) => kind switch
    {
        NodeKind.StartEvent => ("((", "))"),
        NodeKind.EndEvent => ("(((", ")))"),
        NodeKind.CallActivity => ("[[", "]]"),
        NodeKind.ExclusiveGateway or NodeKind.ParallelGateway or NodeKind.InclusiveGateway or NodeKind.EventBasedGateway or NodeKind.ComplexGateway => ("{", "}"),
        NodeKind.BoundaryEvent or NodeKind.IntermediateCatchEvent or NodeKind.IntermediateThrowEvent => ("([", "])"),
        _ => ("(", ")"),
    };

    static string Sign(FlowNode node) => node.Kind switch
    {
        NodeKind.ParallelGateway => "＋ ",
        NodeKind.InclusiveGateway => "○ ",
        NodeKind.ExclusiveGateway => "✕ ",
        NodeKind.EventBasedGateway => "⬠ ",
        _ => "",
    };

    // Every sign that Mermaid, Markdown or HTML could take for its own becomes a number.
    static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in Lettering.Clean(text).EnumerateRunes())
        {
            if (rune.Value == '\n') safe.Append("<br/>");
            else if (rune.Value is < 128 && !char.IsAsciiLetterOrDigit((char)rune.Value) && rune.Value is not (' ' or ',' or '.' or '?' or '!' or '-' or '+')) safe.Append('#').Append(rune.Value.ToString(CultureInfo.InvariantCulture)).Append(';');
            else safe.Append(rune.ToString());
        }
        return safe.ToString();
    }
}
