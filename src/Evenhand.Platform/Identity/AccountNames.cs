using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Reads names of accounts in one question, however many are asked for.</summary>
internal sealed class AccountNames(EvenhandDb db) : IAccountNames
{
    public async Task<IReadOnlyDictionary<Guid, string>> Of(IReadOnlyCollection<Guid> accounts, CancellationToken cancel)
    {
        if (accounts.Count == 0) return new Dictionary<Guid, string>();
        var ids = accounts.ToArray();
        var found = await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.DisplayName }).ToListAsync(cancel);
        return found.ToDictionary(a => a.Id, a => string.IsNullOrEmpty(a.DisplayName) ? a.Name : a.DisplayName);
    }
}
