using Evenhand.Kernel;
using Evenhand.Routing.Rules;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Floor;

/// <summary>Whom customers had last and whom they call the own, whatever they come by: a call, a chat or an order.</summary>
internal sealed class CustomerAgents(EvenhandDb db, FloorRules rules, TimeProvider clock)
{
    private static readonly TimeSpan LastWithin = TimeSpan.FromDays(7);

    /// <param name="customers">Numbers as they are kept for comparison.</param>
    /// <returns>By number; a customer of whom nothing is known is missing.</returns>
    public async Task<IReadOnlyDictionary<string, (Guid? Last, Guid? Own)>> Of(IReadOnlyCollection<string> customers, CancellationToken cancel)
    {
        if (customers.Count == 0) return new Dictionary<string, (Guid?, Guid?)>();
        var since = clock.GetUtcNow() - LastWithin;
        var last = await db.FloorContacts.AsNoTracking().Where(c => customers.Contains(c.Customer!) && c.ArrivedAt > since && c.AgentId != null)
            .GroupBy(c => c.Customer!).Select(g => new { Customer = g.Key, g.OrderByDescending(c => c.ArrivedAt).First().AgentId }).ToDictionaryAsync(c => c.Customer, c => c.AgentId, cancel);
        var own = await rules.OwnAgents(customers, cancel);
        return customers.Where(c => last.ContainsKey(c) || own.ContainsKey(c)).ToDictionary(c => c, c => (last.GetValueOrDefault(c), own.TryGetValue(c, out var agent) ? agent : (Guid?)null));
    }
}
