using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Evenhand.Bpmn.Expressions;

/// <summary>What a <see cref="Value"/> is.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A decimal number, 28 digits.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>An instant.</summary>
    Instant,

    /// <summary>A span of calendar months and of time.</summary>
    Duration,

    /// <summary>Values in order.</summary>
    List,

    /// <summary>Values by name.</summary>
    Map,
}

/// <summary>A span of calendar months (which differ in length) and of exact time, as ISO 8601 writes it (`P1M2DT3H`).</summary>
/// <param name="Months">Calendar months, years being twelve.</param>
/// <param name="Time">Days (of 24 hours) and shorter.</param>
public readonly record struct CalendarSpan(int Months, TimeSpan Time)
{
    /// <summary>The instant this span after another; months end at the month's last day (31 January + P1M = 28 or 29 February).</summary>
    /// <param name="from">Where the span begins.</param>
    /// <returns>The instant, in the same offset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside the years 1–9999.</exception>
    public DateTimeOffset After(DateTimeOffset from) => from.AddMonths(Months).Add(Time);

    /// <summary>The instant this span after another.</summary>
    /// <param name="from">Where the span begins.</param>
    /// <returns>As <see cref="After"/>; null when it is outside the years 1–9999.</returns>
    public DateTimeOffset? TryAfter(DateTimeOffset from)
    {
        try
        {
            return After(from);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The opposite span.</summary>
    /// <exception cref="OverflowException">It is the longest negative one.</exception>
    public CalendarSpan Negated => new(checked(-Months), -Time);
}

/// <summary>A process variable or a result of an expression: one of eight kinds, immutable, compared by content.</summary>
public readonly struct Value : IEquatable<Value>
{
    private readonly object? _reference;
    private readonly decimal _number;

    private Value(ValueKind kind, decimal number, object? reference)
    {
        Kind = kind;
        _number = number;
        _reference = reference;
    }

    /// <summary>Nothing; also the default.</summary>
    public static Value Null => default;

    /// <summary>Which of the eight kinds.</summary>
    public ValueKind Kind { get; }

    /// <summary>The kind is <see cref="ValueKind.Null"/>.</summary>
    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>The truth; false for other kinds.</summary>
    public bool AsBoolean => Kind == ValueKind.Boolean && _number != 0;

    /// <summary>The number; 0 for other kinds.</summary>
    public decimal AsNumber => Kind == ValueKind.Number ? _number : 0;

    /// <summary>The text; empty for other kinds.</summary>
    public string AsText => Kind == ValueKind.Text ? (string)_reference! : "";

    /// <summary>The instant; the year 1 for other kinds.</summary>
    public DateTimeOffset AsInstant => Kind == ValueKind.Instant ? (DateTimeOffset)_reference! : default;

    /// <summary>The span; none for other kinds.</summary>
    public CalendarSpan AsDuration => Kind == ValueKind.Duration ? (CalendarSpan)_reference! : default;

    /// <summary>The values of a list; none for other kinds.</summary>
    public ImmutableArray<Value> AsList => Kind == ValueKind.List ? ((ListBox)_reference!).Items : [];

    /// <summary>The values of a map; none for other kinds.</summary>
    public ImmutableDictionary<string, Value> AsMap => Kind == ValueKind.Map ? (ImmutableDictionary<string, Value>)_reference! : ImmutableDictionary<string, Value>.Empty;

    /// <summary>A truth.</summary>
    /// <param name="value">It.</param>
    public static Value Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0, null);

    /// <summary>A number.</summary>
    /// <param name="value">It.</param>
    public static Value Of(decimal value) => new(ValueKind.Number, value, null);

    /// <summary>A text; null gives <see cref="Null"/>.</summary>
    /// <param name="value">It.</param>
    public static Value Of(string? value) => value is null ? Null : new(ValueKind.Text, 0, value);

    /// <summary>An instant.</summary>
    /// <param name="value">It; the offset is kept, and ignored in comparing.</param>
    public static Value Of(DateTimeOffset value) => new(ValueKind.Instant, 0, value);

    /// <summary>A span.</summary>
    /// <param name="value">It.</param>
    public static Value Of(CalendarSpan value) => new(ValueKind.Duration, 0, value);

    /// <summary>A list.</summary>
    /// <param name="values">Its values in order.</param>
    public static Value Of(ImmutableArray<Value> values) => new(ValueKind.List, 0, new ListBox(values.IsDefault ? [] : values));

    /// <summary>A list.</summary>
    /// <param name="values">Its values in order.</param>
    public static Value Of(IEnumerable<Value> values) => Of([.. values]);

    /// <summary>A map.</summary>
    /// <param name="values">Its values; names are told apart by case.</param>
    public static Value Of(ImmutableDictionary<string, Value> values) => new(ValueKind.Map, 0, values);

    /// <summary>A truth.</summary>
    public static implicit operator Value(bool value) => Of(value);

    /// <summary>A number.</summary>
    public static implicit operator Value(int value) => Of((decimal)value);

    /// <summary>A number.</summary>
    public static implicit operator Value(decimal value) => Of(value);

    /// <summary>A text.</summary>
    public static implicit operator Value(string? value) => Of(value);

    /// <inheritdoc/>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <inheritdoc/>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>Same kind and content; numbers by value (1.0 = 1), instants by the moment, lists in order.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Value other) => Kind == other.Kind && Kind switch
    {
        ValueKind.Null => true,
        ValueKind.Boolean or ValueKind.Number => _number == other._number,
        ValueKind.List => AsList.AsSpan().SequenceEqual(other.AsList.AsSpan()),
        ValueKind.Map => SameMap(AsMap, other.AsMap),
        _ => _reference!.Equals(other._reference),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        ValueKind.List => HashCode.Combine(Kind, AsList.Length),
        ValueKind.Map => HashCode.Combine(Kind, AsMap.Count),
        ValueKind.Boolean or ValueKind.Number => HashCode.Combine(Kind, _number),
        _ => HashCode.Combine(Kind, _reference),
    };

    /// <summary>How people and templates see it: numbers without trailing zeros, instants and spans as ISO 8601, nothing as an empty text, lists as `[a, b]`.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Null => "",
        ValueKind.Boolean => AsBoolean ? "true" : "false",
        ValueKind.Number => (_number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        ValueKind.Text => AsText,
        ValueKind.Instant => AsInstant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        ValueKind.Duration => Iso(AsDuration),
        ValueKind.List => $"[{string.Join(", ", AsList)}]",
        _ => $"{{{string.Join(", ", AsMap.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value}"))}}}",
    };

    private static bool SameMap(ImmutableDictionary<string, Value> left, ImmutableDictionary<string, Value> right)
    {
        if (left.Count != right.Count) return false;
        foreach (var (name, value) in left)
            if (!right.TryGetValue(name, out var other) || !value.Equals(other)) return false;
        return true;
    }

    /// <summary>A sign in front where nothing is positive, at each part where signs differ (ISO 8601-2); decimals, for the least of spans has no opposite.</summary>
    private static string Iso(CalendarSpan span)
    {
        var (months, ticks) = ((decimal)span.Months, (decimal)span.Time.Ticks);
        if (months == 0 && ticks == 0) return "PT0S";
        var text = new StringBuilder();
        if (months <= 0 && ticks <= 0) (text, months, ticks) = (text.Append('-'), -months, -ticks);
        text.Append('P');
        Part(months, 'M');
        Part(decimal.Truncate(ticks / TimeSpan.TicksPerDay), 'D');
        ticks %= TimeSpan.TicksPerDay;
        if (ticks != 0) text.Append('T');
        Part(decimal.Truncate(ticks / TimeSpan.TicksPerHour), 'H');
        Part(decimal.Truncate(ticks % TimeSpan.TicksPerHour / TimeSpan.TicksPerMinute), 'M');
        Part(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond, 'S');
        return text.ToString();

        void Part(decimal amount, char unit)
        {
            if (amount != 0) text.Append(amount.ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
        }
    }

    private sealed record ListBox(ImmutableArray<Value> Items);
}
