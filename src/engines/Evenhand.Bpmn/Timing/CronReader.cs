using System.Globalization;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Bpmn.Timing;

/// <summary>Reads the text of a cron expression field by field.</summary>
internal sealed class CronReader
{
    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["@YEARLY"] = "0 0 1 1 *", ["@ANNUALLY"] = "0 0 1 1 *", ["@MONTHLY"] = "0 0 1 * *", ["@WEEKLY"] = "0 0 * * 0",
        ["@DAILY"] = "0 0 * * *", ["@MIDNIGHT"] = "0 0 * * *", ["@HOURLY"] = "0 * * * *",
    };

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Week = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] FieldNames = ["second", "minute", "hour", "day-of-month", "month", "day-of-week", "year"];
    private readonly List<(string Text, int At)> _fields;
    private readonly bool _quartz;
    private readonly CronDays _days = new();
    private ExpressionProblem? _problem;

    private CronReader(List<(string, int)> fields)
    {
        _fields = fields;
        _quartz = fields.Count == 7 || fields.Exists(f => f.Item1 == "?");
        if (fields.Count != 5) return;
        _days.Either = true;
        fields.Insert(0, ("0", 0));
    }

    /// <summary>All numbers of a span, as bits.</summary>
    public static ulong Full(int low, int high) => (ulong.MaxValue >> (63 - high)) & (ulong.MaxValue << low);

    public static Cron? Read(string written, out ExpressionProblem? problem)
    {
        var text = written.ToUpperInvariant();
        var fields = Split(Named.GetValueOrDefault(text.Trim(), text));
        problem = fields.Count is >= 5 and <= 7 && text.Length <= 500 ? null : new("cron-fields", 0, fields.Count.ToString(CultureInfo.InvariantCulture));
        if (problem is not null) return null;
        var canonical = Named.ContainsKey(text.Trim()) ? text.Trim() : string.Join(' ', fields.Select(f => f.Text));
        var reader = new CronReader(fields);
        var cron = reader.Whole(canonical);
        problem = reader._problem;
        return problem is null ? cron : null;
    }

    private static List<(string Text, int At)> Split(string text)
    {
        var fields = new List<(string, int)>();
        for (var at = 0; at < text.Length && fields.Count < 9;)
        {
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            if (at > start) fields.Add((text[start..at], start));
            else at++;
        }
        return fields;
    }

    private Cron Whole(string text)
    {
        var (seconds, minutes, hours) = (Set(0, 0, 59), Set(1, 0, 59), Set(2, 0, 23));
        _days.AnyOfMonth = _fields[3].Text[0] is '*' or '?';
        _days.OfMonth = Set(3, 1, 31);
        var months = Set(4, 1, 12);
        _days.AnyOfWeek = _fields[5].Text[0] is '*' or '?';
        var week = Set(5, _quartz ? 1 : 0, 7);
        _days.OfWeek |= _quartz ? week >> 1 : (week | week >> 7) & 0x7F;
        return new(text, seconds, minutes, hours, months, Years(), _days);
    }

    private HashSet<int>? Years()
    {
        if (_fields.Count < 7 || _fields[6].Text == "*") return null;
        var years = new HashSet<int>();
        foreach (var (part, at) in Parts(6))
            if (Range(part, 6, 1970, 2199) is { } range && range.From <= range.To)
                for (var year = range.From; year <= range.To; year += range.Step) years.Add(year);
            else Refuse(6, part, at);
        return years;
    }

    private void Refuse(int field, string part, int at) => _problem ??= new("cron-field", at, FieldNames[field], part);

    private IEnumerable<(string Part, int At)> Parts(int field)
    {
        var (text, at) = _fields[field];
        foreach (var part in text.Split(','))
        {
            yield return (part, at);
            at += part.Length + 1;
        }
    }

    private ulong Set(int field, int low, int high)
    {
        var set = 0ul;
        foreach (var (part, at) in Parts(field))
        {
            if (field == 3 && SpecialOfMonth(part)) continue;
            if (field == 5 && SpecialOfWeek(part)) continue;
            if (Range(part, field, low, high) is not { } range)
            {
                Refuse(field, part, at);
                continue;
            }
            // A week that counts 0–7 has Sunday twice; a range that wraps must not step over it twice.
            var length = field == 5 ? 7 : high - low + 1;
            var to = range.From <= range.To ? range.To : range.To + length;
            for (var n = range.From; n <= to; n += range.Step) set |= 1ul << (n > high ? n - length : n);
        }
        return set;
    }

    private (int From, int To, int Step)? Range(string part, int field, int low, int high)
    {
        var step = 1;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && (!Digits(part[(slash + 1)..], out step) || step < 1 || step > high)) return null;
        var range = slash >= 0 ? part[..slash] : part;
        if (range == "*" || (range == "?" && slash < 0 && (field is 3 or 5))) return (low, field == 5 && !_quartz ? 6 : high, step);
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (Number(dash >= 0 ? range[..dash] : range, field, low, high) is not { } from) return null;
        if (dash >= 0) return Number(range[(dash + 1)..], field, low, high) is { } to ? (from, to, step) : null;
        return (from, slash >= 0 ? high : from, step);
    }

    private int? Number(string text, int field, int low, int high)
    {
        if (field == 4 && Array.IndexOf(Months, text) is >= 0 and var month) return month + 1;
        if (field == 5 && Array.IndexOf(Week, text) is >= 0 and var day) return _quartz ? day + 1 : day;
        return Digits(text, out var number) && number >= low && number <= high ? number : null;
    }

    private static bool Digits(string text, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private bool SpecialOfMonth(string part)
    {
        if (part == "L") _days.FromLast.Add(0);
        else if (part is "LW" or "WL") _days.Nearest.Add(32);
        else if (part.StartsWith("L-", StringComparison.Ordinal) && Digits(part[2..], out var before) && before is >= 1 and <= 30) _days.FromLast.Add(before);
        else if (part.EndsWith('W') && Digits(part[..^1], out var day) && day is >= 1 and <= 31) _days.Nearest.Add(day);
        else return false;
        return true;
    }

    private bool SpecialOfWeek(string part)
    {
        var hash = part.IndexOf('#', StringComparison.Ordinal);
        if (hash > 0 && OfWeek(part[..hash]) is { } day && Digits(part[(hash + 1)..], out var number) && number is >= 1 and <= 5) _days.Numbered.Add((day, number));
        else if (part == "L") _days.OfWeek |= 1ul << 6;
        else if (part.Length > 1 && part[^1] == 'L' && OfWeek(part[..^1]) is { } last) _days.Lasts |= 1ul << last;
        else return false;
        return true;
    }

    private int? OfWeek(string text) => Number(text, 5, _quartz ? 1 : 0, 7) is { } number ? (_quartz ? number - 1 : number % 7) : null;
}
