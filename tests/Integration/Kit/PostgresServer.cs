using MarketBot.Tests.Integration.Kit;
using Npgsql;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace MarketBot.Tests.Integration.Kit;

/// <summary>The PostgreSQL that all tests share, each with a database of its own; started when the first test wants it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.Start());

    /// <summary>The server; where there is none, the test is skipped with the reason, in CI it fails.</summary>
    public static Task<PostgresServer> Get(CancellationToken ct) => Server.Value.WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Server.Value).DisposeAsync();
    }
}

/// <summary>
/// A PostgreSQL server for tests: a container where a Docker engine answers, otherwise the machine's own binaries. The environment variable
/// MARKETBOT_TEST_POSTGRES wants one of the two.
/// </summary>
public abstract class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser's.</summary>
    protected const string Password = "only-for-tests";

    private const string Variable = "MARKETBOT_TEST_POSTGRES";
    private const string Container = "container";
    private const string Binaries = "binaries";

    private static readonly string[] Durability = ["fsync", "synchronous_commit", "full_page_writes"];
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);
    private readonly int _port;
    private bool _isOver;

    protected PostgresServer(int port)
    {
        _port = port;
        AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
    }

    /// <summary>Of the database <c>postgres</c>.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Password={Password};Database=postgres";

    /// <summary>Starts one; where that cannot be, the test is skipped with the reason, in CI it fails.</summary>
    /// <param name="isDurable">True when commits wait for the disk, as in production.</param>
    public static async Task<PostgresServer> Start(bool isDurable = false)
    {
        var wanted = Environment.GetEnvironmentVariable(Variable);
        Assert.True(wanted is null or "" or Container or Binaries, $"{Variable} is {wanted}, but should be {Container} or {Binaries}.");
        if (wanted != Binaries && PostgresContainer.IsPossible)
            return await Launched(new PostgresContainer(Ports.Free(), isDurable));
        if (wanted != Container && PostgresBinaries.Find() is { } folder)
            return await Launched(new PostgresBinaries(folder, Ports.Free(), isDurable));

        const string Missing =
            "There is neither a Docker engine that answers nor a PostgreSQL server (initdb, postgres), or not the one that " + Variable + " wants.";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
        throw new InvalidOperationException(Missing);
    }

    /// <summary>A new database: an empty one, or a copy of one to which nobody is connected.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabase(CancellationToken ct, string template = "template1")
    {
        var name = $"test_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {template}", ct);

        // A pool outlives the command or the bot it belonged to; hundreds of them must not fill the server.
        var connection = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 };
        return connection.ConnectionString;
    }

    /// <summary>Ends all connections to a database and allows no more, so that it can be copied.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> MakeTemplate(string connectionString, CancellationToken ct)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await Execute($"ALTER DATABASE {name} ALLOW_CONNECTIONS false", ct);
        await Execute($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'", ct);
        return name;
    }

    /// <summary>Ends the server as an operator's restart would: connections are cut.</summary>
    public abstract Task Halt();

    /// <summary>Starts it again on the same data and port; the tests' own connections are made anew.</summary>
    public async Task Resume()
    {
        await Launch();
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
        if (!_isOver)
            await Remove();
        _isOver = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Settings of the server, each for an option <c>-c</c>; the last of a name counts.</summary>
    protected static string[] Settings(bool isDurable) => ["max_connections=400", .. Durability.Select(name => $"{name}={(isDurable ? "on" : "off")}")];

    /// <summary>Starts it, for the first time or again, and waits until it can be used.</summary>
    protected abstract Task Launch();

    /// <summary>Ends it and removes everything of it.</summary>
    protected abstract Task Remove();

    private static async Task<PostgresServer> Launched(PostgresServer server)
    {
        try
        {
            await server.Launch();
            await server.Execute("SELECT 1", CancellationToken.None);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A run that is broken off disposes of nothing.</summary>
    private void EndWithProcess(object? sender, EventArgs e) => DisposeAsync().AsTask().Wait(LongestEnd);

    private async Task Execute(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
