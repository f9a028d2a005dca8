using Evenhand.Intake.Contracts;
using Evenhand.Intake.Imports;

namespace Evenhand.Intake.Columns;

/// <summary>Takes an agent-state log: agent, state, reason, start, end.</summary>
internal sealed class StateLogFeed(LineDecoder decoder, TimeZoneInfo zone, ColumnMap map) : ColumnFeed(decoder, zone, map)
{
    protected override IEnumerable<Pick> Needed => [Map.Agent!, Map.State!, Map.Start!];

    protected override bool TakeRow(long number)
    {
        if (Value(Map.Agent) is not { Length: <= 200 } agent) return Refuse(number, "missing-agent");
        var word = Value(Map.State) ?? "";
        var reason = Value(Map.Reason);
        if ((Map.States.TryGetValue(word, out var meant) ? StateWords.State(meant) : StateWords.State(word)) is not { } state) return Refuse(number, "unknown-state");
        if (state == AgentState.OtherNotReady) state = StateWords.NotReady(reason ?? word);
        if (!TryTime(Map.Start, out var start) || start is null || !TryTime(Map.End, out var end)) return Refuse(number, "bad-time");
        if (end < start) return Refuse(number, "end-before-start");
        Batch.Count(state.ToString());
        Batch.States.Add(new ToldState(agent, state, reason, start.Value, end));
        Batch.LastAt = Math.Max(Batch.LastAt, end ?? start.Value);
        return true;
    }
}
