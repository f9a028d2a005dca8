using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Platform.Forms;

/// <summary>
/// A form acts once, however often it is sent: a double click, a reload, a lost answer. The first to come works; the others wait for it and are
/// led where it was led. What was invalid or failed may be sent again with the same key.
/// </summary>
internal static class OnceOnly
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task Run(HttpContext http, RequestDelegate next)
    {
        var cancel = http.RequestAborted;
        if (!HttpMethods.IsPost(http.Request.Method) || http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } || !http.Request.HasFormContentType
            || http.RequestServices.GetRequiredService<CurrentAccess>().Access.AccountId is not { } account
            || !Guid.TryParse((await http.Request.ReadFormAsync(cancel))[IdempotencyKey.FieldName], out var key))
        {
            await next(http);
            return;
        }
        var scopes = http.RequestServices.GetRequiredService<IServiceScopeFactory>();
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        if (!await Take(scopes, new PostedForm { Key = key, AccountId = account, At = clock.GetUtcNow() }, cancel))
        {
            await Follow(http, scopes, clock, key, account);
            return;
        }
        var finished = false;
        try
        {
            await next(http);
            finished = http.Response.StatusCode is >= 300 and < 400;
        }
        finally
        {
            await Settle(scopes, key, finished ? http.Response.Headers.Location.ToString() : null);
        }
    }

    private static async Task<bool> Take(IServiceScopeFactory scopes, PostedForm form, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        if (await db.Set<PostedForm>().AnyAsync(f => f.Key == form.Key, cancel)) return false;
        await db.Set<PostedForm>().Where(f => f.At < form.At - Kept).ExecuteDeleteAsync(cancel);
        db.Add(form);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }

    /// <summary>Keeps where the answer led; without one the form was not accepted and its key is free again. Done even when the browser has gone away.</summary>
    private static async Task Settle(IServiceScopeFactory scopes, Guid key, string? location)
    {
        await using var scope = scopes.CreateAsyncScope();
        var form = scope.ServiceProvider.GetRequiredService<EvenhandDb>().Set<PostedForm>().Where(f => f.Key == key);
        if (location is null) await form.ExecuteDeleteAsync(CancellationToken.None);
        else await form.ExecuteUpdateAsync(set => set.SetProperty(f => f.Location, location), CancellationToken.None);
    }

    private static async Task Follow(HttpContext http, IServiceScopeFactory scopes, TimeProvider clock, Guid key, Guid account)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            await using (var scope = scopes.CreateAsyncScope())
            {
                var form = await scope.ServiceProvider.GetRequiredService<EvenhandDb>().Set<PostedForm>().AsNoTracking().FirstOrDefaultAsync(f => f.Key == key, http.RequestAborted);
                if (form is null || form.AccountId != account) break;
                if (form.Location is { } location)
                {
                    http.Response.Redirect(location);
                    return;
                }
            }
            await Task.Delay(Pause, clock, http.RequestAborted);
        }
        http.Response.StatusCode = StatusCodes.Status409Conflict;
    }
}
