using System.Text;
using System.Xml.Linq;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Layout;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;
using Evenhand.Engines.Tests.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>Models that are well formed and make no sense: references to the wrong things, elements of the wrong kind, flags where they do not belong, the same every time.</summary>
public sealed class OddModelTests
{
    private static readonly string[] Kinds =
    [
        "task", "userTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "subProcess", "transaction",
        "adHocSubProcess", "startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "endEvent",
    ];

    private static readonly string[] Definitions =
    [
        "messageEventDefinition", "signalEventDefinition", "timerEventDefinition", "errorEventDefinition", "escalationEventDefinition", "conditionalEventDefinition", "compensateEventDefinition", "linkEventDefinition",
        "terminateEventDefinition", "cancelEventDefinition",
    ];

    private static readonly string[] Flags = ["isForCompensation", "triggeredByEvent", "cancelActivity", "isInterrupting", "waitForCompletion", "isSequential", "instantiate", "isExecutable"];

    [Theory]
    [InlineData(20111, 250)]
    [InlineData(20112, 250)]
    public void What_compiles_takes_any_command_and_nothing_throws(int seed, int rounds)
    {
        var seeds = Samples.All.ToList();
        if (Conformance.IsPresent) seeds.AddRange(Conformance.Files().Select(f => File.ReadAllText(Conformance.File(f))).Where(t => t.Length < 20_000 && BpmnFile.Read(Encoding.UTF8.GetBytes(t)).File is not null));
        var random = new Random(seed);
        var ran = 0;
        for (var round = 0; round < rounds; round++)
        {
            var text = Changed(seeds[random.Next(seeds.Count)], random);
            try
            {
                ran += Drive(text, seed + round);
            }
            catch (Exception thrown)
            {
                throw new InvalidOperationException($"round {round}: {thrown}\n{text}");
            }
        }
        ran.ShouldBeGreaterThan(rounds / 8);
    }

    [Fact]
    public void Any_model_can_be_compiled_and_drawn()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var model = RandomModels.Make(seed);
            Run(model, seed);
        }
    }

    private static int Drive(string text, int seed) => BpmnFile.Read(Encoding.UTF8.GetBytes(text)).File is { } file ? Run(file.Model, seed) : 0;

    private static int Run(BpmnModel model, int seed)
    {
        SvgDrawing.Draw(model, Diagram.Of(model)).ShouldNotBeEmpty();
        Mermaid.Write(model).ShouldNotBeEmpty();
        var ran = 0;
        foreach (var compiled in Definition.CompileAll(model))
        {
            if (compiled.Definition is not { } definition) continue;
            ran++;
            definition.StartTriggers(Course.Begin);
            Storm.Over(InstanceState.New(definition, "1"), seed, 12);
        }
        return ran;
    }

    private static string Changed(string text, Random random)
    {
        var document = XDocument.Parse(text);
        var elements = document.Descendants().Where(e => e.Name.NamespaceName.EndsWith("/MODEL", StringComparison.Ordinal)).ToList();
        var ids = elements.Select(e => e.Attribute("id")?.Value).OfType<string>().Append("nobody").ToList();
        for (var n = random.Next(1, 4); n > 0; n--) Change(elements[random.Next(elements.Count)], ids, random);
        return document.ToString();
    }

    private static void Change(XElement element, List<string> ids, Random random)
    {
        string Id() => ids[random.Next(ids.Count)];
        string[] references = ["sourceRef", "targetRef", "attachedToRef", "default", "messageRef", "signalRef", "errorRef", "escalationRef", "activityRef", "calledElement", "processRef"];
        switch (random.Next(8))
        {
            case 0 or 1 when element.Attributes().Where(a => references.Contains(a.Name.LocalName)).ToList() is { Count: > 0 } found:
                found[random.Next(found.Count)].Value = Id();
                break;
            case 2 when Kinds.Contains(element.Name.LocalName):
                element.Name = element.Name.Namespace + Kinds[random.Next(Kinds.Length)];
                break;
            case 3 when Definitions.Contains(element.Name.LocalName):
                element.Name = element.Name.Namespace + Definitions[random.Next(Definitions.Length)];
                break;
            case 4:
                element.SetAttributeValue(Flags[random.Next(Flags.Length)], random.Next(2) == 0 ? "true" : "false");
                break;
            case 5 when element.Parent is not null && element.Document!.Descendants().Where(e => Kinds.Contains(e.Name.LocalName) || e.Name.LocalName == "process").ToList() is { Count: > 0 } places:
                var place = places[random.Next(places.Count)];
                if (place.AncestorsAndSelf().Contains(element)) break;
                element.Remove();
                place.Add(element);
                break;
            case 6 when element.Parent is not null && element.Parent.Parent is not null:
                element.Remove();
                break;
            default:
                element.SetAttributeValue(references[random.Next(references.Length)], Id());
                break;
        }
    }
}
