using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Telephony;

/// <summary>Changes how a telephone system is reached and who chooses; its line is opened anew within seconds.</summary>
internal sealed class ChangePbx(EvenhandDb db, IDataProtectionProvider protection, CurrentAccess current)
{
    /// <param name="Host">Name or address.</param>
    /// <param name="Port">The port; the usual one when left out.</param>
    /// <param name="User">Who logs in; only an Asterisk knows one.</param>
    /// <param name="Secret">What logs in; the present one when left out.</param>
    /// <param name="Routes">Whether the router here chooses who gets a call.</param>
    /// <param name="DialContext">Dialplan context of call-backs; the present one when left out.</param>
    public sealed record Request([Required, MaxLength(255)] string Host, [Range(1, 65535)] int? Port, [MaxLength(100)] string? User, [MaxLength(500)] string? Secret, bool Routes,
        [MaxLength(100)] string? DialContext = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/pbxs/{id:guid}", async (Guid id, Request request, ChangePbx slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(ChangePbx)).WithSummary("Changes how a telephone system is reached and who chooses").Needs(Rights.Configure);

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (await db.Pbxs.FirstOrDefaultAsync(p => p.Id == id && p.EndedAt == null, cancel) is not { } pbx) return new Refusal("routing.pbx.not-found");
        if (AddPbx.Problem(pbx.Kind, request.Host, request.User) is { } problem) return problem;
        (pbx.Host, pbx.Port, pbx.User, pbx.Routes) = (request.Host.Trim(), request.Port ?? AddPbx.DefaultPort(pbx.Kind), request.User?.Trim() ?? "", request.Routes);
        if (!string.IsNullOrEmpty(request.Secret)) pbx.Secret = protection.CreateProtector(AddPbx.Purpose).Protect(request.Secret);
        if (!string.IsNullOrWhiteSpace(request.DialContext)) pbx.DialContext = request.DialContext.Trim();
        pbx.Version++;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.pbx-changed", pbx.Name);
        }
        return Done.It;
    }
}
