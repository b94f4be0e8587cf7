using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MarketBot.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "marketbot_admin_logins",
                columns: table => new
                {
                    telegram_id = table.Column<long>(nullable: false),
                    account_id = table.Column<int>(nullable: false),
                    fingerprint = table.Column<string>(maxLength: 64, nullable: false),
                    at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_admin_logins", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_reachability",
                columns: table => new
                {
                    telegram_id = table.Column<long>(nullable: false),
                    blocked_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_reachability", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_sessions",
                columns: table => new
                {
                    telegram_id = table.Column<long>(nullable: false),
                    awaited = table.Column<string>(maxLength: 2048, nullable: true),
                    language = table.Column<string>(maxLength: 2, nullable: true),
                    search_id = table.Column<int>(nullable: false),
                    search_text = table.Column<string>(maxLength: 64, nullable: true),
                    updated_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_sessions", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_throttles",
                columns: table => new
                {
                    id = table.Column<long>(nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
                        .Annotation("Sqlite:Autoincrement", true),
                    limit_name = table.Column<string>(maxLength: 32, nullable: false),
                    subject = table.Column<string>(maxLength: 64, nullable: false),
                    update_id = table.Column<long>(nullable: false),
                    at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_throttles", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "marketbot_sessions_updated_at",
                table: "marketbot_sessions",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "marketbot_throttles_at",
                table: "marketbot_throttles",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "marketbot_throttles_attempt",
                table: "marketbot_throttles",
                columns: new[] { "limit_name", "subject", "update_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "marketbot_admin_logins");

            migrationBuilder.DropTable(
                name: "marketbot_reachability");

            migrationBuilder.DropTable(
                name: "marketbot_sessions");

            migrationBuilder.DropTable(
                name: "marketbot_throttles");
        }
    }
}
