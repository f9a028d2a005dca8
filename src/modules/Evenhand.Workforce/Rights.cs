using Evenhand.Kernel.Rights;

namespace Evenhand.Workforce;

/// <summary>What people may do with the roster, the seats, the shift handover and the floor's reports.</summary>
internal static class Rights
{
    public const string ReadRoster = "workforce.roster";
    public const string Publish = "workforce.publish";
    public const string ReadSeats = "workforce.seats";
    public const string Seats = "workforce.seat-people";
    public const string Rooms = "workforce.rooms";
    public const string ReadHandover = "workforce.handover";
    public const string HandOver = "workforce.hand-over";

    /// <summary>Who is told when a team's turn has come: its leaders, not those above all teams.</summary>
    public const string Lead = "workforce.lead";

    public const string LetGo = "workforce.let-go";

    public const string ReadReports = "workforce.reports";
    public const string FileReport = "workforce.file-report";
    public const string OwnReport = "workforce.own-report";

    /// <summary>Who is sent the report of the whole day.</summary>
    public const string DayReport = "workforce.day-report";

    public static IEnumerable<Permission> All { get; } =
    [
        new(ReadRoster, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Hr, Roles.Auditor),
        new(Publish, Roles.Manager),
        new(ReadSeats, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Auditor),
        new(Seats, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Rooms, Roles.FloorManager, Roles.Manager),
        new(ReadHandover, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Auditor),
        new(HandOver, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Lead, Roles.TeamLeader),
        new(LetGo, Roles.FloorManager, Roles.Manager),
        new(ReadReports, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.KpiAssistant, Roles.Auditor),
        new(FileReport, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(OwnReport, Roles.Agent),
        new(DayReport, Roles.FloorManager, Roles.Manager),
    ];
}
