using Evenhand.Platform.Contracts;

namespace Evenhand.Platform.Organisation;

/// <summary>Today by the centre's own wall clock.</summary>
internal sealed class CentreCalendar(IOrganisation organisation, TimeProvider clock)
{
    public async Task<DateOnly> Today(CancellationToken cancel) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), (await organisation.Read(cancel)).Zone).DateTime);
}
