using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MarketBot.Infrastructure;
using MarketBot.Tests.Integration.Kit;
using Npgsql;

namespace MarketBot.Tests.Integration.Django;

/// <summary>A real Django marketplace (the project in <c>marketplace/</c>) on a database of its own, and one Python process that works in it.</summary>
public sealed class DjangoProject : IAsyncDisposable
{
    /// <summary>The system's Python, for which Debian packages Django.</summary>
    private const string Python = "/usr/bin/python3";

    private const string Packages = "python3-django python3-argon2 python3-bcrypt python3-psycopg2";
    private const string Migrate = "call_command('migrate', verbosity=0)";
    private static readonly Lazy<string?> WhyNot = new(Missing);
    private static readonly Lazy<Task<byte[]>> MigratedFile = new(MigrateFile);
    private static readonly Lazy<Task<string>> MigratedDatabase = new(MigrateDatabase);

    private readonly Process _worker;
    private readonly StringBuilder _errors = new();

    private DjangoProject(string address, TestDatabase database, string folder)
    {
        Database = database;
        Folder = folder;
        _worker = Process.Start(new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Django", "marketplace", "worker.py")])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
                { ["MARKETPLACE_DATABASE"] = address, ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONIOENCODING"] = "utf-8", ["PYTHONWARNINGS"] = "ignore" },
        })!;
        _worker.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _worker.BeginErrorReadLine();
    }

    /// <summary>The marketplace's database, which MarketBot shares.</summary>
    public TestDatabase Database { get; }

    /// <summary>A folder of its own, removed in the end.</summary>
    public string Folder { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A marketplace whose migrations have run, in a new database of a kind: a copy of the one in which they ran.</summary>
    public static async Task<DjangoProject> On(DatabaseKind kind)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.True(WhyNot.Value is null, WhyNot.Value);
        Assert.SkipUnless(WhyNot.Value is null, WhyNot.Value ?? "");

        if (kind == DatabaseKind.Postgres)
            return OnDatabase(await (await SharedPostgres.Get(Ct)).CreateDatabase(Ct, await MigratedDatabase.Value));

        var migrated = await MigratedFile.Value;
        var folder = NewFolder();
        await File.WriteAllBytesAsync(FileIn(folder), migrated, Ct);
        return InFolder(folder);
    }

    /// <summary>Runs a Python script in which the models, <c>User</c> and <c>Group</c> are known; what it knows, later ones know too.</summary>
    /// <returns>What it left in <c>answer</c>.</returns>
    public async Task<JsonElement> Run(string script)
    {
        await _worker.StandardInput.WriteLineAsync(JsonSerializer.Serialize(script).AsMemory(), Ct);
        await _worker.StandardInput.FlushAsync(Ct);
        if (await _worker.StandardOutput.ReadLineAsync(Ct) is not { } line)
        {
            lock (_errors)
                throw new InvalidOperationException($"Django ended: {_errors}");
        }

        var reply = JsonDocument.Parse(line).RootElement;
        return reply.TryGetProperty("failure", out var failure) ? throw new InvalidOperationException(failure.GetString()) : reply.GetProperty("answer");
    }

    /// <summary>Makes an admin's account in Django.</summary>
    /// <param name="username">Its name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="hasher">Which of Django's hashers encodes it.</param>
    public Task AddAdmin(string username, string password = "right horse", string hasher = "pbkdf2_sha256") => Run(
        $"""
        from django.contrib.auth.hashers import make_password
        admin = User.objects.create(username={Text(username)}, password=make_password({Text(password)}, hasher={Text(hasher)}))
        admin.groups.add(Group.objects.get_or_create(name="telegram_admins")[0])
        """);

    /// <summary>Makes a shop in Django.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> AddShop(string name, string key) => (await Run(
        $"answer = Shop.objects.create(name={Text(name)}, client_id='10001', ozon_api_key={Text(key)}, vendor_name='Vendor', is_active=False, "
        + $"price_updating=False).pk")).GetInt64();

    /// <summary>A string as Python writes it.</summary>
    public static string Text(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public async ValueTask DisposeAsync()
    {
        _worker.StandardInput.Close();
        await _worker.WaitForExitAsync(CancellationToken.None);
        _worker.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<byte[]> MigrateFile()
    {
        await using var first = InFolder(NewFolder());
        await first.Run(Migrate);
        return await File.ReadAllBytesAsync(FileIn(first.Folder), Ct);
    }

    /// <returns>The name of a template.</returns>
    private static async Task<string> MigrateDatabase()
    {
        var server = await SharedPostgres.Get(Ct);
        var database = await server.CreateDatabase(Ct);
        await using var first = OnDatabase(database);
        await first.Run(Migrate);
        return await server.MakeTemplate(database, Ct);
    }

    private static DjangoProject InFolder(string folder) => new(FileIn(folder), TestDatabase.At(DatabaseKind.Sqlite, $"Data Source={FileIn(folder)}"), folder);

    private static DjangoProject OnDatabase(string connectionString) =>
        new(Address(connectionString), TestDatabase.At(DatabaseKind.Postgres, connectionString), NewFolder());

    private static string NewFolder() => Directory.CreateTempSubdirectory("marketbot-django-").FullName;

    private static string FileIn(string folder) => Path.Combine(folder, "db.sqlite3");

    /// <summary>As the settings of the project read it.</summary>
    private static string Address(string connectionString)
    {
        var postgres = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgresql://{postgres.Username}:{Uri.EscapeDataString(postgres.Password!)}@{postgres.Host}:{postgres.Port}/{postgres.Database}";
    }

    private static string? Missing()
    {
        var why = $"Django is not installed, so MarketBot is not tried on a real marketplace's database: apt-get install {Packages}";
        if (!File.Exists(Python))
            return why;

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import django, argon2, bcrypt, psycopg2"]) { RedirectStandardError = true })!;
        probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        return probe.ExitCode == 0 ? null : why;
    }
}
