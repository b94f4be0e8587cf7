using System.Globalization;
using System.Runtime.CompilerServices;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.CommandLine;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>Several real <c>marketbot</c> processes on one PostgreSQL database, behind one Telegram.</summary>
public sealed class Cluster : IAsyncDisposable
{
    /// <summary>The secret that Telegram sends to the webhook.</summary>
    public const string Secret = "only-Telegram-knows-this_1";
    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-cluster-").FullName;
    private readonly BotProcess?[] _processes;
    private readonly int[] _ports;

    private Cluster(PlaygroundServer telegram, TestDatabase database, int count)
    {
        (Telegram, Database) = (telegram, database);
        _processes = new BotProcess?[count];
        _ports = [.. Enumerable.Range(0, count).Select(_ => Ports.Free())];
    }

    /// <summary>The Telegram they talk to.</summary>
    public PlaygroundServer Telegram { get; }

    /// <summary>The world behind it.</summary>
    public TelegramWorld World => Telegram.World;

    public TestDatabase Database { get; }

    /// <summary>The wanted number of processes.</summary>
    public int Count => _processes.Length;

    /// <summary>The distributor of webhook calls; null where the processes poll or nginx distributes.</summary>
    public Balancer? Balancer { get; private set; }

    /// <summary>The nginx that distributes them; null where it does not.</summary>
    public Nginx? Nginx { get; private set; }

    /// <summary>Where Telegram sends updates to; null where it is asked for them.</summary>
    public Uri? Webhook => (Nginx?.Url ?? Balancer?.Url) is { } front ? new Uri(front, "/telegram/webhook") : null;

    /// <summary>The process of that place.</summary>
    public BotProcess this[int place] => _processes[place]!;

    /// <summary>A database with these rows, and no process yet.</summary>
    public static async Task<Cluster> Prepare(
        int count, string rows, CancellationToken ct, bool isWebhook = false, PostgresServer? server = null, bool isBehindNginx = false)
    {
        var database = await TestDatabase.Create(server ?? await SharedPostgres.Get(ct), ct);
        var telegram = await PlaygroundServer.Start(new PlaygroundOptions { MaxCalls = 400_000, Time = new PatientTime() }, ct);
        var cluster = new Cluster(telegram, database, count);
        if (isBehindNginx)
            cluster.Nginx = await Nginx.Start(cluster._ports, ct);
        else if (isWebhook)
            cluster.Balancer = await Balancer.Start(cluster._ports, ct);
        await using var output = new StringWriter();
        var code = await new CommandTree(output, output, TextReader.Null)
            .Run(["db", "upgrade", .. database.Configuration.Select(c => $"--{c.Key}={c.Value}")], ct);
        Assert.True(code == 0, output.ToString());
        await database.Execute(rows);
        return cluster;
    }

    /// <summary>Starts all, and waits until each has its share of the lanes.</summary>
    public async Task Start(CancellationToken ct)
    {
        for (var place = 0; place < Count; place++)
            await Launch(place);
        await IsShared(Count, ct);
    }

    /// <summary>Starts the process of that place; it need not be ready.</summary>
    public async Task Launch(int place)
    {
        if (_processes[place] is { } old)
            await old.DisposeAsync();
        var environment = Database.Configuration.ToDictionary(c => c.Key.Replace(":", "__", StringComparison.Ordinal), c => c.Value);
        environment["Telegram__Token"] = Telegram.Token;
        environment["Telegram__ApiBaseUrl"] = Telegram.Url.ToString();
        environment["Bot__CustomizeOnStart"] = "false";
        if (Webhook is { } webhook)
        {
            environment["Telegram__Mode"] = "Webhook";
            environment["Telegram__WebhookUrl"] = webhook.ToString();
            environment["Telegram__WebhookSecret"] = Secret;
            environment["Telegram__WebhookListen"] = $"http://127.0.0.1:{_ports[place].ToString(CultureInfo.InvariantCulture)}";
        }

        _processes[place] = BotProcess.Start(_folder, environment, "run");
    }

    public async Task Kill(int place, CancellationToken ct)
    {
        this[place].Kill();
        await this[place].Exit(ct);
    }

    /// <summary>
    /// Waits until so many processes have all lanes among them and none has more than its share, which it would hand on in the middle of what follows.
    /// </summary>
    public Task IsShared(int among, CancellationToken ct) => Until(
        async () => await Database.Value<string>(
            "SELECT count(*) || ' ' || sum(slots) || ' ' || max(slots) FROM (SELECT count(*) AS slots FROM marketbot_leases WHERE name LIKE 'slot:%' AND owner "
            + "IS NOT NULL AND expires_at > extract(epoch FROM now()) * 1000 GROUP BY owner) AS shares")
            == $"{among} 64 {(64 + among - 1) / among}",
        Patience.Limit,
        ct);

    /// <summary>The place of the process that leads; null for none of those that run.</summary>
    public int? Leader() => Enumerable.Range(0, Count).Cast<int?>().LastOrDefault(
        place =>
            _processes[place!.Value] is { HasExited: false } process
                && process.Output.LastIndexOf("leads now", StringComparison.Ordinal) > process.Output.LastIndexOf("leads no longer", StringComparison.Ordinal));

    /// <summary>Waits until every update is confirmed and nothing is left to do or to send.</summary>
    public Task Settles(CancellationToken ct) => Settles(Patience.ForMasses, ct);

    /// <summary>Waits until every update is confirmed and nothing is left to do or to send; no longer than is promised.</summary>
    public Task Settles(TimeSpan within, CancellationToken ct) => Until(
        async () => World.PendingUpdates == 0 && await Database.Value<long>(RealBot.Open) == 0, within, ct);

    /// <summary>Waits; what never comes is told with what the processes said last.</summary>
    private async Task Until(Func<Task<bool>> condition, TimeSpan within, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        try
        {
            await TestBot.Until(condition, within, ct, what);
        }
        catch (TimeoutException late)
        {
            var leases = await Database.Column(
                "SELECT concat_ws(' ', coalesce(owner, 'nobody'), count(*), min(name), max(name), max(expires_at) - extract(epoch FROM now()) * 1000) FROM "
                + "marketbot_leases GROUP BY owner");
            var said = _processes.OfType<BotProcess>()
                .Select(p => $"--- a process that {(p.HasExited ? "has ended" : "runs")}:\n{p.Errors}\n{string.Join('\n', p.Output.Split('\n').TakeLast(20))}");
            throw new TimeoutException(string.Join('\n', [late.Message, .. leases, .. said]), late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.OfType<BotProcess>())
            await process.DisposeAsync();
        if (Balancer is not null)
            await Balancer.DisposeAsync();
        if (Nginx is not null)
            await Nginx.DisposeAsync();
        await Telegram.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
