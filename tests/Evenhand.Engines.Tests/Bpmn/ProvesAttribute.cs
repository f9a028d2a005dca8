namespace Evenhand.Engines.Tests.Bpmn;

/// <summary>This test proves that the engine supports elements of BPMN; `docs/bpmn.md` is made from what tests say here.</summary>
/// <param name="elements">Names of the elements as the page lists them: `userTask`, `boundaryEvent/timer`, `human/reject` …</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProvesAttribute(params string[] elements) : Attribute
{
    /// <summary>Names of the elements.</summary>
    public IReadOnlyList<string> Elements { get; } = elements;
}
