using Evenhand.Intake.Archive;
using Evenhand.Intake.Columns;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;

namespace Evenhand.Intake.Imports;

/// <summary>Imports a log that is sent: as the body of the request, or as the last field of a form. It is read as it comes and lies nowhere in between.</summary>
internal sealed class UploadLog(ImportLog import, CurrentAccess current, IConfiguration configuration)
{
    /// <param name="Name">The file's name, for the history.</param>
    /// <param name="Map">A column map as YAML.</param>
    public sealed record Request(string? Name = null, string? Format = null, string? Source = null, string? Encoding = null, string? Map = null);

    private const long UsualLimit = 4L << 30;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/imports", async Task<IResult> ([AsParameters] Request request, HttpContext http, UploadLog slice, CancellationToken cancel) =>
    {
        slice.Allow(http);
        var form = MultipartBoundary(http.Request.ContentType) is { } boundary;
        var outcome = form ? await slice.RunForm(http, cancel) : await slice.Run(request, http.Request.Body, cancel);
        if (outcome.Refused(out var refusal, out var row)) return form && WantsPage(http) ? Back(http, null, refusal) : new RefusedReply(refusal);
        return form && WantsPage(http) ? Back(http, row, null) : TypedResults.Ok(ListImports.Of(row));
    }).WithName(nameof(UploadLog)).WithSummary("Imports the log in the request's body, plain or gzip").Needs(Rights.Import);

    public async Task<Outcome<ImportRow>> Run(Request request, Stream body, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Import).All) return new Refusal("intake.import.not-allowed");
        ColumnMap? map = null;
        if (!string.IsNullOrWhiteSpace(request.Map) && ColumnMap.Read("map", new StringReader(request.Map)).Refused(out var refusal, out map)) return refusal;
        if (ImportFormats.Of(string.IsNullOrEmpty(request.Format) ? null : request.Format, map) is not { } format) return new Refusal("intake.unknown-format", request.Format);
        if (LogInput.Over(request.Name is { Length: > 0 } name ? Path.GetFileName(name) : "upload", new Unhurried(body)).Refused(out refusal, out var input)) return refusal;
        await using (input)
            return await import.Run(new ImportLog.Request(format, Given(request.Source) ?? map?.Source ?? ImportFormats.Name(format), Given(request.Encoding), map), input, null, cancel);
    }

    private async Task<Outcome<ImportRow>> RunForm(HttpContext http, CancellationToken cancel)
    {
        var reader = new MultipartReader(MultipartBoundary(http.Request.ContentType)!, http.Request.Body);
        var fields = new Dictionary<string, string>();
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var file = disposition.FileName.Value ?? disposition.FileNameStar.Value;
            if (file is not null)
                return await Run(new Request(file, fields.GetValueOrDefault("format"), fields.GetValueOrDefault("source"), fields.GetValueOrDefault("encoding"), fields.GetValueOrDefault("map")), section.Body, cancel);
            fields[disposition.Name.Value?.Trim('"') ?? ""] = await section.ReadAsStringAsync(cancel);
        }
        return new Refusal("intake.no-file");
    }

    private static RedirectHttpResult Back(HttpContext http, ImportRow? import, Refusal? refusal)
    {
        var texts = http.RequestServices.GetService(typeof(Kernel.Text.Texts)) as Kernel.Text.Texts;
        var said = import is null ? texts![refusal!] : texts!["intake.imported", import.Name, import.Added, import.Changed, import.Known, import.ReasonCounts.Values.Sum()];
        Flash.Keep(http, new Design.Toast(said, import is null ? Design.Status.Bad : Design.Status.Ok));
        return TypedResults.Redirect("/imports");
    }

    private void Allow(HttpContext http)
    {
        var limit = configuration.GetValue<long?>("Intake:MaxUploadBytes") ?? UsualLimit;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit;
    }

    private static bool WantsPage(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("html", StringComparison.OrdinalIgnoreCase);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? MultipartBoundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType == "multipart/form-data" ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;

    /// <summary>A request's body gives nothing to a reader that will not wait.</summary>
    private sealed class Unhurried(Stream body) : PassingStream
    {
        public override int Read(byte[] buffer, int offset, int count) => body.ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => body.ReadAsync(buffer, cancellationToken);
    }
}
