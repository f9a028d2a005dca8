using Evenhand.Kernel;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;

namespace Evenhand.App.Web;

/// <summary>The REST API of all modules under `/api/v1`, with its description, its checks and its problems.</summary>
internal static class WebApi
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiProblems>();
        services.AddSingleton<IApiDescriptionProvider, RecordParameters>();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Evenhand", Version = "v1",
                Description = "Every call has the rights of its key (`Authorization: Bearer ek_…`) or of the signed-in person. Refusals are problems whose `code` never changes.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key made on the page “API keys”." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        }));
    }

    public static void MapApi(this WebApplication app)
    {
        foreach (var module in Modules.All.All)
            module.MapApi(app.MapGroup($"/api/v1/{module.Name}").WithTags(module.Name).DisableAntiforgery().AddEndpointFilter(Check));
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    /// <summary>Work items answer under their short address too: it is what other systems know them by.</summary>
    public static void UseApiAliases(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/api/v1/work-items", StringComparison.OrdinalIgnoreCase, out var rest)) http.Request.Path = "/api/v1/routing/work-items" + rest;
        return next(http);
    });

    public static void UseApiPages(this WebApplication app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "api-docs";
        options.SwaggerEndpoint("/openapi/v1.json", "Evenhand v1");
        options.DocumentTitle = "Evenhand API";
    });

    /// <summary>400 for a request that breaks its annotations, before the slice sees it.</summary>
    private static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var texts = context.HttpContext.RequestServices.GetRequiredService<Texts>();
        foreach (var argument in context.Arguments)
            if (argument is not null && argument.GetType() is { IsNested: true } type && Modules.All.All.Any(m => m.GetType().Assembly == type.Assembly)
                && Checks.Of(argument, texts) is { Count: > 0 } broken)
                return TypedResults.ValidationProblem(broken.GroupBy(b => b.Field).ToDictionary(g => g.Key, g => g.Select(b => b.Message).ToArray()));
        return await next(context);
    }

    /// <summary>Lost races are 409; whatever else is thrown is a fault of ours, told by its trace only.</summary>
    private sealed class ApiProblems : Microsoft.AspNetCore.Diagnostics.IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (!PlatformWeb.IsApi(httpContext) || exception is not DbUpdateConcurrencyException) return false;
            await new RefusedReply(new Refusal("platform.changed-meanwhile")).ExecuteAsync(httpContext);
            return true;
        }
    }
}
