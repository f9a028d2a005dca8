using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>The OMG schemas of BPMN 2.0, as they lie among the conformance files.</summary>
internal static class Schemas
{
    private static readonly Lazy<XmlSchemaSet> Set = new(() =>
    {
        var set = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        set.Add(null, Conformance.File("xsd/BPMN20.xsd"));
        set.Compile();
        return set;
    });

    /// <summary>What is wrong with a file, without places, so that two versions of it can be compared.</summary>
    public static IReadOnlyList<string> Errors(string text)
    {
        _ = Conformance.Directory;
        List<string> errors = [];
        XDocument.Parse(text).Validate(Set.Value, (_, e) => errors.Add(e.Message));
        return errors;
    }
}
