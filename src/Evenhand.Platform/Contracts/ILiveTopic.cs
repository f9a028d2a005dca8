using Evenhand.Kernel.Rights;

namespace Evenhand.Platform.Contracts;

/// <summary>
/// A kind of topic that pages may listen to. A module registers one (`services.AddScoped&lt;ILiveTopic, …&gt;()`) for each kind it pushes to; a kind that nobody registered can not be joined.
/// </summary>
public interface ILiveTopic
{
    /// <summary>What stands before the colon: lower-case letters and dashes, unique in the program.</summary>
    string Kind { get; }

    /// <summary>Whether the topic may be joined; asked when a page joins and again about every minute while it stays. Answer no to what you do not know.</summary>
    /// <param name="access">Who asks: a person, or a share link with its single right.</param>
    /// <param name="id">What stands after the colon, as the browser sent it; up to 200 characters of any kind.</param>
    /// <param name="cancel">Ends when the browser goes away.</param>
    Task<bool> May(Access access, string id, CancellationToken cancel);

    /// <summary>
    /// The live parts of the page as they are now; sent to a page that has just joined or come back, because it may have missed something since it was made. Empty by default,
    /// which suits topics whose pushes are only additions.
    /// </summary>
    /// <param name="id">What stands after the colon.</param>
    /// <param name="cancel">Ends when the program does.</param>
    ValueTask<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>([]);
}
