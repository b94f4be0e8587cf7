using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Operations;

public class SecretTests
{
    private static readonly string[] Secrets = ["key-of-anna-1", "key-of-anna-2", "wrong-key-of-anna", "password of gleb", "wrong password of gleb"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_and_no_token_is_ever_logged_or_kept_in_a_table_of_the_bot()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", Secrets[0]);
        await bot.AddShop("Tea", Secrets[1]);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        await anna.Says(Secrets[2]);
        await anna.Says(Secrets[0]);
        await anna.Presses(Words.Ru.AddShop);
        await anna.Says(Secrets[1]);
        await bot.Operate("accounts", "add", "chief", "--password", Secrets[3]);
        var gleb = bot.Person(1002);
        await gleb.Says("/start");
        await gleb.Presses(Words.Ru.Administrator);
        await gleb.Says("chief");
        bot.Telegram.World.Faults.Next(Fault.Status(500), "sendMessage");
        await gleb.Says(Secrets[4]);
        await bot.Execute("ALTER TABLE tg_bot_telegramuser RENAME TO gone");
        gleb.Person.Send(Secrets[3]);
        await gleb.Hears("Что-то пошло не так");
        await bot.StopHost();

        string[] hidden = [.. Secrets, bot.Telegram.Token, bot.Telegram.Token.Split(':')[1]];
        var stored = await Dump(bot.DatabaseFile);

        Assert.Contains(bot.Log, line => line.StartsWith("Debug", StringComparison.Ordinal));
        Assert.Contains(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.All(hidden, secret => Assert.DoesNotContain(bot.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("1001", stored, StringComparison.Ordinal);
        Assert.All(hidden, secret => Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> Dump(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        var cells = new List<string>();
        foreach (var table in await Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'marketbot_%'"))
        {
            var columns = await Column(connection, $"SELECT name FROM pragma_table_info('{table}')");
            cells.AddRange(await Column(connection, $"SELECT {string.Join(" || ' ' || ", columns.Select(c => $"coalesce(\"{c}\", '')"))} FROM {table}"));
        }

        return string.Join('\n', cells);
    }

    private static async Task<List<string>> Column(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var values = new List<string>();
        while (await rows.ReadAsync(Ct))
            values.Add(rows.GetString(0));
        return values;
    }
}
