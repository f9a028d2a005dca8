using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Xml;

/// <summary>Reads what the camunda, activiti, flowable and zeebe dialects and our own add to the standard.</summary>
internal static class DialectReader
{
    /// <summary>Attributes that have a place of their own in the model; all others become properties.</summary>
    private static readonly FrozenSet<string> Placed = new[]
    {
        "assignee", "candidateUsers", "candidateGroups", "dueDate", "followUpDate", "priority", "formKey", "formRef", "skipExpression", "class", "expression", "delegateExpression",
        "topic", "type", "resultVariable", "resultVariableName", "decisionRef", "calledElementBinding", "calledElementVersion", "calledElementVersionTag",
    }.ToFrozenSet();

    /// <summary>Elements whose work is another engine's code or form.</summary>
    private static readonly FrozenSet<string> NotRun =
        new[] { "executionListener", "taskListener", "eventListener", "formData", "formProperty", "errorEventDefinition", "executionListeners", "taskListeners" }.ToFrozenSet();

    /// <summary>Says what of the dialects is kept in the file and not run.</summary>
    public static IEnumerable<Finding> Ignored(XElement root) => root.Descendants(Names.Model + "extensionElements").Elements()
        .Where(e => NotRun.Contains(e.Name.LocalName) && (Names.IsDialect(e.Name.Namespace) || e.Name.Namespace == Names.Zeebe))
        .Select(e => new Finding(Severity.Note, "extension-not-run", e.Ancestors().Select(a => a.Plain("id")).FirstOrDefault(id => id is not null), Ids.Line(e), e.Name.LocalName));

    /// <summary>Who does a user task and until when.</summary>
    public static TaskSpec Task(XElement e)
    {
        var given = e.ZeebeOf("assignmentDefinition");
        var schedule = e.ZeebeOf("taskSchedule");
        var form = e.ZeebeOf("formDefinition");
        var (users, groups) = Owners(e);
        return new()
        {
            Assignee = e.Of("assignee") ?? given?.Plain("assignee") ?? Expressions(e, "humanPerformer").FirstOrDefault(),
            CandidateUsers = Joined(e.Of("candidateUsers"), given?.Plain("candidateUsers"), users),
            CandidateGroups = Joined(e.Of("candidateGroups"), given?.Plain("candidateGroups"), groups),
            DueDate = e.Of("dueDate") ?? schedule?.Plain("dueDate"),
            FollowUpDate = e.Of("followUpDate") ?? schedule?.Plain("followUpDate"),
            Priority = e.Of("priority") ?? e.ZeebeOf("priorityDefinition")?.Plain("priority"),
            FormKey = e.Of("formKey") ?? e.Of("formRef") ?? form?.Plain("formKey") ?? form?.Plain("formId") ?? form?.Plain("externalReference"),
            Policies = e.Attributes().Where(a => a.Name.Namespace == Names.Evenhand).ToImmutableDictionary(a => a.Name.LocalName, a => a.Value),
        };
    }

    /// <summary>What is asked of the host; <paramref name="spec"/> is where the attributes stand, an event's definition or the node itself.</summary>
    public static ServiceSpec? Service(XElement e, XElement spec)
    {
        var job = e.ZeebeOf("taskDefinition");
        var decision = e.ZeebeOf("calledDecision");
        var connector = spec.Extensions("connector").FirstOrDefault();
        var (kind, text) = spec switch
        {
            _ when spec.Of("class") is { } t => ("class", t),
            _ when spec.Of("delegateExpression") is { } t => ("delegateExpression", t),
            _ when spec.Of("expression") is { } t => ("expression", t),
            _ when spec.Of("topic") is { } t => ("topic", t),
            _ when spec.Of("type") is { } t => ("type", t),
            _ when spec.Of("decisionRef") is { } t => ("decision", t),
            _ when job?.Plain("type") is { } t => ("type", t),
            _ when decision?.Plain("decisionId") is { } t => ("decision", t),
            _ when connector is not null => ("type", Child(connector, "connectorId") ?? "connector"),
            _ => default,
        };
        if (kind is null) return null;
        var fields = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var field in spec.Extensions("field"))
            if (field.Plain("name") is { } name) fields[name] = field.Plain("stringValue") ?? field.Plain("expression") ?? field.Value.Trim();
        foreach (var (key, value) in Headers(e)) fields[key] = value;
        foreach (var input in Parameters(connector, "inputParameter")) fields[input.Target] = input.Expression ?? "";
        return new(kind, text!, spec.Of("resultVariable") ?? spec.Of("resultVariableName") ?? decision?.Plain("resultVariable")) { Fields = fields.ToImmutable(), Retries = job?.Plain("retries") };
    }

    /// <summary>What a call activity calls and what it hands over: zeebe all unless told otherwise, the others nothing unless told so.</summary>
    public static CallSpec Call(XElement e)
    {
        var zeebe = e.ZeebeOf("calledElement");
        var handsAll = zeebe is not null ? zeebe.Truth("propagateAllParentVariables", true) : Names.Truth(e.Of("inheritVariables"), false);
        var takesAll = zeebe is not null && zeebe.Truth("propagateAllChildVariables", true);
        List<Mapping> given = [.. handsAll ? [Everything] : Array.Empty<Mapping>(), .. Mappings(e, "in")];
        List<Mapping> taken = [.. takesAll ? [Everything] : Array.Empty<Mapping>(), .. Mappings(e, "out")];
        var binding = e.Of("calledElementBinding") ?? zeebe?.Plain("bindingType") ?? (Names.Truth(e.Of("sameDeployment"), false) ? "deployment" : "latest");
        var business = e.Extensions("in").Select(i => i.Plain("businessKey")).FirstOrDefault(k => k is not null) ?? e.Of("businessKey")
            ?? (Names.Truth(e.Of("inheritBusinessKey"), false) ? "${execution.processBusinessKey}" : null);
        return new(zeebe?.Plain("processId") ?? Ids.Local(e.Plain("calledElement") ?? ""), binding,
            e.Of("calledElementVersion") ?? e.Of("calledElementVersionTag") ?? zeebe?.Plain("versionTag"), business, given, taken)
        {
            PassesAll = given.Any(m => m.All) && taken.Any(m => m.All),
        };
    }

    /// <summary>A script task's script; null when it has none.</summary>
    public static ScriptSpec? Script(XElement e)
    {
        var result = e.Of("resultVariable") ?? e.Of("resultVariableName");
        if (e.Element(Names.Model + "script") is { } script) return new(e.Plain("scriptFormat"), script.Value.Trim(), result);
        return e.ZeebeOf("script") is { } zeebe && zeebe.Plain("expression") is { } feel ? new("feel", feel, zeebe.Plain("resultVariable")) : null;
    }

    /// <summary>Adds inputs, outputs and everything that has no place of its own.</summary>
    public static FlowNode Complete(FlowNode node, XElement e)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var a in e.Attributes())
            if ((Names.IsDialect(a.Name.Namespace) && !Placed.Contains(a.Name.LocalName)) || a.Name.Namespace == Names.Zeebe || (a.Name.Namespace == Names.Evenhand && node.Task is null))
                properties[a.Name.LocalName] = a.Value;
        foreach (var a in e.Elements(Names.Model + "multiInstanceLoopCharacteristics").Attributes())
            if (Names.IsDialect(a.Name.Namespace) && a.Name.LocalName is not ("collection" or "elementVariable")) properties[a.Name.LocalName] = a.Value;
        foreach (var property in e.Extensions().Where(p => p.Name.LocalName == "properties" && IsOurs(p)).Elements())
            if ((property.Plain("name") ?? property.Plain("key")) is { } name) properties[name] = property.Attribute("value")?.Value ?? property.Value.Trim();
        foreach (var (key, value) in Headers(e)) properties[key] = value;
        foreach (var retry in e.Extensions("failedJobRetryTimeCycle")) properties[retry.Name.LocalName] = retry.Value.Trim();
        if (e.Truth("parallelMultiple")) properties["parallelMultiple"] = "true";
        if (e.ZeebeOf("userTask") is not null) properties["zeebeUserTask"] = "true";
        var mapping = e.ZeebeOf("ioMapping");
        var local = e.Extensions("inputOutput").FirstOrDefault();
        return node with
        {
            Properties = properties.ToImmutable(),
            Inputs = [.. Parameters(local, "inputParameter"), .. Mapped(mapping, "input")],
            Outputs = [.. Parameters(local, "outputParameter"), .. Mapped(mapping, "output")],
        };
    }

    /// <summary>`in` or `out` elements below `extensionElements`.</summary>
    public static IReadOnlyList<Mapping> Mappings(XElement e, string local) => [.. e.Extensions(local)
        .Where(m => m.Plain("businessKey") is null)
        .Select(m => m.Plain("variables") == "all" ? Everything : new Mapping(m.Plain("target") ?? m.Plain("source") ?? "", m.Plain("source"), m.Plain("source") is null ? m.Plain("sourceExpression") : null))];

    private static Mapping Everything { get; } = new("", null, null, true);

    private static bool IsOurs(XElement e) => Names.IsDialect(e.Name.Namespace) || e.Name.Namespace == Names.Zeebe || e.Name.Namespace == Names.Evenhand;

    private static IEnumerable<(string Key, string Value)> Headers(XElement e) =>
        e.ZeebeOf("taskHeaders")?.Elements(Names.Zeebe + "header").Where(h => h.Plain("key") is not null).Select(h => (h.Plain("key")!, h.Attribute("value")?.Value ?? "")) ?? [];

    private static IEnumerable<Mapping> Mapped(XElement? mapping, string local) =>
        mapping?.Elements(Names.Zeebe + local).Where(m => m.Plain("target") is not null).Select(m => new Mapping(m.Plain("target")!, null, m.Attribute("source")?.Value ?? "")) ?? [];

    private static IEnumerable<Mapping> Parameters(XElement? holder, string local)
    {
        if (holder is null) return [];
        var inner = holder.Name.LocalName == "connector" ? holder.Elements().Where(e => e.Name.LocalName == "inputOutput").Elements() : holder.Elements();
        return inner.Where(p => p.Name.LocalName == local && p.Plain("name") is not null).Select(p => new Mapping(p.Plain("name")!, null, Parameter(p)));
    }

    /// <summary>A parameter as one text: lists and maps as FEEL literals, a script as one expression.</summary>
    private static string Parameter(XElement p) => p.Elements().FirstOrDefault() switch
    {
        null => p.Value.Trim(),
        { Name.LocalName: "script" } script => $"${{{script.Value.Trim()}}}",
        { Name.LocalName: "list" or "map" } nested => "=" + Feel(nested),
        var other => other.Value.Trim(),
    };

    private static string Feel(XElement e) => e.Name.LocalName switch
    {
        "list" => $"[{string.Join(", ", e.Elements().Select(Feel))}]",
        "map" => $"{{{string.Join(", ", e.Elements().Select(entry => $"{Quoted(entry.Plain("key") ?? "")}: {Feel(entry)}"))}}}",
        "entry" when e.Elements().FirstOrDefault() is { } inner => Feel(inner),
        "script" => e.Value.Trim(),
        _ when e.Value.Trim() is ['$' or '#', '{', .., '}'] text && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1 => text[2..^1].Trim(),
        _ => Quoted(e.Value.Trim()),
    };

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string? Child(XElement e, string local) => e.Elements().FirstOrDefault(c => c.Name.LocalName == local)?.Value.Trim();

    private static string? Joined(params string?[] parts) => string.Join(',', parts.OfType<string>().Where(p => p.Length > 0)) is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Expressions(XElement e, string role) =>
        e.Elements(Names.Model + role).Elements(Names.Model + "resourceAssignmentExpression").Select(x => x.Value.Trim()).Where(x => x.Length > 0);

    /// <summary>The users and groups of `potentialOwner`: `user(a), group(b), c`, plain names being groups.</summary>
    private static (string Users, string Groups) Owners(XElement e)
    {
        List<string> users = [], groups = [];
        foreach (var part in Expressions(e, "potentialOwner").SelectMany(Parts))
        {
            if (Inner(part, "user") is { } user) users.Add(user);
            else groups.Add(Inner(part, "group") ?? part);
        }
        return (string.Join(',', users), string.Join(',', groups));
    }

    private static string? Inner(string part, string word) =>
        part.StartsWith(word + "(", StringComparison.Ordinal) && part.EndsWith(')') ? part[(word.Length + 1)..^1].Trim() : null;

    /// <summary>Cut at commas outside brackets.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var depth = 0;
        var part = new StringBuilder();
        foreach (var c in text + ",")
        {
            if (c is '(' or '{' or '[') depth++;
            if (c is ')' or '}' or ']') depth--;
            if (c != ',' || depth > 0)
            {
                part.Append(c);
                continue;
            }
            if (part.ToString().Trim() is { Length: > 0 } found) yield return found;
            part.Clear();
        }
        if (part.Length > 1) yield return part.ToString(0, part.Length - 1).Trim();
    }
}
