using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Evenhand.Kernel.Text;

/// <summary>The texts of all modules in zh-CN and English, from the embedded `Texts.*.json` files; a key missing in a language shows as itself.</summary>
public sealed class Texts
{
    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    private readonly ConcurrentDictionary<string, Dictionary<string, string>> byLanguage = new();

    public Texts(IEnumerable<Assembly> assemblies)
    {
        foreach (var language in Languages) byLanguage[language] = [];
        foreach (var assembly in assemblies.Distinct())
            foreach (var language in Languages)
                foreach (var (key, text) in Read(assembly, language))
                    byLanguage[language][key] = text;
    }

    public string this[string key] => For(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>The text with its arguments in the culture's own number and date forms.</summary>
    public string this[string key, params object?[] args] => args.Length == 0 ? this[key] : string.Format(CultureInfo.CurrentCulture, this[key], args);

    public string this[Refusal refusal] => this[refusal.Code, refusal.Args];

    public bool Has(string key) => For(key, CultureInfo.CurrentUICulture) is not null;

    /// <summary>The texts one assembly brings in one language; empty when it has none.</summary>
    public static IReadOnlyDictionary<string, string> Read(Assembly assembly, string language)
    {
        var name = assembly.GetManifestResourceNames().FirstOrDefault(n => n.EndsWith($"Texts.{language}.json", StringComparison.Ordinal));
        if (name is null) return new Dictionary<string, string>();
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
    }

    private string? For(string key, CultureInfo culture) =>
        byLanguage[culture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en"].GetValueOrDefault(key);
}
