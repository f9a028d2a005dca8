using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Makes a calendar of opening hours, changes its name and week, or ends it; queues that use it follow.</summary>
internal sealed class ChangeCalendar(RuleBook book, CurrentAccess current)
{
    /// <param name="Week">Day of the week in English lower case → open stretches as `09:00-12:00, 13:00-18:00`; a day left out or empty is closed.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request([Required, MaxLength(100)] string Name, [Required] IReadOnlyDictionary<string, string?> Week, int? Version = null);

    public sealed record Made(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rules/calendars", async (Request request, ChangeCalendar slice, CancellationToken cancel) => (await slice.Run(null, request, cancel)).ToReply())
            .WithName("MakeCalendar").WithSummary("A new calendar of opening hours").Needs(Rights.Configure);
        api.MapPut("/rules/calendars/{id:guid}", async (Guid id, Request request, ChangeCalendar slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(ChangeCalendar)).WithSummary("Another name or week of a calendar").Needs(Rights.Configure);
        api.MapDelete("/rules/calendars/{id:guid}", async (Guid id, ChangeCalendar slice, CancellationToken cancel) => (await slice.End(id, cancel)).ToReply())
            .WithName("EndCalendar").WithSummary("Ends a calendar that no queue uses").Needs(Rights.Configure);
    }

    public async Task<Outcome<Made>> Run(Guid? id, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var all = await book.All<CalendarDefinition>(RuleKind.Calendar, cancel);
        var before = id is { } known ? all.GetValueOrDefault(known) : new InForce<CalendarDefinition>(new CalendarDefinition("", new Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>>(), []), 0, null, null);
        if (before is null || before.Definition.Ended) return new Refusal("routing.calendar.not-found");
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        var name = request.Name.Trim();
        if (all.Any(c => c.Key != id && !c.Value.Definition.Ended && c.Value.Definition.Name == name)) return new Refusal("routing.calendar-there", name);
        var week = new Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>>();
        foreach (var (day, text) in request.Week)
        {
            if (!Enum.TryParse<DayOfWeek>(day, true, out var weekday) || int.TryParse(day, out _)) return new Refusal("routing.weekday-unknown", day);
            if (OpenSpans.Read(text) is not { } spans) return new Refusal("routing.hours-unreadable", text, day.ToLowerInvariant());
            if (spans.Count > 0) week[weekday] = spans;
        }
        var made = id ?? Guid.CreateVersion7();
        book.Write(RuleKind.Calendar, made, before, before.Definition with { Name = name, Week = week.OrderBy(d => d.Key).ToDictionary() });
        return (await book.Save(cancel)).Refused(out var refusal) ? refusal : new Made(made);
    }

    public async Task<Outcome<Done>> End(Guid id, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (!(await book.All<CalendarDefinition>(RuleKind.Calendar, cancel)).TryGetValue(id, out var before)) return new Refusal("routing.calendar.not-found");
        var users = (await book.All<QueueDefinition>(RuleKind.Queue, cancel)).Values.Count(q => q.Definition.CalendarId == id);
        if (users > 0) return new Refusal("routing.calendar-used", before.Definition.Name, users);
        book.Write(RuleKind.Calendar, id, before, before.Definition with { Ended = true });
        return await book.Save(cancel);
    }
}
