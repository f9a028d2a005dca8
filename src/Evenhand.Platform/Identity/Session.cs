using Evenhand.Design;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Platform.Identity;

/// <summary>The signed-in session of a browser: how it begins and how it ends.</summary>
internal static class Session
{
    public const string Scheme = "session";

    public static async Task Begin(HttpContext http, SignIn.SignedIn signedIn)
    {
        await http.SignInAsync(Scheme, signedIn.Session);
        if (signedIn.Language is { } language) KeepLanguage(http, language);
    }

    public static void KeepLanguage(HttpContext http, string language) => http.Response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", IsEssential = true });

    /// <summary>A path of this site; anything else leads to the start page.</summary>
    public static string LocalPath(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async ([FromForm] string? idempotencyKey, HttpContext http) =>
        {
            await http.SignOutAsync(Scheme);
            return Results.LocalRedirect("/sign-in");
        }).RequireAuthorization().ExcludeFromDescription().WithName("SignOut");
}
