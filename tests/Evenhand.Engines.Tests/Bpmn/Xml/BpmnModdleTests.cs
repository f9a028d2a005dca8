using System.Diagnostics;
using System.Text.Json;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>
/// bpmn-moddle, the reader behind bpmn.io's editors, finds in each file what we find, and finds it still after an edit and in a fresh file of the model.
/// Compared are elements that are objects of their own in both: nodes, flows, events' definitions, lanes, pools, data, notes; not references, texts and expressions.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class BpmnModdleTests
{
    private static readonly string[] Modelled =
    [
        .. Enum.GetNames<NodeKind>().Where(k => k != nameof(NodeKind.Unsupported)).Select(k => char.ToLowerInvariant(k[0]) + k[1..]),
        "process", "sequenceFlow", "messageFlow", "association", "participant", "lane", "message", "signal", "error", "escalation", "textAnnotation", "group", "dataObject",
        "dataObjectReference", "dataStoreReference", "messageEventDefinition", "signalEventDefinition", "timerEventDefinition", "errorEventDefinition",
        "escalationEventDefinition", "conditionalEventDefinition", "compensateEventDefinition", "linkEventDefinition", "terminateEventDefinition", "cancelEventDefinition",
        "standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
    ];

    private static readonly string[] Kept =
    [
        .. Modelled, "definitions", "collaboration", "documentation", "itemDefinition", "import", "interface", "operation", "resource", "dataStore", "dataInput", "dataOutput",
        "inputSet", "outputSet", "dataInputAssociation", "dataOutputAssociation", "potentialOwner", "resourceAssignmentExpression", "category", "categoryValue", "globalTask",
    ];

    [Fact]
    public void Finds_the_same_before_and_after()
    {
        var script = Script();
        var folder = Directory.CreateTempSubdirectory("evenhand-moddle-");
        try
        {
            var files = Conformance.Files();
            var ours = files.ToDictionary(f => f, f => BpmnFile.Read(File.ReadAllBytes(Conformance.File(f))).File!);
            foreach (var (file, read) in ours)
            {
                var node = read.Model.Processes.SelectMany(p => p.Body.AllNodes).Last();
                Save(folder, "edited", file, read.With(new BpmnEdit.SetAttribute(node.Id, "name", "端平"), new BpmnEdit.Insert(node.Id, "<evenhand:x/>")).File!.Bytes);
                Save(folder, "fresh", file, BpmnFile.Read(BpmnWriter.Write(read.Model)).File!.Bytes);
            }
            var before = Count(script, Conformance.Directory);
            var edited = Count(script, Path.Combine(folder.FullName, "edited"));
            var fresh = Count(script, Path.Combine(folder.FullName, "fresh"));
            before.Values.Sum(c => c.GetValueOrDefault("sequenceFlow")).ShouldBe(ours.Values.Sum(f => f.Model.ElementCounts.GetValueOrDefault("sequenceFlow")));
            foreach (var file in files)
            {
                Line(before[file], Kept).ShouldBe(Line(ours[file].Model.ElementCounts, Kept), file);
                Line(edited[file], Kept).ShouldBe(Line(before[file], Kept), file);
                // Data going in and out of nodes is modelled, and so written, as associations.
                before[file]["association"] = ours[file].Model.Associations.Count + ours[file].Model.Processes.Sum(p => p.Body.AllNodes.Select(n => n.Body).OfType<Body>().Append(p.Body).Sum(b => b.Associations.Count));
                fresh[file].TryAdd("association", 0);
                Line(fresh[file], Modelled).ShouldBe(Line(before[file], Modelled), file);
            }
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static string Line(IReadOnlyDictionary<string, int> counts, string[] names) =>
        string.Join(' ', names.Where(counts.ContainsKey).Order(StringComparer.Ordinal).Select(n => $"{n}={counts[n]}"));

    private static void Save(DirectoryInfo folder, string kind, string file, ReadOnlyMemory<byte> bytes)
    {
        var path = Path.Combine(folder.FullName, kind, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes.Span);
    }

    private static Dictionary<string, Dictionary<string, int>> Count(string script, string folder)
    {
        var (code, output, error) = Run("node", Path.GetDirectoryName(script)!, script, folder);
        code.ShouldBe(0, error);
        return JsonSerializer.Deserialize<Dictionary<string, Found>>(output, JsonSerializerOptions.Web)!.ToDictionary(f => f.Key, f => f.Value.Counts);
    }

    /// <summary>The counting script with its packages in place; skips, visibly, without node, npm or a registry.</summary>
    private static string Script()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Evenhand.slnx"))) root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("Evenhand.slnx");
        var folder = Path.Combine(root, "tests", "bpmn-moddle");
        try
        {
            if (Run("node", folder, "--version").Code != 0) Assert.Skip("node is absent");
            if (!Directory.Exists(Path.Combine(folder, "node_modules")) && Run("npm", folder, "ci", "--no-audit", "--no-fund") is { Code: not 0, Error: var why })
                Assert.Skip($"npm ci failed in tests/bpmn-moddle: {why}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Skip($"node or npm is absent: {e.Message}");
        }
        return Path.Combine(folder, "count.mjs");
    }

    private static (int Code, string Output, string Error) Run(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private sealed record Found(Dictionary<string, int> Counts, int Warnings);
}
