using Evenhand.Intake.Archive;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Imports;

/// <summary>Lists imports, newest first, with what came of each; gives the rejects of one.</summary>
internal sealed class ListImports(EvenhandDb db, StoreSettings store)
{
    public sealed record Row(Guid Id, string Name, string Source, string Format, string Status, DateTimeOffset Started, DateTimeOffset? Ended, string StartedBy, long Lines, long Added, long Changed, long Known, long States,
        IReadOnlyDictionary<string, long> Rows, IReadOnlyDictionary<string, long> Rejects, bool HasRejects, string? Note);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/imports", async (int? page, int? size, ListImports slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(page ?? 1, size ?? 50, cancel)))
            .WithName(nameof(ListImports)).WithSummary("Imports, newest first").Needs(Rights.Import);
        api.MapGet("/imports/{id:guid}/rejects", async Task<IResult> (Guid id, ListImports slice, CancellationToken cancel) =>
            await slice.Rejects(id, cancel) is { } path ? TypedResults.PhysicalFile(path, "text/tab-separated-values; charset=utf-8", $"rejects-{id}.tsv") : new RefusedReply(new Refusal("intake.import.not-found")))
            .WithName("ImportRejects").WithSummary("The rejected lines of an import: line, reason, kept, text").Needs(Rights.Import);
    }

    public async Task<Paged<Row>> Run(int page, int size, CancellationToken cancel)
    {
        size = Math.Clamp(size, 1, 500);
        var rows = await db.Imports.AsNoTracking().OrderByDescending(i => i.Id).Skip((Math.Max(1, page) - 1) * size).Take(size).ToListAsync(cancel);
        return new Paged<Row>([.. rows.Select(Of)], await db.Imports.LongCountAsync(cancel));
    }

    /// <summary>Where the rejects of an import lie; null when it has none.</summary>
    public async Task<string?> Rejects(Guid id, CancellationToken cancel)
    {
        var name = await db.Imports.Where(i => i.Id == id).Select(i => i.Rejects).FirstOrDefaultAsync(cancel);
        return name is not null && RejectsFile.PathOf(store.DataDirectory, name) is var path && File.Exists(path) ? path : null;
    }

    public static Row Of(ImportRow i) => new(i.Id, i.Name, i.Source, ImportFormats.Name(i.Format), i.Status.ToString().ToLowerInvariant(), i.StartedAt, i.EndedAt, i.StartedBy, i.Lines, i.Added, i.Changed, i.Known,
        i.States, i.SeenCounts, i.ReasonCounts, i.Rejects is not null, i.Note);
}
