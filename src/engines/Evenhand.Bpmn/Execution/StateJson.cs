using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>What reading a stored state gave: a state or why there is none, never both.</summary>
/// <param name="State">The state; null when there is a problem.</param>
/// <param name="Problem">
/// Null when there is none. `state-not-json` (place), `state-corrupt` (place, what is wrong), `state-newer` (its version, the newest known here),
/// `state-of-another-process` (its process, the definition's), `state-elements-unknown` (each id the definition has not; migrating is the mend),
/// `state-inconsistent` (each row that belongs to a node instance that is not there, or whose number is taken).
/// </param>
public readonly record struct StateRead(InstanceState? State, Refused? Problem);

/// <summary>
/// States as one compact JSON value and back. Nodes and flows stand by their ids in the file, what is as usual is left out, moments are
/// milliseconds after the start (`t`). Members may come in any order; unknown ones are ignored, so that a state of any earlier version loads.
/// </summary>
/// <remarks>
/// `v` version, `id`, `d` process, `k` business key, `s` status, `by` starter, `ver` commands taken, `end` end event, `t` the start, `next` next
/// number, `x` variables of what has ended; rows: `nodes`, `joins`, `tasks`, `timers`, `waits`, `asks`, `stuck`, `done`, `steps`. In a row: `i`
/// number, `p` the node instance it belongs to, `n` node, `f` flow, `t` moment, `c` cause, `x` variables.
/// </remarks>
public static class StateJson
{
    /// <summary>The version written; those from 1 to it are read.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>UTF-8 without blanks; the same state always gives the same bytes.</returns>
    /// <exception cref="FormatException">A variable nests deeper than 32 lists and maps, or a name in it has half a character.</exception>
    public static byte[] Write(InstanceState state)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(state, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="to">Where to, as UTF-8 without blanks.</param>
    /// <exception cref="FormatException">A variable nests deeper than 32 lists and maps, or a name in it has half a character.</exception>
    public static void Write(InstanceState state, IBufferWriter<byte> to)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(to);
        using var json = new Utf8JsonWriter(to, Compact);
        new StateWriter(json, state).Write();
    }

    /// <summary>Reads what <see cref="Write(InstanceState)"/> of this or any earlier version wrote.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="definition">The definition the instance runs by.</param>
    /// <returns>The state, or the problem with its place; nothing is thrown.</returns>
    public static StateRead Read(ReadOnlyMemory<byte> json, Definition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new StateReader(definition).Read(json.Span);
    }
}

/// <summary>Names of enum members as stored: as in the code, in lower case. The table of old states holds them in place.</summary>
internal static class StoredName<T> where T : struct, Enum
{
    private static readonly ImmutableArray<(T Value, string Name)> All = [.. Enum.GetValues<T>().Select(v => (v, v.ToString().ToLowerInvariant()))];

    public static string Of(T value)
    {
        foreach (var (known, name) in All)
            if (EqualityComparer<T>.Default.Equals(known, value)) return name;
        throw new FormatException($"{typeof(T).Name} has no {value}.");
    }

    public static T Read(string? stored)
    {
        foreach (var (value, name) in All)
            if (name == stored) return value;
        throw new FormatException($"“{stored}” is no {typeof(T).Name}");
    }
}
