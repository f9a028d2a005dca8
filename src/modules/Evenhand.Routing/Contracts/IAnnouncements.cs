namespace Evenhand.Routing.Contracts;

/// <summary>What is being announced, as a wallboard shows it.</summary>
public interface IAnnouncements
{
    /// <summary>The announcements that hold now and concern one of the units, those below it or those above it: the important first, then the latest.</summary>
    /// <param name="units">Ids of units; none gives nothing.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<CurrentAnnouncement>> Current(IReadOnlyCollection<Guid> units, CancellationToken cancel);
}

/// <summary>An announcement that holds now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title, up to 200 characters.</param>
/// <param name="Text">Its text, plain with line breaks, up to 5000 characters.</param>
/// <param name="IsImportant">Whether it must be read before going ready.</param>
/// <param name="From">From when it holds, UTC.</param>
/// <param name="Until">Until when, UTC, exclusive.</param>
public sealed record CurrentAnnouncement(Guid Id, string Title, string Text, bool IsImportant, DateTimeOffset From, DateTimeOffset Until);
