using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lays down the scripts and quick notes of a queue, or those of all queues, in the order the desk shows them; and answers what a desk shows for a queue.</summary>
internal sealed class ChangeScripts(RuleBook book, IOrganisation organisation, CurrentAccess current)
{
    /// <summary>Stands for all queues where a queue's code is asked for.</summary>
    public const string AllQueues = "-";

    private const int Most = 50, LongestTitle = 100, LongestText = 2000;

    /// <param name="Scripts">In the order they are shown; an English text left out is the Chinese one.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request([Required, MaxLength(Most)] IReadOnlyList<Said> Scripts, [Required, MaxLength(Most)] IReadOnlyList<Note> Notes, int? Version = null);

    public sealed record Said(string TitleZh, string? TitleEn, string TextZh, string? TextEn);

    public sealed record Note(string Zh, string? En);

    /// <summary>What a desk shows beside a contact, in the reader's language.</summary>
    public sealed record Shown(IReadOnlyList<ShownScript> Scripts, IReadOnlyList<string> Notes);

    public sealed record ShownScript(string Title, string Text);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/queues/{code}/scripts", async (string code, ChangeScripts slice, CancellationToken cancel) => (await slice.Show(code, cancel)).ToReply())
            .WithName("ShowScripts").WithSummary("Scripts and quick notes for a contact of a queue: the queue's own, then those of all").Needs(Rights.Work);
        api.MapGet("/rules/scripts/{code}", async (string code, ChangeScripts slice, CancellationToken cancel) => (await slice.Read(code, cancel)).ToReply())
            .WithName("ReadScripts").WithSummary("A queue's scripts and quick notes in both languages; - for those of all queues").Needs(Rights.Rules);
        api.MapPut("/rules/scripts/{code}", async (string code, Request request, ChangeScripts slice, CancellationToken cancel) => (await slice.Run(code, request, cancel)).ToReply())
            .WithName(nameof(ChangeScripts)).WithSummary("A queue's scripts and quick notes, from now on; - for those of all queues").Needs(Rights.Configure);
    }

    public async Task<Outcome<Shown>> Show(string code, CancellationToken cancel) =>
        (await Subject(code, cancel)).Refused(out var refusal, out var subject) ? refusal : await Show(subject, cancel);

    /// <summary>What a desk shows beside a contact of this queue: the queue's own, then those of all.</summary>
    public async Task<Shown> Show(Guid queue, CancellationToken cancel)
    {
        var own = queue == Guid.Empty ? DeskTexts.None : (await book.Read(RuleKind.Scripts, queue, DeskTexts.None, cancel)).Definition;
        var all = (await book.Read(RuleKind.Scripts, Guid.Empty, DeskTexts.None, cancel)).Definition;
        return new Shown([.. own.Scripts.Concat(all.Scripts).Select(s => new ShownScript(s.Title, s.Text))], [.. own.Notes.Concat(all.Notes).Select(n => n.Text)]);
    }

    public async Task<Outcome<Request>> Read(string code, CancellationToken cancel)
    {
        if ((await Subject(code, cancel)).Refused(out var refusal, out var subject)) return refusal;
        var there = await book.Read(RuleKind.Scripts, subject, DeskTexts.None, cancel);
        return new Request([.. there.Definition.Scripts.Select(s => new Said(s.TitleZh, s.TitleEn, s.TextZh, s.TextEn))], [.. there.Definition.Notes.Select(n => new Note(n.Zh, n.En))], there.Version);
    }

    public async Task<Outcome<Done>> Run(string code, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if ((await Subject(code, cancel)).Refused(out var refusal, out var subject)) return refusal;
        var before = await book.Read(RuleKind.Scripts, subject, DeskTexts.None, cancel);
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        if (request.Scripts.FirstOrDefault(s => !Fits(s.TitleZh, s.TitleEn, LongestTitle) || !Fits(s.TextZh, s.TextEn, LongestText)) is { } odd) return new Refusal("routing.script-unfit", odd.TitleZh, LongestTitle, LongestText);
        if (request.Notes.FirstOrDefault(n => !Fits(n.Zh, n.En, LongestTitle)) is { } long1) return new Refusal("routing.quick-note-unfit", long1.Zh, LongestTitle);
        book.Write(RuleKind.Scripts, subject, before, new DeskTexts(
            [.. request.Scripts.Select(s => new Script(s.TitleZh.Trim(), Or(s.TitleEn, s.TitleZh), s.TextZh.Trim(), Or(s.TextEn, s.TextZh)))], [.. request.Notes.Select(n => new QuickNote(n.Zh.Trim(), Or(n.En, n.Zh)))]));
        return await book.Save(cancel);
    }

    private async Task<Outcome<Guid>> Subject(string code, CancellationToken cancel) => code == AllQueues ? Guid.Empty
        : (await organisation.Read(cancel)).Queues.Values.FirstOrDefault(q => q.Code == code) is { } queue ? queue.Id : new Refusal("routing.queue.not-found", code);

    private static bool Fits(string? zh, string? en, int longest) => !string.IsNullOrWhiteSpace(zh) && zh.Length <= longest && (en?.Length ?? 0) <= longest;

    private static string Or(string? en, string zh) => string.IsNullOrWhiteSpace(en) ? zh.Trim() : en.Trim();
}
