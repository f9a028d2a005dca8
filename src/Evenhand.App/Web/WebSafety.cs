using Evenhand.Platform.Contracts;

namespace Evenhand.App.Web;

/// <summary>What browsers are told to refuse, and what we refuse browsers.</summary>
internal static class WebSafety
{
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "media-src 'self' blob:; worker-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The API's own pages come from elsewhere and style themselves.</summary>
    private static readonly string ApiPagesPolicy = Policy.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    public static void UseSafeHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/api-docs", StringComparison.OrdinalIgnoreCase) ? ApiPagesPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.OnStarting(() =>
        {
            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true) http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>A session's cookie travels with whatever a browser sends here; an unsafe call of the API that another site's page made is refused by it, and so is another site's page that would listen to ours.</summary>
    public static void UseSameOriginApi(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (PlatformWeb.IsForPrograms(http) && (IsUnsafe(http.Request.Method) || !PlatformWeb.IsApi(http)) && http.Request.Headers.Authorization.Count == 0 && !IsSameOrigin(http.Request))
            await TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "platform.cross-origin.not-allowed",
                detail: "A call with a session must come from this site; machines use an API key.",
                extensions: [new("code", "platform.cross-origin.not-allowed")]).ExecuteAsync(http);
        else
            await next(http);
    });

    /// <summary>Whether a browser says that the call comes from our own pages; without either header it is no browser's.</summary>
    internal static bool IsSameOrigin(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        "" => request.Headers.Origin.ToString() is "" || request.Headers.Origin == $"{request.Scheme}://{request.Host}",
        _ => false,
    };

    private static bool IsUnsafe(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
}
