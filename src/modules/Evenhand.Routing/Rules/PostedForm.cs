using System.Globalization;
using Evenhand.Design;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Routing.Rules;

/// <summary>A posted form with numbers and with rows whose inputs are named `skill.0`, `skill.1` …; what cannot be read is told at its field.</summary>
internal sealed class PostedForm(HttpContext http, FormProblems problems, Texts texts)
{
    private const int MostRows = 500;
    private readonly IFormCollection form = http.Request.Form;

    /// <summary>Whether this form of the page is the one that was posted.</summary>
    public static bool Is(HttpContext http, string name) => HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && http.Request.Form["_handler"] == name;

    public string? Text(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    public bool Flag(string name) => form[name] == "true";

    public int Whole(string name) => (int?)Number(name, true) ?? 0;

    public int? WholeOrNone(string name) => Text(name) is null ? null : (int?)Number(name, true);

    public double Number(string name) => (double?)Number(name, false) ?? 0;

    public T Choice<T>(string name, T usual) where T : struct, Enum => Enum.TryParse<T>(Text(name)?.Replace("-", "", StringComparison.Ordinal), true, out var choice) && Enum.IsDefined(choice) ? choice : usual;

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        problems.Add(texts["routing.unreadable", text], name);
        return null;
    }

    /// <summary>The endings of the rows that have something in this input: `.0`, `.2` …</summary>
    public IReadOnlyList<string> Rows(string name) =>
        [.. Enumerable.Range(0, MostRows).TakeWhile(i => form.ContainsKey($"{name}.{i}")).Select(i => $".{i}").Where(i => Text(name + i) is not null)];

    private decimal? Number(string name, bool whole)
    {
        if (Text(name) is { } text && decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= int.MaxValue && (!whole || number == Math.Truncate(number))) return number;
        problems.Add(texts["routing.unreadable", Text(name) ?? ""], name);
        return null;
    }
}
