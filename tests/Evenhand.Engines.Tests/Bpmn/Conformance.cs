namespace Evenhand.Engines.Tests.Bpmn;

/// <summary>BPMN files of others that lie beside the project and are never part of it; tests on them carry the trait Category = Conformance.</summary>
internal static class Conformance
{
    private static readonly string? Root = Environment.GetEnvironmentVariable("EVENHAND_CONFORMANCE") ?? Find(AppContext.BaseDirectory);

    /// <summary>They are there.</summary>
    public static bool IsPresent => System.IO.Directory.Exists(Root);

    /// <summary>Full path of their directory; the test is skipped, visibly, where it is absent.</summary>
    public static string Directory
    {
        get
        {
            if (!IsPresent) Assert.Skip("conformance files absent");
            return Root!;
        }
    }

    /// <summary>Full path of one of them, with `/`; the test is skipped, visibly, where it is absent.</summary>
    public static string File(string relative)
    {
        var path = Path.Combine(Directory, relative);
        if (!System.IO.File.Exists(path)) Assert.Skip($"conformance file absent: {relative}");
        return path;
    }

    /// <summary>Paths of all BPMN files below a folder, relative and with `/`, in order; skips like <see cref="Directory"/>.</summary>
    public static IReadOnlyList<string> Files(string folder = "") =>
        [.. System.IO.Directory.EnumerateFiles(Path.Combine(Directory, folder), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".bpmn", StringComparison.Ordinal) || f.EndsWith(".xml", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Directory, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string? Find(string? from)
    {
        for (; from is not null; from = Path.GetDirectoryName(from))
            if (System.IO.Directory.Exists(Path.Combine(from, "shared", "conformance", "bpmn"))) return Path.Combine(from, "shared", "conformance", "bpmn");
        return null;
    }
}
