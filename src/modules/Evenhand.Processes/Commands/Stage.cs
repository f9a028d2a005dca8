using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Rehearsals;
using Evenhand.Bpmn.Timing;
using Evenhand.Kernel.Text;

namespace Evenhand.Processes.Commands;

/// <summary>A rehearsal as the terminal shows it: numbered things that can be done, and the lines that do them.</summary>
internal sealed partial class Stage(Rehearsal rehearsal, Texts texts, TextWriter output)
{
    private readonly List<(string Text, Func<ImmutableDictionary<string, Value>?, Refused?> Do, string Instance, int Node)> _choices = [];
    private int _shown;

    public bool HasEnded => rehearsal.Instances.All(i => i.HasEnded);

    public bool Start(string key, string starter, string[] variables)
    {
        if (Read(variables) is not { } values) return false;
        return Told(rehearsal.Start(key, new Start { Actor = starter, Variables = values }), show: false);
    }

    /// <summary>Does one line; false when it was refused or not understood.</summary>
    public bool Do(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (verb, rest) = (words[0], words[1..]);
        if (int.TryParse(verb, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Choose(number, rest);
        switch (verb)
        {
            case "set" when Read(rest) is { Count: > 0 } values && Open() is { } open:
                return Told(rehearsal.Do(open.Id, new SetVariables { Variables = values }));
            case "undo":
                return Undo();
            case "wait" when rest.Length == 1 && Iso8601.TryDuration(rest[0], out var span):
                return Told(span.TryAfter(rehearsal.Now) is { } then ? rehearsal.Advance(then) : new Refused("timer-range", rest[0]));
            case "message" when rest.Length > 0 && Read(rest[1..]) is { } values:
                return Told(rehearsal.Deliver(new Correlate(rest[0]) { Variables = values }));
            case "signal" when rest.Length > 0 && Read(rest[1..]) is { } values:
                return Signal(rest[0], values);
            case "move" when rest.Length == 2 && Choice(rest[0]) is { } moved:
                return Told(rehearsal.Do(moved.Instance, new Move([moved.Node], [rest[1]])));
            case "cancel" when Open() is { } open:
                return Told(rehearsal.Do(open.Id, new Cancel()));
            case "show":
                Show();
                return true;
            case "vars":
                foreach (var instance in rehearsal.Instances)
                    foreach (var (name, value) in instance.Variables.OrderBy(v => v.Key, StringComparer.Ordinal)) output.WriteLine($"  {instance.Id}  {name} = {value}");
                return true;
            case "svg" when rest.Length == 1:
                return Draw(rest[0]);
            default:
                if (AtChoice(verb, rest) is { } command) return Told(rehearsal.Do(Choice(rest[0])!.Value.Instance, command));
                return Help(verb);
        }
    }

    private bool Signal(string name, ImmutableDictionary<string, Value> values)
    {
        var before = rehearsal.Log.Count;
        var refusal = rehearsal.Signal(name, values);
        return Told(refusal ?? (rehearsal.Log.Count == before ? new Refused("signal-not-awaited", name) : null));
    }

    /// <summary>All that can be said; of a word misused, only its own lines.</summary>
    private bool Help(string verb)
    {
        var lines = texts["processes.run.help"].Split('\n');
        var own = lines.Where(l => l.Split(' ', '·').Contains(verb)).ToList();
        if (verb is not ("help" or "?")) output.WriteLine($"✗ {texts["processes.run.not-understood", verb]}");
        foreach (var line in own.Count > 0 ? own : [.. lines]) output.WriteLine(line);
        return verb is "help" or "?";
    }

    /// <summary>Where the instances stand, and what can be done next.</summary>
    public void Show()
    {
        _choices.Clear();
        output.WriteLine($"── {rehearsal.Now:yyyy-MM-dd HH:mm:ss}");
        foreach (var instance in rehearsal.Instances)
        {
            output.WriteLine($"{instance.Id}  {instance.Definition.Process.Name ?? instance.Definition.Key}: {texts[$"processes.status.{instance.Status}"]}");
            if (!instance.HasEnded) Offer(instance);
        }
    }

    private void Offer(InstanceState instance)
    {
        foreach (var task in instance.Tasks)
            Add("task", instance, task.Instance, $"{task.Name} [{task.Node.Id}]{Who(task)}{(task.Due is { } due ? $" ⏰ {due:yyyy-MM-dd HH:mm}" : "")}", v => new CompleteTask(task.Id) { Variables = v });
        foreach (var timer in instance.Timers) Add("timer", instance, timer.Owner, $"{Name(timer.Node.Name, timer.Node.Id)} {timer.Due:yyyy-MM-dd HH:mm:ss}", v => new FireTimer(timer.Id) { Variables = v });
        foreach (var awaited in instance.Subscriptions)
            if (awaited.Kind == EventKind.Message) Add("message", instance, awaited.Owner, $"{awaited.Name} → {Name(awaited.Node.Name, awaited.Node.Id)}", v => new Correlate(awaited.Name) { Subscription = awaited.Id, CorrelationKey = awaited.CorrelationKey, Variables = v });
            else if (awaited.Kind == EventKind.Signal) Add("signal", instance, awaited.Owner, $"{awaited.Name} → {Name(awaited.Node.Name, awaited.Node.Id)}", v => new Broadcast(awaited.Name) { Variables = v });
        foreach (var request in instance.Requests.Where(r => !r.IsCall && !r.Failed)) Add("service", instance, request.Instance, Node(instance, request.Instance), v => new CompleteRequest(request.Id) { Variables = v });
        foreach (var node in instance.Nodes.Where(n => n.Node.Kind == NodeKind.ReceiveTask && n.Role != NodeRole.Body && instance.Subscriptions.All(s => s.Owner != n.Id)))
            Add("receive", instance, node.Id, Name(node.Node.Name, node.Node.Id), v => new Trigger(node.Id) { Variables = v });
        foreach (var incident in instance.Incidents)
            Add("incident", instance, incident.Instance, $"{Node(instance, incident.Instance)}: {BpmnInput.Say(texts, incident.Code, incident.Arguments)}", v => new Retry(incident.Id) { Variables = v });
    }

    private void Add(string kind, InstanceState instance, int node, string text, Func<ImmutableDictionary<string, Value>?, Command> command)
    {
        _choices.Add((text, v => rehearsal.Do(instance.Id, command(v)), instance.Id, node));
        output.WriteLine($"  {_choices.Count,3}  {texts[$"processes.run.{kind}"]}  {text}");
    }

    private static string Who(HumanTask task)
    {
        if (task.Assignee is { } assignee) return $" @{assignee}";
        var names = task.CandidateUsers.Concat(task.CandidateGroups).ToList();
        return names.Count == 0 ? "" : $" ({string.Join(", ", names)})";
    }

    private static string Name(string? name, string id) => name is null ? id : $"{name} [{id}]";

    private static string Node(InstanceState instance, int id) => instance.Nodes.FirstOrDefault(n => n.Id == id) is { } node ? Name(node.Node.Name, node.Node.Id) : "";

    private (string Text, Func<ImmutableDictionary<string, Value>?, Refused?> Do, string Instance, int Node)? Choice(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= _choices.Count ? _choices[number - 1] : null;

    private InstanceState? Open() => rehearsal.Instances.FirstOrDefault(i => !i.HasEnded);

    private bool Choose(int number, string[] variables)
    {
        if (number < 1 || number > _choices.Count)
        {
            output.WriteLine(texts["processes.run.no-choice", number]);
            return false;
        }
        return Read(variables) is { } values && Told(_choices[number - 1].Do(values.Count == 0 ? null : values));
    }

    private bool Told(Refused? refusal, bool show = true)
    {
        if (refusal is not null)
        {
            output.WriteLine($"✗ {BpmnInput.Say(texts, refusal.Code, refusal.Arguments)}");
            return false;
        }
        for (; _shown < rehearsal.Log.Count; _shown++)
            if (Sentence(rehearsal.Log[_shown]) is { } text) output.WriteLine($"  {text}");
        if (show) Show();
        return true;
    }

    private string? Sentence((string Instance, Effect Effect) logged) => logged.Effect switch
    {
        TaskOpened opened => $"+ {opened.Task.Name}{Who(opened.Task)}",
        TaskClosed closed => $"{(closed.Reason == Leaving.Completed ? "✓" : "–")} {closed.Task.Name}",
        ServiceRequested asked => texts["processes.run.asked", Name(asked.Node.Name, asked.Node.Id)],
        MessageSent sent => texts["processes.run.sent", sent.Name.Length > 0 ? sent.Name : Name(sent.Node.Name, sent.Node.Id)],
        SignalThrown thrown => texts["processes.run.thrown", thrown.Name],
        IncidentRaised raised => $"! {Name(raised.Node.Name, raised.Node.Id)}: {BpmnInput.Say(texts, raised.Incident.Code, raised.Incident.Arguments)}",
        Recorded { Kind: HistoryKind.Took } took when rehearsal.Instances.First(i => i.Id == logged.Instance).Definition.Flow(took.Node) is { } flow =>
            $"→ {(flow.Source.Name is null ? "" : $"{flow.Source.Name}: ")}{flow.To.Name ?? flow.To.Id}",
        _ => null,
    };

    private ImmutableDictionary<string, Value>? Read(string[] pairs)
    {
        var values = ImmutableDictionary<string, Value>.Empty;
        foreach (var pair in pairs)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var text])
            {
                output.WriteLine(texts["processes.run.no-pair", pair]);
                return null;
            }
            values = values.SetItem(name, Of(text));
        }
        return values;
    }

    /// <summary>JSON where it is JSON, else the text itself.</summary>
    private static Value Of(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return ValueJson.Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return text;
        }
    }

    private bool Draw(string path)
    {
        var marks = new Dictionary<string, Highlight>(StringComparer.Ordinal);
        foreach (var (_, effect) in rehearsal.Log)
            if (effect is Recorded { Kind: HistoryKind.Took or HistoryKind.Left or HistoryKind.Happened } seen) marks[seen.Node] = seen.Reason is Leaving.Cancelled or Leaving.Moved ? Highlight.Rejected : Highlight.Done;
        foreach (var node in rehearsal.Instances.SelectMany(i => i.Nodes).Where(n => n.Id != 0)) marks[node.Node.Id] = Highlight.Active;
        var model = rehearsal.Instances.First().Definition.Model;
        try
        {
            File.WriteAllText(path, SvgDrawing.Draw(model, Diagram.Of(model), new SvgOptions { Highlights = marks }));
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(texts["processes.file-unwritable", path, fault.Message]);
            return false;
        }
    }
}
