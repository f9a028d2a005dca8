using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Evenhand.Design;

/// <summary>Lucide's drawings by name, carried in the assembly.</summary>
internal static class Icons
{
    private static readonly Lazy<FrozenDictionary<string, string>> All = new(Read);

    public static MarkupString Markup(string name) => new(All.Value.GetValueOrDefault(name) ?? All.Value["circle-dashed"]);

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(Icons).Assembly.GetManifestResourceStream("icons.json")
            ?? throw new InvalidOperationException("The assembly carries no icons.json: build Evenhand.Design with Node 20 or newer at hand.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
