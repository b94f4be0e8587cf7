using MarketBot.Infrastructure;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.CommandLine;
using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>A real <c>marketbot</c> process that can be killed and started again, with a Playground and a database of its own.</summary>
public sealed class RealBot : IAsyncDisposable
{
    /// <summary>Counts what is not done or not sent, and not given up either.</summary>
    public const string Open = "SELECT (SELECT count(*) FROM marketbot_inbox WHERE state < 2) + (SELECT count(*) FROM marketbot_outbox WHERE reason IS NULL)";

    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-real-").FullName;
    private readonly Dictionary<string, string> _environment;

    private RealBot(PlaygroundServer telegram, IReadOnlyDictionary<string, string>? environment, TestDatabase? database = null)
    {
        Telegram = telegram;
        Database = database ?? TestDatabase.At(DatabaseKind.Sqlite, $"Data Source={DatabaseFile}");
        _environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["Telegram__Token"] = telegram.Token,
            ["Telegram__ApiBaseUrl"] = telegram.Url.ToString(),
            ["Bot__CustomizeOnStart"] = "false",
        };
        foreach (var (key, value) in Database.Configuration)
            _environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
    }

    /// <summary>The Telegram it talks to.</summary>
    public PlaygroundServer Telegram { get; }

    /// <summary>The world behind it.</summary>
    public TelegramWorld World => Telegram.World;

    public TestDatabase Database { get; }

    /// <summary>Its database, where it is a file of its own.</summary>
    public string DatabaseFile => Path.Combine(_folder, "marketbot.db");

    /// <summary>The process of the moment.</summary>
    public BotProcess Process { get; private set; } = null!;

    /// <summary>A database with these rows, and no process yet.</summary>
    public static async Task<RealBot> Prepare(
        string rows, CancellationToken ct, PlaygroundOptions? playground = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var bot =
            new RealBot(await PlaygroundServer.Start(playground ?? new PlaygroundOptions { MaxCalls = 200_000, Time = new PatientTime() }, ct), environment);
        await using var output = new StringWriter();
        var code = await new CommandTree(output, output, TextReader.Null)
            .Run(["db", "upgrade", $"--ConnectionStrings:MarketBot=Data Source={bot.DatabaseFile}"], ct);
        Assert.True(code == 0, output.ToString());
        await SqliteFile.Execute(bot.DatabaseFile, rows);
        return bot;
    }

    /// <summary>A bot on somebody else's database, and no process yet.</summary>
    public static async Task<RealBot> On(TestDatabase database, CancellationToken ct) =>
        new(await PlaygroundServer.Start(new PlaygroundOptions { MaxCalls = 200_000, Time = new PatientTime() }, ct), null, database);

    /// <summary>A person who never wrote before.</summary>
    public Actor Person(long id, string firstName = "Anna") => new(() => World, World.AddPerson(id, firstName, "Test", $"user{id}"));

    /// <summary>Runs a command line on the bot's database, in the test's own process.</summary>
    public async Task<(int Code, string Output, string Errors)> Operate(CancellationToken ct, params string[] command)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var configuration = _environment.Select(c => $"--{c.Key.Replace("__", ":", StringComparison.Ordinal)}={c.Value}");
        var code = await new CommandTree(output, errors, TextReader.Null).Run([.. command, .. configuration], ct);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Starts the process; it need not be ready.</summary>
    public void Launch() => Process = BotProcess.Start(_folder, _environment, "run");

    /// <summary>Starts the process and waits until it asks for updates.</summary>
    public async Task Start(CancellationToken ct)
    {
        var before = Polls;
        Launch();
        await World.Until(() => World.IsPolled || Polls > before, Patience.Limit, ct);
    }

    public async Task Kill(CancellationToken ct)
    {
        Process.Kill();
        await Process.Exit(ct);
        await Process.DisposeAsync();
    }

    /// <summary>Waits until every update is confirmed and nothing is left to do or to send.</summary>
    public Task Settles(CancellationToken ct) => TestBot.Until(async () => World.PendingUpdates == 0 && await Value<long>(Open) == 0, Patience.ForMasses, ct);

    /// <summary>One value of the database.</summary>
    public Task<T?> Value<T>(string sql) => Database.Value<T>(sql);

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        await Telegram.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private long Polls => World.Calls.LongCount(c => c.Method == "getUpdates");
}
