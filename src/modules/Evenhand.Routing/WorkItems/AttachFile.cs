using System.Security.Cryptography;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Takes a file to an item and gives it back; the bytes lie once in the data directory under their hash, and are what their name's ending says.</summary>
internal sealed class AttachFile(EvenhandDb db, QueueAccess access, Journal journal, StoreSettings store, CurrentAccess current)
{
    public const int Largest = 10 << 20;
    private const int LongestName = 200;

    /// <summary>Endings that are taken → how such a file begins; empty for plain text.</summary>
    private static readonly Dictionary<string, byte[]> Beginnings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "%PDF-"u8.ToArray(), [".png"] = [0x89, 0x50, 0x4e, 0x47], [".jpg"] = [0xff, 0xd8, 0xff], [".jpeg"] = [0xff, 0xd8, 0xff],
        [".xlsx"] = "PK\u0003\u0004"u8.ToArray(), [".docx"] = "PK\u0003\u0004"u8.ToArray(), [".txt"] = [], [".csv"] = [],
    };

    public sealed record Attached(Guid Id, string Name, long Size, string Hash);

    public static string Accepted => string.Join(',', Beginnings.Keys);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/work-items/{id:guid}/files", async Task<Results<Ok<Attached>, RefusedReply>> (Guid id, string? name, HttpContext http, AttachFile slice, CancellationToken cancel) =>
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = 2 * Largest;
            return (await slice.Run(id, name ?? "", http.Request.Body, cancel)).ToReply();
        }).Accepts<byte[]>("application/octet-stream").WithName(nameof(AttachFile)).WithSummary("Attaches the request's body as a file of the name given").Needs(Rights.Work);
        api.MapGet("/work-items/{id:guid}/files/{file:guid}", async Task<Results<PhysicalFileHttpResult, RefusedReply>> (Guid id, Guid file, AttachFile slice, CancellationToken cancel) =>
        {
            var found = await slice.Find(id, file, cancel);
            return found.Refused(out var refusal, out var row) ? new RefusedReply(refusal) : TypedResults.PhysicalFile(slice.PathOf(row.Hash), "application/octet-stream", row.Name);
        }).WithName("DownloadFile").WithSummary("A file of a work item").Needs(Rights.Read);
    }

    public async Task<Outcome<Attached>> Run(Guid id, string name, Stream body, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Work, cancel)).Refused(out var refusal, out var item)) return refusal;
        name = Path.GetFileName(name.Replace('\\', '/')).Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || !Beginnings.TryGetValue(Path.GetExtension(name), out var beginning)) return new Refusal("routing.file-kind", name, Accepted);
        if (await Read(body, cancel) is not { } bytes) return new Refusal("routing.file-too-large", Largest >> 20);
        if (bytes.Length == 0 || !bytes.AsSpan().StartsWith(beginning) || (beginning.Length == 0 && bytes.Contains((byte)0))) return new Refusal("routing.file-unlike", name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await Keep(hash, bytes, cancel);
        var file = new WorkItemFile { Id = Guid.CreateVersion7(), ItemId = id, Name = name, Hash = hash, Size = bytes.Length, At = journal.Now, By = current.Access.Name };
        db.Add(file);
        return await journal.Changed(item, "attached", item.State, [new FieldChange("file", null, name)], null, cancel) is { } lost ? lost : new Attached(file.Id, name, file.Size, hash);
    }

    private async Task<Outcome<WorkItemFile>> Find(Guid id, Guid file, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Read, cancel)).Refused(out var refusal)) return refusal;
        var found = await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == file && f.ItemId == id, cancel);
        return found is null || !File.Exists(PathOf(found.Hash)) ? new Refusal("routing.file.not-found") : found;
    }

    private string PathOf(string hash) => Path.GetFullPath(Path.Combine(store.DataDirectory, "files", hash[..2], hash));

    /// <summary>All bytes, or null when there are too many.</summary>
    private static async Task<byte[]?> Read(Stream body, CancellationToken cancel)
    {
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int got; (got = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (read.Length + got > Largest) return null;
            read.Write(buffer, 0, got);
        }
        return read.ToArray();
    }

    /// <summary>Written beside and moved, so that no half file ever has the name of its hash.</summary>
    private async Task Keep(string hash, byte[] bytes, CancellationToken cancel)
    {
        var path = PathOf(hash);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Guid.CreateVersion7():N}";
        await File.WriteAllBytesAsync(beside, bytes, cancel);
        File.Move(beside, path, true);
    }
}
