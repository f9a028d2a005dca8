using System.Text.Encodings.Web;
using Evenhand.Analytics.Kpis;
using Evenhand.Design;
using Evenhand.Kernel.Text;
using Figure = Evenhand.Analytics.Kpis.Figure;

namespace Evenhand.Measurement.Periods;

/// <summary>From a figure to the contacts behind it, and to the same figures as a file.</summary>
internal static class Links
{
    /// <summary>The contacts a figure counts: of a service level those answered, of an abandonment rate those abandoned. Null for figures made of agents' time.</summary>
    public static string? For(Asked asked, string code, Guid? queue = null, Guid? agent = null, Guid? team = null) => code switch
    {
        "OCC" or "AUX" or "IDLE" or "REST" or "AUXPEAK" or "TPH" or "SIGNEDIN" or "ATWORK" or "BREAK" or "LOG" or "ADH" or "ATTN" => null,
        _ when code.EndsWith(".CV", StringComparison.Ordinal) => null,
        "ABN" or "ABANDONED" or "ABNWAIT" => asked.Contacts(queue, agent, "abandoned", team: team),
        "OFFERED" => asked.Contacts(queue, agent, team: team),
        _ => asked.Contacts(queue, agent, "answered", team: team),
    };

    /// <summary>The same figures as comma-separated values.</summary>
    public static string Export(Asked asked, string by, string codes) =>
        $"/api/v1/measurement/figures?from={asked.Period.From:yyyy-MM-dd}&to={asked.Period.To:yyyy-MM-dd}&by={by}&codes={codes}&format=csv"
        + string.Concat(asked.Settings.ToString().Split("; ").Select(s => "&set=" + UrlEncoder.Default.Encode(s)));
}

/// <summary>The bands of the dictionary a figure is held against.</summary>
internal static class Bands
{
    private static readonly Dictionary<string, (double Low, double High)> Known = new() { ["OCC"] = (0.69, 0.74), ["AUX"] = (0.08, 0.09) };

    public static Status StatusOf(Figure figure) =>
        figure.Value is not { } value || !Known.TryGetValue(figure.Code, out var band) ? Status.None : value >= band.Low && value <= band.High ? Status.Ok : Status.Warn;

    public static string? TextOf(Figure figure, Texts texts) =>
        figure.Value is { } value && Known.TryGetValue(figure.Code, out var band)
            ? texts[value < band.Low ? "measurement.below-band" : value > band.High ? "measurement.above-band" : "measurement.in-band", Format.Percent(band.Low, 0), Format.Percent(band.High, 0)] : null;
}
