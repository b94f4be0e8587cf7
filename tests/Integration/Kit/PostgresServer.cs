using System.Diagnostics;
using System.Globalization;
using MarketBot.Tests.Integration.Kit;
using Npgsql;
#if OFFICIAL_PACKAGES
using Testcontainers.PostgreSql;
#endif

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace MarketBot.Tests.Integration.Kit;

/// <summary>The PostgreSQL that all tests share, each with a database of its own; started when the first test wants it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static PostgresServer? _server;

    /// <summary>The server; where there is none, the test is skipped with the reason, in CI it fails.</summary>
    public static async Task<PostgresServer> Get(CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        try
        {
            return _server ??= await PostgresServer.Start(ct);
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
            await server.DisposeAsync();
    }
}

/// <summary>
/// A PostgreSQL server for tests: Testcontainers where the official packages are used, otherwise the machine's own binaries in
/// a temporary directory, otherwise a Docker container.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Image = "postgres:15";
    private const string Password = "only-for-tests";
    private readonly Func<Task> _stop;
    private readonly Binaries? _binaries;

    private PostgresServer(string connectionString, Func<Task> stop, Binaries? binaries = null) => (ConnectionString, _stop, _binaries) = (connectionString, stop, binaries);

    /// <summary>Of the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it can be stopped and started again.</summary>
    public bool CanRestart => _binaries is not null;

    /// <summary>Starts one; where that cannot be, the test is skipped with the reason, in CI it fails.</summary>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="isDurable">Whether commits wait for the disk, as they do in earnest.</param>
    public static async Task<PostgresServer> Start(CancellationToken ct, bool isDurable = false)
    {
#if OFFICIAL_PACKAGES
        // A test that restarts the server needs the machine's own.
        if (!isDurable)
            return await StartTestcontainer(ct);
#endif
        if (Binaries.Find() is { } folder)
            return await StartBinaries(folder, isDurable, ct);
        if (await StartContainer(ct) is { } docker)
            return docker;

        const string Missing = "There is neither a PostgreSQL server (initdb, postgres) nor a Docker that can run one.";
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
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString;
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
    public Task Halt() => _binaries!.Control("stop", "-m", "fast");

    /// <summary>Starts it again on the same data and port; the tests' own connections are made anew.</summary>
    public async Task Resume()
    {
        await _binaries!.Launch();
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync() => await _stop();

    private async Task Execute(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

#if OFFICIAL_PACKAGES
    private static async Task<PostgresServer> StartTestcontainer(CancellationToken ct)
    {
        var container = new PostgreSqlBuilder().WithImage(Image).WithPassword(Password).Build();
        await container.StartAsync(ct);
        return new PostgresServer(container.GetConnectionString(), () => container.DisposeAsync().AsTask());
    }
#endif

    private static async Task<PostgresServer> StartBinaries(string folder, bool isDurable, CancellationToken ct)
    {
        var binaries = new Binaries(folder, Ports.Free(), isDurable);
        await binaries.Initialise();
        await binaries.Launch();
        var server = new PostgresServer(
            $"Host=127.0.0.1;Port={binaries.Port};Username=postgres;Password={Password};Database=postgres", binaries.Remove, binaries);
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(ct);
        return server;
    }

    private static async Task<PostgresServer?> StartContainer(CancellationToken ct)
    {
        if (await Run("docker", "run", "--detach", "--rm", "--publish", "127.0.0.1::5432", "--env", $"POSTGRES_PASSWORD={Password}", Image) is not (0, var id)
            || await Run("docker", "port", id.Trim(), "5432") is not (0, var address))
            return null;

        var server = new PostgresServer(
            $"Host=127.0.0.1;Port={address.Trim().Split(':')[^1]};Username=postgres;Password={Password};Database=postgres", () => Run("docker", "stop", id.Trim()));
        await TestBot.Until(() => Answers(server.ConnectionString), ct);
        return server;
    }

    private static async Task<bool> Answers(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, process.ExitCode == 0 ? output : await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, $"{program} is not installed");
        }
    }

    /// <summary>The machine's own PostgreSQL, which does not run as root: then as the user <c>postgres</c>.</summary>
    private sealed class Binaries(string folder, int port, bool isDurable)
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("marketbot-postgres-").FullName;

        public int Port => port;

        /// <summary>Where <c>initdb</c> is: on the path, or in Debian's folder of the newest version.</summary>
        public static string? Find()
        {
            var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
            var debian = Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0).Select(d => Path.Combine(d, "bin"))
                : [];
            return path.Concat(debian).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
        }

        public async Task Initialise()
        {
            var secret = Path.Combine(_directory, "password");
            await File.WriteAllTextAsync(secret, Password);
            if (Environment.IsPrivilegedProcess)
                await Wanted("chown", "-R", "postgres", _directory);
            await Wanted(Program("initdb", "--pgdata", Data, "--username", "postgres", "--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"));
        }

        public Task Launch()
        {
            var durability = isDurable ? "" : "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";
            return Control(
                "start", "--wait", "--log", Path.Combine(_directory, "log"),
                "--options", $"-c listen_addresses=127.0.0.1 -c port={port.ToString(CultureInfo.InvariantCulture)} -c unix_socket_directories= -c max_connections=400 {durability}");
        }

        public Task Control(string verb, params string[] options) => Wanted(Program("pg_ctl", [verb, "--pgdata", Data, .. options]));

        public async Task Remove()
        {
            await Run("sh", "-c", string.Join(' ', Program("pg_ctl", "stop", "--pgdata", Data, "-m", "immediate")));
            Directory.Delete(_directory, recursive: true);
        }

        private string Data => Path.Combine(_directory, "data");

        private string[] Program(string name, params string[] arguments)
        {
            string[] command = [Path.Combine(folder, name), .. arguments];
            return Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        }

        private static async Task Wanted(params string[] command)
        {
            // A server that goes on running keeps the output open: nobody reads it to its end.
            using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. command]))!;
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}");
        }
    }
}
