using Evenhand.Kernel.Rights;

namespace Evenhand.Intake.Contracts;

/// <summary>What came in, as other capabilities ask for it.</summary>
public interface IIntake
{
    /// <summary>Every contact that was in a queue or with an agent during [from, to): entered before its end and ended at its start or later. One whose end was never logged counts to its last sign (the answer, or the entering); it is never stretched. Streamed in order of entering.</summary>
    /// <param name="from">Unix seconds.</param>
    /// <param name="to">Unix seconds, exclusive.</param>
    /// <param name="cancel">Ends the stream.</param>
    IAsyncEnumerable<Contact> ContactsDuring(long from, long to, CancellationToken cancel);

    /// <summary>Every state interval that overlaps [from, to), whole, in order of start. An agent is in one state at a time (signed in covers the others): of intervals that overlap, the one that began last holds. A state that lasts ends where its source's log ends.</summary>
    /// <param name="from">Unix seconds.</param>
    /// <param name="to">Unix seconds, exclusive.</param>
    /// <param name="cancel">Ends the stream.</param>
    IAsyncEnumerable<StateInterval> StatesDuring(long from, long to, CancellationToken cancel);

    /// <summary>Contacts by filter, newest first unless sorted otherwise, one page; what lies outside the scope is not there.</summary>
    /// <param name="filter">What to look for.</param>
    /// <param name="scope">The asker's scope.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<ContactPage> Contacts(ContactFilter filter, Scope scope, CancellationToken cancel);

    /// <summary>The span of time for which there are contacts, unix seconds; null when there are none.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<(long First, long Last)?> Span(CancellationToken cancel);

    /// <summary>Whether any agent-state interval overlaps [from, to): without one, time-based figures are withheld.</summary>
    /// <param name="from">Unix seconds.</param>
    /// <param name="to">Unix seconds, exclusive.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<bool> HasStates(long from, long to, CancellationToken cancel);
}

/// <summary>Which contacts to list. Every part that is null is not asked for.</summary>
/// <param name="From">Entered at or after, unix seconds.</param>
/// <param name="To">Entered before, unix seconds.</param>
/// <param name="QueueId">In this queue.</param>
/// <param name="AgentIds">Answered by one of these agents.</param>
/// <param name="Outcome">With this outcome.</param>
/// <param name="MinWait">Waited at least, seconds.</param>
/// <param name="MaxWait">Waited at most, seconds.</param>
/// <param name="Sort">`entered`, `wait`, `talk`; with a leading `-` descending.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Rows a page, 1–500.</param>
public sealed record ContactFilter(long? From = null, long? To = null, Guid? QueueId = null, IReadOnlyList<Guid>? AgentIds = null, ContactOutcome? Outcome = null,
    int? MinWait = null, int? MaxWait = null, string Sort = "-entered", int Page = 1, int Size = 50);

/// <summary>One page of contacts.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Rows">Those of the page.</param>
public sealed record ContactPage(int Total, IReadOnlyList<Contact> Rows);
