using System.Globalization;
using System.Text.Encodings.Web;
using Evenhand.Analytics.Kpis;
using Evenhand.Measurement.Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace Evenhand.Measurement.Periods;

/// <summary>What a page's address asks for: the period, how the service level is reckoned, and whatever else the page has of its own.</summary>
internal sealed class Asked
{
    private readonly Dictionary<string, string> values;
    private readonly string path;

    /// <param name="uri">The page's address.</param>
    /// <param name="first">First day with figures.</param>
    /// <param name="end">First day after the last with figures.</param>
    /// <param name="zone">The centre's zone.</param>
    /// <param name="weeks">How many of the last weeks a page shows that was asked for no period; 0 for the last full week.</param>
    public Asked(string uri, DateOnly first, DateOnly end, TimeZoneInfo zone, int weeks = 0)
    {
        var address = new Uri(uri);
        path = address.AbsolutePath;
        values = QueryHelpers.ParseQuery(address.Query).Where(v => !string.IsNullOrEmpty(v.Value)).ToDictionary(v => v.Key, v => v.Value.ToString());
        (First, End, Zone) = (first, end, zone);
        var open = weeks > 0 && !values.Keys.Any(k => k is "period" or "on" or "from");
        Period = open ? Period.LastWeeks(weeks, first, end) : Period.Read(v => values.GetValueOrDefault(v), first, end);
        Threshold = int.TryParse(this["sl"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 3600 ? seconds : Default("threshold");
        Variant = Variants.Contains(this["variant"]) ? this["variant"]! : Variants[1];
        Settings = KpiSettings.Parse(string.Create(CultureInfo.InvariantCulture, $"SL.threshold={Threshold}; SL.variant={Variant}")).Required();
    }

    /// <summary>How the service level may be reckoned.</summary>
    public static IReadOnlyList<string> Variants { get; } = KpiDictionary.Standard["SL"].Parameters.First(p => p.Name == "variant").Allowed;

    public Period Period { get; }

    public string Path => path;

    public DateOnly First { get; }
    public DateOnly End { get; }
    public TimeZoneInfo Zone { get; }

    /// <summary>Seconds within which an answer counts for the service level.</summary>
    public int Threshold { get; }

    /// <summary>One of <see cref="Variants"/>.</summary>
    public string Variant { get; }

    public KpiSettings Settings { get; }

    /// <summary>A value of the address; null when it is not there.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>The question for figures of the period.</summary>
    public FigureRequest Question(IReadOnlyList<string> codes, FigureFilter? filter, params FigureGroup[] by) => Question(Period, codes, filter, by);

    public FigureRequest Question(Period period, IReadOnlyList<string> codes, FigureFilter? filter, params FigureGroup[] by) =>
        new(LocalDays.StartOf(period.From, Zone), LocalDays.StartOf(period.To, Zone), by, codes, Settings, filter);

    /// <summary>This page with some values changed; null takes one away. A change of anything begins on the first page of lists.</summary>
    public string With(params IEnumerable<KeyValuePair<string, string?>> changes) => path + Query(values.Where(v => v.Key != "page"), changes);

    public string With(string name, string? value) => With([new(name, value)]);

    public string With(Period period) => With(period.Query());

    /// <summary>Another page for the same period and the same service level.</summary>
    public string To(string other, params IEnumerable<KeyValuePair<string, string?>> more) => other + Query(Carried, [.. Period.Query(), .. more]);

    /// <summary>The contacts behind a figure.</summary>
    /// <param name="queue">Only of this queue.</param>
    /// <param name="agent">Only of this agent.</param>
    /// <param name="outcome">Only with this outcome.</param>
    /// <param name="minWait">Only those that waited at least this long, seconds.</param>
    /// <param name="team">Only of the agents of this team.</param>
    public string Contacts(Guid? queue = null, Guid? agent = null, string? outcome = null, int? minWait = null, Guid? team = null) => ContactsLink.To(Period.From, Period.To, queue, agent, outcome, minWait, team);

    /// <summary>What a form of this page has to carry along, but for its own fields.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Except(params string[] fields) => [.. values.Where(v => v.Key != "page" && !fields.Contains(v.Key))];

    private IEnumerable<KeyValuePair<string, string>> Carried => values.Where(v => v.Key is "sl" or "variant");

    private static int Default(string parameter) => int.Parse(KpiDictionary.Standard["SL"].Parameters.First(p => p.Name == parameter).Default, CultureInfo.InvariantCulture);

    private static string Query(IEnumerable<KeyValuePair<string, string>> values, IEnumerable<KeyValuePair<string, string?>> changes)
    {
        var all = values.ToDictionary();
        foreach (var (name, value) in changes)
            if (string.IsNullOrEmpty(value)) all.Remove(name);
            else all[name] = value;
        return all.Count == 0 ? "" : "?" + string.Join('&', all.Select(v => $"{UrlEncoder.Default.Encode(v.Key)}={UrlEncoder.Default.Encode(v.Value)}"));
    }
}

/// <summary>Where the contacts behind a figure are listed.</summary>
internal static class ContactsLink
{
    public static string To(DateOnly from, DateOnly to, Guid? queue, Guid? agent, string? outcome, int? minWait, Guid? team)
    {
        var values = new (string Name, string? Value)[]
        {
            ("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("queue", queue?.ToString()), ("agent", agent?.ToString()),
            ("team", team?.ToString()), ("outcome", outcome), ("minWait", minWait?.ToString(CultureInfo.InvariantCulture)),
        };
        return "/contacts?" + string.Join('&', values.Where(v => v.Value is not null).Select(v => $"{v.Name}={UrlEncoder.Default.Encode(v.Value!)}"));
    }
}
