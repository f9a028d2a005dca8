using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Says which days of a calendar do not follow its week: by a list, by the public holidays of a year, or no longer.</summary>
internal sealed class ChangeSpecialDays(RuleBook book, CurrentAccess current)
{
    private const int MostDays = 2000;
    private static readonly char[] Cells = [';', '；', '\t'];
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyyMMdd"];

    /// <param name="Lines">One day a line: `date;closed;;note` or `date;open;09:00-12:00, 13:00-18:00;note`.</param>
    public sealed record Request([Required, MaxLength(100_000)] string Lines);

    /// <param name="Days">How many days were taken in.</param>
    public sealed record Taken(int Days);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rules/calendars/{id:guid}/days", async (Guid id, Request request, ChangeSpecialDays slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(ChangeSpecialDays)).WithSummary("Days of a calendar that do not follow its week; a day that is there is replaced").Needs(Rights.Configure);
        api.MapPost("/rules/calendars/{id:guid}/holidays/{year:int}", async (Guid id, int year, ChangeSpecialDays slice, CancellationToken cancel) => (await slice.Holidays(id, year, cancel)).ToReply())
            .WithName("AddPublicHolidays").WithSummary("The public holidays of a year with their make-up working days").Needs(Rights.Configure);
        api.MapDelete("/rules/calendars/{id:guid}/days/{day}", async (Guid id, DateOnly day, ChangeSpecialDays slice, CancellationToken cancel) => (await slice.Remove(id, day, cancel)).ToReply())
            .WithName("RemoveSpecialDay").WithSummary("Lets a day follow the week again").Needs(Rights.Configure);
    }

    public Task<Outcome<Taken>> Run(Guid id, Request request, CancellationToken cancel) => Add(id, _ => Read(request.Lines), cancel);

    public Task<Outcome<Taken>> Holidays(Guid id, int year, CancellationToken cancel) => Add(id, calendar => PublicHolidays.Known.FirstOrDefault(y => y.Number == year) is { } known
        ? new(PublicHolidays.Days(known, calendar), null) : new([], new Refusal("routing.holidays-unknown", year, string.Join(", ", PublicHolidays.Known.Select(y => y.Number)))), cancel);

    public async Task<Outcome<Done>> Remove(Guid id, DateOnly day, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (!(await book.All<CalendarDefinition>(RuleKind.Calendar, cancel)).TryGetValue(id, out var before)) return new Refusal("routing.calendar.not-found");
        book.Write(RuleKind.Calendar, id, before, before.Definition with { Days = [.. before.Definition.Days.Where(d => d.Day != day)] });
        return await book.Save(cancel);
    }

    private async Task<Outcome<Taken>> Add(Guid id, Func<CalendarDefinition, (IReadOnlyList<SpecialDay> Days, Refusal? Refusal)> read, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (!(await book.All<CalendarDefinition>(RuleKind.Calendar, cancel)).TryGetValue(id, out var before) || before.Definition.Ended) return new Refusal("routing.calendar.not-found");
        var (days, refusal) = read(before.Definition);
        if (refusal is not null) return refusal;
        var all = before.Definition.Days.Where(d => days.All(n => n.Day != d.Day)).Concat(days).OrderBy(d => d.Day).ToList();
        if (all.Count > MostDays) return new Refusal("routing.days-too-many", MostDays);
        book.Write(RuleKind.Calendar, id, before, before.Definition with { Days = all });
        return (await book.Save(cancel)).Refused(out var stale) ? stale : new Taken(days.Count);
    }

    private static (IReadOnlyList<SpecialDay> Days, Refusal? Refusal) Read(string lines)
    {
        var days = new Dictionary<DateOnly, SpecialDay>();
        foreach (var (text, number) in lines.ReplaceLineEndings("\n").Split('\n').Select((text, at) => (text.Trim(), at + 1)).Where(l => l.Item1.Length > 0))
        {
            var cells = text.Split(Cells, StringSplitOptions.TrimEntries);
            var hours = cells.Length > 2 ? cells[2] : "";
            if (!DateOnly.TryParseExact(cells[0], Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return ([], new Refusal("routing.day-unreadable", number, text));
            bool? open = cells.Length < 2 ? null : cells[1].ToLowerInvariant() switch { "open" or "营业" or "上班" => true, "closed" or "休息" or "放假" => false, _ => null };
            if (open is null || OpenSpans.Read(hours) is not { } spans || open == (spans.Count == 0)) return ([], new Refusal("routing.day-unreadable", number, text));
            days[day] = new SpecialDay(day, spans, cells.Length > 3 && cells[3].Length > 0 ? cells[3][..Math.Min(cells[3].Length, 100)] : null);
        }
        return days.Count == 0 ? ([], new Refusal("routing.days-none")) : ([.. days.Values], null);
    }
}
