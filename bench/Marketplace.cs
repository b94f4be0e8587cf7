using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace MarketBot.Bench;

/// <summary>A database for a measurement: shops, and people who are signed in already.</summary>
internal static class Marketplace
{
    private const int MostOwnShops = 100;
    private const string Hash = "pbkdf2_sha256$1$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /// <summary>Makes it.</summary>
    /// <param name="executable">The published <c>marketbot.dll</c>, which makes the tables.</param>
    /// <param name="file">The SQLite file.</param>
    /// <param name="shops">How many shops each seller has; sellers with few have shops of their own, those with many share them, as admins do.</param>
    /// <param name="people">How many people there are, with ids from 1.</param>
    /// <param name="admins">Whether they are admins.</param>
    public static async Task Make(string executable, string file, int shops, int people, bool admins)
    {
        string[] arguments = [executable, "db", "upgrade", $"--ConnectionStrings:MarketBot=Data Source={file}"];
        using (var upgrade = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!)
            await upgrade.WaitForExitAsync();

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var isOwn = !admins && shops <= MostOwnShops;
        var all = isOwn ? shops * people : shops;
        var role = admins ? "AD" : "SE";
        var fingerprint = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Hash)));
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PRAGMA synchronous = OFF;
            BEGIN;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {all})
            INSERT INTO shops (slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name)
            SELECT 'shop-' || i, 'Shop ' || ((i - 1) % {shops} + 1), i % 100000, 0, 'key-' || i, 0, '', 'Vendor ' || (i % 100) FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})
            INSERT INTO tg_bot_telegramuser (chat_id, first_name, last_name, username, role, created_at, is_banned, is_active, is_logged_out)
            SELECT i, 'Person', '', '', '{role}', '2026-01-01 00:00:00.000000', 0, 1, 0 FROM n;
            INSERT INTO auth_group (name) VALUES ('telegram_admins');
            INSERT INTO auth_user (password, is_superuser, username, last_name, email, is_staff, is_active, date_joined, first_name)
            VALUES ('{Hash}', 0, 'chief', '', '', 0, 1, '2026-01-01 00:00:00.000000', '');
            INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 1);
            """);
        await command.ExecuteNonQueryAsync();
        command.CommandText = admins
            ? $"""
              INSERT INTO marketbot_admin_logins (telegram_id, account_id, fingerprint, at) SELECT chat_id, 1, '{fingerprint}', 0 FROM tg_bot_telegramuser;
              COMMIT; ANALYZE
              """
            : $"""
              INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) SELECT u.id, s.id FROM tg_bot_telegramuser u
              JOIN shops s ON {(isOwn ? $"(s.id - 1) / {shops.ToString(CultureInfo.InvariantCulture)} = u.id - 1" : "true")};
              COMMIT; ANALYZE
              """;
        await command.ExecuteNonQueryAsync();
    }
}
