using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evenhand.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class WorkItemBells : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TellAt",
                table: "routing_work_item",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_routing_work_item_TellAt",
                table: "routing_work_item",
                column: "TellAt");

            migrationBuilder.Sql("""UPDATE "routing_work_item" SET "TellAt" = CASE WHEN "RespondedAt" IS NULL THEN "RespondBy" ELSE "ResolveBy" END WHERE "ClosedAt" IS NULL""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_routing_work_item_TellAt",
                table: "routing_work_item");

            migrationBuilder.DropColumn(
                name: "TellAt",
                table: "routing_work_item");
        }
    }
}
