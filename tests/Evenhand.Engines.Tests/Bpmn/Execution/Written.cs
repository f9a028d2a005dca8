using System.Text;
using System.Text.RegularExpressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Execution;

/// <summary>Definitions from XML, where `&lt;go>a b c&lt;/go>` stands for the flows `a-b` and `b-c`.</summary>
internal static partial class Written
{
    public static Definition Process(string inside, string id = "p")
    {
        var compiled = Compile(inside, id);
        return compiled.Definition ?? throw new InvalidOperationException(string.Join("\n", compiled.Findings));
    }

    public static Compiled Compile(string inside, string id = "p")
    {
        var flows = Go().Replace(inside, chain =>
        {
            var ids = chain.Groups[1].Value.Split(' ');
            return string.Concat(ids.Zip(ids.Skip(1)).Select(f => $"""<sequenceFlow id="{f.First}-{f.Second}" sourceRef="{f.First}" targetRef="{f.Second}"/>"""));
        });
        var file = BpmnFile.Read(Encoding.UTF8.GetBytes($"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><message id="m1" name="m1"/><message id="m2" name="m2"/><process id="{id}" isExecutable="true">{flows}</process></definitions>"""));
        return Definition.Compile(file.File!.Model);
    }

    [GeneratedRegex("<go>(.*?)</go>")]
    private static partial Regex Go();
}
