namespace Evenhand.Tests;

/// <summary>Real data that lies beside the project and is never part of it.</summary>
internal static class SharedData
{
    /// <summary>Full path of a file below `shared/data`; the test is skipped, visibly, where the data is absent.</summary>
    public static string File(string relative)
    {
        var root = Environment.GetEnvironmentVariable("EVENHAND_SHARED") ?? Find(AppContext.BaseDirectory);
        var path = root is null ? null : Path.Combine(root, "data", relative);
        if (path is null || !System.IO.File.Exists(path)) Assert.Skip($"shared data absent: {relative}");
        return path;
    }

    private static string? Find(string? from)
    {
        for (; from is not null; from = Path.GetDirectoryName(from))
            if (Directory.Exists(Path.Combine(from, "shared", "data"))) return Path.Combine(from, "shared");
        return null;
    }
}
