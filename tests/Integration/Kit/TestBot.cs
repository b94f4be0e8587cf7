using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>The real bot on a database of its own, talking over HTTP to a Playground of its own.</summary>
public sealed class TestBot : IAsyncDisposable
{
    private static readonly TimeSpan[] Retries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25)];
    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-test-").FullName;
    private readonly Dictionary<string, string?> _configuration;
    private readonly Action<IServiceCollection>? _replace;
    private readonly PlaygroundOptions _options;
    private readonly string? _afterUpgrade;
    private IHost? _host;

    private TestBot(
        PlaygroundServer telegram, PlaygroundOptions options, IReadOnlyDictionary<string, string?>? configuration, Action<IServiceCollection>? replace,
        string? afterUpgrade)
    {
        Telegram = telegram;
        _afterUpgrade = afterUpgrade;
        _options = options;
        _replace = replace;
        _configuration = new Dictionary<string, string?>(configuration ?? new Dictionary<string, string?>());
        _configuration.TryAdd("Telegram:Token", telegram.Token);
        _configuration.TryAdd("Telegram:ApiBaseUrl", telegram.Url.ToString());
        _configuration.TryAdd("Bot:CustomizeOnStart", "false");
        _configuration.TryAdd("Logging:LogLevel:Default", "Trace");
    }

    /// <summary>The Telegram the bot talks to.</summary>
    public PlaygroundServer Telegram { get; private set; }

    /// <summary>The bot's clock: real, but it can be put forward.</summary>
    public ShiftedTime Time { get; } = new();

    /// <summary>Everything that was logged, at Trace level, with exceptions.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The errors that were logged.</summary>
    public IEnumerable<string> Errors => Log.Where(line => line.StartsWith("Error", StringComparison.Ordinal));

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>The bot's database, where it is a file.</summary>
    public string DatabaseFile => Path.Combine(_folder, "marketbot.db");

    /// <summary>
    /// Starts a bot whose marketplace is empty, or on a database that an earlier version has made; what is to be done after each upgrade finds no open
    /// connection.
    /// </summary>
    public static async Task<TestBot> Start(
        CancellationToken ct,
        IReadOnlyDictionary<string, string?>? configuration = null,
        Action<IServiceCollection>? replace = null,
        string? database = null,
        PlaygroundOptions? playground = null,
        string? afterUpgrade = null,
        string? madeBy = null)
    {
        var options = playground ?? new PlaygroundOptions { MaxCalls = 100_000 };
        var telegram = await PlaygroundServer.Start(options, ct);
        var bot = new TestBot(telegram, options, configuration, replace, afterUpgrade);
        bot.Database = madeBy is null ? await TestDatabase.ForBot(bot.DatabaseFile, ct) : await TestDatabase.Of(madeBy, bot.DatabaseFile, ct);
        foreach (var (key, value) in bot.Database.Configuration)
            bot._configuration.TryAdd(key, value);
        if (database is not null)
            await bot.Execute(database);
        await bot.StartHost(ct);
        return bot;
    }

    /// <summary>A person who never wrote before.</summary>
    public Actor Person(long id, string language = "ru", string firstName = "Anna") =>
        new(this, Telegram.World.AddPerson(id, firstName, "Test", $"user{id}", language));

    /// <summary>A person who is registered as a seller of the shop with that key.</summary>
    public async Task<Actor> Seller(long id, string key, string language = "ru")
    {
        var seller = Person(id, language);
        await seller.Says("/start");
        await seller.Presses(Words.Of(language).Seller);
        await seller.Says(key);
        return seller;
    }

    /// <summary>A person who is logged in as an admin.</summary>
    public async Task<Actor> Admin(long id, string language = "ru", string username = "chief", string password = "right horse")
    {
        await AddAccount(username, password);
        var admin = Person(id, language, "Gleb");
        await admin.Says("/start");
        await admin.Presses(Words.Of(language).Administrator);
        await admin.Says(username);
        await admin.Says(password);
        return admin;
    }

    /// <summary>Adds a shop by the command line.</summary>
    public Task AddShop(string name, string key, string slug = "", string client = "", string vendor = "", bool active = false) => Operate(
        ["shops", "add", "--name", name, "--key", key, "--slug", slug, "--client-id", client, "--vendor", vendor,
            .. active ? ["--active"] : Array.Empty<string>()]);

    /// <summary>Makes an admin's account whose hash, in Django's format, costs next to nothing to check.</summary>
    public Task AddAccount(string username, string password) => Execute(
        $"""
        INSERT INTO auth_group (name) VALUES ('telegram_admins') ON CONFLICT DO NOTHING;
        INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
            VALUES ('pbkdf2_sha256$10$salt${Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(password, "salt"u8, 10, HashAlgorithmName.SHA256, 32))}',
                FALSE, '{username}', '', '', '', TRUE, TRUE, '2026-01-01 00:00:00');
        INSERT INTO auth_user_groups (user_id, group_id) SELECT u.id, g.id FROM auth_user u, auth_group g
            WHERE u.username = '{username}' AND g.name = 'telegram_admins'
        """);

    /// <summary>Runs a command line on the bot's database and wants it to succeed.</summary>
    public async Task<string> Operate(params string[] command)
    {
        var (code, output, errors) = await TryOperate(command);
        Assert.True(code == 0, $"{string.Join(' ', command)}: {code} {errors}");
        return output;
    }

    /// <summary>Runs a command line on the bot's database.</summary>
    public async Task<(int Code, string Output, string Errors)> TryOperate(params string[] command)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await new CommandTree(output, errors, TextReader.Null)
            .Run([.. command, .. Database.Configuration.Select(c => $"--{c.Key}={c.Value}"), $"--Telegram:Token={Telegram.Token}"], CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Stops the bot as SIGTERM would, and starts it anew on the same database.</summary>
    public async Task Restart(CancellationToken ct)
    {
        await StopHost();
        await StartHost(ct);
    }

    /// <summary>Stops the bot as SIGTERM would.</summary>
    public async Task StopHost()
    {
        if (_host is not { } host)
            return;

        await host.StopAsync();
        host.Dispose();
        _host = null;
    }

    public async Task StartHost(CancellationToken ct)
    {
        var settings = Settings.From(new ConfigurationBuilder().AddInMemoryCollection(_configuration).Build());
        _host = Composition.BuildHost(settings, services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddLogging(log => log.ClearProviders().AddProvider(new LogCapture(Log)).SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace));
            _replace?.Invoke(services);
        });
        await Composition.UpgradeDatabase(_host.Services, ct);
        if (_afterUpgrade is not null)
        {
            SqliteConnection.ClearPool(
                new SqliteConnection(
                    new SqliteConnectionStringBuilder($"Data Source={DatabaseFile}") { ForeignKeys = true, DefaultTimeout = 15 }.ConnectionString));
            await Execute(_afterUpgrade);
        }

        await _host.StartAsync(ct);
    }

    /// <summary>A service of the running bot.</summary>
    public T Service<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    /// <summary>Telegram is gone: connections are refused.</summary>
    public async Task LoseTelegram() => await Telegram.DisposeAsync();

    /// <summary>Telegram is back at the same address; nobody there remembers anything.</summary>
    public async Task RegainTelegram(CancellationToken ct) => Telegram = await PlaygroundServer.Start(_options with { Port = Telegram.Url.Port }, ct);

    /// <summary>Waits until all planned faults have happened; a call that hangs tells nobody.</summary>
    public Task FaultsHappened(CancellationToken ct) => Until(() => Telegram.World.Faults.Remaining == 0, ct);

    /// <summary>Waits until a look at what tells nobody says yes.</summary>
    public static Task Until(Func<bool> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Until(() => Task.FromResult(condition()), Patience.Limit, ct, what);

    /// <summary>Waits until a look at the database, or at anything else that tells nobody, says yes.</summary>
    public static Task Until(Func<Task<bool>> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Until(condition, Patience.Limit, ct, what);

    /// <summary>Waits until a look at the database, or at anything else that tells nobody, says yes; no longer than is promised.</summary>
    public static async Task Until(
        Func<Task<bool>> condition, TimeSpan within, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var started = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > within)
                throw new TimeoutException($"Waited in vain for {within} for: {what}");
            await tick.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>Waits until the log has a line with that text.</summary>
    public Task Logs(string text, CancellationToken ct, int times = 1) =>
        Until(() => Log.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times, ct, $"“{text}” in the log, {times} times");

    /// <summary>Waits until every update is confirmed and handled to its end.</summary>
    public Task Settles(CancellationToken ct, TimeSpan? within = null) => Until(
        async () => Telegram.World.PendingUpdates == 0 && await Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state < 2") == 0,
        within ?? Patience.Limit, ct);

    /// <summary>Waits until a query gives a number.</summary>
    public Task Becomes(long expected, string sql, CancellationToken ct) => Until(async () => await Value<long>(sql) == expected, ct, $"{expected} from {sql}");

    /// <summary>Lets time pass on the bot's clock, half a second at a time, until a look says yes.</summary>
    public Task TimePassesUntil(Func<bool> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TimePassesUntil(() => Task.FromResult(condition()), ct, what);

    /// <summary>Lets time pass on the bot's clock, half a second at a time, until a look says yes.</summary>
    public Task TimePassesUntil(Func<Task<bool>> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "") => Until(
        () =>
        {
            Time.Pass(TimeSpan.FromSeconds(0.5));
            return condition();
        },
        ct,
        what);

    /// <summary>Waits until an update has been tried as often as any; the waits between the tries pass on the bot's clock, and no more than they.</summary>
    public Task GivesUp(CancellationToken ct) => Until(
        async () =>
        {
            foreach (var wait in Retries)
                Time.PassesFor(wait);
            return await Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state = 3") == 1;
        },
        ct);

    /// <summary>True when the model differs from the migrations.</summary>
    public bool HasPendingModelChanges()
    {
        using var scope = _host!.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<MarketBotContext>().Database.HasPendingModelChanges();
    }

    /// <summary>One value of the database.</summary>
    public Task<T?> Value<T>(string sql) => Database.Value<T>(sql);

    /// <summary>Changes the database behind the bot's back, as Django would.</summary>
    public Task Execute(string sql) => Database.Execute(sql);

    public async ValueTask DisposeAsync()
    {
        await StopHost();
        await Telegram.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class LogCapture(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Capture(categoryName, lines);

        public void Dispose()
        {
        }

        private sealed class Capture(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue(
                    $"{logLevel} {category} {formatter(state, exception)} {exception} "
                    + $"{string.Join(' ', (state as IEnumerable<KeyValuePair<string, object?>>)?.Select(p => p.Value) ?? [])}");
        }
    }
}
