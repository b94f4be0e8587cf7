using System.Text.RegularExpressions;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Operations;

public sealed partial class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-start-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Telegram:Token", "not a token")]
    [InlineData("Telegram:ApiBaseUrl", "ftp://example.org")]
    [InlineData("Telegram:Mode", "Carrier pigeon")]
    [InlineData("Telegram:MaxConcurrency", "0")]
    [InlineData("Telegram:MaxConcurrency", "many")]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Bot:PageSize", "0")]
    [InlineData("Bot:PageSize", "21")]
    [InlineData("Bot:SupportUsername", "no spaces please")]
    [InlineData("Bot:ReportChatId", "0")]
    [InlineData("Bot:ReportChatId", "somewhere")]
    [InlineData("Bot:CustomizeOnStart", "perhaps")]
    [InlineData("Bot:DefaultLanguage", "tlh")]
    [InlineData("Playground:Port", "70000")]
    [InlineData("Logging:LogLevel:Default", "Info")]
    [InlineData("Logging:Console:LogLevel:MarketBot", "Loud")]
    public async Task A_wrong_value_stops_the_start_with_one_line_that_names_the_key(string key, string value)
    {
        var (code, errors) = await Run("run", $"--{key}={value}");

        Assert.Equal(2, code);
        Assert.Contains(key, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.DoesNotContain("not a token\"", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_named()
    {
        var (code, errors) = await Run("db", "upgrade", "--ConnectionStrings:MarketBot=Data Sauce=x");

        Assert.Equal(2, code);
        Assert.Contains("ConnectionStrings:MarketBot", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task An_address_given_as_the_connection_string_is_refused_without_its_password(string provider)
    {
        var (code, errors) = await Run(
            "db", "upgrade", $"--Database:Provider={provider}", "--ConnectionStrings:MarketBot=postgres://marketbot:s3cret@db/market?sslmode=require");

        Assert.Equal(2, code);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Contains("ConnectionStrings:MarketBot", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_to_listen_on_that_is_taken_stops_the_start_and_is_named()
    {
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);

        var (code, errors) = await Run(
            "run", $"--ConnectionStrings:MarketBot=Data Source={Path.Combine(_folder, "marketbot.db")}", $"--Telegram:Token={telegram.Token}",
            $"--Telegram:ApiBaseUrl={telegram.Url}", "--Telegram:Mode=Webhook",
            "--Telegram:WebhookUrl=https://bot.example.org/telegram/webhook", "--Telegram:WebhookSecret=secret",
            $"--Telegram:WebhookListen={telegram.Url.GetLeftPart(UriPartial.Authority)}");

        SqliteConnection.ClearAllPools();
        Assert.Equal((2, $"Telegram:WebhookListen: {telegram.Url.GetLeftPart(UriPartial.Authority)} is in use already."), (code, errors.Trim()));
    }

    [Theory]
    [InlineData("http://127.0.0.1:18348?x=1")]
    [InlineData("http://127.0.0.1:18348/path")]
    [InlineData("http://bot.example.org:18348")]
    [InlineData("http://192.0.2.1:18348")]
    [InlineData("http://[2001:db8::1]:18348")]
    public async Task An_address_to_listen_on_that_is_wrong_or_not_this_machines_stops_the_start_with_one_line(string address)
    {
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);

        var (code, errors) = await Run(
            "run", $"--ConnectionStrings:MarketBot=Data Source={Path.Combine(_folder, "marketbot.db")}", $"--Telegram:Token={telegram.Token}",
            $"--Telegram:ApiBaseUrl={telegram.Url}",
            "--Telegram:Mode=Webhook", "--Telegram:WebhookUrl=https://bot.example.org/telegram/webhook", "--Telegram:WebhookSecret=secret",
            $"--Telegram:WebhookListen={address}");

        SqliteConnection.ClearAllPools();
        Assert.Equal(2, code);
        Assert.StartsWith("Telegram:WebhookListen", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_listens_where_only_the_frameworks_own_variables_say_so()
    {
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        var (wanted, others) = (Ports.Free(), new[] { Ports.Free(), Ports.Free(), Ports.Free() });
        var environment = Environment(telegram);
        environment["Telegram__Mode"] = "Webhook";
        environment["Telegram__WebhookUrl"] = $"http://127.0.0.1:{wanted}/telegram/webhook";
        environment["Telegram__WebhookSecret"] = "secret";
        environment["Telegram__WebhookListen"] = $"http://127.0.0.1:{wanted}";
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{others[0]}";
        environment["URLS"] = $"http://127.0.0.1:{others[1]}";
        environment["Kestrel__Endpoints__Http__Url"] = $"http://127.0.0.1:{others[2]}";
        await using var bot = BotProcess.Start(_folder, environment);
        using var http = new HttpClient();
        await TestBot.Until(() => Answers(http, wanted), Ct);

        Assert.All(others, port => Assert.False(Answers(http, port).GetAwaiter().GetResult()));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=d Password=pw-secret;Username=u")]
    [InlineData("Host=127.0.0.1;Port=1;Database=d;Username=u Password=pw-secret")]
    [InlineData("Host=127.0.0.1;Port=1;Database=d;Username=u;Password=pw-secret")]
    [InlineData("postgres://u:pw-secret@127.0.0.1:1/d")]
    public async Task No_command_shows_the_password_of_a_database_that_cannot_be_used(string connection)
    {
        string[][] commands = [["run", "--Telegram:Token=123456:abcdefghijklmnopqrstuvwxyz"], ["users", "list"], ["doctor"], ["db", "upgrade"]];
        foreach (var command in commands)
        {
            var (code, said) = await Run(
                [.. command, "--Database:Provider=Postgres", $"--ConnectionStrings:MarketBot={connection}", "--Telegram:ApiBaseUrl=http://127.0.0.1:1"]);

            Assert.Equal(2, code);
            Assert.DoesNotContain("pw-secret", said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--ConnectionStrings__MarketBot=Host=h;Password=pw-secret")]
    [InlineData("--Telegram__Token=123456:pw-secret-abcdefghijklmnop")]
    [InlineData("123456:pw-secret-abcdefghijklmnop")]
    [InlineData("Host=h;Password=pw-secret")]
    [InlineData("shop", "add", "--key", "pw-secret")]
    public async Task An_argument_in_the_wrong_place_is_refused_without_its_value(params string[] arguments)
    {
        var (code, errors) = await Run(arguments);

        Assert.Equal(2, code);
        Assert.NotEmpty(errors);
        Assert.DoesNotContain("pw-secret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_nothing_is_refused_and_makes_nothing()
    {
        var (missing, copy) = (Path.Combine(_folder, "missing.db"), Path.Combine(_folder, "copy.db"));

        var (code, errors) = await Run("backup", copy, $"--ConnectionStrings:MarketBot=Data Source={missing}");

        Assert.Equal((2, $"There is no database file {missing}."), (code, errors.Trim()));
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start()
    {
        var file = Path.Combine(_folder, "letter.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("Dear operator, this is no database. ", 100)), Ct);

        var (code, errors) = await Upgrade(file);

        Assert.Equal(2, code);
        Assert.Contains($"{file} is not a SQLite database", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_stops_the_start()
    {
        var file = Path.Combine(_folder, "missing", "marketbot.db");

        var (code, errors) = await Upgrade(file);

        Assert.Equal(2, code);
        Assert.StartsWith(
            $"There is no database file {file}, and this user may not make one there. To mend it: mkdir -p '{Path.GetDirectoryName(file)}'", errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_database_stops_the_start()
    {
        var file = Path.Combine(_folder, "marketbot.db");
        await Upgrade(file);
        SqliteConnection.ClearAllPools();

        var (code, errors) = await Upgrade($"{file};Mode=ReadOnly");

        Assert.Equal(2, code);
        Assert.Contains("read-only", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TABLE warehouses", "warehouses")]
    [InlineData("ALTER TABLE shops DROP COLUMN vendor_name", "shops.vendor_name")]
    public async Task Half_a_schema_stops_the_start_and_is_named(string damage, string missing)
    {
        var file = Path.Combine(_folder, "marketbot.db");
        await Upgrade(file);
        await Execute(file, damage);

        var (code, errors) = await Upgrade(file);

        Assert.Equal(2, code);
        Assert.Contains(missing, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_new_database_has_exactly_the_marketplaces_tables_and_the_bots_own_in_WAL_mode()
    {
        var file = Path.Combine(_folder, "marketbot.db");

        var (code, _) = await Upgrade(file);
        var again = await Upgrade(file);

        Assert.Equal((0, 0), (code, again.Code));
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (SELECT journal_mode FROM pragma_journal_mode) || ' ' || (SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = "
            + "'table' AND name NOT LIKE 'sqlite%' ORDER BY name))";
        Assert.Equal(
            "wal auth_group auth_user auth_user_groups marketbot_admin_logins marketbot_audit marketbot_inbox marketbot_known_bans marketbot_known_shops "
            + "marketbot_leases marketbot_marketplace marketbot_migrations marketbot_migrations_lock marketbot_notices marketbot_outbox marketbot_reachability "
            + "marketbot_sessions marketbot_throttles marketbot_watch shops tg_bot_telegramuser tg_bot_telegramuser_shops warehouses",
            await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task The_model_has_no_change_that_lacks_a_migration()
    {
        await using var bot = await TestBot.Start(Ct);

        Assert.False(bot.HasPendingModelChanges());
    }

    [Fact]
    public async Task SIGTERM_ends_the_process_with_0_after_what_was_in_flight()
    {
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        var anna = telegram.World.AddPerson(1001, "Anna");
        await using var bot = BotProcess.Start(_folder, Environment(telegram));
        await telegram.World.Until(() => telegram.World.Calls.Any(c => c.Method == "setMyCommands"), Patience.Limit, Ct);
        telegram.World.Faults.Next(Fault.Delay(TimeSpan.FromSeconds(3)), "sendMessage");
        anna.Send("/start");
        await TestBot.Until(() => telegram.World.Faults.Remaining == 0, Ct);
        var wasAnswered = anna.Chat.LastFromBot is not null;

        bot.Terminate();

        Assert.Equal(0, await bot.Exit(Ct, TimeSpan.FromSeconds(12)));
        Assert.False(wasAnswered);
        Assert.Contains("Кто вы?", anna.Chat.LastFromBot?.Text, StringComparison.Ordinal);
        Assert.Equal(0, telegram.World.PendingUpdates);
    }

    [Fact]
    public async Task A_second_SIGTERM_ends_the_process_at_once()
    {
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        var anna = telegram.World.AddPerson(1001, "Anna");
        await using var bot = BotProcess.Start(_folder, Environment(telegram));
        await telegram.World.Until(() => telegram.World.Calls.Any(c => c.Method == "setMyCommands"), Patience.Limit, Ct);
        telegram.World.Faults.Next(Fault.Delay(TimeSpan.FromSeconds(60)), "sendMessage");
        anna.Send("/start");
        await TestBot.Until(() => telegram.World.Faults.Remaining == 0, Ct);

        bot.Terminate();
        await TestBot.Until(() => bot.Output.Contains("Application is shutting down", StringComparison.Ordinal), Ct);
        var wasWaiting = !bot.HasExited;
        var second = TimeProvider.System.GetTimestamp();
        bot.Terminate();

        Assert.Equal(143, await bot.Exit(Ct));
        Assert.True(wasWaiting);
        Assert.InRange(TimeProvider.System.GetElapsedTime(second), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task SIGTERM_ends_the_first_process_of_a_container_while_it_waits_for_a_locked_database_and_while_it_runs()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && System.Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare"),
            "A process namespace wants root and unshare.");
        var file = Path.Combine(_folder, "marketbot.db");
        await using var other = new SqliteConnection($"Data Source={file};Pooling=False");
        await other.OpenAsync(Ct);
        await Run(other, "BEGIN EXCLUSIVE; CREATE TABLE held (id integer)");
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        var environment = Environment(telegram);
        await using var starting = BotProcess.StartAsFirstProcess(_folder, environment, "run");
        await TestBot.Until(() => starting.HasOpen(file), Ct);

        starting.Terminate();

        Assert.InRange(await starting.Exit(Ct, TimeSpan.FromSeconds(10)), 0, 143);
        await Run(other, "ROLLBACK");
        await using var running = BotProcess.StartAsFirstProcess(_folder, environment, "run");
        await telegram.World.Until(() => telegram.World.Calls.Any(c => c.Method == "setMyCommands"), Patience.Limit, Ct);
        running.Terminate();
        Assert.Equal(0, await running.Exit(Ct, TimeSpan.FromSeconds(12)));
    }

    [Fact]
    public async Task A_working_folder_that_is_gone_is_one_line_and_exit_code_2()
    {
        var gone = Directory.CreateDirectory(Path.Combine(_folder, "gone")).FullName;
        await using var bot = BotProcess.StartFrom(
            "sh", _folder, null, "-c", $"cd '{gone}' && rmdir '{gone}' && exec dotnet '{Path.Combine(AppContext.BaseDirectory, "marketbot.dll")}' users list");

        Assert.Equal(2, await bot.Exit(Ct));
        Assert.StartsWith("The working folder is gone", Assert.Single(bot.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_not_asked_for_a_Bot_API_server_on_this_machine()
    {
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        var environment = Environment(telegram);
        environment["http_proxy"] = environment["HTTP_PROXY"] = environment["all_proxy"] = "http://127.0.0.1:1";
        await using var bot = BotProcess.Start(_folder, environment);

        await telegram.World.Until(() => telegram.World.Calls.Any(c => c.Method == "getUpdates"), Patience.Limit, Ct);
    }

    [Fact]
    public async Task A_wrong_configuration_ends_the_process_with_2()
    {
        await using var bot = BotProcess.Start(_folder, new Dictionary<string, string> { ["Bot__PageSize"] = "500" });

        Assert.Equal(2, await bot.Exit(Ct));
        Assert.Equal("Bot:PageSize must be from 1 to 20.", bot.Errors.Trim());
    }

    [Fact]
    public async Task Without_a_token_the_Playground_comes_up_with_demo_shops()
    {
        await using var bot = BotProcess.Start(_folder, new Dictionary<string, string> { ["Playground__Port"] = "0" });
        using var http = new HttpClient();
        await TestBot.Until(() => Address().IsMatch(bot.Output), Ct);

        var page = await http.GetStringAsync(Address().Match(bot.Output).Value, Ct);

        Assert.Contains("<title>", page, StringComparison.Ordinal);
        Assert.Contains("Playground", bot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Playground_does_not_start_beside_a_real_token()
    {
        var (code, errors) = await Run("playground", "--Telegram:Token=123456:abcdefghijklmnopqrstuvwxyz");

        Assert.Equal(2, code);
        Assert.DoesNotContain("abcdefghijklmnopqrstuvwxyz", errors, StringComparison.Ordinal);
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<bool> Answers(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{port}/health/live", Ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Environment(PlaygroundServer telegram) => new()
    {
        ["Telegram__Token"] = telegram.Token,
        ["Telegram__ApiBaseUrl"] = telegram.Url.ToString(),
    };

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();

    private static async Task Execute(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static Task<(int Code, string Errors)> Upgrade(string dataSource) =>
        Run("db", "upgrade", $"--ConnectionStrings:MarketBot=Data Source={dataSource}");

    private static async Task<(int Code, string Errors)> Run(params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await new Presentation.Bot.CommandLine.CommandTree(output, errors, TextReader.Null).Run(args, Ct);
        return (code, args[0] == "doctor" ? output.ToString() : errors.ToString());
    }
}
