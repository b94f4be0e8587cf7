using System.Text.Json;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Operations;

public class CommandLineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shops_are_imported_from_CSV_all_of_them()
    {
        await using var bot = await TestBot.Start(Ct);
        var file = await Csv("name,api_key,slug,is_active\n\"Nuts, and more\",k-1,nuts,1\nЧай,k-2,,0\n");

        await bot.Operate("shops", "import", file);
        var listed = JsonDocument.Parse(await bot.Operate("shops", "list", "--json")).RootElement;

        Assert.Equal(["Nuts, and more", "Чай"], listed.EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.True(listed[0].GetProperty("isActive").GetBoolean());
        Assert.Equal(JsonValueKind.Null, listed[1].GetProperty("slug").ValueKind);
        Assert.DoesNotContain("k-1", listed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_with_errors_names_every_line_and_adds_nothing()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Old", "k-old", slug: "old");
        var file = await Csv(
            $"name,api_key,slug,is_active\nGood,k-1,a,1\n,k-2,b,1\nTwice,k-1,c,1\nTaken,k-3,old,1\nLong,{new string('x', 51)},d,1\nFlag,k-5,e,perhaps\n");
        var few = await Csv("name,api_key,slug,is_active\nGood,k-1,a,1\n,k-2,b,1\nTwice,k-1,c,1\nTaken,k-3,old,1\n");

        var flagged = await bot.TryOperate("shops", "import", file);
        var refused = await bot.TryOperate("shops", "import", few);

        Assert.Equal(2, flagged.Code);
        Assert.Contains("line 7", flagged.Errors, StringComparison.Ordinal);
        Assert.Equal(2, refused.Code);
        Assert.All(["line 3", "line 4", "line 5", "Nothing was added"], part => Assert.Contains(part, refused.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("line 2:", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM shops"));
    }

    [Fact]
    public async Task Accounts_are_added_listed_and_get_new_passwords()
    {
        await using var bot = await TestBot.Start(Ct);

        await bot.Operate("accounts", "add", "chief", "--password", "one");
        var before = await bot.Value<string>("SELECT password FROM auth_user");
        await bot.Operate("accounts", "set-password", "chief", "--password", "two");
        var twice = await bot.TryOperate("accounts", "add", "chief", "--password", "three");
        var unknown = await bot.TryOperate("accounts", "set-password", "nobody", "--password", "x");

        Assert.StartsWith("pbkdf2_sha256$1000000$", before, StringComparison.Ordinal);
        Assert.NotEqual(before, await bot.Value<string>("SELECT password FROM auth_user"));
        Assert.Contains("telegram_admins", await bot.Operate("accounts", "list"), StringComparison.Ordinal);
        Assert.Equal((2, 2), (twice.Code, unknown.Code));
        Assert.Contains("taken", twice.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_listed_shown_unbound_and_erased()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.Seller(1001, "k-1");

        var list = await bot.Operate("users", "list");
        var shown = JsonDocument.Parse(await bot.Operate("users", "show", "1001", "--json")).RootElement;
        await bot.Operate("users", "unbind", "1001", "1");
        var unboundTwice = await bot.TryOperate("users", "unbind", "1001", "1");
        await bot.Execute("INSERT INTO marketbot_notices (telegram_id, notice, author, arguments) VALUES (1001, 'ShopOn', 0, '{\"Shop\":\"Nuts\"}')");
        await bot.Execute("UPDATE marketbot_inbox SET state = 3, payload = x'00' WHERE lane = 1001 AND id = (SELECT min(id) FROM marketbot_inbox)");
        await bot.Operate("users", "erase", "1001");
        var gone = await bot.TryOperate("users", "show", "1001");

        Assert.Contains("1001", list, StringComparison.Ordinal);
        Assert.Equal("Nuts", shown.GetProperty("shops")[0].GetProperty("name").GetString());
        Assert.Equal((2, 2), (unboundTwice.Code, gone.Code));
        Assert.Equal(
            0, await bot.Value<long>(
                "SELECT (SELECT count(*) FROM tg_bot_telegramuser) + (SELECT count(*) FROM marketbot_sessions) + (SELECT count(*) FROM "
                + "tg_bot_telegramuser_shops) + (SELECT count(*) FROM marketbot_notices)"));
        Assert.Equal(
            0, await bot.Value<long>(
                "SELECT (SELECT count(*) FROM marketbot_inbox WHERE payload IS NOT NULL OR state <> 2) + (SELECT count(*) FROM marketbot_audit WHERE 1001 IN "
                + "(actor, person) AND action <> 'EraseUser')"));
    }

    [Fact]
    public async Task A_backup_is_of_the_database_as_it_is_before_a_new_version_changes_it()
    {
        const string Changes = "SELECT count(*) FROM marketbot_migrations";
        await using var bot = await TestBot.Start(Ct);
        await bot.StopHost();
        var before = await bot.Value<long>(Changes);
        await bot.Execute("DELETE FROM marketbot_migrations WHERE MigrationId = (SELECT max(MigrationId) FROM marketbot_migrations)");

        var output = await bot.Operate("backup", bot.DatabaseFile + ".copy");

        Assert.Contains(bot.DatabaseFile, output, StringComparison.Ordinal);
        Assert.Equal((before - 1, before - 1), (await bot.Value<long>(Changes), await SqliteFile.Value<long>(bot.DatabaseFile + ".copy", Changes)));
    }

    [Fact]
    public async Task A_backup_is_a_whole_database_and_never_overwrites()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var copy = bot.DatabaseFile + ".copy";

        await bot.Operate("backup", copy);
        var again = await bot.TryOperate("backup", copy);
        var listed = await bot.TryOperate("shops", "list", $"--ConnectionStrings:MarketBot=Data Source={copy}");

        Assert.Equal(2, again.Code);
        Assert.Contains(copy, again.Errors, StringComparison.Ordinal);
        Assert.Contains("Nuts", listed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", 0)]
    [InlineData("shops --help", 0)]
    [InlineData("users unban --help", 0)]
    [InlineData("frobnicate", 2)]
    [InlineData("shops add", 2)]
    [InlineData("users ban somebody", 2)]
    [InlineData("users ban 4242", 2)]
    [InlineData("shops import missing.csv", 2)]
    public async Task Help_is_everywhere_and_wrong_use_ends_with_2(string line, int code)
    {
        await using var bot = await TestBot.Start(Ct);

        var (actual, output, errors) = await bot.TryOperate(line.Split(' '));

        Assert.Equal(code, actual);
        Assert.NotEqual("", code == 0 ? output : errors);
    }

    private static async Task<string> Csv(string text)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text, Ct);
        return file;
    }
}
