using System.Net;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>Every page and endpoint there is, found in the running program: whatever is added is held to the same.</summary>
public sealed class RightsTests
{
    /// <summary>What anybody may open; this list may only shrink.</summary>
    private static readonly string[] ForAnybody =
        ["sign-in", "set-up", "error/{Status:int}", "healthz", "openapi/{documentName}.json", "preferences/theme/{theme}", "preferences/language/{language}"];

    /// <summary>What every signed-in person may open, because it shows nothing but the own or asks for the right row by row.</summary>
    private static readonly string[] ForEverySignedIn =
    [
        "", "profile", "sign-out", "notifications", "notifications/{Id:guid}", "api/v1/platform/notifications", "api/v1/platform/notifications/read",
        "pay/contacts/{AgentId:guid}/{Day:datetime}/{QueueId:guid}", "api/v1/incentives/months/{month}/agents/{agent:guid}/contacts",
        "live", "live/negotiate", "_framework/opaque-redirect", "{**path:file}",
    ];

    [Fact]
    public async Task Whatever_names_no_right_is_on_a_list()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var unnamed = Routes(centre).Where(r => r.Metadata.GetMetadata<NeedsAttribute>() is null).ToLookup(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null, Pattern);
        unnamed[true].Where(p => !p.StartsWith("_content/", StringComparison.Ordinal)).Distinct().Except(ForAnybody).ShouldBeEmpty();
        unnamed[false].Distinct().Except(ForEverySignedIn).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_right_that_is_named_can_be_granted()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var known = Evenhand.App.Modules.All.All.SelectMany(m => m.Permissions).Select(p => p.Code).ToList();
        Routes(centre).SelectMany(r => r.Metadata.GetOrderedMetadata<NeedsAttribute>()).Select(n => n.Permission).Distinct().Except(known).ShouldBeEmpty();
        Evenhand.App.Modules.All.All.SelectMany(m => m.Menu).Select(m => m.Permission).Distinct().Except(known).ShouldBeEmpty();
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Nobody_comes_in_without_signing_in_and_nobody_without_the_right(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var stranger = centre.Client();
        var roleless = await centre.SignIn("no-role");
        var routes = Routes(centre).Where(r => r.Metadata.GetMetadata<NeedsAttribute>() is not null).ToList();
        routes.Count.ShouldBeGreaterThan(20);
        foreach (var route in routes)
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var at = $"{method} {Pattern(route)}";
                (await stranger.SendAsync(Ask(method, route))).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
                (await roleless.SendAsync(Ask(method, route))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, at);
            }
    }

    private static HttpRequestMessage Ask(string method, RouteEndpoint route)
    {
        var path = string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Sample(parameter),
            _ => "",
        }))));
        return new HttpRequestMessage(new HttpMethod(method), "/" + path);
    }

    private static string Sample(Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Select(p => p.Content).FirstOrDefault() switch { "guid" => Guid.CreateVersion7().ToString(), "int" or "long" => "1", "datetime" => "2026-01-01", _ => "x" };

    private static IEnumerable<RouteEndpoint> Routes(TestCentre centre) =>
        centre.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Pattern(RouteEndpoint route) => route.RoutePattern.RawText!.Trim('/');
}
