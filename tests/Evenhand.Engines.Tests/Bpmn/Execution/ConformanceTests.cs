using System.Text.Json;

namespace Evenhand.Engines.Tests.Bpmn.Execution;

[Trait("Category", "Conformance")]
public sealed class ConformanceTests
{
    /// <summary>Where we differ in what a case does not assert, and why.</summary>
    private static readonly Dictionary<string, string> Explained = new()
    {
    };

    private static Lazy<Dictionary<string, ConformanceCase>> Cases { get; } = new(() =>
        JsonDocument.Parse(File.ReadAllText(Conformance.File("cases.json"))).RootElement.EnumerateArray().Select(c => new ConformanceCase(c)).ToDictionary(c => c.Id));

    public static TheoryData<string> Ids() => Conformance.IsPresent ? [.. Cases.Value.Keys] : [""];

    [Theory, MemberData(nameof(Ids))]
    public void Case_passes_in_what_it_asserts(string id)
    {
        var (asserted, rest) = Cases.Value[Present(id)].Play();
        asserted.ShouldBeEmpty();
        if (!Explained.ContainsKey(id)) rest.ShouldBeEmpty();
    }

    [Fact]
    public void List_of_explained_differences_is_short_and_true()
    {
        Explained.Count.ShouldBeLessThanOrEqualTo(5);
        Present(Conformance.Directory);
        foreach (var id in Explained.Keys.Where(Cases.Value.ContainsKey)) Cases.Value[id].Play().Other.ShouldNotBeEmpty($"{id} no longer differs");
    }

    private static string Present(string id)
    {
        _ = Conformance.Directory;
        return id;
    }
}
