using System.Text.Json;
using Evenhand.Design;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Evenhand.Platform.Contracts;

/// <summary>A message shown once on the next page, carried over a redirect by a short-lived cookie.</summary>
public static class Flash
{
    private const string Cookie = "evenhand.flash";
    private const int Longest = 1000;

    /// <summary>Keeps a message for the next page.</summary>
    /// <param name="http">The request that did something.</param>
    /// <param name="toast">What to say; a long text is cut.</param>
    public static void Keep(HttpContext http, Toast toast)
    {
        var kept = toast.Text.Length > Longest ? toast with { Text = toast.Text[..Longest] + "…" } : toast;
        http.Response.Cookies.Append(Cookie, WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(kept)),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1), IsEssential = true, Path = "/" });
    }

    /// <summary>The message kept for this page, which is forgotten with this; empty when there is none or it cannot be read.</summary>
    /// <param name="http">The request of a page.</param>
    public static IReadOnlyList<Toast> Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } kept) return [];
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/" });
        try
        {
            return JsonSerializer.Deserialize<Toast>(WebEncoders.Base64UrlDecode(kept)) is { Text: not null } toast
                ? [toast with { Href = toast.Href is ['/', not '/' and not '\\', ..] ? toast.Href : null }] : [];
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return [];
        }
    }
}
