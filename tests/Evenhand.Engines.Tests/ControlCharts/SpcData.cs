using System.Globalization;

namespace Evenhand.Engines.Tests.ControlCharts;

/// <summary>The textbook series beside the project; a test that wants one is skipped, visibly, where they are absent.</summary>
internal static class SpcData
{
    /// <summary>The rows of a blank- or comma-separated file after its heading.</summary>
    public static List<string[]> Rows(string file)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "The shared data folder is not beside the project; set EVENHAND_SHARED to its parent.");
        return [.. File.ReadLines(Path.Combine(folder!, "spc", file)).Skip(1).Where(l => l.Trim().Length > 0).Select(l => l.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))];
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("EVENHAND_SHARED") is { Length: > 0 } given) return Existing(Path.Combine(given, "data"));
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Existing(Path.Combine(at.FullName, "shared", "data")) is { } found) return found;
        return null;
    }

    private static string? Existing(string folder) => Directory.Exists(Path.Combine(folder, "spc")) ? folder : null;
}
