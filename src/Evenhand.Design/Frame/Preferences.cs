using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Design;

/// <summary>The reader's theme and language, kept in cookies so that the first byte is already right.</summary>
public static class Preferences
{
    /// <summary>The theme's cookie: <c>light</c>, <c>dark</c> or <c>auto</c>.</summary>
    public const string ThemeCookie = "evenhand.theme";

    private static readonly string[] Languages = ["zh-CN", "en"];

    /// <summary>The chosen theme, or null when the system's is followed.</summary>
    public static string? ThemeOf(HttpContext? http) => http?.Request.Cookies[ThemeCookie] is "light" or "dark" ? http.Request.Cookies[ThemeCookie] : null;

    /// <summary>Maps <c>/preferences/theme/{theme}</c> and <c>/preferences/language/{language}</c>; both return to the local path in <c>back</c>.</summary>
    public static IEndpointRouteBuilder MapPreferences(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/preferences/theme/{theme}", (string theme, string? back, HttpContext http) =>
        {
            if (theme is "light" or "dark" or "auto") Keep(http, ThemeCookie, theme);
            return Back(back);
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/preferences/language/{language}", (string language, string? back, HttpContext http) =>
        {
            if (Languages.Contains(language, StringComparer.Ordinal))
                Keep(http, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));
            return Back(back);
        }).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }

    private static void Keep(HttpContext http, string name, string value) => http.Response.Cookies.Append(name, value, new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    });

    private static IResult Back(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? Results.LocalRedirect(Escaped(path)) : Results.LocalRedirect("/");

    private static string Escaped(string path) => Uri.TryCreate(path, UriKind.Relative, out _) ? new Uri(new Uri("http://local"), path).PathAndQuery : "/";
}
