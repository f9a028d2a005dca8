using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Reads one state: first what is said of the whole and where tokens are, then the rows that lean on it. Used once.</summary>
internal sealed partial class StateReader(Definition definition)
{
    private readonly List<string> _unknown = [];
    private readonly List<string> _wrong = [];
    private Dictionary<int, NodeInstance> _instances = [];
    private DateTimeOffset _start = DateTimeOffset.UnixEpoch;
    private string _section = "";
    private int _row;

    private delegate T RowReader<T>(ref Utf8JsonReader json);

    public StateRead Read(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            var state = new InstanceState(definition, "") with { Status = InstanceStatus.Running };
            if (Whole(ref json, ref state) is { } refused) return new StateRead(null, refused);
            _section = "";
            json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 256 });
            Rest(ref json, ref state);
            return _unknown.Count > 0 ? new StateRead(null, new Refused("state-elements-unknown", [.. _unknown.Distinct()]))
                : Check(ref state) ? new StateRead(state, null)
                : new StateRead(null, new Refused("state-inconsistent", [.. _wrong]));
        }
        catch (JsonException problem)
        {
            return new StateRead(null, new Refused("state-not-json", $"line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}"));
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException or OverflowException or ArgumentException)
        {
            return new StateRead(null, new Refused("state-corrupt", $"{(_section.Length == 0 ? "" : $"{Place(_section, _row)}, ")}byte {json.TokenStartIndex}", problem.Message));
        }
    }

    private static string Place(string section, int row) => string.Create(CultureInfo.InvariantCulture, $"{section}[{row}]");

    private Refused? Whole(ref Utf8JsonReader json, ref InstanceState state)
    {
        var (version, process) = (1, definition.Key);
        Open(ref json);
        while (Next(ref json, out var name))
            switch (name)
            {
                case "v":
                    version = json.GetInt32();
                    break;
                case "d":
                    process = json.GetString();
                    break;
                case "t":
                    _start = Moment(ref json);
                    break;
                case "id":
                    state = state with { Id = json.GetString() ?? "" };
                    break;
                default:
                    json.Skip();
                    break;
            }
        if (json.Read()) throw new FormatException("More follows the state.");
        if (version > StateJson.Version) return new Refused("state-newer", version.ToString(CultureInfo.InvariantCulture), StateJson.Version.ToString(CultureInfo.InvariantCulture));
        return process == definition.Key ? null : new Refused("state-of-another-process", process ?? "", definition.Key);
    }

    private void Rest(ref Utf8JsonReader json, ref InstanceState state)
    {
        var again = json;
        Open(ref json);
        while (Next(ref json, out var name))
            if (name == "nodes") state = state with { Nodes = Rows(ref json, name, Node) };
            else json.Skip();
        _instances = state.Nodes.ToDictionary(n => n.Id);
        json = again;
        Open(ref json);
        while (Next(ref json, out var name))
            state = name switch
            {
                "k" => state with { BusinessKey = json.GetString() },
                "s" => state with { Status = Name<InstanceStatus>(ref json) },
                "by" => state with { Starter = json.GetString() },
                "ver" => state with { Version = json.GetInt32() },
                "end" => state with { EndEvent = json.GetString() },
                "next" => state with { NextId = json.GetInt32() },
                "x" => state with { Variables = Variables(ref json) },
                "joins" => state with { Arrivals = Rows(ref json, name, Arrival) },
                "tasks" => state with { Tasks = Rows(ref json, name, Task) },
                "timers" => state with { Timers = Rows(ref json, name, Timer) },
                "waits" => state with { Subscriptions = Rows(ref json, name, Subscription) },
                "asks" => state with { Requests = Rows(ref json, name, Request) },
                "stuck" => state with { Incidents = Rows(ref json, name, Incident) },
                "done" => state with { Compensables = Rows(ref json, name, Compensable) },
                "steps" => state with { Steps = Rows(ref json, name, Step) },
                _ => Skip(ref json, state),
            };
    }

    /// <summary>The next member of the object the reader stands in, the reader at its value; false at its end.</summary>
    private static bool Next(ref Utf8JsonReader json, out string name)
    {
        name = "";
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject) return false;
        name = json.GetString()!;
        json.Read();
        return true;
    }

    private static void Open(ref Utf8JsonReader json, JsonTokenType wanted = JsonTokenType.StartObject)
    {
        if (json.TokenType == JsonTokenType.None) json.Read();
        if (json.TokenType != wanted) throw new FormatException($"{json.TokenType} stands where {wanted} should.");
    }

    private static T Skip<T>(ref Utf8JsonReader json, T row)
    {
        json.Skip();
        return row;
    }
}
