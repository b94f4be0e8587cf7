using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MarketBot.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Watch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "pending_until",
                table: "marketbot_throttles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "arguments",
                table: "marketbot_outbox",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "waits_since",
                table: "marketbot_outbox",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "marketbot_known_bans",
                columns: table => new
                {
                    telegram_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_known_bans", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_known_shops",
                columns: table => new
                {
                    shop_id = table.Column<long>(type: "INTEGER", nullable: false),
                    is_active = table.Column<bool>(type: "INTEGER", nullable: false),
                    price_updating = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_known_shops", x => x.shop_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_watch",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    audit_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_watch", x => x.id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "marketbot_known_bans");

            migrationBuilder.DropTable(
                name: "marketbot_known_shops");

            migrationBuilder.DropTable(
                name: "marketbot_watch");

            migrationBuilder.DropColumn(
                name: "pending_until",
                table: "marketbot_throttles");

            migrationBuilder.DropColumn(
                name: "arguments",
                table: "marketbot_outbox");

            migrationBuilder.DropColumn(
                name: "waits_since",
                table: "marketbot_outbox");
        }
    }
}
