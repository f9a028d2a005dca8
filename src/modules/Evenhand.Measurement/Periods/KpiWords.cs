using System.Globalization;
using Evenhand.Analytics.Kpis;
using Evenhand.Design;
using Evenhand.Kernel.Text;
using ChartFigure = Evenhand.Design.Figure;
using Figure = Evenhand.Analytics.Kpis.Figure;

namespace Evenhand.Measurement.Periods;

/// <summary>Figures and their definitions as people read them.</summary>
internal sealed class KpiWords(Texts texts, KpiDictionary kpis)
{
    private const string Spread = ".CV";

    /// <summary>The name of a code in the reader's language; `AHT.CV` is the spread of AHT.</summary>
    public string Name(string code)
    {
        if (kpis.Find(code) is { } kpi) return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? kpi.NameZh : kpi.NameEn;
        return code.EndsWith(Spread, StringComparison.Ordinal) ? texts["measurement.cv-of", Name(code[..^Spread.Length])] : code;
    }

    /// <summary>A figure as read; "–" when it is withheld.</summary>
    public static string Text(Figure? figure) => figure is null ? Format.Unknown : Text(figure.Value, figure.Unit, figure.Code);

    public static string Text(double? value, KpiUnit unit, string code = "") => unit switch
    {
        KpiUnit.Ratio when code.EndsWith(Spread, StringComparison.Ordinal) => Format.Number(value, 2),
        KpiUnit.Ratio => Format.Percent(value),
        KpiUnit.Seconds => Format.Duration(value),
        KpiUnit.Count => Format.Number(value),
        KpiUnit.Money => Format.Money((decimal?)value),
        _ => Format.Number(value, 1),
    };

    /// <summary>Why a figure is withheld; null when it has a value.</summary>
    public string? Why(Figure? figure) => figure?.WithheldReason is not { } reason ? null : texts.Has($"measurement.withheld.{reason}") ? texts[$"measurement.withheld.{reason}"] : reason;

    /// <summary>The change against an earlier figure of the same definition; null when either has no value.</summary>
    public Delta? Change(Figure now, Figure? before, string against)
    {
        if (before is null || Figure.Compare(before, now).Difference is not { } change) return null;
        var text = now.Unit switch
        {
            KpiUnit.Ratio => texts["measurement.points", Format.Change(change * 100)],
            KpiUnit.Seconds => (change < 0 ? "−" : "+") + Format.Duration(Math.Abs(change)),
            KpiUnit.Count when before.Value is > 0 => Format.Change(change / before.Value.Value * 100) + "%",
            KpiUnit.Count => Format.Change(change, 0),
            _ => Format.Change(change),
        };
        var seen = Math.Abs(change) < (now.Unit switch { KpiUnit.Ratio => 0.0005, KpiUnit.Seconds => 0.5, _ => 0.05 }) ? 0 : change;
        return Delta.Of(seen, seen == 0 ? texts["measurement.unchanged"] : text, against, kpis.Find(now.Code)?.Improves switch { Improves.Upwards => true, Improves.Downwards => false, _ => null });
    }

    /// <summary>The definition behind a figure, with the parameters it was made with.</summary>
    public Definition Definition(FigureDefinition definition)
    {
        var code = definition.Code.EndsWith(Spread, StringComparison.Ordinal) ? definition.Code[..^Spread.Length] : definition.Code;
        var meaning = Meaning(code);
        return new(definition.Code, definition.Version.ToString(CultureInfo.InvariantCulture), code == definition.Code ? meaning : texts["measurement.cv-meaning", meaning])
        {
            Formula = kpis.Find(code)?.FormulaText,
            Parameters = [.. definition.Parameters.Select(p => KeyValuePair.Create(Parameter(p.Key), Value(p.Key, p.Value)))],
            Href = "/definitions#" + code,
        };
    }

    /// <summary>A KPI in words; a centre's own has its formula for them.</summary>
    public string Meaning(string code) => texts.Has($"measurement.kpi-{code}") ? texts[$"measurement.kpi-{code}"] : kpis.Find(code)?.FormulaText ?? code;

    public string Parameter(string name) => texts.Has($"measurement.parameter-{name}") ? texts[$"measurement.parameter-{name}"] : name;

    public string Value(string parameter, string value) =>
        texts.Has($"measurement.{parameter}-{value}") ? texts[$"measurement.{parameter}-{value}"] : parameter is "threshold" or "short" && value != KpiParameter.Off ? texts["measurement.seconds", value] : value;

    public static ChartFigure Chart(KpiUnit unit) => unit switch
    {
        KpiUnit.Ratio => ChartFigure.Percent,
        KpiUnit.Seconds => ChartFigure.Duration,
        KpiUnit.Count => ChartFigure.Whole,
        KpiUnit.Money => ChartFigure.Money,
        _ => ChartFigure.Number,
    };
}
