using System.Globalization;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Intake.Imports;

namespace Evenhand.Intake.Columns;

/// <summary>Takes call-detail records: one row, one stay in a queue.</summary>
internal sealed class CallRecordFeed(LineDecoder decoder, TimeZoneInfo zone, ColumnMap map) : ColumnFeed(decoder, zone, map)
{
    private const long HalfDay = 43_200;

    protected override IEnumerable<Pick> Needed =>
        [Map.Queue!, Map.Entered!, Pick.Of(Map.Outcome!.Column), .. Map.Checks.Select(c => Pick.Of(c.Column)), .. new[] { Map.Agent, Map.Customer, Map.Wait, Map.Talk, Map.Date }.OfType<Pick>()];

    protected override bool TakeRow(long number)
    {
        var word = Field(Map.Outcome!.Column);
        Batch.Count(word.Length is > 0 and <= 40 ? word : "?");
        var flawed = false;
        foreach (var check in Map.Checks.Where(c => Holds(c, word)))
        {
            Refuse(number, check.Reason, !check.Reject);
            flawed |= check.Reject;
        }
        if (Map.Outcome.Ignored.Contains(word)) return Refuse(number, "ignored-by-map") || true;
        if (Outcome(word) is not { } outcome) return Refuse(number, "unknown-outcome");
        var agent = Value(Map.Agent);
        if (outcome == ContactOutcome.Answered && agent is null && Map.Agent is not null)
        {
            var kept = Map.AnsweredWithoutAgent != "reject";
            Refuse(number, "answered-without-agent", kept);
            flawed |= !kept;
        }
        if (outcome != ContactOutcome.Answered && Map.BeforeQueue is { } before && Holds(before, word)) return Refuse(number, "ended-before-queue") || true;
        return !flawed && Keep(number, outcome, outcome == ContactOutcome.Answered ? agent : null);
    }

    private bool Keep(long number, ContactOutcome outcome, string? agent)
    {
        if (Value(Map.Queue) is not { } queue) return Refuse(number, "missing-queue");
        if (queue.Length > 200 || agent?.Length > 200) return Refuse(number, "name-too-long");
        if (!TryTime(Map.Entered, out var entered) || !TryTime(Map.Connected, out var connected) || !TryTime(Map.Ended, out var ended) || entered is not { } start) return Refuse(number, "bad-time");
        if (!TryLength(Map.Wait, out var wait) || !TryLength(Map.Talk, out var talk) || !TryLength(Map.Ring, out var ring) || !TryLength(Map.Hold, out var hold)
            || !TryLength(Map.AfterContact, out var after)) return Refuse(number, "negative-duration");
        var answered = outcome == ContactOutcome.Answered;
        (connected, ended) = (Later(start, connected), Later(start, ended));
        connected = !answered ? null : connected ?? (wait is { } w ? start + w : ended is { } e && talk is { } t ? e - t : null);
        if (answered && connected is null) return Refuse(number, "bad-time");
        ended ??= answered ? talk is { } talked ? connected + talked + (hold ?? 0) : null : wait is { } waited ? start + waited : null;
        wait ??= (int)Math.Clamp((connected ?? ended ?? start) - start, int.MinValue, int.MaxValue);
        talk ??= answered && ended is not null ? (int)Math.Clamp(ended.Value - connected!.Value - (hold ?? 0), int.MinValue, int.MaxValue) : 0;
        if (wait < 0 || talk < 0 || ended < (connected ?? start) || connected < start) return Refuse(number, "negative-duration");
        var stay = new ToldStay(-1, -1, null, start, connected, ended, wait.Value, ring ?? 0, answered ? talk.Value : 0, hold ?? 0, after, outcome, EndedBy(outcome), 0);
        Batch.LastAt = Math.Max(Batch.LastAt, ended ?? start);
        var customer = Value(Map.Customer);
        Batch.Calls.Add(new CallPiece(CallId(start), CallRecordLine.Write(queue, agent, customer is null ? null : Customers.Known(customer), stay), [number]));
        return true;
    }

    private string CallId(long start) => Joined(Map.Call) is { Length: > 0 } id && id.Any(c => c != '-') ? id : $"row-{StableId.Of(start, 0, Row, 0):N}";

    /// <summary>A time without its day that seems long before the beginning belongs to the next day.</summary>
    private long? Later(long start, long? at) => Map.Date is not null && at < start - HalfDay ? at + 2 * HalfDay : at;

    private bool Holds(Check check, string outcome)
    {
        if (check.Outcomes.Count > 0 && !check.Outcomes.Contains(outcome)) return false;
        var text = Field(check.Column);
        return check.Is.Contains(text) || (check.Below is { } floor && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value < floor);
    }

    private ContactOutcome? Outcome(string word)
    {
        var words = Map.Outcome!;
        return words.Answered.Contains(word) ? ContactOutcome.Answered : words.Abandoned.Contains(word) ? ContactOutcome.Abandoned : words.TimedOut.Contains(word) ? ContactOutcome.TimedOut
            : words.KeyExit.Contains(word) ? ContactOutcome.KeyExit : words.Other.Contains(word) ? ContactOutcome.OtherExit : null;
    }

    private ContactEnd EndedBy(ContactOutcome outcome)
    {
        if (outcome == ContactOutcome.Abandoned) return ContactEnd.Customer;
        if (Map.EndedBy is not { } words) return ContactEnd.Unknown;
        var word = Field(words.Column);
        return words.Agent.Contains(word) ? ContactEnd.Agent : words.Customer.Contains(word) ? ContactEnd.Customer : words.Transfer.Contains(word) ? ContactEnd.Transfer : ContactEnd.Unknown;
    }
}
