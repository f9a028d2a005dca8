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
}

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
