using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lays down what agents may say of a contact when it is over: codes for all queues and codes of single ones, in the order they are offered.</summary>
internal sealed partial class ChangeWrapUpCodes(RuleBook book, IOrganisation organisation, CurrentAccess current)
{
    private const int Most = 200;

    /// <param name="Codes">All codes in order; one that is left out is no longer offered, what was said by it stays.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request([Required, MinLength(1), MaxLength(Most)] IReadOnlyList<Code> Codes, int? Version = null);

    /// <param name="Value">Lower-case letters, digits and hyphens.</param>
    /// <param name="Queue">Code of a queue; null for all.</param>
    /// <param name="NeedsNote">Cannot be chosen without a note.</param>
    /// <param name="OpensCallBack">Choosing it opens a call-back.</param>
    public sealed record Code(string Value, string Zh, string En, string? Queue = null, bool NeedsNote = false, bool OpensCallBack = false);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules/wrap-up-codes", async (ChangeWrapUpCodes slice, CancellationToken cancel) => TypedResults.Ok(await slice.Read(cancel)))
            .WithName("ListWrapUpCodes").WithSummary("What may be said of a contact when it is over").Needs(Rights.Rules);
        api.MapPut("/rules/wrap-up-codes", async (Request request, ChangeWrapUpCodes slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ChangeWrapUpCodes)).WithSummary("What may be said of a contact, from now on").Needs(Rights.Configure);
    }

    /// <summary>What holds now, as it would be sent to change it.</summary>
    public async Task<Request> Read(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var there = await book.Read(RuleKind.WrapUp, Guid.Empty, WrapUpCode.Usual, cancel);
        return new Request([.. there.Definition.Select(c => new Code(c.Code, c.Zh, c.En, c.QueueId is { } id && centre.Queues.TryGetValue(id, out var queue) ? queue.Code : null, c.NeedsNote, c.OpensCallBack))], there.Version);
    }

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var before = await book.Read(RuleKind.WrapUp, Guid.Empty, WrapUpCode.Usual, cancel);
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        var queues = (await organisation.Read(cancel)).Queues.Values.ToDictionary(q => q.Code, q => q.Id);
        var (codes, seen) = (new List<WrapUpCode>(), new HashSet<(string, string?)>());
        foreach (var code in request.Codes)
        {
            if (!Fit().IsMatch(code.Value) || string.IsNullOrWhiteSpace(code.Zh) || string.IsNullOrWhiteSpace(code.En) || code.Zh.Length > 50 || code.En.Length > 50) return new Refusal("routing.wrap-up-unfit", code.Value);
            if (code.Queue is not null && !queues.ContainsKey(code.Queue)) return new Refusal("routing.queue.not-found", code.Queue);
            if (seen.Contains((code.Value, null)) || !seen.Add((code.Value, code.Queue)) || (code.Queue is null && seen.Any(s => s.Item1 == code.Value && s.Item2 is not null))) return new Refusal("routing.wrap-up-twice", code.Value);
            codes.Add(new WrapUpCode(code.Value, code.Zh.Trim(), code.En.Trim(), code.NeedsNote, code.OpensCallBack, code.Queue is null ? null : queues[code.Queue]));
        }
        book.Write<IReadOnlyList<WrapUpCode>>(RuleKind.WrapUp, Guid.Empty, before, codes);
        return await book.Save(cancel);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,49}$")]
    private static partial Regex Fit();
}
