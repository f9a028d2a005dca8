namespace Evenhand.Telephony.QueueLogs;

/// <summary>Why a line of a <c>queue_log</c> could not be used. Rejects are counted by it, so the codes of <see cref="QueueLogFaults.Code"/> stay as they are.</summary>
public enum QueueLogFault : byte
{
    /// <summary>No fault (with a failed parse: the line was blank).</summary>
    None,
    /// <summary>The first field is not a time between 1973 and 2100.</summary>
    BadTime,
    /// <summary>Fewer than the five fields every line has.</summary>
    TooFewFields,
    /// <summary>The fifth field is not an event this reader knows.</summary>
    UnknownEvent,
    /// <summary>A hold, call, wait or ring time is below zero (the clock was set back).</summary>
    NegativeDuration,
    /// <summary>A number is not a whole number from 0 to 2,147,483,647.</summary>
    BadNumber,
    /// <summary>The line is longer than the splitter allows.</summary>
    LineTooLong,
    /// <summary>An event of a call without the call's id.</summary>
    MissingCall,
    /// <summary>An event of a call without its queue.</summary>
    MissingQueue,
    /// <summary>An event of an agent without a member.</summary>
    MissingMember,
    /// <summary>An event of a call whose beginning is not in the log and cannot be worked out from its parameters.</summary>
    OrphanEvent,
    /// <summary>More events of one call than are kept (<see cref="CallAssembler{TSink}.MaxEventsPerCall"/>).</summary>
    CallTooLong,
    /// <summary>More different queue or member names than are kept.</summary>
    TooManyNames,
}

/// <summary>The stable texts of <see cref="QueueLogFault"/>.</summary>
public static class QueueLogFaults
{
    /// <summary>The fault's code in kebab case, such as <c>unknown-event</c>; used as a key of texts and counts.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The code; never null.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not a value of the enumeration.</exception>
    public static string Code(this QueueLogFault fault) => fault switch
    {
        QueueLogFault.None => "none",
        QueueLogFault.BadTime => "bad-time",
        QueueLogFault.TooFewFields => "too-few-fields",
        QueueLogFault.UnknownEvent => "unknown-event",
        QueueLogFault.NegativeDuration => "negative-duration",
        QueueLogFault.BadNumber => "bad-number",
        QueueLogFault.LineTooLong => "line-too-long",
        QueueLogFault.MissingCall => "missing-call",
        QueueLogFault.MissingQueue => "missing-queue",
        QueueLogFault.MissingMember => "missing-member",
        QueueLogFault.OrphanEvent => "orphan-event",
        QueueLogFault.CallTooLong => "call-too-long",
        QueueLogFault.TooManyNames => "too-many-names",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };
}
