using System.Globalization;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;

namespace Evenhand.Intake.Columns;

/// <summary>Takes the rows of a delimited file by the names of its columns. A quoted field may hold the delimiter and ends of line.</summary>
internal abstract class ColumnFeed(LineDecoder decoder, TimeZoneInfo zone, ColumnMap map) : LineFeed(decoder)
{
    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy/M/d H:mm:ss", "yyyy-M-d H:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy/M/d H:mm", "yyyy-M-d H:mm",
    ];

    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> fields = [];
    private readonly StringBuilder open = new();
    private long openSince;
    private bool ready;

    protected ColumnMap Map => map;

    /// <summary>The row as it stands in the file.</summary>
    protected string Row { get; private set; } = "";

    protected override bool Take(ReadOnlySpan<byte> line, long number)
    {
        var text = Encoding.UTF8.GetString(line);
        if (open.Length > 0 || HasOpenQuote(text))
        {
            if (open.Length == 0) openSince = number;
            open.Append(open.Length > 0 ? "\n" : "").Append(text);
            if (number == openSince ? HasOpenQuote(text) : !HasOpenQuote(text) && open.Length < 1 << 20) return false;
            (text, number) = (open.ToString(), openSince);
            open.Clear();
        }
        if (text.Length == 0) return false;
        Split(text);
        if (!ready) return Begin(number);
        Row = text;
        if (fields.Count < columns.Count && map.Header) return Refuse(number, "too-few-fields");
        return TakeRow(number);
    }

    protected abstract bool TakeRow(long number);

    /// <summary>The columns without which no row means anything.</summary>
    protected abstract IEnumerable<Pick> Needed { get; }

    protected bool Refuse(long number, string reason, bool kept = false) => Reject(Encoding.UTF8.GetBytes(Row), number, reason, kept);

    protected string Field(string column) => columns.TryGetValue(column, out var at) || (int.TryParse(column, CultureInfo.InvariantCulture, out at) && at-- > 0) ? at < fields.Count ? fields[at] : "" : "";

    /// <summary>The first of the columns that says something; null when none does.</summary>
    protected string? Value(Pick? pick)
    {
        if (pick is null) return null;
        foreach (var column in pick.Columns)
            if (Field(column) is { Length: > 0 } text && !pick.None.Contains(text)) return text;
        return null;
    }

    /// <summary>All the columns together, as an id.</summary>
    protected string? Joined(Pick? pick) => pick is null ? null : string.Join('-', pick.Columns.Select(Field));

    /// <summary>A time as unix seconds; false when something is there that is no time.</summary>
    protected bool TryTime(Pick? pick, out long? at)
    {
        at = null;
        if (Value(pick) is not { } text) return true;
        if (map.Date is { } date)
        {
            if (!DateTime.TryParseExact(Value(date), date.Format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
            if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) || time < TimeSpan.Zero || time.TotalHours >= 24) return false;
            at = WallClock.ToUnix(zone, day + time);
            return true;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && pick!.Format is null) at = epoch >= 100_000_000_000 ? epoch / 1000 : epoch;
        else if (DateTime.TryParseExact(text, pick!.Format is { } format ? [format] : Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)) at = WallClock.ToUnix(zone, wall);
        else if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
            at = exact.ToUnixTimeSeconds();
        return at is >= 0 and < 4_102_444_800;
    }

    /// <summary>A length in seconds, written as a number or as h:mm:ss; false when it is none or negative.</summary>
    protected bool TryLength(Pick? pick, out int? seconds)
    {
        seconds = null;
        if (Value(pick) is not { } text) return true;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) seconds = number is >= 0 and < int.MaxValue ? (int)Math.Round(number) : -1;
        else if (TimeSpan.TryParse(text.Count(c => c == ':') == 1 ? "0:" + text : text, CultureInfo.InvariantCulture, out var length)) seconds = (int)length.TotalSeconds;
        return seconds >= 0;
    }

    private bool Begin(long number)
    {
        ready = true;
        if (!map.Header)
        {
            Row = string.Join(map.DelimiterChar, fields);
            return TakeRow(number);
        }
        for (var i = 0; i < fields.Count; i++) columns.TryAdd(fields[i].Trim(), i);
        foreach (var pick in Needed)
            if (!pick.Columns.Exists(c => columns.ContainsKey(c) || int.TryParse(c, CultureInfo.InvariantCulture, out _)))
                Unusable ??= new Refusal("intake.column-missing", string.Join(" | ", pick.Columns), string.Join(", ", fields));
        return false;
    }

    private static bool HasOpenQuote(string text) => (text.Count(c => c == '"') & 1) == 1;

    private void Split(string text)
    {
        fields.Clear();
        var delimiter = map.DelimiterChar;
        for (var at = 0; at <= text.Length;)
        {
            if (at < text.Length && text[at] == '"' && text.IndexOf('"', at + 1) > 0)
            {
                var end = at + 1;
                while ((end = text.IndexOf('"', end)) >= 0 && end + 1 < text.Length && text[end + 1] == '"') end += 2;
                if (end < 0) end = text.Length;
                fields.Add(text[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = text.IndexOf(delimiter, Math.Min(end, text.Length)) is >= 0 and var after ? after + 1 : text.Length + 1;
                continue;
            }
            var next = text.IndexOf(delimiter, at);
            if (next < 0) next = text.Length;
            fields.Add(text[at..next].Trim());
            at = next + 1;
        }
    }
}
