using Evenhand.Intake.Contracts;
using Evenhand.Telephony.QueueLogs;
using AgentState = Evenhand.Intake.Contracts.AgentState;

namespace Evenhand.Intake.Imports;

/// <summary>Some lines of one call; lines of the same call may follow in a later batch or file.</summary>
/// <param name="CallId">The source's id of the call.</param>
/// <param name="Trail">The lines, each with its end.</param>
/// <param name="Lines">Their numbers in the file.</param>
internal sealed record CallPiece(string CallId, byte[] Trail, long[] Lines);

/// <summary>What happened to an agent, or to all when none is named.</summary>
internal sealed record AgentHappening(long At, int Place, string? Agent, string? Queue, QueueLogEvent Event, string? Reason, int LoggedInSeconds);

/// <summary>A state interval as a state log names it.</summary>
internal sealed record ToldState(string Agent, AgentState State, string? Reason, long Start, long? End);

/// <summary>A line that could not be used, or was used although something is wrong with it.</summary>
/// <param name="Line">Its number in the file.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Kept">True when the row was recorded all the same.</param>
/// <param name="Text">The line.</param>
internal sealed record Reject(long Line, string Reason, bool Kept, string Text);

/// <summary>What was read and is to be written in one transaction.</summary>
internal sealed class ImportBatch
{
    public List<CallPiece> Calls { get; } = [];
    public List<AgentHappening> Happenings { get; } = [];
    public List<ToldState> States { get; } = [];
    public List<Reject> Rejects { get; } = [];
    public Dictionary<string, long> Seen { get; } = [];

    /// <summary>Lines of the file read until now.</summary>
    public long Lines { get; set; }

    /// <summary>Bytes of the file read until now, as they lie on disk.</summary>
    public long Bytes { get; set; }

    /// <summary>The last second told of.</summary>
    public long LastAt { get; set; } = long.MinValue;

    public int Weight => Calls.Count + Happenings.Count + States.Count + Rejects.Count;

    public void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
