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
