using System.Data;
using MarketBot.Application.Common;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Postgres;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Tests.Integration.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MarketBot.Tests.Integration.Operations;

/// <summary>Behaviour that is different on PostgreSQL.</summary>
[OnPostgres]
public class PostgresTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_model_has_no_change_that_lacks_a_migration()
    {
        await using var bot = await TestBot.Start(Ct);

        Assert.False(bot.HasPendingModelChanges());
    }

    [Fact]
    public async Task A_new_database_has_exactly_the_marketplaces_tables_and_the_bots_own()
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);

        var first = await Run(database, "db", "upgrade");
        var again = await Run(database, "db", "upgrade");

        Assert.Equal(((0, ""), (0, "")), (first, again));
        Assert.Equal(
            "auth_group auth_user auth_user_groups marketbot_admin_logins marketbot_audit marketbot_inbox marketbot_known_bans marketbot_known_shops "
            + "marketbot_leases marketbot_marketplace marketbot_migrations marketbot_notices marketbot_outbox marketbot_reachability marketbot_sessions "
            + "marketbot_throttles marketbot_watch shops tg_bot_telegramuser tg_bot_telegramuser_shops warehouses",
            await database.Value<string>(
                "SELECT string_agg(table_name, ' ' ORDER BY table_name COLLATE \"C\") FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    [Fact]
    public async Task A_process_that_starts_waits_for_another_that_does_however_long_it_takes()
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await using var other = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Ct);
        await using var begin = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresProvider.LockClass})", other);
        await begin.ExecuteNonQueryAsync(Ct);

        var start = Run(database, "db", "upgrade");
        using var longerThanALockIsWaitedFor = new PeriodicTimer(TimeSpan.FromSeconds(12));
        await longerThanALockIsWaitedFor.WaitForNextTickAsync(Ct);
        var waits = !start.IsCompleted;
        await other.CloseAsync();

        Assert.Equal((true, (0, "")), (waits, await start));
    }

    [Theory]
    [InlineData("", "10s 10s 30s")]
    [InlineData(";Options=-c lock_timeout=3s -c geqo=off", "10s 3s 30s")]
    public async Task A_connection_that_is_used_again_has_the_limits_of_the_first_use(string own, string limits)
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await using var provider = new PostgresProvider(database.ConnectionString + ";Maximum Pool Size=1" + own, schema: null);

        var uses = new List<(int Process, string Limits)>();
        for (var i = 0; i < 3; i++)
            uses.Add(await LimitsOf(provider));

        Assert.Equal([(uses[0].Process, limits)], uses.Distinct());
    }

    /// <summary>
    /// A break that nobody has noticed, one that the connection has, and one whose notice is under way: the connection is closed, nobody knows why.
    /// </summary>
    public static MatrixTheoryData<string, string> Breaks => new(["unnoticed", "noticed", "closed"], ["read", "query", "write", "commit", "save"]);

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_transaction_whose_connection_breaks_is_an_outage_and_nothing_is_written_beside_it(string isBroken, string next)
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await Run(database, "db", "upgrade");
        await Run(database, "shops", "add", "--name", "Nuts", "--key", "k-1");
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddInfrastructure(new DatabaseOptions(DatabaseKind.Postgres, database.ConnectionString + ";Keepalive=1"), "1:a", null, 64).AddScoped<Caller>()
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var (work, context) = (scope.ServiceProvider.GetRequiredService<IUnitOfWork>(), scope.ServiceProvider.GetRequiredService<MarketBotContext>());

        await work.Begin(Ct);
        (await context.Shops.SingleAsync(Ct)).SwitchTo(true);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        if (isBroken == "closed")
            await connection.CloseAsync();
        else
            await database.Execute($"SELECT pg_terminate_backend({connection.ProcessID})");
        if (isBroken == "noticed")
            await TestBot.Until(() => connection.State != ConnectionState.Open, Ct);
        var failure = await Record.ExceptionAsync(() => next switch
        {
            "read" => scope.ServiceProvider.GetRequiredService<ScopedReads>().Query("SELECT 1", row => row.GetInt32(0)).AsTask(),
            "query" => context.Shops.ToListAsync(Ct),
            "write" => context.Database.ExecuteSqlAsync($"UPDATE shops SET is_active = TRUE", Ct),
            "save" => work.Save(Ct),
            _ => work.Commit(Ct),
        });

        Assert.True(failure is not null && services.GetRequiredService<DatabaseProvider>().IsOutage(failure), failure?.ToString());
        Assert.Equal(0, await database.Value<long>("SELECT is_active FROM shops"));
    }

    [Fact]
    public async Task Of_thirty_messages_a_second_each_process_sends_its_share()
    {
        await using var bot = await TestBot.Start(Ct);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddInfrastructure(new DatabaseOptions(DatabaseKind.Postgres, bot.Database.ConnectionString), "1:a", null, 64).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var outbox =
            ActivatorUtilities.CreateInstance<Outbox>(scope.ServiceProvider, new OneOfTwo(), ActivatorUtilities.CreateInstance<Caller>(scope.ServiceProvider));
        await bot.StopHost();
        await bot.Execute(
            "INSERT INTO marketbot_outbox (chat_id, name, notice, created_at, due_at, tries, uncertain_sends) SELECT n, n, 'Banned', 0, 0, 0, 0 FROM "
            + "generate_series(1, 640) AS n");

        var due = await outbox.ReadDue(30, [], Ct);
        var others = await outbox.ReadDue(30, [.. due.Select(m => m.Chat)], Ct);

        Assert.Equal(30, due.Concat(others).DistinctBy(m => m.Chat).Count());
    }

    [Fact]
    public async Task With_a_schema_of_its_own_the_bot_leaves_nothing_beside_the_marketplaces_tables()
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await Run(database, "db", "upgrade");
        await database.Execute(
            "DO $$ DECLARE name text; BEGIN FOR name IN SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'marketbot%' "
            + "LOOP EXECUTE 'DROP TABLE ' || name; END LOOP; END $$");

        var (code, errors) = await Run(database, "db", "upgrade", "--Database:Schema=bot");
        var (list, _) = await Run(database, "shops", "list", "--Database:Schema=bot");

        Assert.Equal((0, "", 0), (code, errors, list));
        Assert.Equal(
            0, await database.Value<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public' AND table_name LIKE 'marketbot%'"));
        Assert.Equal(
            1, await database.Value<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'bot' AND table_name = 'marketbot_inbox'"));
        Assert.Equal(
            0, await database.Value<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'bot' AND table_name NOT LIKE 'marketbot%'"));
    }

    [Fact]
    public async Task A_role_that_may_only_use_the_bots_own_schema_is_enough()
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await Run(database, "db", "upgrade");
        var role = $"bot_{Guid.NewGuid():N}";
        await database.Execute(
            $"""
            DO $$ DECLARE name text; BEGIN FOR name IN SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'marketbot%'
                LOOP EXECUTE 'DROP TABLE ' || name; END LOOP; END $$;
            CREATE ROLE {role} LOGIN PASSWORD 'x'; CREATE SCHEMA bot AUTHORIZATION {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
            """);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = "x" }.ConnectionString;

        var upgrade = await Run(database, "db", "upgrade", "--Database:Schema=bot", $"--ConnectionStrings:MarketBot={connection}");
        NpgsqlConnection.ClearAllPools();
        await database.Execute($"DROP OWNED BY {role}; DROP ROLE {role}");

        Assert.Equal((0, ""), upgrade);
    }

    [Fact]
    public async Task A_marketplace_in_a_schema_that_is_not_looked_into_is_named_and_none_is_made_beside_it()
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await database.Execute("CREATE SCHEMA market; CREATE TABLE market.django_migrations (id integer)");

        var (code, errors) = await Run(database, "db", "upgrade");
        var doctor = await Run(database, "doctor", "--json");

        Assert.Equal((2, 2), (code, doctor.Code));
        Assert.Contains("add Search Path=market to ConnectionStrings:MarketBot", errors, StringComparison.Ordinal);
        Assert.Equal(0, await database.Value<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    [Theory]
    [InlineData("ru", "Обратитесь, пожалуйста, в поддержку")]
    [InlineData("en", "Please contact support")]
    public async Task R52_an_id_that_does_not_fit_Djangos_column_is_refused_cleanly(string language, string sentence)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.Execute("ALTER TABLE tg_bot_telegramuser ALTER COLUMN chat_id TYPE integer");

        var large = await bot.Seller(7_000_000_000, "k-1", language);
        var small = await bot.Seller(1001, "k-1", language);

        Assert.Contains(sentence, large.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).SellerMenu, small.Rows);
        Assert.Empty(bot.Errors);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state IN (0, 3)"));
    }

    [Theory]
    [InlineData("Port", "1")]
    [InlineData("Password", "wrong-and-secret")]
    public async Task A_server_that_cannot_be_used_is_one_line_without_the_password_and_2(string key, string value)
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { [key] = value, Timeout = 3 };

        var (code, errors) = await Run(database, "shops", "list", $"--ConnectionStrings:MarketBot={connection.ConnectionString}");

        Assert.Equal(2, code);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        Assert.Contains(connection.Database!, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_referred_to_pg_dump()
    {
        var database = await TestDatabase.Create(await SharedPostgres.Get(Ct), Ct);
        await Run(database, "db", "upgrade");

        var (code, errors) = await Run(database, "backup", Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.db"));

        Assert.Equal(2, code);
        Assert.Contains("pg_dump", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Process, string Limits)> LimitsOf(PostgresProvider provider)
    {
        await using var connection = await provider.Open(Ct);
        await using var command = new NpgsqlCommand(
            "SELECT pg_backend_pid(), concat_ws(' ', current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout'), "
            + "current_setting('statement_timeout'))", connection);
        await using var row = await command.ExecuteReaderAsync(Ct);
        await row.ReadAsync(Ct);
        return (row.GetInt32(0), row.GetString(1));
    }

    /// <summary>A process that has half of the slots.</summary>
    private sealed class OneOfTwo : IInstance
    {
        public event Action? Woken
        {
            add { }
            remove { }
        }

        public bool IsAlone => false;

        public bool IsLeader => false;

        public IReadOnlyDictionary<int, Lease> Leases { get; } = Enumerable.Range(0, LaneSlot.Count / 2).ToDictionary(slot => slot, _ => new Lease(1));

        public CancellationToken Leading => new(canceled: true);

        public Lease? LeaseOf(long lane) => Leases.TryGetValue(LaneSlot.Of(lane), out var lease) ? lease : null;

        public Task Leads(CancellationToken ct) => Task.Delay(Timeout.Infinite, ct);
    }

    private static async Task<(int Code, string Errors)> Run(TestDatabase database, params string[] command)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await new CommandTree(output, errors, TextReader.Null)
            .Run([.. command[..2], .. database.Configuration.Select(c => $"--{c.Key}={c.Value}"), .. command[2..]], Ct);
        return (code, errors.ToString());
    }
}
