using System.Reflection;
using System.Text.RegularExpressions;
using Evenhand.App;
using Evenhand.Kernel;
using Evenhand.Kernel.Text;

namespace Evenhand.Tests.Architecture;

public sealed partial class TextTests
{
    private static IEnumerable<Assembly> Speaking => House.ModuleAssemblies.Append(typeof(EvenhandDb).Assembly);

    private static HashSet<string> Known { get; } = [.. Speaking.SelectMany(a => Texts.Read(a, "en").Keys)];

    [Fact]
    public void Every_text_is_there_in_both_languages_and_takes_the_same_arguments()
    {
        foreach (var assembly in Speaking)
        {
            var (zh, en) = (Texts.Read(assembly, "zh-CN"), Texts.Read(assembly, "en"));
            zh.Keys.Order(StringComparer.Ordinal).ShouldBe(en.Keys.Order(StringComparer.Ordinal), assembly.GetName().Name);
            foreach (var (key, text) in zh) Holes(text).ShouldBe(Holes(en[key]), $"{key} in {assembly.GetName().Name}");
            foreach (var (key, text) in zh) text.ShouldNotBeNullOrWhiteSpace(key);
        }
    }

    [Fact]
    public void Every_refusal_has_a_text()
    {
        var refusals = House.Files("*.cs", "src").Concat(House.Files("*.razor", "src"))
            .SelectMany(f => RefusalCode().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct();
        refusals.Where(code => !Known.Contains(code)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_permission_and_menu_entry_has_a_text()
    {
        var keys = Modules.All.All.SelectMany(m => m.Permissions.Select(p => $"permission.{p.Code}").Concat(m.Menu.SelectMany(e => new[] { e.TextKey, e.Group })));
        keys.Distinct().Where(key => !Known.Contains(key)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_key_a_page_asks_for_is_there()
    {
        var asked = House.Files("*.razor", "src").SelectMany(f => AskedKey().Matches(File.ReadAllText(f)).Select(m => (File: House.Short(f), Key: m.Groups[1].Value)));
        asked.Where(a => a.Key.Contains('.') && !Known.Contains(a.Key)).Select(a => $"{a.File}: {a.Key}").Distinct().ShouldBeEmpty();
    }

    private static string Holes(string text) => string.Join(",", Hole().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order());

    [GeneratedRegex(@"new Refusal\(\s*""([a-z0-9.\-]+)""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"\b[tT]exts?\[""([a-z0-9.\-]+)""")]
    private static partial Regex AskedKey();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Hole();
}
