using System.Security.Claims;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evenhand.Tests.Platform;

/// <summary>Signs people of any role in, without a password's slow hash.</summary>
internal static class SignedIn
{
    extension(TestCentre centre)
    {
        /// <summary>A browser-like client of a new account with this role over the unit (its code; null for the whole organisation), linked to the agent where one is named.</summary>
        public async Task<HttpClient> SignIn(string role, string? unit = null, string? agent = null)
        {
            var client = centre.Client();
            client.DefaultRequestHeaders.Add("Cookie", await centre.Cookie(role, unit, agent));
            return client;
        }

        /// <summary>The cookie alone, for what is no HTTP client.</summary>
        public Task<string> Cookie(string role, string? unit = null, string? agent = null) => centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            var organisation = await services.GetRequiredService<IOrganisation>().Read(default);
            var id = Guid.CreateVersion7();
            var account = new Account
            {
                Id = id, Name = $"{role}-{id:N}", NormalizedName = $"{role}-{id:N}".ToUpperInvariant(), SecurityStamp = id.ToString("N"),
                AgentId = agent is null ? null : organisation.Agents.Values.Single(a => a.Code == agent).Id,
            };
            db.AddRange(account, new RoleAssignment
            {
                Id = Guid.CreateVersion7(), AccountId = id, Role = role, From = DateOnly.MinValue,
                UnitId = unit is null ? null : organisation.Units.Values.Single(u => u.Code == unit).Id,
            });
            await db.RaiseVersion(default);
            await db.SaveChangesAsync();
            return Cookie(services, AccessSource.Session(account));
        });
    }

    public static string Cookie(IServiceProvider services, ClaimsPrincipal session)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Session.Scheme);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) };
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(session, properties, Session.Scheme))}";
    }
}
