namespace Evenhand.Platform.Contracts;

/// <summary>What people call the accounts that other tables know by id alone.</summary>
public interface IAccountNames
{
    /// <summary>The display names, or else the sign-in names; an account nobody knows is left out.</summary>
    /// <param name="accounts">Ids of accounts; may be empty.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyDictionary<Guid, string>> Of(IReadOnlyCollection<Guid> accounts, CancellationToken cancel);
}
