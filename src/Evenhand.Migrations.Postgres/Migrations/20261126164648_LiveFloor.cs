using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Evenhand.Migrations.Postgres.Migrations
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
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "measurement_board",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Definition = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measurement_board", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_share_key",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Permission = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    MadeBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrderId = table.Column<Guid>(type: "uuid", nullable: false),
                    OpenOf = table.Column<Guid>(type: "uuid", nullable: true),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: true),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_address_request", x => x.ItemId);
                });

            migrationBuilder.CreateTable(
                name: "routing_announcement",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Importance = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: true),
                    Source = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    WithdrawnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WithdrawnBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    RemindAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Reminders = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_announcement", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_break_queue",
                columns: table => new
                {
                    TeamId = table.Column<Guid>(type: "uuid", nullable: false),
                    Queue = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_break_queue", x => x.TeamId);
                });

            migrationBuilder.CreateTable(
                name: "routing_call_back_mode",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    PeakEndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    PeakEndedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DoneBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    OpenOf = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_call_back_mode", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_consult",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: false),
                    QueueId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromId = table.Column<Guid>(type: "uuid", nullable: false),
                    ToId = table.Column<Guid>(type: "uuid", nullable: false),
                    Note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_consult", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_contact",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    QueueId = table.Column<Guid>(type: "uuid", nullable: false),
                    Source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    SourceKey = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ArrivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Customer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    CustomerName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Arrival = table.Column<string>(type: "text", nullable: true),
                    Row = table.Column<string>(type: "text", nullable: true),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: true),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    TalkEndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    ThroughQueueId = table.Column<Guid>(type: "uuid", nullable: true),
                    HandleSeconds = table.Column<long>(type: "bigint", nullable: true),
                    HoldSeconds = table.Column<long>(type: "bigint", nullable: false),
                    HeldAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WrapUpCode = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    Note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_contact", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_contact_step",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: true),
                    QueueId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SpentMs = table.Column<long>(type: "bigint", nullable: false),
                    EffortMs = table.Column<long>(type: "bigint", nullable: false),
                    Decision = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_contact_step", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_duty_override",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    What = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: true),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_duty_override", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_duty_request",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Granted = table.Column<bool>(type: "boolean", nullable: true),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DecidedReason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    UsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_duty_request", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_feed_position",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Step = table.Column<Guid>(type: "uuid", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Contact = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_feed_position", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_floor_agent",
                columns: table => new
                {
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Row = table.Column<string>(type: "text", nullable: false),
                    ShiftStart = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ShiftEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_floor_agent", x => x.AgentId);
                });

            migrationBuilder.CreateTable(
                name: "routing_floor_nudge",
                columns: table => new
                {
                    Position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    WorkItemId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_floor_nudge", x => x.Position);
                });

            migrationBuilder.CreateTable(
                name: "routing_help",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: false),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: true),
                    QueueId = table.Column<Guid>(type: "uuid", nullable: true),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: true),
                    OpenOf = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    TakenById = table.Column<Guid>(type: "uuid", nullable: true),
                    TakenBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    TakenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Problem = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Answer = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Systematic = table.Column<bool>(type: "boolean", nullable: false),
                    AnnouncementId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_help", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_help_step",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    HelpId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    Note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_help_step", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_pbx",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Port = table.Column<int>(type: "integer", nullable: false),
                    User = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Secret = table.Column<string>(type: "text", nullable: false),
                    Routes = table.Column<bool>(type: "boolean", nullable: false),
                    DialContext = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_pbx", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_peak_watch",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Waiting = table.Column<int>(type: "integer", nullable: false),
                    LongestSeconds = table.Column<int>(type: "integer", nullable: false),
                    PeakSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CalmSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ToldAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_peak_watch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_presence_step",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    From = table.Column<int>(type: "integer", nullable: false),
                    To = table.Column<int>(type: "integer", nullable: false),
                    BreakReason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<int>(type: "integer", nullable: false),
                    Who = table.Column<Guid>(type: "uuid", nullable: true),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_presence_step", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_promise",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Customer = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    OpenOf = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: true),
                    ModeId = table.Column<Guid>(type: "uuid", nullable: true),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: true),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Asked = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    Allowed = table.Column<int>(type: "integer", nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    OverdueToldAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClosedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ClosedReason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_promise", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_promise_attempt",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PromiseId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Result = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_promise_attempt", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_rule",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Subject = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Definition = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rule", x => new { x.Kind, x.Subject, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "routing_rules_version",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rules_version", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_transfer_note",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mailbox = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: true),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: true),
                    About = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    WrittenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AnswerBy = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Answer = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    AnsweredBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CallBackItemId = table.Column<Guid>(type: "uuid", nullable: true),
                    ToldBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ToldAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_transfer_note", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_transfer_try",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mailbox = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_transfer_try", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_vip",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CustomerKey = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_vip", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_duty",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    End = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Shift = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    SeatId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_duty", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_handover",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Opens = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastLog = table.Column<int>(type: "integer", nullable: false),
                    LastSignature = table.Column<int>(type: "integer", nullable: false),
                    Turn = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_handover", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_own_report",
                columns: table => new
                {
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    DutyStart = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Problems = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Suggestions = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_own_report", x => new { x.AgentId, x.DutyStart });
                });

            migrationBuilder.CreateTable(
                name: "workforce_publication",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Agents = table.Column<int>(type: "integer", nullable: false),
                    Added = table.Column<int>(type: "integer", nullable: false),
                    Removed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_publication", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_recount",
                columns: table => new
                {
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_recount", x => x.From);
                });

            migrationBuilder.CreateTable(
                name: "workforce_report",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: false),
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    FiledAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FiledBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    FiledById = table.Column<Guid>(type: "uuid", nullable: true),
                    People = table.Column<int>(type: "integer", nullable: false),
                    Taken = table.Column<int>(type: "integer", nullable: false),
                    Closed = table.Column<int>(type: "integer", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_report", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_roll_mark",
                columns: table => new
                {
                    HandoverId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mark = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_roll_mark", x => new { x.HandoverId, x.AgentId });
                });

            migrationBuilder.CreateTable(
                name: "workforce_seat",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    Room = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    Column = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    StateAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    StateBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_seat", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workforce_seat_check",
                columns: table => new
                {
                    HandoverId = table.Column<Guid>(type: "uuid", nullable: false),
                    SeatId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_seat_check", x => new { x.HandoverId, x.SeatId });
                });

            migrationBuilder.CreateTable(
                name: "workforce_shift",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    Name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    Start = table.Column<int>(type: "integer", nullable: false),
                    End = table.Column<int>(type: "integer", nullable: false),
                    Opens = table.Column<int>(type: "integer", nullable: true),
                    Place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_shift", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "workforce_usual_seat",
                columns: table => new
                {
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    SeatId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workforce_usual_seat", x => x.AgentId);
                });

            migrationBuilder.CreateTable(
                name: "routing_announcement_read",
                columns: table => new
                {
                    AnnouncementId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_announcement_read", x => new { x.AnnouncementId, x.AgentId });
                    table.ForeignKey(
                        name: "FK_routing_announcement_read_routing_announcement_Announcement~",
                        column: x => x.AnnouncementId,
                        principalTable: "routing_announcement",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_announcement_unit",
                columns: table => new
                {
                    AnnouncementId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_announcement_unit", x => new { x.AnnouncementId, x.UnitId });
                    table.ForeignKey(
                        name: "FK_routing_announcement_unit_routing_announcement_Announcement~",
                        column: x => x.AnnouncementId,
                        principalTable: "routing_announcement",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "routing_pbx_member",
                columns: table => new
                {
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    Member = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: true)
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
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    IsConnected = table.Column<bool>(type: "boolean", nullable: false),
                    ConnectedSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FullStateAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Ghosts = table.Column<long>(type: "bigint", nullable: false),
                    Unseen = table.Column<long>(type: "bigint", nullable: false),
                    Deviations = table.Column<long>(type: "bigint", nullable: false),
                    LinesWaiting = table.Column<long>(type: "bigint", nullable: false),
                    LinesLost = table.Column<long>(type: "bigint", nullable: false),
                    Fault = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    FaultDetail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    FaultAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RetryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    HandoverId = table.Column<Guid>(type: "uuid", nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: false),
                    Leaves = table.Column<bool>(type: "boolean", nullable: false),
                    SuccessorId = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Log = table.Column<int>(type: "integer", nullable: false),
                    Written = table.Column<string>(type: "text", nullable: true),
                    WrittenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WrittenBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    SignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SignedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    SignedById = table.Column<Guid>(type: "uuid", nullable: true),
                    ReleasedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    OverAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SentBack = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    HandoverId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Content = table.Column<string>(type: "text", nullable: false),
                    Before = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
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
                    ReportId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
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
