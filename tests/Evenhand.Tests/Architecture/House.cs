using System.Reflection;
using System.Text.RegularExpressions;
using Evenhand.App;

namespace Evenhand.Tests.Architecture;

/// <summary>The tree as it lies on disk: whatever is added is held to the rules without a list being kept.</summary>
internal static partial class House
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Folders of the modules, found on disk.</summary>
    public static IReadOnlyList<string> ModuleFolders { get; } = [.. Directory.GetDirectories(Path.Combine(Root, "src", "modules")).Order()];

    public static IReadOnlyList<Assembly> ModuleAssemblies { get; } = [.. Modules.All.All.Select(m => m.GetType().Assembly)];

    /// <summary>Every file of ours below some folders, made ones left out.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        (folders.Length == 0 ? ["src", "tests", "tools", "bench"] : folders)
            .Select(f => Path.Combine(Root, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, pattern, SearchOption.AllDirectories))
            .Where(f => !Made().IsMatch(Path.GetRelativePath(Root, f).Replace('\\', '/')));

    public static string Short(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string Find(string from) => File.Exists(Path.Combine(from, "Evenhand.slnx")) ? from : Find(Path.GetDirectoryName(from)!);

    [GeneratedRegex("(^|/)(bin|obj|node_modules|wwwroot|Migrations|artifacts)/")]
    private static partial Regex Made();
}
