using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Makes a type or a new version of one; items there are keep the version they were made by.</summary>
internal sealed partial class ChangeType(EvenhandDb db, WorkItemTypes types, CurrentAccess current, TimeProvider clock, IAuditTrail audit)
{
    /// <param name="Transitions">State → states it may go to; without it the standard ones.</param>
    public sealed record Request([Required, MaxLength(100)] string NameZh, [Required, MaxLength(100)] string NameEn, [Required, MinLength(1), MaxLength(50)] IReadOnlyList<WorkItemField> Fields,
        [Range(1, 525_600)] int FirstResponseMinutes, [Range(1, 525_600)] int ResolutionMinutes, IReadOnlyDictionary<string, IReadOnlyList<string>>? Transitions = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/work-item-types", async (WorkItemTypes types, CancellationToken cancel) => TypedResults.Ok(await types.Current(cancel)))
            .WithName("ListWorkItemTypes").WithSummary("The types of work items, each in its latest version").Needs(Rights.Read);
        api.MapPut("/work-item-types/{code}", async (string code, Request request, ChangeType slice, CancellationToken cancel) =>
            (await slice.Run(code, request, cancel)).ToReply()).WithName(nameof(ChangeType)).WithSummary("A new type, or a new version of one").Needs(Rights.Configure);
    }

    public async Task<Outcome<WorkItemType>> Run(string code, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var before = (await types.Current(cancel)).FirstOrDefault(t => t.Code == code);
        var type = new WorkItemType(code, (before?.Version ?? 0) + 1, request.NameZh, request.NameEn, request.Fields, request.Transitions ?? StandardTypes.Transitions, request.FirstResponseMinutes, request.ResolutionMinutes);
        if (Problem(type) is { } problem) return problem;
        db.Add(new TypeVersion { Code = code, Version = type.Version, Definition = JsonSerializer.Serialize(type, FactJson.Options), At = clock.GetUtcNow(), By = current.Access.Name });
        audit.Record("routing.type-changed", "work-item-type", code, new { type.Version });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("routing.type-changed-meanwhile", code);
        }
        types.Forget();
        return type;
    }

    private static Refusal? Problem(WorkItemType type)
    {
        var codes = type.Fields.Select(f => f.Code).Concat(type.Transitions.Keys).Append(type.Code);
        if (codes.FirstOrDefault(c => !Code().IsMatch(c)) is { } odd) return new Refusal("routing.code-unfit", odd);
        if (type.Fields.GroupBy(f => f.Code).FirstOrDefault(g => g.Count() > 1) is { } twice) return new Refusal("routing.field-twice", twice.Key);
        if (type.Fields.FirstOrDefault(f => !WorkItemField.Kinds.Contains(f.Kind)) is { } unknown) return new Refusal("routing.kind-unknown", unknown.Code, unknown.Kind, string.Join(", ", WorkItemField.Kinds));
        if (type.Fields.FirstOrDefault(f => f.Kind == "choice" && f.Choices is null or { Count: 0 }) is { Kind: "choice" } bare) return new Refusal("routing.choices-missing", bare.Code);
        if (!type.Transitions.ContainsKey(WorkItemType.Initial)) return new Refusal("routing.state-new-missing");
        return type.Transitions.SelectMany(t => t.Value).FirstOrDefault(s => !type.Transitions.ContainsKey(s)) is { } nowhere ? new Refusal("routing.state-unknown", nowhere) : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,49}$")]
    private static partial Regex Code();
}
