using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenhand.Platform.Sharing;

/// <summary>Lets in who comes with `?key=…`, to the page the key was made for and to what changes live on it, for reading.</summary>
internal sealed class ShareKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, EvenhandDb db, AccessSource access, TimeProvider clock, ShareKeyAttempts attempts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Name = "share-key";
    public const string Parameter = "key";
    private const string SubjectClaim = "subject";
    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    private bool tooMany;

    /// <summary>Whether a request is to be judged by its key: the API has other keys.</summary>
    public static bool Concerns(HttpRequest request) => request.Query.ContainsKey(Parameter) && !PlatformWeb.IsApi(request.HttpContext);

    public static string? SubjectOf(ClaimsPrincipal user) => user.FindFirstValue(SubjectClaim);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var hash = ApiKeyScheme.HashOf(Request.Query[Parameter].ToString());
        var now = clock.GetUtcNow();
        if ((await access.Read(Context.RequestAborted)).OfShare(hash, now) is not { } known)
        {
            tooMany = !attempts.Allow(Context.Connection.RemoteIpAddress?.ToString() ?? "local");
            return AuthenticateResult.Fail("unknown, expired or revoked link");
        }
        if (!Opens(known.Key)) return AuthenticateResult.Fail("the link is for another page");
        var noted = now - UseNotedEvery;
        await db.ShareKeys.Where(k => k.Id == known.Key.Id && (k.LastUsedAt == null || k.LastUsedAt < noted)).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now));
        var identity = new ClaimsIdentity([new(AccessSource.ShareClaim, hash), new(SubjectClaim, known.Key.Subject), new(ClaimTypes.Name, known.Access.Name)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = tooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status410Gone;
        return Task.CompletedTask;
    }

    private bool Opens(ShareKeyRow key) =>
        PlatformWeb.IsLive(Context) || ((HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)) && string.Equals(Request.Path.Value?.TrimEnd('/'), key.Path, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Counts wrong keys by where they come from: who tries them one after the other soon hears no more than that.</summary>
internal sealed class ShareKeyAttempts : IDisposable
{
    public const int WrongAMinute = 30;

    private readonly PartitionedRateLimiter<string> wrong = PartitionedRateLimiter.Create<string, string>(from =>
        RateLimitPartition.GetFixedWindowLimiter(from, _ => new FixedWindowRateLimiterOptions { PermitLimit = WrongAMinute, Window = TimeSpan.FromMinutes(1) }));

    public bool Allow(string from)
    {
        using var lease = wrong.AttemptAcquire(from);
        return lease.IsAcquired;
    }

    public void Dispose() => wrong.Dispose();
}
