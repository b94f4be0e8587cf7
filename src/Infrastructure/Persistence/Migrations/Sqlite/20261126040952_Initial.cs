using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MarketBot.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <summary>
    /// Makes all tables of the bot. It has taken the place of seven migrations and bears the id of the last of them,
    /// so a database that those have made is up to date, and the version that had them still knows what this one makes.
    /// </summary>
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "marketbot_admin_logins",
                columns: table => new
                {
                    telegram_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<int>(type: "INTEGER", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_admin_logins", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<long>(type: "INTEGER", nullable: true),
                    action = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    shop_id = table.Column<long>(type: "INTEGER", nullable: true),
                    person = table.Column<long>(type: "INTEGER", nullable: true),
                    before = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    after = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    update_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_inbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    bot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    update_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lane = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<short>(type: "INTEGER", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reply = table.Column<byte[]>(type: "BLOB", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_inbox", x => x.id);
                });

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
                    price_updating = table.Column<bool>(type: "INTEGER", nullable: false),
                    audit_id = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_known_shops", x => x.shop_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_leases",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 48, nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_leases", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_notices",
                columns: table => new
                {
                    telegram_id = table.Column<long>(type: "INTEGER", nullable: false),
                    notice = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    author = table.Column<long>(type: "INTEGER", nullable: false),
                    arguments = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_notices", x => new { x.telegram_id, x.notice, x.author });
                });

            migrationBuilder.CreateTable(
                name: "marketbot_outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    chat_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 96, nullable: false),
                    notice = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    reply = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    uncertain_sends = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    arguments = table.Column<string>(type: "TEXT", nullable: true),
                    waits_since = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_reachability",
                columns: table => new
                {
                    telegram_id = table.Column<long>(type: "INTEGER", nullable: false),
                    blocked_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_reachability", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_sessions",
                columns: table => new
                {
                    telegram_id = table.Column<long>(type: "INTEGER", nullable: false),
                    awaited = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    search_id = table.Column<int>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    client_language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_sessions", x => x.telegram_id);
                });

            migrationBuilder.CreateTable(
                name: "marketbot_throttles",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    limit_name = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    update_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    pending_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_throttles", x => x.id);
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

            // All leases that there are, free; processes only change hands over them.
            foreach (var name in Enumerable.Range(0, 64).Select(slot => $"slot:{slot:00}").Append("leader"))
                migrationBuilder.Sql($"INSERT INTO marketbot_leases (name, epoch, expires_at) VALUES ('{name}', 0, 0)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "marketbot_admin_logins");

            migrationBuilder.DropTable(
                name: "marketbot_audit");

            migrationBuilder.DropTable(
                name: "marketbot_inbox");

            migrationBuilder.DropTable(
                name: "marketbot_known_bans");

            migrationBuilder.DropTable(
                name: "marketbot_known_shops");

            migrationBuilder.DropTable(
                name: "marketbot_leases");

            migrationBuilder.DropTable(
                name: "marketbot_notices");

            migrationBuilder.DropTable(
                name: "marketbot_outbox");

            migrationBuilder.DropTable(
                name: "marketbot_reachability");

            migrationBuilder.DropTable(
                name: "marketbot_sessions");

            migrationBuilder.DropTable(
                name: "marketbot_throttles");

            migrationBuilder.DropTable(
                name: "marketbot_watch");
        }
    }
}
