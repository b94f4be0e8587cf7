using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MarketBot.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "marketbot_notices",
                columns: table => new
                {
                    telegram_id = table.Column<long>(nullable: false),
                    notice = table.Column<string>(maxLength: 32, nullable: false),
                    author = table.Column<long>(nullable: false),
                    arguments = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_notices", x => new { x.telegram_id, x.notice, x.author });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "marketbot_notices");
        }
    }
}
