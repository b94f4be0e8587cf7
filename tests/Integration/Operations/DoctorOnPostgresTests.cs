using System.Text.Json;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Operations;

/// <summary>The doctor's findings about foreign keys and the bot's own tables on PostgreSQL; the rest is in <c>Django/AttachedTests</c>.</summary>
[OnPostgres]
public sealed class DoctorOnPostgresTests : IAsyncLifetime
{
    private const string Rows =
        """
        INSERT INTO shops (id, name, ozon_api_key, client_id, vendor_name, is_active, price_updating, shipper_api_key)
            VALUES (1, 'Nuts', 'k-1', '', '', true, true, '');
        INSERT INTO tg_bot_telegramuser (id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active, is_logged_out)
            VALUES (1, 1001, '', '', '', 'SE', now(), false, true, false);
        INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES (1, 1)
        """;

    private const string NoKey = "ALTER TABLE tg_bot_telegramuser_shops DROP CONSTRAINT tg_bot_telegramuser_shops_shop_id_fkey";
    private const string Lost = "INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES (1, 98), (1, 99)";

    private PlaygroundServer _telegram = null!;
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The planted fault, the exit code, the findings in order, and true when the advice mends all of it.</summary>
    public static TheoryData<string, int, string[], bool> Faults => new()
    {
        { NoKey, 1, ["No foreign key leads from tg_bot_telegramuser_shops.shop_id to shops"], true },
        { $"{NoKey}; {Lost}", 1,
            ["Rows of tg_bot_telegramuser_shops whose shop_id is not in shops: 2.", "No foreign key leads from tg_bot_telegramuser_shops.shop_id"], true },
        { $"{NoKey}; {Lost}; SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE tg_bot_telegramuser_shops ADD FOREIGN KEY (shop_id) REFERENCES shops (id) NOT VALID", 1,
            ["whose shop_id is not in shops: 2."], true },
        { "ALTER TABLE auth_user_groups DROP CONSTRAINT auth_user_groups_user_id_fkey; INSERT INTO auth_user_groups (user_id, group_id) VALUES (99, 1)", 1,
            ["Rows of auth_user_groups whose user_id is not in auth_user: 1."], true },
        { "ALTER TABLE auth_user_groups DROP CONSTRAINT auth_user_groups_group_id_fkey", 0, [], true },
        { "ALTER TABLE marketbot_outbox DROP COLUMN arguments, DROP COLUMN reply", 2,
            ["The column marketbot_outbox.arguments is missing.", "The column marketbot_outbox.reply is missing."], false },
        { "ALTER TABLE marketbot_outbox ALTER COLUMN name TYPE varchar(20)", 2,
            ["The column marketbot_outbox.name has the type character varying(20) instead of character varying(96)."], false },
        { "DROP TABLE marketbot_watch; DROP TABLE marketbot_notices", 2, ["The tables marketbot_notices, marketbot_watch are missing."], false },
        { "DROP INDEX marketbot_outbox_name", 2, ["Nothing keeps marketbot_outbox.name unique."], true },
        { "ALTER TABLE marketbot_notices DROP CONSTRAINT \"PK_marketbot_notices\"", 2,
            ["Nothing keeps marketbot_notices.telegram_id and notice and author unique."], true },
    };

    public async ValueTask InitializeAsync()
    {
        _telegram = await PlaygroundServer.Start(new PlaygroundOptions(), Ct);
        _database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await Run(["db", "upgrade"]);
        await Run(["accounts", "add", "chief", "--password", "right horse"]);
        await _database.Execute(Rows);
    }

    public ValueTask DisposeAsync() => _telegram.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("bot")]
    public async Task A_healthy_database_has_nothing_but_ok_also_with_a_schema_of_the_bots_own(string schema)
    {
        string[] own = schema.Length > 0 ? [$"--Database:Schema={schema}"] : [];
        if (schema.Length > 0)
            await Run(["db", "upgrade", .. own]);

        var (code, output) = await Run(["doctor", .. own]);

        Assert.True(code == 0, output);
        Assert.Contains("ok       references No row leads to another that is gone.", output, StringComparison.Ordinal);
        Assert.Contains("ok       own tables The tables marketbot_* are up to date.", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_found_also_where_nothing_may_be_written_and_its_SQL_mends_it(string plant, int code, string[] found, bool mends)
    {
        await _database.Execute(plant);

        var (exit, output) =
            await Run(["doctor", "--json", $"--ConnectionStrings:MarketBot={_database.ConnectionString};Options=-c default_transaction_read_only=on"]);
        var findings = JsonDocument.Parse(output).RootElement.EnumerateArray().Where(f => f.GetProperty("severity").GetString() != "Ok").ToList();

        Assert.True(exit == code, output);
        Assert.Equal(found.Length, findings.Count);
        Assert.All(found.Zip(findings), pair => Assert.Contains(pair.First, pair.Second.GetProperty("text").GetString(), StringComparison.Ordinal));
        if (!mends)
        {
            Assert.All(findings, f => Assert.Contains("put back a backup of the database", f.GetProperty("mend").GetString(), StringComparison.Ordinal));
            return;
        }

        foreach (var finding in findings)
            await _database.Execute(finding.GetProperty("mend").GetString()!);
        var mended = await Run(["doctor"]);
        Assert.True(mended.Code == 0, mended.Output);
        Assert.Equal(1, await _database.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
    }

    private async Task<(int Code, string Output)> Run(string[] command)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        string[] configuration =
            [.. _database.Configuration.Select(c => $"--{c.Key}={c.Value}"), $"--Telegram:Token={_telegram.Token}", $"--Telegram:ApiBaseUrl={_telegram.Url}"];
        var words = command.TakeWhile(word => !word.StartsWith('-')).ToList();
        var code = await new CommandTree(output, errors, TextReader.Null).Run([.. words, .. configuration, .. command.Skip(words.Count)], Ct);
        return (code, output.ToString() + errors);
    }
}
