using Evenhand.Kernel;

namespace Evenhand.Intake.Contracts;

/// <summary>Takes what a telephone system tells while it happens, in the form of its log, so that live contacts and imported ones are made by the same code.</summary>
public interface ILiveLog
{
    /// <summary>
    /// Takes lines of an Asterisk <c>queue_log</c>. What is known already counts once: the same lines again, lines of a call in several parts, in any order of the parts, and the system's own
    /// log imported before or after under the same source. A line that tells the same thing by another second is another line; a call's figures are then made of both, and stay one contact.
    /// Written in one transaction with its facts; a refusal or a fault has written nothing and may be repeated.
    /// </summary>
    /// <param name="source">Name of the source, 1–100 characters; call ids are unique within one.</param>
    /// <param name="lines">The lines without their ends, each at most 65,536 bytes of UTF-8, in the order they happened.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Refused with `intake.source-is-busy` (source) while an import of the source runs.</returns>
    Task<Outcome<Done>> Append(string source, IReadOnlyList<string> lines, CancellationToken cancel);

    /// <summary>Takes contacts and states that the program itself brought about. The same again counts once; a contact told anew under its id takes the place of the older form, and a state that lasted is closed by telling its end.</summary>
    /// <param name="source">Name of the source, 1–100 characters.</param>
    /// <param name="contacts">Contacts that are over, or as far as they have come.</param>
    /// <param name="states">States of agents, each from its start.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Refused with `intake.source-is-busy` (source) while an import of the source runs.</returns>
    Task<Outcome<Done>> Record(string source, IReadOnlyList<LiveContact> contacts, IReadOnlyList<LiveState> states, CancellationToken cancel);
}

/// <summary>A contact as the program knows it. Times are unix seconds, lengths seconds.</summary>
/// <param name="Key">Its id within the source.</param>
/// <param name="Queue">Code of its queue.</param>
/// <param name="Agent">Code of who answered; null when nobody did.</param>
/// <param name="Customer">The customer's number; null when unknown.</param>
/// <param name="EnteredAt">When it came.</param>
/// <param name="ConnectedAt">When it was answered; null when it was not.</param>
/// <param name="EndedAt">When the conversation ended, or the customer left.</param>
/// <param name="Hold">Seconds on hold.</param>
/// <param name="AfterContact">Seconds of after-contact work; null when unknown.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record LiveContact(string Key, string Queue, string? Agent, string? Customer, long EnteredAt, long? ConnectedAt, long EndedAt, int Hold, int? AfterContact, ContactOutcome Outcome);

/// <summary>A state an agent was or is in; half-open, unix seconds.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="State">The state.</param>
/// <param name="Reason">Its reason; null when none.</param>
/// <param name="Start">First second.</param>
/// <param name="End">First second no longer in it; null while it lasts.</param>
public sealed record LiveState(string Agent, AgentState State, string? Reason, long Start, long? End);

/// <summary>Who is meant when a source names agents: asked by imports, answered by whoever knows whose phone is whose.</summary>
public interface IAgentNames
{
    /// <summary>The agents a source means by these names. Joins the caller's transaction.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="names">Names as the source gives them.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Agents by name; names that are nobody's are left out, and are then codes of agents.</returns>
    Task<IReadOnlyDictionary<string, Guid>> Of(string source, IReadOnlyCollection<string> names, CancellationToken cancel);
}
