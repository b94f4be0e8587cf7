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
                
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "arguments",
                table: "marketbot_outbox",
                
                nullable: true);

            migrationBuilder.CreateTable(
                name: "marketbot_known_bans",
                columns: table => new
                {
                    telegram_id = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_known_bans", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_known_shops",
                columns: table => new
                {
                    shop_id = table.Column<long>(nullable: false),
                    is_active = table.Column<bool>(nullable: false),
                    price_updating = table.Column<bool>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_known_shops", x => x.shop_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_watch",
                columns: table => new
                {
                    id = table.Column<int>(nullable: false),
                    audit_id = table.Column<long>(nullable: false)
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
        }
    }
}
