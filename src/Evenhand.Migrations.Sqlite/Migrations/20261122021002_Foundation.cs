using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evenhand.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Foundation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "incentives_month",
                columns: table => new
                {
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RunAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Total = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_month", x => x.Month);
                });

            migrationBuilder.CreateTable(
                name: "incentives_plan",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: true),
                    EffectiveFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Baseline = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Price = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Step = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Starts = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Settings = table.Column<string>(type: "TEXT", nullable: false),
                    DraftedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DraftedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_plan", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "incentives_question",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AnswerBy = table.Column<long>(type: "INTEGER", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    AnsweredBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_question", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "intake_agent_event",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SourceId = table.Column<int>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    Event = table.Column<int>(type: "INTEGER", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    LoggedInSeconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_agent_event", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "intake_call",
                columns: table => new
                {
                    SourceId = table.Column<int>(type: "INTEGER", nullable: false),
                    CallId = table.Column<string>(type: "TEXT", nullable: false),
                    Trail = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_call", x => new { x.SourceId, x.CallId });
                });

            migrationBuilder.CreateTable(
                name: "intake_contact",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SourceId = table.Column<int>(type: "INTEGER", nullable: false),
                    CallId = table.Column<string>(type: "TEXT", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Customer = table.Column<string>(type: "TEXT", nullable: true),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ConnectedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Wait = table.Column<int>(type: "INTEGER", nullable: false),
                    Ring = table.Column<int>(type: "INTEGER", nullable: false),
                    Talk = table.Column<int>(type: "INTEGER", nullable: false),
                    Hold = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContact = table.Column<int>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    EndedBy = table.Column<int>(type: "INTEGER", nullable: false),
                    RingNoAnswers = table.Column<int>(type: "INTEGER", nullable: false),
                    Lingers = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_contact", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "intake_import",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Format = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedBy = table.Column<string>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Batches = table.Column<int>(type: "INTEGER", nullable: false),
                    Lines = table.Column<long>(type: "INTEGER", nullable: false),
                    Added = table.Column<long>(type: "INTEGER", nullable: false),
                    Changed = table.Column<long>(type: "INTEGER", nullable: false),
                    Known = table.Column<long>(type: "INTEGER", nullable: false),
                    States = table.Column<long>(type: "INTEGER", nullable: false),
                    Seen = table.Column<string>(type: "TEXT", nullable: false),
                    Reasons = table.Column<string>(type: "TEXT", nullable: false),
                    Rejects = table.Column<string>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_import", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "intake_pending_agent",
                columns: table => new
                {
                    SourceId = table.Column<int>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_pending_agent", x => new { x.SourceId, x.AgentId });
                });

            migrationBuilder.CreateTable(
                name: "intake_source",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_source", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "intake_state",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SourceId = table.Column<int>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    End = table.Column<long>(type: "INTEGER", nullable: true),
                    Derived = table.Column<bool>(type: "INTEGER", nullable: false),
                    Lingers = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_state", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_fact",
                columns: table => new
                {
                    Position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_fact", x => x.Position);
                });

            migrationBuilder.CreateTable(
                name: "kernel_fact_reader",
                columns: table => new
                {
                    Reader = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    MovedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Fault = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_fact_reader", x => x.Reader);
                });

            migrationBuilder.CreateTable(
                name: "kernel_lease",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Holder = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_lease", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "measurement_agent_day",
                columns: table => new
                {
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AfterContactInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactKnown = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Answered = table.Column<int>(type: "INTEGER", nullable: false),
                    AtWorkSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    AvailableSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    BreakSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    HandlingHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HoldInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    HoldSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Identified = table.Column<int>(type: "INTEGER", nullable: false),
                    MealSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    MeetingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    OtherNotReadySeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    PeakBreakSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    PeakSignedInSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    RingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    RingingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    SignedInSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TalkInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TrainingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Transferred = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitAnsweredHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WaitAnsweredSeconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_agent_day", x => new { x.Day, x.AgentId, x.QueueId });
                });

            migrationBuilder.CreateTable(
                name: "measurement_agent_interval",
                columns: table => new
                {
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactKnown = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Answered = table.Column<int>(type: "INTEGER", nullable: false),
                    AtWorkSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    AvailableSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    BreakSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    HandlingHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HoldInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    HoldSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Identified = table.Column<int>(type: "INTEGER", nullable: false),
                    MealSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    MeetingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    OtherNotReadySeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    RingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    RingingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    SignedInSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TalkInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TrainingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Transferred = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitAnsweredHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WaitAnsweredSeconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_agent_interval", x => new { x.Start, x.AgentId, x.QueueId });
                });

            migrationBuilder.CreateTable(
                name: "measurement_event",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_event", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "measurement_kpi",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    DefinedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DefinedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_kpi", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "measurement_queue_day",
                columns: table => new
                {
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Abandoned = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactKnown = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Answered = table.Column<int>(type: "INTEGER", nullable: false),
                    EmptyExit = table.Column<int>(type: "INTEGER", nullable: false),
                    HandlingHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HoldInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    HoldSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Identified = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyExit = table.Column<int>(type: "INTEGER", nullable: false),
                    Offered = table.Column<int>(type: "INTEGER", nullable: false),
                    OtherExit = table.Column<int>(type: "INTEGER", nullable: false),
                    RingNoAnswer = table.Column<int>(type: "INTEGER", nullable: false),
                    RingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TalkInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TimedOut = table.Column<int>(type: "INTEGER", nullable: false),
                    Transferred = table.Column<int>(type: "INTEGER", nullable: false),
                    Unfinished = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitAbandonedHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WaitAbandonedSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitAnsweredHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WaitAnsweredSeconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_queue_day", x => new { x.Day, x.QueueId });
                });

            migrationBuilder.CreateTable(
                name: "measurement_queue_interval",
                columns: table => new
                {
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    Abandoned = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactKnown = table.Column<int>(type: "INTEGER", nullable: false),
                    AfterContactSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Answered = table.Column<int>(type: "INTEGER", nullable: false),
                    EmptyExit = table.Column<int>(type: "INTEGER", nullable: false),
                    HandlingHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HoldInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    HoldSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Identified = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyExit = table.Column<int>(type: "INTEGER", nullable: false),
                    Offered = table.Column<int>(type: "INTEGER", nullable: false),
                    OtherExit = table.Column<int>(type: "INTEGER", nullable: false),
                    RingNoAnswer = table.Column<int>(type: "INTEGER", nullable: false),
                    RingSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TalkInInterval = table.Column<int>(type: "INTEGER", nullable: false),
                    TalkSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    TimedOut = table.Column<int>(type: "INTEGER", nullable: false),
                    Transferred = table.Column<int>(type: "INTEGER", nullable: false),
                    Unfinished = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitAbandonedHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WaitAbandonedSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitAnsweredHistogram = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WaitAnsweredSeconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_queue_interval", x => new { x.Start, x.QueueId });
                });

            migrationBuilder.CreateTable(
                name: "platform_account",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    NormalizedName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    DisplayName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FailedSignIns = table.Column<int>(type: "INTEGER", nullable: false),
                    LockedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Active = table.Column<bool>(type: "INTEGER", nullable: false),
                    MustChangePassword = table.Column<bool>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSignInAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_agent",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    JoinedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LeftOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Placed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_agent", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_audit",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SubjectKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_centre",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Zone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_centre", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_posted_form",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Location = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_posted_form", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "platform_queue",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Placed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_queue", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_role_permission",
                columns: table => new
                {
                    Role = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Permission = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Granted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_role_permission", x => new { x.Role, x.Permission });
                });

            migrationBuilder.CreateTable(
                name: "platform_unit",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ParentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_unit", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_unit_platform_unit_ParentId",
                        column: x => x.ParentId,
                        principalTable: "platform_unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "routing_queue_unit",
                columns: table => new
                {
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_queue_unit", x => new { x.QueueId, x.UnitId });
                });

            migrationBuilder.CreateTable(
                name: "routing_webhook",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    Secret = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_webhook", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_work_item",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    TypeVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CreatedById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RespondBy = table.Column<long>(type: "INTEGER", nullable: false),
                    ResolveBy = table.Column<long>(type: "INTEGER", nullable: false),
                    RespondedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyOwner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    KeyHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_work_item", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_work_item_type",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_work_item_type", x => new { x.Code, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "incentives_statement",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    PlanId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PlanVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Contacts = table.Column<int>(type: "INTEGER", nullable: false),
                    Units = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Quality = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Hours = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Earned = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Adjusted = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_statement", x => x.Id);
                    table.ForeignKey(
                        name: "FK_incentives_statement_incentives_plan_PlanId",
                        column: x => x.PlanId,
                        principalTable: "incentives_plan",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_notification",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    TextKey = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Args = table.Column<string>(type: "TEXT", nullable: false),
                    Href = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_notification", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_notification_platform_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "platform_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_api_key",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Start = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_api_key", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_api_key_platform_unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "platform_unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_placement",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_placement", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_placement_platform_agent_AgentId",
                        column: x => x.AgentId,
                        principalTable: "platform_agent",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_platform_placement_platform_unit_TeamId",
                        column: x => x.TeamId,
                        principalTable: "platform_unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_role_assignment",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_role_assignment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_role_assignment_platform_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "platform_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_platform_role_assignment_platform_unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "platform_unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "routing_webhook_delivery",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WebhookId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Event = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeliveredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_webhook_delivery", x => x.Id);
                    table.ForeignKey(
                        name: "FK_routing_webhook_delivery_routing_webhook_WebhookId",
                        column: x => x.WebhookId,
                        principalTable: "routing_webhook",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_work_item_file",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ItemId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_work_item_file", x => x.Id);
                    table.ForeignKey(
                        name: "FK_routing_work_item_file_routing_work_item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "routing_work_item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_work_item_step",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ItemId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Changes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_work_item_step", x => x.Id);
                    table.ForeignKey(
                        name: "FK_routing_work_item_step_routing_work_item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "routing_work_item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "incentives_statement_line",
                columns: table => new
                {
                    StatementId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    Tier = table.Column<int>(type: "INTEGER", nullable: true),
                    AdjustedMonth = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Units = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Price = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: true),
                    Amount = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_statement_line", x => new { x.StatementId, x.Place });
                    table.ForeignKey(
                        name: "FK_incentives_statement_line_incentives_statement_StatementId",
                        column: x => x.StatementId,
                        principalTable: "incentives_statement",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "incentives_statement_work",
                columns: table => new
                {
                    StatementId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Contacts = table.Column<int>(type: "INTEGER", nullable: false),
                    Weight = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Units = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false),
                    Amount = table.Column<decimal>(type: "TEXT", precision: 18, scale: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_statement_work", x => new { x.StatementId, x.Day, x.QueueId });
                    table.ForeignKey(
                        name: "FK_incentives_statement_work_incentives_statement_StatementId",
                        column: x => x.StatementId,
                        principalTable: "incentives_statement",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_plan_Version",
                table: "incentives_plan",
                column: "Version",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_incentives_question_AgentId_Month",
                table: "incentives_question",
                columns: new[] { "AgentId", "Month" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_statement_Month_AgentId",
                table: "incentives_statement",
                columns: new[] { "Month", "AgentId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_incentives_statement_PlanId",
                table: "incentives_statement",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_intake_agent_event_SourceId_AgentId_At",
                table: "intake_agent_event",
                columns: new[] { "SourceId", "AgentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_intake_contact_AgentId_EnteredAt",
                table: "intake_contact",
                columns: new[] { "AgentId", "EnteredAt" },
                filter: "\"AgentId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_intake_contact_EnteredAt",
                table: "intake_contact",
                column: "EnteredAt",
                filter: "\"Lingers\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_intake_contact_QueueId_EnteredAt",
                table: "intake_contact",
                columns: new[] { "QueueId", "EnteredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_intake_source_Name",
                table: "intake_source",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_intake_state_AgentId_Start",
                table: "intake_state",
                columns: new[] { "AgentId", "Start" });

            migrationBuilder.CreateIndex(
                name: "IX_intake_state_End",
                table: "intake_state",
                column: "End",
                filter: "\"Lingers\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_intake_state_Start",
                table: "intake_state",
                column: "Start");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_fact_Id",
                table: "kernel_fact",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_measurement_event_Day",
                table: "measurement_event",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_measurement_kpi_Code_Version",
                table: "measurement_kpi",
                columns: new[] { "Code", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_AgentId",
                table: "platform_account",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_NormalizedName",
                table: "platform_account",
                column: "NormalizedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_agent_Code",
                table: "platform_agent",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_api_key_Hash",
                table: "platform_api_key",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_api_key_UnitId",
                table: "platform_api_key",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_At",
                table: "platform_audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_Subject_SubjectKey",
                table: "platform_audit",
                columns: new[] { "Subject", "SubjectKey" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_notification_AccountId_ReadAt",
                table: "platform_notification",
                columns: new[] { "AccountId", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_placement_AgentId_From",
                table: "platform_placement",
                columns: new[] { "AgentId", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_placement_TeamId",
                table: "platform_placement",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_posted_form_At",
                table: "platform_posted_form",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_platform_queue_Code",
                table: "platform_queue",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_role_assignment_AccountId",
                table: "platform_role_assignment",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_role_assignment_UnitId",
                table: "platform_role_assignment",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_unit_Code",
                table: "platform_unit",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_unit_ParentId",
                table: "platform_unit",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_webhook_delivery_NextAt",
                table: "routing_webhook_delivery",
                column: "NextAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_webhook_delivery_WebhookId",
                table: "routing_webhook_delivery",
                column: "WebhookId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_AgentId",
                table: "routing_work_item",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_CreatedAt",
                table: "routing_work_item",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_KeyOwner_Key",
                table: "routing_work_item",
                columns: new[] { "KeyOwner", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_QueueId_State",
                table: "routing_work_item",
                columns: new[] { "QueueId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_ResolveBy",
                table: "routing_work_item",
                column: "ResolveBy");

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_file_ItemId",
                table: "routing_work_item_file",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_step_ItemId",
                table: "routing_work_item_step",
                column: "ItemId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "incentives_month");

            migrationBuilder.DropTable(
                name: "incentives_question");

            migrationBuilder.DropTable(
                name: "incentives_statement_line");

            migrationBuilder.DropTable(
                name: "incentives_statement_work");

            migrationBuilder.DropTable(
                name: "intake_agent_event");

            migrationBuilder.DropTable(
                name: "intake_call");

            migrationBuilder.DropTable(
                name: "intake_contact");

            migrationBuilder.DropTable(
                name: "intake_import");

            migrationBuilder.DropTable(
                name: "intake_pending_agent");

            migrationBuilder.DropTable(
                name: "intake_source");

            migrationBuilder.DropTable(
                name: "intake_state");

            migrationBuilder.DropTable(
                name: "kernel_fact");

            migrationBuilder.DropTable(
                name: "kernel_fact_reader");

            migrationBuilder.DropTable(
                name: "kernel_lease");

            migrationBuilder.DropTable(
                name: "measurement_agent_day");

            migrationBuilder.DropTable(
                name: "measurement_agent_interval");

            migrationBuilder.DropTable(
                name: "measurement_event");

            migrationBuilder.DropTable(
                name: "measurement_kpi");

            migrationBuilder.DropTable(
                name: "measurement_queue_day");

            migrationBuilder.DropTable(
                name: "measurement_queue_interval");

            migrationBuilder.DropTable(
                name: "platform_api_key");

            migrationBuilder.DropTable(
                name: "platform_audit");

            migrationBuilder.DropTable(
                name: "platform_centre");

            migrationBuilder.DropTable(
                name: "platform_notification");

            migrationBuilder.DropTable(
                name: "platform_placement");

            migrationBuilder.DropTable(
                name: "platform_posted_form");

            migrationBuilder.DropTable(
                name: "platform_queue");

            migrationBuilder.DropTable(
                name: "platform_role_assignment");

            migrationBuilder.DropTable(
                name: "platform_role_permission");

            migrationBuilder.DropTable(
                name: "routing_queue_unit");

            migrationBuilder.DropTable(
                name: "routing_webhook_delivery");

            migrationBuilder.DropTable(
                name: "routing_work_item_file");

            migrationBuilder.DropTable(
                name: "routing_work_item_step");

            migrationBuilder.DropTable(
                name: "routing_work_item_type");

            migrationBuilder.DropTable(
                name: "incentives_statement");

            migrationBuilder.DropTable(
                name: "platform_agent");

            migrationBuilder.DropTable(
                name: "platform_account");

            migrationBuilder.DropTable(
                name: "platform_unit");

            migrationBuilder.DropTable(
                name: "routing_webhook");

            migrationBuilder.DropTable(
                name: "routing_work_item");

            migrationBuilder.DropTable(
                name: "incentives_plan");
        }
    }
}
