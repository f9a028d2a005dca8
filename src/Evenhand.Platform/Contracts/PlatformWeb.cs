using System.Globalization;
using System.Threading.RateLimiting;
using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Forms;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Live;
using Evenhand.Platform.Sharing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Platform.Contracts;

/// <summary>The door of the web program: who comes in, in which language, and what that person may do.</summary>
public static class PlatformWeb
{
    /// <summary>Name of the rate limit on pages where a secret is typed.</summary>
    public const string SignInLimit = "sign-in";

    /// <summary>Where pages listen to what changes.</summary>
    public const string LivePath = "/live";

    private const string Unread = "evenhand.unread";
    private const string AnyScheme = "session-or-key";
    private const int SecretsAMinute = 30;

    /// <summary>Sessions by cookie, API keys, languages, protected keys in the data directory; whatever names no right needs a signed-in person.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="store">Where the data lives.</param>
    public static IServiceCollection AddPlatformWeb(this IServiceCollection services, StoreSettings store)
    {
        services.AddDataProtection().SetApplicationName("evenhand").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(store.DataDirectory, "keys")));
        services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, null, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.ToString().StartsWith(ApiKeyScheme.Prefix, StringComparison.Ordinal) ? ApiKeyScheme.Name : ShareKeyScheme.Concerns(http.Request) ? ShareKeyScheme.Name : Session.Scheme)
            .AddCookie(Session.Scheme, Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, ShareKeyScheme>(ShareKeyScheme.Name, null);
        services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInLimit, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "local",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = SecretsAMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("read"));
        });
        services.AddHostedService<LiveDoor>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            CultureInfo[] cultures = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            (options.SupportedCultures, options.SupportedUICultures) = (cultures, cultures);
            options.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
        return services;
    }

    /// <summary>Finds out who is acting, between authentication and authorization; a session that is over is forgotten, a password set by somebody else is changed first.</summary>
    /// <param name="app">The program.</param>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.User.Identity is { IsAuthenticated: true })
        {
            var source = http.RequestServices.GetRequiredService<AccessSource>();
            if (await source.Of(http.User, http.RequestAborted) is not { } access)
            {
                http.User = new(new System.Security.Claims.ClaimsIdentity());
                await http.SignOutAsync(Session.Scheme);
            }
            else
            {
                http.RequestServices.GetRequiredService<CurrentAccess>().Set(access);
                if (access.AccountId is { } account && IsPage(http) && (await source.Read(http.RequestAborted)).MustChangePassword(account))
                {
                    http.Response.Redirect("/profile");
                    return;
                }
            }
        }
        await next(http);
    });

    /// <summary>Lets each form of a page act once, however often it is sent; stands behind the antiforgery check.</summary>
    /// <param name="app">The program.</param>
    public static IApplicationBuilder UseOnceOnly(this IApplicationBuilder app) => app.UseWhen(http => !IsForPrograms(http), pages => pages.Use(OnceOnly.Run));

    /// <summary>Counts what the bell shows before the page is rendered, because page and frame share one store context and must not use it at once.</summary>
    /// <param name="app">The program.</param>
    public static IApplicationBuilder UseUnreadCount(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (IsRendered(http) && http.RequestServices.GetRequiredService<CurrentAccess>().Access.AccountId is { } account)
            http.Items[Unread] = await http.RequestServices.GetRequiredService<INotifications>().Unread(account, http.RequestAborted);
        await next(http);
    });

    /// <summary>Marks each page with the moment before its data is read, so that what changes until it listens is not lost on it.</summary>
    /// <param name="app">The program.</param>
    public static IApplicationBuilder UseLiveMarks(this IApplicationBuilder app)
    {
        var marks = app.ApplicationServices.GetRequiredService<LiveMarks>();
        return app.Use((http, next) =>
        {
            if (IsRendered(http)) http.Items[Evenhand.Design.Live.MarkItem] = marks.Now;
            return next(http);
        });
    }

    /// <summary>How many notifications the reader of a page has not read.</summary>
    /// <param name="http">The request of the page.</param>
    public static int UnreadOf(HttpContext http) => http.Items[Unread] as int? ?? 0;

    /// <summary>The endpoints that are neither page nor API: sign-out, language, theme, what changes live.</summary>
    /// <param name="routes">The program's routes.</param>
    public static void MapPlatform(this IEndpointRouteBuilder routes)
    {
        routes.MapPreferences();
        Session.Map(routes);
        routes.MapHub<LiveHub>(LivePath, options => options.CloseOnAuthenticationExpiration = true).RequireAuthorization();
    }

    /// <summary>Whether an address belongs to the API: its refusals are problems, not pages.</summary>
    /// <param name="http">The request.</param>
    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address is read by programs only: the API, and what changes live.</summary>
    /// <param name="http">The request.</param>
    public static bool IsForPrograms(HttpContext http) => IsApi(http) || IsLive(http);

    /// <summary>Whether a page listens by this request.</summary>
    /// <param name="http">The request.</param>
    public static bool IsLive(HttpContext http) => http.Request.Path.StartsWithSegments(LivePath, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a page listens: the <c>Hub</c> of its <c>Live</c>. Who came by a link goes on with its key.</summary>
    /// <param name="http">The request of the page.</param>
    public static string LiveAddress(HttpContext http) =>
        ShareKeyScheme.SubjectOf(http.User) is null ? LivePath : $"{LivePath}?{ShareKeyScheme.Parameter}={Uri.EscapeDataString(http.Request.Query[ShareKeyScheme.Parameter].ToString())}";

    private static bool IsRendered(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null;

    private static bool IsPage(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null && http.Request.Path != "/profile" && http.Request.Path != "/sign-out";

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "evenhand.session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "back";
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        options.Events.OnRedirectToLogin = context =>
        {
            if (IsForPrograms(context.HttpContext)) return Answer(context, StatusCodes.Status401Unauthorized);
            context.Response.Redirect(HttpMethods.IsGet(context.Request.Method) ? context.RedirectUri : "/sign-in");
            return Task.CompletedTask;
        };
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
