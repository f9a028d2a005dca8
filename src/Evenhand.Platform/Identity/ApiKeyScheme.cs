using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Evenhand.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenhand.Platform.Identity;

/// <summary>Lets machines in by `Authorization: Bearer ek_…`. Keys carry 256 random bits, so that a plain SHA-256 is enough to keep them by.</summary>
internal sealed class ApiKeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, EvenhandDb db, AccessSource access, RightsCache cache, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Name = "api-key";
    public const string Prefix = "Bearer ek_";
    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    public static string NewKey() => "ek_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.Ordinal)) return AuthenticateResult.NoResult();
        var hash = HashOf(header["Bearer ".Length..]);
        if ((await access.Read(Context.RequestAborted)).OfKey(hash, clock.GetUtcNow()) is not { } known) return AuthenticateResult.Fail("unknown, expired or revoked key");
        var now = clock.GetUtcNow();
        var noted = now - UseNotedEvery;
        // Even an update of nothing takes the embedded store's one lock of writers.
        if (cache.IsDue(known.Id, now, UseNotedEvery)) await db.ApiKeys.Where(k => k.Id == known.Id && (k.LastUsedAt == null || k.LastUsedAt < noted)).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now));
        var identity = new ClaimsIdentity([new(AccessSource.KeyClaim, hash), new(ClaimTypes.Name, known.Access.Name)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
