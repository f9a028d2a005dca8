using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Feed;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Telephony;

/// <summary>Registers a telephone system; its line is opened within seconds.</summary>
internal sealed class AddPbx(EvenhandDb db, IDataProtectionProvider protection, CurrentAccess current, TimeProvider clock)
{
    public const string Purpose = "evenhand.telephony";

    /// <summary>Names under which the floor itself tells of contacts.</summary>
    private static readonly string[] Taken = [FeedFigures.Source, WorkItemEffects.Source];

    /// <param name="Kind">asterisk or freeswitch.</param>
    /// <param name="Name">Also the source of its contacts; it cannot be changed.</param>
    /// <param name="Host">Name or address.</param>
    /// <param name="Port">5038 for an Asterisk, 8021 for a FreeSWITCH when left out.</param>
    /// <param name="User">Who logs in; only an Asterisk knows one.</param>
    /// <param name="Secret">What logs in; never shown again.</param>
    /// <param name="Routes">Whether the router here chooses who gets a call: phones of agents are then paused but for the one with an offer. Otherwise the floor follows the system's choice.</param>
    /// <param name="DialContext">Dialplan context of call-backs; from-internal or default when left out.</param>
    public sealed record Request([Required, RegularExpression("asterisk|freeswitch")] string Kind, [Required, MaxLength(100)] string Name, [Required, MaxLength(255)] string Host,
        [Range(1, 65535)] int? Port, [MaxLength(100)] string? User, [Required, MaxLength(500)] string Secret, bool Routes = false, [MaxLength(100)] string? DialContext = null);

    public sealed record Added(Guid Id);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/pbxs", async (Request request, AddPbx slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(AddPbx)).WithSummary("Registers a telephone system").Needs(Rights.Configure);

    public async Task<Outcome<Added>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var kind = request.Kind == "asterisk" ? PbxKind.Asterisk : PbxKind.FreeSwitch;
        if (Problem(kind, request.Host, request.User) is { } problem) return problem;
        var name = request.Name.Trim();
        if (name.Length == 0 || Taken.Contains(name) || await db.Pbxs.AnyAsync(p => p.Name == name && p.EndedAt == null, cancel)) return new Refusal("routing.pbx-name-taken", name);
        var pbx = new Pbx
        {
            Id = Guid.CreateVersion7(), Kind = kind, Name = name, Host = request.Host.Trim(), Port = request.Port ?? DefaultPort(kind), User = request.User?.Trim() ?? "",
            Secret = protection.CreateProtector(Purpose).Protect(request.Secret), Routes = request.Routes,
            DialContext = string.IsNullOrWhiteSpace(request.DialContext) ? DefaultContext(kind) : request.DialContext.Trim(), CreatedAt = clock.GetUtcNow(), CreatedBy = current.Access.Name,
        };
        db.Add(pbx);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Somebody else was quicker with the same name.
            return new Refusal("routing.pbx-name-taken", name);
        }
        return new Added(pbx.Id);
    }

    /// <summary>Why a system cannot be reached like this.</summary>
    public static Refusal? Problem(PbxKind kind, string host, string? user) =>
        Uri.CheckHostName(host.Trim().Trim('[', ']')) == UriHostNameType.Unknown ? new Refusal("routing.pbx-host", host)
        : kind == PbxKind.Asterisk && string.IsNullOrWhiteSpace(user) ? new Refusal("routing.pbx-user-missing") : null;

    public static int DefaultPort(PbxKind kind) => kind == PbxKind.Asterisk ? 5038 : 8021;

    private static string DefaultContext(PbxKind kind) => kind == PbxKind.Asterisk ? "from-internal" : "default";
}
