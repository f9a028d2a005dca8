using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evenhand.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LiveFloor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Customer",
                table: "routing_work_item",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "measurement_board",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_board", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_share_key",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Path = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Permission = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    MadeBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_share_key", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_share_key_platform_unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "platform_unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "routing_address_request",
                columns: table => new
                {
                    ItemId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OrderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OpenOf = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_address_request", x => x.ItemId);
                });

            migrationBuilder.CreateTable(
                name: "routing_announcement",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    Importance = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RemindAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reminders = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_announcement", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_break_queue",
                columns: table => new
                {
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Queue = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_break_queue", x => x.TeamId);
                });

            migrationBuilder.CreateTable(
                name: "routing_call_back_mode",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PeakEndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PeakEndedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DoneBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    OpenOf = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_call_back_mode", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_consult",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FromId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ToId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_consult", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_contact",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SourceKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ArrivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    CustomerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Arrival = table.Column<string>(type: "TEXT", nullable: true),
                    Row = table.Column<string>(type: "TEXT", nullable: true),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TalkEndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    ThroughQueueId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HandleSeconds = table.Column<long>(type: "INTEGER", nullable: true),
                    HoldSeconds = table.Column<long>(type: "INTEGER", nullable: false),
                    HeldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WrapUpCode = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_contact", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_contact_step",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    SpentMs = table.Column<long>(type: "INTEGER", nullable: false),
                    EffortMs = table.Column<long>(type: "INTEGER", nullable: false),
                    Decision = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_contact_step", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_duty_override",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    By = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_duty_override", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_duty_request",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Granted = table.Column<bool>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DecidedReason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_duty_request", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_feed_position",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<byte[]>(type: "BLOB", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Contact = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_feed_position", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_floor_agent",
                columns: table => new
                {
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Row = table.Column<string>(type: "TEXT", nullable: false),
                    ShiftStart = table.Column<long>(type: "INTEGER", nullable: true),
                    ShiftEnd = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_floor_agent", x => x.AgentId);
                });

            migrationBuilder.CreateTable(
                name: "routing_floor_nudge",
                columns: table => new
                {
                    Position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkItemId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_floor_nudge", x => x.Position);
                });

            migrationBuilder.CreateTable(
                name: "routing_help",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    QueueId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OpenOf = table.Column<byte[]>(type: "BLOB", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TakenBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TakenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Systematic = table.Column<bool>(type: "INTEGER", nullable: false),
                    AnnouncementId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_help", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_help_step",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HelpId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_help_step", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_pbx",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Port = table.Column<int>(type: "INTEGER", nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Secret = table.Column<string>(type: "TEXT", nullable: false),
                    Routes = table.Column<bool>(type: "INTEGER", nullable: false),
                    DialContext = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_pbx", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_peak_watch",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Waiting = table.Column<int>(type: "INTEGER", nullable: false),
                    LongestSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    PeakSince = table.Column<long>(type: "INTEGER", nullable: true),
                    CalmSince = table.Column<long>(type: "INTEGER", nullable: true),
                    ToldAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_peak_watch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_presence_step",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<int>(type: "INTEGER", nullable: false),
                    To = table.Column<int>(type: "INTEGER", nullable: false),
                    BreakReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<int>(type: "INTEGER", nullable: false),
                    Who = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_presence_step", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_promise",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ItemId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    OpenOf = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ModeId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Asked = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Allowed = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OverdueToldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ClosedReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_promise", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_promise_attempt",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PromiseId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Result = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_promise_attempt", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_rule",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rule", x => new { x.Kind, x.Subject, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "routing_rules_version",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rules_version", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_transfer_note",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ItemId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mailbox = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    About = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AnswerBy = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    AnsweredBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CallBackItemId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ToldBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ToldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_transfer_note", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_transfer_try",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mailbox = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_transfer_try", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_vip",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CustomerKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_vip", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_duty",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    End = table.Column<long>(type: "INTEGER", nullable: false),
                    Shift = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    SeatId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_duty", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_handover",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Opens = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastLog = table.Column<int>(type: "INTEGER", nullable: false),
                    LastSignature = table.Column<int>(type: "INTEGER", nullable: false),
                    Turn = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_handover", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_own_report",
                columns: table => new
                {
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DutyStart = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Problems = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Suggestions = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_own_report", x => new { x.AgentId, x.DutyStart });
                });

            migrationBuilder.CreateTable(
                name: "workforce_publication",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Agents = table.Column<int>(type: "INTEGER", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Removed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_publication", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_recount",
                columns: table => new
                {
                    From = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_recount", x => x.From);
                });

            migrationBuilder.CreateTable(
                name: "workforce_report",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FiledBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FiledById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    People = table.Column<int>(type: "INTEGER", nullable: false),
                    Taken = table.Column<int>(type: "INTEGER", nullable: false),
                    Closed = table.Column<int>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_report", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_roll_mark",
                columns: table => new
                {
                    HandoverId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mark = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_roll_mark", x => new { x.HandoverId, x.AgentId });
                });

            migrationBuilder.CreateTable(
                name: "workforce_seat",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Room = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Row = table.Column<int>(type: "INTEGER", nullable: false),
                    Column = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    StateAt = table.Column<long>(type: "INTEGER", nullable: true),
                    StateBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_seat", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_seat_check",
                columns: table => new
                {
                    HandoverId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SeatId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_seat_check", x => new { x.HandoverId, x.SeatId });
                });

            migrationBuilder.CreateTable(
                name: "workforce_shift",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Start = table.Column<int>(type: "INTEGER", nullable: false),
                    End = table.Column<int>(type: "INTEGER", nullable: false),
                    Opens = table.Column<int>(type: "INTEGER", nullable: true),
                    Place = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_shift", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "workforce_usual_seat",
                columns: table => new
                {
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SeatId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_usual_seat", x => x.AgentId);
                });

            migrationBuilder.CreateTable(
                name: "routing_announcement_read",
                columns: table => new
                {
                    AnnouncementId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_announcement_read", x => new { x.AnnouncementId, x.AgentId });
                    table.ForeignKey(
                        name: "FK_routing_announcement_read_routing_announcement_AnnouncementId",
                        column: x => x.AnnouncementId,
                        principalTable: "routing_announcement",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_announcement_unit",
                columns: table => new
                {
                    AnnouncementId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UnitId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_announcement_unit", x => new { x.AnnouncementId, x.UnitId });
                    table.ForeignKey(
                        name: "FK_routing_announcement_unit_routing_announcement_AnnouncementId",
                        column: x => x.AnnouncementId,
                        principalTable: "routing_announcement",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_pbx_member",
                columns: table => new
                {
                    PbxId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Member = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    AgentId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_pbx_member", x => new { x.PbxId, x.Member });
                    table.ForeignKey(
                        name: "FK_routing_pbx_member_routing_pbx_PbxId",
                        column: x => x.PbxId,
                        principalTable: "routing_pbx",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_pbx_standing",
                columns: table => new
                {
                    PbxId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IsConnected = table.Column<bool>(type: "INTEGER", nullable: false),
                    ConnectedSince = table.Column<long>(type: "INTEGER", nullable: true),
                    FullStateAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Ghosts = table.Column<long>(type: "INTEGER", nullable: false),
                    Unseen = table.Column<long>(type: "INTEGER", nullable: false),
                    Deviations = table.Column<long>(type: "INTEGER", nullable: false),
                    LinesWaiting = table.Column<long>(type: "INTEGER", nullable: false),
                    LinesLost = table.Column<long>(type: "INTEGER", nullable: false),
                    Fault = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    FaultDetail = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    FaultAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetryAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_pbx_standing", x => x.PbxId);
                    table.ForeignKey(
                        name: "FK_routing_pbx_standing_routing_pbx_PbxId",
                        column: x => x.PbxId,
                        principalTable: "routing_pbx",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "workforce_handover_team",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HandoverId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Leaves = table.Column<bool>(type: "INTEGER", nullable: false),
                    SuccessorId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Log = table.Column<int>(type: "INTEGER", nullable: false),
                    Written = table.Column<string>(type: "TEXT", nullable: true),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WrittenBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SignedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SignedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SignedById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OverAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SentBack = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_handover_team", x => x.Id);
                    table.ForeignKey(
                        name: "FK_workforce_handover_team_workforce_handover_HandoverId",
                        column: x => x.HandoverId,
                        principalTable: "workforce_handover",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "workforce_signature",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HandoverId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    TeamId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_signature", x => x.Id);
                    table.ForeignKey(
                        name: "FK_workforce_signature_workforce_handover_HandoverId",
                        column: x => x.HandoverId,
                        principalTable: "workforce_handover",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "workforce_report_confirmation",
                columns: table => new
                {
                    ReportId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_report_confirmation", x => x.ReportId);
                    table.ForeignKey(
                        name: "FK_workforce_report_confirmation_workforce_report_ReportId",
                        column: x => x.ReportId,
                        principalTable: "workforce_report",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "routing_rules_version",
                columns: new[] { "Id", "Version" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_Customer_CreatedAt",
                table: "routing_work_item",
                columns: new[] { "Customer", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_share_key_Hash",
                table: "platform_share_key",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_share_key_Subject",
                table: "platform_share_key",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_platform_share_key_UnitId",
                table: "platform_share_key",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_address_request_OpenOf",
                table: "routing_address_request",
                column: "OpenOf",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_address_request_OrderId",
                table: "routing_address_request",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_announcement_RemindAt",
                table: "routing_announcement",
                column: "RemindAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_announcement_Until",
                table: "routing_announcement",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_routing_announcement_read_AgentId",
                table: "routing_announcement_read",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_announcement_unit_UnitId",
                table: "routing_announcement_unit",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_call_back_mode_OpenOf",
                table: "routing_call_back_mode",
                column: "OpenOf",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_call_back_mode_StartedAt",
                table: "routing_call_back_mode",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_consult_FromId_At",
                table: "routing_consult",
                columns: new[] { "FromId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_consult_ToId_At",
                table: "routing_consult",
                columns: new[] { "ToId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_AgentId_AnsweredAt",
                table: "routing_contact",
                columns: new[] { "AgentId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_ArrivedAt",
                table: "routing_contact",
                column: "ArrivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_Customer_ArrivedAt",
                table: "routing_contact",
                columns: new[] { "Customer", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_EndedAt",
                table: "routing_contact",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_Source_SourceKey",
                table: "routing_contact",
                columns: new[] { "Source", "SourceKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_step_AgentId_At",
                table: "routing_contact_step",
                columns: new[] { "AgentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_step_At",
                table: "routing_contact_step",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_routing_contact_step_ContactId",
                table: "routing_contact_step",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_duty_override_AgentId_At",
                table: "routing_duty_override",
                columns: new[] { "AgentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_duty_request_AgentId_At",
                table: "routing_duty_request",
                columns: new[] { "AgentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_help_AskedAt",
                table: "routing_help",
                column: "AskedAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_help_DueAt",
                table: "routing_help",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_help_OpenOf",
                table: "routing_help",
                column: "OpenOf",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_help_TeamId_AskedAt",
                table: "routing_help",
                columns: new[] { "TeamId", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_help_step_HelpId",
                table: "routing_help_step",
                column: "HelpId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_pbx_Name",
                table: "routing_pbx",
                column: "Name",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_routing_presence_step_AgentId_At",
                table: "routing_presence_step",
                columns: new[] { "AgentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_presence_step_At",
                table: "routing_presence_step",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_AgentId",
                table: "routing_promise",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_ItemId",
                table: "routing_promise",
                column: "ItemId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_ModeId",
                table: "routing_promise",
                column: "ModeId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_NextAt",
                table: "routing_promise",
                column: "NextAt");

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_OpenOf",
                table: "routing_promise",
                column: "OpenOf",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_State_DueAt",
                table: "routing_promise",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_promise_attempt_PromiseId",
                table: "routing_promise_attempt",
                column: "PromiseId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_note_AgentId",
                table: "routing_transfer_note",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_note_CallBackItemId",
                table: "routing_transfer_note",
                column: "CallBackItemId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_note_ContactId",
                table: "routing_transfer_note",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_note_ItemId",
                table: "routing_transfer_note",
                column: "ItemId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_note_State_WrittenAt",
                table: "routing_transfer_note",
                columns: new[] { "State", "WrittenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_try_At",
                table: "routing_transfer_try",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_routing_transfer_try_ContactId",
                table: "routing_transfer_try",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_vip_AgentId",
                table: "routing_vip",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_vip_CustomerKey",
                table: "routing_vip",
                column: "CustomerKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_duty_AgentId_Start",
                table: "workforce_duty",
                columns: new[] { "AgentId", "Start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_duty_Start",
                table: "workforce_duty",
                column: "Start");

            migrationBuilder.CreateIndex(
                name: "IX_workforce_handover_At",
                table: "workforce_handover",
                column: "At",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_handover_team_HandoverId_TeamId_Leaves",
                table: "workforce_handover_team",
                columns: new[] { "HandoverId", "TeamId", "Leaves" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_handover_team_TeamId",
                table: "workforce_handover_team",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_workforce_report_From",
                table: "workforce_report",
                column: "From");

            migrationBuilder.CreateIndex(
                name: "IX_workforce_report_Kind_TeamId_From_Version",
                table: "workforce_report",
                columns: new[] { "Kind", "TeamId", "From", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_seat_Code",
                table: "workforce_seat",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_seat_Room_Row_Column",
                table: "workforce_seat",
                columns: new[] { "Room", "Row", "Column" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workforce_signature_HandoverId_Number",
                table: "workforce_signature",
                columns: new[] { "HandoverId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "measurement_board");

            migrationBuilder.DropTable(
                name: "platform_share_key");

            migrationBuilder.DropTable(
                name: "routing_address_request");

            migrationBuilder.DropTable(
                name: "routing_announcement_read");

            migrationBuilder.DropTable(
                name: "routing_announcement_unit");

            migrationBuilder.DropTable(
                name: "routing_break_queue");

            migrationBuilder.DropTable(
                name: "routing_call_back_mode");

            migrationBuilder.DropTable(
                name: "routing_consult");

            migrationBuilder.DropTable(
                name: "routing_contact");

            migrationBuilder.DropTable(
                name: "routing_contact_step");

            migrationBuilder.DropTable(
                name: "routing_duty_override");

            migrationBuilder.DropTable(
                name: "routing_duty_request");

            migrationBuilder.DropTable(
                name: "routing_feed_position");

            migrationBuilder.DropTable(
                name: "routing_floor_agent");

            migrationBuilder.DropTable(
                name: "routing_floor_nudge");

            migrationBuilder.DropTable(
                name: "routing_help");

            migrationBuilder.DropTable(
                name: "routing_help_step");

            migrationBuilder.DropTable(
                name: "routing_pbx_member");

            migrationBuilder.DropTable(
                name: "routing_pbx_standing");

            migrationBuilder.DropTable(
                name: "routing_peak_watch");

            migrationBuilder.DropTable(
                name: "routing_presence_step");

            migrationBuilder.DropTable(
                name: "routing_promise");

            migrationBuilder.DropTable(
                name: "routing_promise_attempt");

            migrationBuilder.DropTable(
                name: "routing_rule");

            migrationBuilder.DropTable(
                name: "routing_rules_version");

            migrationBuilder.DropTable(
                name: "routing_transfer_note");

            migrationBuilder.DropTable(
                name: "routing_transfer_try");

            migrationBuilder.DropTable(
                name: "routing_vip");

            migrationBuilder.DropTable(
                name: "workforce_duty");

            migrationBuilder.DropTable(
                name: "workforce_handover_team");

            migrationBuilder.DropTable(
                name: "workforce_own_report");

            migrationBuilder.DropTable(
                name: "workforce_publication");

            migrationBuilder.DropTable(
                name: "workforce_recount");

            migrationBuilder.DropTable(
                name: "workforce_report_confirmation");

            migrationBuilder.DropTable(
                name: "workforce_roll_mark");

            migrationBuilder.DropTable(
                name: "workforce_seat");

            migrationBuilder.DropTable(
                name: "workforce_seat_check");

            migrationBuilder.DropTable(
                name: "workforce_shift");

            migrationBuilder.DropTable(
                name: "workforce_signature");

            migrationBuilder.DropTable(
                name: "workforce_usual_seat");

            migrationBuilder.DropTable(
                name: "routing_announcement");

            migrationBuilder.DropTable(
                name: "routing_pbx");

            migrationBuilder.DropTable(
                name: "workforce_report");

            migrationBuilder.DropTable(
                name: "workforce_handover");

            migrationBuilder.DropIndex(
                name: "IX_routing_work_item_Customer_CreatedAt",
                table: "routing_work_item");

            migrationBuilder.DropColumn(
                name: "Customer",
                table: "routing_work_item");
        }
    }
}
