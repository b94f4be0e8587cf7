using System.Globalization;
using MarketBot.Infrastructure;
using MarketBot.Presentation.Bot.CommandLine;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>Marks a class of tests that run on PostgreSQL; all others run on SQLite.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnPostgresAttribute : Attribute, Xunit.v3.ITraitAttribute
{
    /// <summary>The trait's name.</summary>
    public const string Trait = "Database";

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Trait, nameof(DatabaseKind.Postgres))];
}

/// <summary>A database of a test's own: of the kind that the test's class asks for.</summary>
public sealed class TestDatabase
{
    private static readonly Lazy<Task<string>> Upgraded = new(Upgrade);

    private TestDatabase(DatabaseKind kind, string connectionString) => (Kind, ConnectionString) = (kind, connectionString);

    public DatabaseKind Kind { get; }

    /// <summary>As the bot is told.</summary>
    public string ConnectionString { get; }

    /// <summary>The configuration that leads to it.</summary>
    public IReadOnlyDictionary<string, string> Configuration =>
        new Dictionary<string, string> { ["Database:Provider"] = Kind.ToString(), ["ConnectionStrings:MarketBot"] = ConnectionString };

    private static bool IsPostgresWanted =>
        TestContext.Current.TestClass?.Traits.TryGetValue(OnPostgresAttribute.Trait, out var kinds) == true && kinds.Contains(nameof(DatabaseKind.Postgres));

    /// <summary>One that the bot has yet to make its own if it is a file, and else has: a copy of one that it made.</summary>
    /// <param name="file">Where it is, if it is a file.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<TestDatabase> ForBot(string file, CancellationToken ct) =>
        IsPostgresWanted ? new TestDatabase(DatabaseKind.Postgres, await (await SharedPostgres.Get(ct)).CreateDatabase(ct, await Upgraded.Value)) : At(file);

    /// <summary>One that an earlier version has made, read in from a dump that is named after that version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="file">Where it is, if it is a file.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<TestDatabase> Of(string version, string file, CancellationToken ct)
    {
        var database = IsPostgresWanted ? new TestDatabase(DatabaseKind.Postgres, await (await SharedPostgres.Get(ct)).CreateDatabase(ct)) : At(file);
        var dump = $"{version}.{(IsPostgresWanted ? "postgres" : "sqlite")}.sql";
        await database.Execute(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Operations", "Upgrades", dump), ct));
        return database;
    }

    /// <summary>A SQLite file, which need not exist.</summary>
    public static TestDatabase At(string file) => new(DatabaseKind.Sqlite, $"Data Source={file}");

    /// <summary>An empty one on a server; with the aggregate function of SQLite's that the tests look through.</summary>
    public static async Task<TestDatabase> Create(PostgresServer server, CancellationToken ct)
    {
        var database = new TestDatabase(DatabaseKind.Postgres, await server.CreateDatabase(ct));
        await database.Execute(
            """
            CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(',', $1, $2) $$;
            CREATE AGGREGATE group_concat(text) (SFUNC = joined, STYPE = text);
            """);
        return database;
    }

    /// <summary>One that somebody else has made.</summary>
    public static TestDatabase At(DatabaseKind kind, string connectionString) => new(kind, connectionString);

    /// <summary>One value.</summary>
    public async Task<T?> Value<T>(string sql)
    {
        if (Kind == DatabaseKind.Sqlite)
            return await SqliteFile.Value<T>(new SqliteConnectionStringBuilder(ConnectionString).DataSource, sql);

        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Read<T>(value) : default;
    }

    /// <summary>A column of texts.</summary>
    public async Task<List<string>> Column(string sql)
    {
        if (Kind == DatabaseKind.Sqlite)
            return await SqliteFile.Column(new SqliteConnectionStringBuilder(ConnectionString).DataSource, sql);

        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }

    /// <summary>Changes it behind the bot's back, as Django would.</summary>
    public async Task Execute(string sql)
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            await SqliteFile.Execute(new SqliteConnectionStringBuilder(ConnectionString).DataSource, sql);
            return;
        }

        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>The name of a template that the bot has upgraded.</returns>
    private static async Task<string> Upgrade()
    {
        var server = await SharedPostgres.Get(CancellationToken.None);
        var database = await Create(server, CancellationToken.None);
        await using var output = new StringWriter();
        var code = await new CommandTree(output, output, TextReader.Null)
            .Run(["db", "upgrade", .. database.Configuration.Select(c => $"--{c.Key}={c.Value}")], CancellationToken.None);
        Assert.True(code == 0, output.ToString());
        return await server.MakeTemplate(database.ConnectionString, CancellationToken.None);
    }

    /// <summary>As SQLite has it: whole numbers of every width and booleans as <see cref="long"/>, times as text.</summary>
    private static T Read<T>(object value) => value switch
    {
        int or short when typeof(T) == typeof(long) => (T)(object)Convert.ToInt64(value, null),
        bool flag when typeof(T) == typeof(long) => (T)(object)(flag ? 1L : 0L),
        DateTime time when typeof(T) == typeof(string) => (T)(object)time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => (T)value,
    };

    private async Task<NpgsqlConnection> Open()
    {
        // Pooled: some tests look fifty times a second, and a new connection costs more than most looks.
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
