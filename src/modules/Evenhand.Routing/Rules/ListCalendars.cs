using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lists the calendars of opening hours with their weeks, their special days and how many queues follow each.</summary>
internal sealed class ListCalendars(RuleBook book)
{
    /// <param name="Week">Day of the week → open stretches, as they are written.</param>
    /// <param name="Queues">How many queues use it.</param>
    public sealed record Row(Guid Id, string Name, IReadOnlyDictionary<string, string> Week, IReadOnlyList<Day> Days, int Queues, int Version, DateTimeOffset? ChangedAt, string? ChangedBy);

    /// <param name="Open">Open stretches; empty for closed.</param>
    public sealed record Day(DateOnly On, string Open, string? Note);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/rules/calendars", async (ListCalendars slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(cancel)))
        .WithName(nameof(ListCalendars)).WithSummary("The calendars of opening hours").Needs(Rights.Rules);

    /// <summary>Days of the week in the order people read them.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public async Task<IReadOnlyList<Row>> Run(CancellationToken cancel)
    {
        var users = (await book.All<QueueDefinition>(RuleKind.Queue, cancel)).Values.Where(q => q.Definition.CalendarId is not null).CountBy(q => q.Definition.CalendarId!.Value).ToDictionary();
        return [.. (await book.All<CalendarDefinition>(RuleKind.Calendar, cancel)).Where(c => !c.Value.Definition.Ended).OrderBy(c => c.Value.Definition.Name, StringComparer.CurrentCulture)
            .Select(c => new Row(c.Key, c.Value.Definition.Name, Week.ToDictionary(d => d.ToString().ToLowerInvariant(), d => OpenSpans.Write(c.Value.Definition.Week.GetValueOrDefault(d, []))),
                [.. c.Value.Definition.Days.Select(d => new Day(d.Day, OpenSpans.Write(d.Open), d.Note))], users.GetValueOrDefault(c.Key), c.Value.Version, c.Value.At, c.Value.By))];
    }
}
