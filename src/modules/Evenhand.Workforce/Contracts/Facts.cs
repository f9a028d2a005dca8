namespace Evenhand.Workforce.Contracts;

/// <summary>Fact: a team may leave the floor: both leaders have signed, or somebody with the right to do so let it go.</summary>
/// <param name="HandoverId">The handover.</param>
/// <param name="TeamId">The team that leaves.</param>
/// <param name="At">The shift change it belongs to, UTC.</param>
public sealed record TeamReleased(Guid HandoverId, Guid TeamId, DateTimeOffset At);

/// <summary>Fact: a team went to the floor: its leader called the roll, read the logs and signed.</summary>
/// <param name="HandoverId">The handover.</param>
/// <param name="TeamId">The team that arrives.</param>
/// <param name="At">The shift change it belongs to, UTC.</param>
public sealed record TeamTookOver(Guid HandoverId, Guid TeamId, DateTimeOffset At);

/// <summary>Fact: a report of the floor was filed or corrected.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Kind">`hour`, `shift` or `day`.</param>
/// <param name="TeamId">The team; null for the whole floor.</param>
/// <param name="From">Start of the span reported on, UTC.</param>
/// <param name="To">End of the span, UTC, exclusive.</param>
/// <param name="Version">1 when it was filed first, more when late facts changed it.</param>
public sealed record FloorReportFiled(Guid ReportId, string Kind, Guid? TeamId, DateTimeOffset From, DateTimeOffset To, int Version);
