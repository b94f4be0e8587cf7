using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MarketBot.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Instances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "marketbot_leases",
                columns: table => new
                {
                    name = table.Column<string>(maxLength: 48, nullable: false),
                    owner = table.Column<string>(maxLength: 32, nullable: true),
                    epoch = table.Column<long>(nullable: false),
                    expires_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_marketbot_leases", x => x.name);
                });

            // All leases that there are, free; processes only change hands over them.
            foreach (var name in Enumerable.Range(0, 64).Select(slot => $"slot:{slot:00}").Append("leader"))
                migrationBuilder.Sql($"INSERT INTO marketbot_leases (name, epoch, expires_at) VALUES ('{name}', 0, 0)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "marketbot_leases");
        }
    }
}
