using System.Globalization;
using System.Text;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;
using Evenhand.Kernel;
using Evenhand.Kernel.Text;

namespace Evenhand.Processes.Commands;

/// <summary>A BPMN file named on the command line, and what is said of it in the reader's language.</summary>
internal sealed record BpmnInput(string Path, BpmnFile? File, IReadOnlyList<Compiled> Processes, IReadOnlyList<Finding> Findings)
{
    public bool CanRun => File is not null && Processes.Count > 0 && Processes.All(p => p.Definition is not null) && Findings.All(f => f.Severity != Severity.Error);

    /// <summary>Reads and compiles a file; a path that cannot be read is refused.</summary>
    public static Outcome<BpmnInput> Read(string path)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(path)) return new Refusal("processes.file-is-folder", path);
            if (new FileInfo(path) is { Exists: true, Length: > 64 << 20 }) return new Refusal("processes.file-too-large", path, 64);
            bytes = System.IO.File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Refusal("processes.file-unreadable", path, fault.Message);
        }
        var read = BpmnFile.Read(bytes);
        if (read.File is null) return new BpmnInput(path, null, [], read.Findings);
        var compiled = Definition.CompileAll(read.File.Model);
        var findings = read.Findings.Concat(compiled.SelectMany(c => c.Findings)).Concat(compiled.Count == 0 ? [new Finding(Severity.Error, "no-process", null, 0)] : []);
        return new BpmnInput(path, read.File, compiled, [.. findings.Select((f, i) => (Finding: f, At: i)).DistinctBy(f => f.Finding.ToString()).OrderBy(f => f.Finding.Line).ThenBy(f => f.At).Select(f => f.Finding)]);
    }

    /// <summary>`path:line: error: what (element)`, as editors and build logs understand it.</summary>
    public static string Line(Texts texts, string path, Finding finding)
    {
        var text = new StringBuilder(path);
        if (finding.Line > 0) text.Append(CultureInfo.InvariantCulture, $":{finding.Line}");
        text.Append(CultureInfo.InvariantCulture, $": {texts[$"processes.severity.{finding.Severity}"]}: {Say(texts, finding.Code, finding.Arguments)}");
        if (finding.Element is not null) text.Append(CultureInfo.InvariantCulture, $" [{finding.Element}]");
        return text.ToString();
    }

    /// <summary>The text of a finding, an incident or a refusal of the engine.</summary>
    public static string Say(Texts texts, string code, IEnumerable<string> arguments)
    {
        var key = $"processes.bpmn.{code}";
        if (!texts.Has(key)) return $"{code} {string.Join(", ", arguments)}".TrimEnd();
        // A text may name more holes than an older finding fills.
        string[] words = [.. arguments.Select(a => Enum.TryParse<EventKind>(a, out var kind) && code.StartsWith("event-", StringComparison.Ordinal) ? texts[$"processes.event.{kind}"] : a), .. Enumerable.Repeat("", 6)];
        return texts[key, words];
    }
}
