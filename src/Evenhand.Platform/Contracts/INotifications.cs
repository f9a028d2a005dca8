namespace Evenhand.Platform.Contracts;

/// <summary>Tells people something inside the program: the bell and its page.</summary>
public interface INotifications
{
    /// <summary>Adds a notification for each of these accounts; it is saved with the caller's own changes.</summary>
    /// <param name="accounts">Who is told; an account twice is told once.</param>
    /// <param name="textKey">What is said, as a text key, so that each reads it in the own language.</param>
    /// <param name="args">What the text names.</param>
    /// <param name="href">Where a click leads: a local path, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task Tell(IReadOnlyCollection<Guid> accounts, string textKey, object?[] args, string? href, CancellationToken cancel);

    /// <summary>Adds a notification for everybody who holds a permission over a unit (or, without one, over the whole organisation); saved with the caller's own changes.</summary>
    /// <param name="permission">A permission's code.</param>
    /// <param name="unit">A unit's id; null for those who hold it over everything.</param>
    /// <param name="textKey">What is said, as a text key.</param>
    /// <param name="args">What the text names.</param>
    /// <param name="href">Where a click leads: a local path, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task Tell(string permission, Guid? unit, string textKey, object?[] args, string? href, CancellationToken cancel);

    /// <summary>Adds a notification for the accounts that belong to these agents; saved with the caller's own changes.</summary>
    /// <param name="agents">Agents' ids; one without an account, or whose account is switched off, is passed over.</param>
    /// <param name="textKey">What is said, as a text key.</param>
    /// <param name="args">What the text names.</param>
    /// <param name="href">Where a click leads: a local path, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task TellAgents(IReadOnlyCollection<Guid> agents, string textKey, object?[] args, string? href, CancellationToken cancel);

    /// <summary>How many an account has not read.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<int> Unread(Guid account, CancellationToken cancel);
}
