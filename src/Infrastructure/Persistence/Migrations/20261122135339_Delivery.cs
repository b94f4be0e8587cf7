using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MarketBot.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Delivery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "marketbot_audit",
                columns: table => new
                {
                    id = table.Column<long>(nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(nullable: false),
                    actor = table.Column<long>(nullable: true),
                    action = table.Column<string>(maxLength: 64, nullable: false),
                    shop_id = table.Column<long>(nullable: true),
                    person = table.Column<long>(nullable: true),
                    before = table.Column<string>(maxLength: 160, nullable: true),
                    after = table.Column<string>(maxLength: 160, nullable: true),
                    update_id = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_inbox",
                columns: table => new
                {
                    id = table.Column<long>(nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
                        .Annotation("Sqlite:Autoincrement", true),
                    bot_id = table.Column<long>(nullable: false),
                    update_id = table.Column<long>(nullable: false),
                    lane = table.Column<long>(nullable: false),
                    state = table.Column<short>(nullable: false),
                    key_id = table.Column<string>(maxLength: 16, nullable: false),
                    payload = table.Column<byte[]>(nullable: true),
                    reply = table.Column<byte[]>(nullable: true),
                    received_at = table.Column<long>(nullable: false),
                    ended_at = table.Column<long>(nullable: true),
                    tries = table.Column<int>(nullable: false),
                    reason = table.Column<string>(maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_inbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_outbox",
                columns: table => new
                {
                    id = table.Column<long>(nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
                        .Annotation("Sqlite:Autoincrement", true),
                    chat_id = table.Column<long>(nullable: false),
                    name = table.Column<string>(maxLength: 96, nullable: false),
                    notice = table.Column<string>(maxLength: 32, nullable: true),
                    reply = table.Column<byte[]>(nullable: true),
                    created_at = table.Column<long>(nullable: false),
                    due_at = table.Column<long>(nullable: false),
                    tries = table.Column<int>(nullable: false),
                    uncertain_sends = table.Column<int>(nullable: false),
                    reason = table.Column<string>(maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_outbox", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "marketbot_audit_at",
                table: "marketbot_audit",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "marketbot_audit_shop",
                table: "marketbot_audit",
                columns: new[] { "shop_id", "id" });

            migrationBuilder.CreateIndex(
                name: "marketbot_inbox_ended",
                table: "marketbot_inbox",
                column: "ended_at",
                filter: "state >= 2");

            migrationBuilder.CreateIndex(
                name: "marketbot_inbox_open",
                table: "marketbot_inbox",
                column: "id",
                filter: "state < 2");

            migrationBuilder.CreateIndex(
                name: "marketbot_inbox_update",
                table: "marketbot_inbox",
                columns: new[] { "bot_id", "update_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "marketbot_outbox_chat",
                table: "marketbot_outbox",
                column: "chat_id");

            migrationBuilder.CreateIndex(
                name: "marketbot_outbox_due",
                table: "marketbot_outbox",
                column: "due_at",
                filter: "reason IS NULL");

            migrationBuilder.CreateIndex(
                name: "marketbot_outbox_name",
                table: "marketbot_outbox",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "marketbot_audit");

            migrationBuilder.DropTable(
                name: "marketbot_inbox");

            migrationBuilder.DropTable(
                name: "marketbot_outbox");
        }
    }
}
