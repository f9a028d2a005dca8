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

            migrationBuilder.InsertData(
                table: "routing_rules_version",
                columns: new[] { "Id", "Version" },
                values: new object[] { 1, 0L });

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
                name: "IX_routing_vip_AgentId",
                table: "routing_vip",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_routing_vip_CustomerKey",
                table: "routing_vip",
                column: "CustomerKey",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "platform_share_key");

            migrationBuilder.DropTable(
                name: "routing_break_queue");

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
                name: "routing_pbx_member");

            migrationBuilder.DropTable(
                name: "routing_pbx_standing");

            migrationBuilder.DropTable(
                name: "routing_presence_step");

            migrationBuilder.DropTable(
                name: "routing_rule");

            migrationBuilder.DropTable(
                name: "routing_rules_version");

            migrationBuilder.DropTable(
                name: "routing_vip");

            migrationBuilder.DropTable(
                name: "routing_pbx");
        }
    }
}
