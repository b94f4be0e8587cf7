using System.Text.Json;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Operations;

/// <summary>Each row plants one fault in a healthy database; the doctor finds that one, and nothing on a healthy one.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private const string Hash = "pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=";
    private const string SharedWal = "a WAL file of two programs";
    private const string Attached = "DROP TABLE marketbot_marketplace; ";
    private const string Pairs = "\"tg_bot_telegramuser_shops_telegramuser_id_shop_id_0aa0a5c1_uniq\"";

    /// <summary>A table of people as Django makes it, apart from one thing.</summary>
    private const string People =
        "DROP TABLE tg_bot_telegramuser; CREATE TABLE tg_bot_telegramuser (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, chat_id bigint NOT NULL UNIQUE, "
        + "first_name varchar(255) NOT NULL, last_name varchar(255) NOT NULL, username varchar(255) NOT NULL, role varchar(2) NOT NULL, created_at datetime "
        + "NOT NULL, is_banned bool NOT NULL, is_active bool NOT NULL, is_logged_out bool NOT NULL)";

    private const string Person =
        "INSERT INTO tg_bot_telegramuser (id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active, is_logged_out) VALUES (1, "
        + "1001, '', '', '', 'SE', '2026-01-01 00:00:00', 0, 1, 0)";

    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-doctor-").FullName;
    private PlaygroundServer _telegram = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder, "marketbot.db");

    /// <summary>Name, what is planted, the exit code, what is found, how it is mended, and whether that is SQL which the test tries.</summary>
    public static TheoryData<string, string, int, string, string, bool> Faults => new()
    {
        { "no table, standalone", "DROP TABLE warehouses", 2, "The table warehouses is missing.", "put back a backup", false },
        { "no table, attached", Attached + "DROP TABLE warehouses", 2, "The table warehouses is missing.", "python manage.py migrate", false },
        { "no table at all of a Django", Attached + "DROP TABLE warehouses; DROP TABLE shops; CREATE TABLE django_migrations (id integer)", 2,
            "The table shops is missing.", "python manage.py migrate", false },
        { "no text column", "ALTER TABLE shops DROP COLUMN vendor_name", 2, "The column shops.vendor_name is missing.",
            "ALTER TABLE \"shops\" ADD COLUMN \"vendor_name\" varchar(50) NOT NULL DEFAULT '';", true },
        { "no flag", "ALTER TABLE tg_bot_telegramuser DROP COLUMN is_logged_out", 2, "The column tg_bot_telegramuser.is_logged_out is missing.",
            "ALTER TABLE \"tg_bot_telegramuser\" ADD COLUMN \"is_logged_out\" bool NOT NULL DEFAULT false;", true },
        { "no instant", "ALTER TABLE auth_user DROP COLUMN date_joined", 2, "The column auth_user.date_joined is missing.",
            "ALTER TABLE \"auth_user\" ADD COLUMN \"date_joined\" datetime NOT NULL DEFAULT '2000-01-01 00:00:00';", true },
        { "another text column", "ALTER TABLE warehouses DROP COLUMN name", 2, "The column warehouses.name is missing.",
            "ALTER TABLE \"warehouses\" ADD COLUMN \"name\" varchar(50)", true },
        { "text for numbers", People.Replace("chat_id bigint", "chat_id varchar(20)", StringComparison.Ordinal), 2,
            "tg_bot_telegramuser.chat_id has the type varchar(20), but whole numbers", "python manage.py makemigrations", false },
        { "text for flags", People.Replace("is_banned bool", "is_banned varchar(5)", StringComparison.Ordinal), 2,
            "tg_bot_telegramuser.is_banned has the type varchar(5), but booleans", "Django model", false },
        { "numbers for instants", People.Replace("created_at datetime", "created_at integer", StringComparison.Ordinal), 2,
            "tg_bot_telegramuser.created_at has the type integer, but dates with times", "Django model", false },
        { "numbers for text", "ALTER TABLE shops DROP COLUMN vendor_name; ALTER TABLE shops ADD COLUMN vendor_name integer NOT NULL DEFAULT 0", 2,
            "shops.vendor_name has the type integer, but text", "Django model", false },
        { "NULL allowed", "ALTER TABLE shops DROP COLUMN vendor_name; ALTER TABLE shops ADD COLUMN vendor_name varchar(50)", 1,
            "The column shops.vendor_name may be NULL", "UPDATE \"shops\" SET \"vendor_name\" = '' WHERE \"vendor_name\" IS NULL;", false },
        { "people not unique", People.Replace(" UNIQUE", "", StringComparison.Ordinal), 2, "Nothing keeps tg_bot_telegramuser.chat_id unique.",
            "CREATE UNIQUE INDEX \"tg_bot_telegramuser_chat_id_uniq\" ON \"tg_bot_telegramuser\" (\"chat_id\");", true },
        { "bindings not unique", $"DROP INDEX {Pairs}", 2, "Nothing keeps tg_bot_telegramuser_shops.telegramuser_id and shop_id unique.",
            "CREATE UNIQUE INDEX", true },
        { "bindings unique only partly", $"DROP INDEX {Pairs}; CREATE UNIQUE INDEX some ON tg_bot_telegramuser_shops (telegramuser_id, shop_id) WHERE id > 9",
            2, "Nothing keeps tg_bot_telegramuser_shops", "CREATE UNIQUE INDEX", true },
        { "memberships not unique", "DROP INDEX \"auth_user_groups_user_id_group_id_94350c0c_uniq\"", 2,
            "Nothing keeps auth_user_groups.user_id and group_id unique.", "CREATE UNIQUE INDEX", true },
        { "a column nobody fills", People.Replace("is_logged_out bool", "is_logged_out bool NOT NULL, phone varchar(20)", StringComparison.Ordinal), 2,
            "The column tg_bot_telegramuser.phone wants a value", "db_default", false },
        { "a column that fills itself",
            People.Replace("is_logged_out bool", "is_logged_out bool NOT NULL, phone varchar(20) DEFAULT ''", StringComparison.Ordinal), 0, "", "", false },
        { "ids that do not count themselves",
            People.Replace("id integer NOT NULL PRIMARY KEY AUTOINCREMENT", "id bigint NOT NULL PRIMARY KEY", StringComparison.Ordinal), 2,
            "The column tg_bot_telegramuser.id wants a value", "db_default", false },
        { "no index on the key", "DROP INDEX shops_ozon_api_key", 1, "shops.ozon_api_key has no index",
            "CREATE INDEX \"shops_ozon_api_key\" ON \"shops\" (\"ozon_api_key\");", true },
        { "no group, standalone", "DELETE FROM auth_user_groups; DELETE FROM auth_group", 1, "There is no group telegram_admins",
            "marketbot accounts add USERNAME", false },
        { "no group, attached", Attached + "DELETE FROM auth_user_groups; DELETE FROM auth_group", 1, "There is no group telegram_admins",
            "INSERT INTO \"auth_group\" (\"name\") VALUES ('telegram_admins');", false },
        { "nobody in the group, standalone", "DELETE FROM auth_user_groups", 1, "Nobody active is in the group", "marketbot accounts add USERNAME", false },
        { "nobody in the group, attached", Attached + "UPDATE auth_user SET username = 'USERNAME'; DELETE FROM auth_user_groups", 1,
            "Nobody active is in the group", "INSERT INTO \"auth_user_groups\"", true },
        { "nobody active", "UPDATE auth_user SET is_active = 0", 1, "Nobody active is in the group", "marketbot accounts add", false },
        { "one key for two shops", "UPDATE shops SET ozon_api_key = 'secret-1'", 1, "The shops 1, 2 have one API key",
            "UPDATE \"shops\" SET \"ozon_api_key\" = 'A KEY OF ITS OWN' WHERE \"id\" = 2;", true },
        { "no key", "UPDATE shops SET ozon_api_key = '' WHERE id = 1", 1, "The shops 1 have no API key",
            "UPDATE \"shops\" SET \"ozon_api_key\" = 'A KEY OF ITS OWN' WHERE \"id\" = 1;", true },
        { "no password, standalone", "UPDATE auth_user SET password = '!unusable'", 1, "The password of chief is unusable",
            "marketbot accounts set-password chief", false },
        { "no password, attached", Attached + "UPDATE auth_user SET password = '!unusable'", 1, "The password of chief is unusable",
            "python manage.py changepassword chief", false },
        { "a password that costs too much", "UPDATE auth_user SET password = replace(password, '$1000$', '$1000000000$')", 1,
            "or of a format that cannot be checked", "set-password chief", false },
        { "an outdated password", "UPDATE auth_user SET password = 'md5$salt$0cc175b9c0f1b6a831c399e269772661'", 1, "is stored as md5",
            "chief logs in on the site once.", false },
        { SharedWal, Attached, 1, "Another program writes to this WAL database", "PRAGMA journal_mode = DELETE", false },
        { "the journal", "PRAGMA journal_mode = DELETE", 1, "The journal mode is delete", "'PRAGMA journal_mode = WAL;'", false },
        { "changes that wait", "DELETE FROM marketbot_migrations WHERE MigrationId = (SELECT max(MigrationId) FROM marketbot_migrations)", 1, "lack a change",
            "marketbot db upgrade", false },
        { "changes of a newer version", "INSERT INTO marketbot_migrations VALUES ('29990101000000_Future', '99')", 2,
            "A newer MarketBot has changed the tables: 29990101000000_Future", "run that version", false },
        { "changes that wait, without their table",
            "DELETE FROM marketbot_migrations WHERE MigrationId = (SELECT max(MigrationId) FROM marketbot_migrations); DROP TABLE marketbot_notices", 1,
            "lack a change", "marketbot db upgrade", false },
        { "no table of our own", "DROP TABLE marketbot_outbox", 2, "The tables marketbot_outbox are missing.", "put back a backup", false },
        { "no column of our own", "ALTER TABLE marketbot_outbox DROP COLUMN arguments", 2, "The column marketbot_outbox.arguments is missing.",
            "put back a backup of the database; marketbot db upgrade does not help", false },
        { "another type of our own", "ALTER TABLE marketbot_inbox DROP COLUMN payload; ALTER TABLE marketbot_inbox ADD COLUMN payload TEXT", 2,
            "The column marketbot_inbox.payload has the type text instead of BLOB.", "put back a backup", false },
        { "our own not unique", "DROP INDEX marketbot_inbox_update", 2, "Nothing keeps marketbot_inbox.bot_id and update_id unique.",
            "CREATE UNIQUE INDEX \"marketbot_inbox_update\" ON \"marketbot_inbox\" (\"bot_id\", \"update_id\");", true },
        { "a binding of nobody", "INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES (99, 1), (99, 2)", 1,
            "Rows of tg_bot_telegramuser_shops whose telegramuser_id is not in tg_bot_telegramuser: 2.",
            "DELETE FROM \"tg_bot_telegramuser_shops\" WHERE", true },
        { "a binding to no shop", $"{Person}; INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES (1, 1), (1, 99)", 1,
            "Rows of tg_bot_telegramuser_shops whose shop_id is not in shops: 1.", "DELETE FROM \"tg_bot_telegramuser_shops\" WHERE", true },
        { "more than are counted",
            $"{Person}; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, "
            + $"shop_id) SELECT 1, i FROM n", 1, "whose shop_id is not in shops: 1000 or more.", "DELETE FROM", true },
        { "a membership of nobody", "INSERT INTO auth_user_groups (user_id, group_id) VALUES (99, 1)", 1,
            "Rows of auth_user_groups whose user_id is not in auth_user: 1.", "DELETE FROM \"auth_user_groups\" WHERE", true },
        { "a membership in no group", "INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 99)", 1,
            "Rows of auth_user_groups whose group_id is not in auth_group: 1.", "DELETE FROM \"auth_user_groups\" WHERE", true },
        { "a warehouse of no shop", "INSERT INTO warehouses (shop_id, warehouse_id, name) VALUES (99, 1, '')", 1,
            "Rows of warehouses whose shop_id is not in shops: 1.", "DELETE FROM \"warehouses\" WHERE", true },
        { "no foreign key", Unkept("telegramuser_id bigint NOT NULL REFERENCES tg_bot_telegramuser (id), shop_id bigint NOT NULL"), 1,
            "No foreign key leads from tg_bot_telegramuser_shops.shop_id to shops", "python manage.py makemigrations", false },
        { "another foreign key", Unkept("telegramuser_id bigint NOT NULL REFERENCES auth_user (id), shop_id bigint NOT NULL REFERENCES shops (id)"), 1,
            "No foreign key leads from tg_bot_telegramuser_shops.telegramuser_id to tg_bot_telegramuser", "Django model", false },
    };

    public async ValueTask InitializeAsync()
    {
        _telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        Assert.Equal(0, (await Run("db", "upgrade")).Code);
        await Execute(
            $"""
            INSERT INTO auth_group (id, name) VALUES (1, 'telegram_admins');
            INSERT INTO auth_user (id, password, is_superuser, username, last_name, email, is_staff, is_active, date_joined, first_name)
                VALUES (1, '{Hash}', 0, 'chief', '', '', 0, 1, '2026-01-01 00:00:00', '');
            INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 1);
            INSERT INTO shops (id, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name)
                VALUES (1, 'Nuts', '1', 1, 'secret-1', 1, '', ''), (2, 'Tea', '2', 1, 'secret-2', 1, '', '');
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _telegram.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_healthy_database_has_nothing_but_ok()
    {
        var (code, output, errors) = await Run("doctor");

        Assert.Equal((0, ""), (code, errors));
        Assert.All(output.Trim().Split('\n'), line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.All(
            ["file", "database", "schema", "own tables", "references", "sqlite", "journal", "admins", "passwords", "keys", "token", "webhook", "clock"],
            check => Assert.Contains($"ok       {check}", output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_found_with_the_way_to_mend_it(string name, string plant, int code, string text, string mend, bool isSql)
    {
        await Execute(plant);
        var before = await Contents();

        var found = await Run("doctor", "--json");
        var findings = JsonDocument.Parse(found.Output).RootElement.EnumerateArray()
            .Where(f => f.GetProperty("severity").GetString() != "Ok" && (f.GetProperty("check").GetString() != "sqlite" || name == SharedWal)).ToList();

        Assert.True(found.Code == code, $"{name}: {found.Output}");
        Assert.Equal(code == 0, findings.Count == 0);
        Assert.All(findings.Take(1), f => Assert.Contains(text, f.GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.All(findings.Take(1), f => Assert.Contains(mend, f.GetProperty("mend").GetString(), StringComparison.Ordinal));
        Assert.All([Hash, "secret-1", "secret-2", "md5$", _telegram.Token], secret => Assert.DoesNotContain(secret, found.Output, StringComparison.Ordinal));
        Assert.Equal(before, await Contents());

        if (isSql)
        {
            await Execute(findings[0].GetProperty("mend").GetString()!);
            var mended = await Run("doctor");
            Assert.True(mended.Code == (plant.StartsWith(Attached, StringComparison.Ordinal) ? 1 : 0), $"{name}: {mended.Output}");
        }
    }

    [Theory]
    [InlineData("DROP TABLE warehouses", "The table warehouses is missing. To mend it: put back a backup of the database.")]
    [InlineData("DROP INDEX " + Pairs, "Nothing keeps tg_bot_telegramuser_shops.telegramuser_id and shop_id unique. To mend it: CREATE UNIQUE INDEX")]
    [InlineData("DROP TABLE marketbot_outbox", "The tables marketbot_outbox are missing. To mend it: put back a backup")]
    [InlineData(
        "INSERT INTO marketbot_migrations VALUES ('29990101000000_Future', '99')",
        "A newer MarketBot has changed the tables: 29990101000000_Future. To mend it: run that version")]
    public async Task The_bot_does_not_start_on_an_error_and_says_what_the_doctor_says(string plant, string sentence)
    {
        await Execute(plant);

        var (code, _, errors) = await Run("run");

        Assert.Equal(2, code);
        Assert.StartsWith(sentence, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Warnings_do_not_stop_the_start()
    {
        await Execute("DROP INDEX shops_ozon_api_key; DELETE FROM auth_user_groups; UPDATE shops SET ozon_api_key = ''");

        Assert.Equal(0, (await Run("db", "upgrade")).Code);
    }

    [Fact]
    public async Task Errors_outweigh_warnings_and_a_line_names_each()
    {
        await Execute("DROP INDEX shops_ozon_api_key; ALTER TABLE shops DROP COLUMN vendor_name");

        var (code, output, _) = await Run("doctor");

        Assert.Equal(2, code);
        Assert.Contains("error    schema     The column shops.vendor_name is missing.", output, StringComparison.Ordinal);
        Assert.Contains("warning  index      The column shops.ozon_api_key has no index", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_others_may_read_is_a_warning()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such rights.");
        else
            File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var (code, output, _) = await Run("doctor");

        Assert.Equal(1, code);
        Assert.Contains($"chmod o-rwx '{Database}'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_database_yet_none_is_made()
    {
        var file = Path.Combine(_folder, "none.db");

        var (code, output, _) = await Run("doctor", $"--ConnectionStrings:MarketBot=Data Source={file}");

        Assert.Equal(1, code);
        Assert.Contains("marketbot db upgrade", output, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("", 1, "The database is empty.")]
    [InlineData("Dear operator, this is no database. ", 2, "The database cannot be used")]
    public async Task A_file_that_is_empty_or_no_database_is_told_apart(string text, int code, string sentence)
    {
        SqliteConnection.ClearAllPools();
        File.Delete(Database + "-wal");
        await File.WriteAllTextAsync(Database, string.Concat(Enumerable.Repeat(text, 100)), Ct);

        var found = await Run("doctor");

        Assert.Equal(code, found.Code);
        Assert.Contains(sentence, found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_the_Bot_API_does_not_know_is_an_error()
    {
        var token = "123456:abcdefghijklmnopqrstuvwxyz";

        var (code, output, _) = await Run("doctor", $"--Telegram:Token={token}");

        Assert.Equal(2, code);
        Assert.Contains("The Bot API does not know the token.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Bot_API_that_does_not_answer_is_an_error()
    {
        var (code, output, _) = await Run("doctor", "--Telegram:ApiBaseUrl=http://127.0.0.1:1");

        Assert.Equal(2, code);
        Assert.Contains("The Bot API does not answer at 127.0.0.1", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_telegram.Token, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_it_is_said_that_the_Playground_would_start()
    {
        var (code, output, _) = await Run("doctor", "--Telegram:Token=");

        Assert.Equal(1, code);
        Assert.Contains("Telegram:Token is empty", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_found_is_found_where_nothing_may_be_written_too()
    {
        await Execute("INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 99); ALTER TABLE marketbot_outbox DROP COLUMN arguments");

        var (code, output, errors) = await Run("doctor", $"--ConnectionStrings:MarketBot=Data Source={Database};Mode=ReadOnly");

        Assert.Equal((2, ""), (code, errors));
        Assert.Contains("marketbot_outbox.arguments is missing", output, StringComparison.Ordinal);
        Assert.Contains("Rows of auth_user_groups whose group_id is not in auth_group: 1.", output, StringComparison.Ordinal);
    }

    /// <summary>The table of bindings as Django makes it, apart from its foreign keys.</summary>
    private static string Unkept(string columns) =>
        $"DROP TABLE tg_bot_telegramuser_shops; CREATE TABLE tg_bot_telegramuser_shops (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, {columns}, UNIQUE "
        + $"(telegramuser_id, shop_id))";

    /// <summary>Every row of every table, and the schema.</summary>
    private async Task<string> Contents()
    {
        var all = await SqliteFile.Column(Database, "SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY name");
        foreach (var table in await SqliteFile.Column(Database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
            all.Add($"{table} {await SqliteFile.Value<long>(Database, $"SELECT count(*) FROM \"{table}\"")}");
        return string.Join('\n', all) + await SqliteFile.Value<string>(Database, "SELECT journal_mode FROM pragma_journal_mode");
    }

    private Task Execute(string sql)
    {
        SqliteConnection.ClearAllPools();
        return SqliteFile.Execute(Database, "PRAGMA foreign_keys = OFF; " + sql);
    }

    private async Task<(int Code, string Output, string Errors)> Run(params string[] command)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        string[] configuration =
            [$"--ConnectionStrings:MarketBot=Data Source={Database}", $"--Telegram:Token={_telegram.Token}", $"--Telegram:ApiBaseUrl={_telegram.Url}"];
        var code = await new CommandTree(output, errors, TextReader.Null).Run([.. command.Take(1), .. configuration, .. command.Skip(1)], Ct);
        return (code, output.ToString(), errors.ToString());
    }
}
