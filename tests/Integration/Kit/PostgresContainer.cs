using System.Globalization;
using System.Net.Sockets;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using Testcontainers.PostgreSql;
using Version = System.Version;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>PostgreSQL in a container that Testcontainers starts; its port on 127.0.0.1 is given, so that it stays the same when it is started again.</summary>
internal sealed class PostgresContainer : PostgresServer
{
    private const string Image = "postgres:15";
    private const string Port = "5432/tcp";
    private const string ApiVersion = "DOCKER_API_VERSION";
    private static readonly Version OldestThatIsSpoken = new(1, 44);
    private static readonly Lazy<bool> Engine = new(FindEngine);
    private readonly PostgreSqlContainer _container;

    public PostgresContainer(int port, bool isDurable)
        : base(port) =>
        _container = new PostgreSqlBuilder(Image)
            .WithName($"marketbot-tests-{Guid.NewGuid():N}")
            .WithPassword(Password)
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C.UTF-8 --no-sync")
            .WithCommand([.. Settings(isDurable).SelectMany(setting => new[] { "-c", setting })])
            .WithCreateParameterModifier(container =>
            {
                // Connections are cut, not waited for (postgresql.org, "Shutting Down the Server").
                container.StopSignal = "SIGINT";
                container.HostConfig!.PortBindings = new Dictionary<string, IList<PortBinding>>
                {
                    [Port] = [new PortBinding { HostIP = "127.0.0.1", HostPort = port.ToString(CultureInfo.InvariantCulture) }],
                };
            })
            .Build();

    /// <summary>True when a Docker engine answers.</summary>
    public static bool IsPossible => Engine.Value;

    public override Task Halt() => _container.StopAsync();

    protected override async Task Launch()
    {
        await _container.StartAsync();
        TestContext.Current.SendDiagnosticMessage($"PostgreSQL runs in the container {_container.Name.TrimStart('/')}, made from {Image}.");
    }

    protected override async Task Remove() => await _container.DisposeAsync();

    private static bool FindEngine()
    {
        SpeakAsTheEngineDoes();

        // Nothing is left to a second container that would clean up: its image cannot be had everywhere, and a server ends with its process.
        TestcontainersSettings.ResourceReaperEnabled = false;
        return TestcontainersSettings.OS.DockerEndpointAuthConfig is not null;
    }

    /// <summary>
    /// An engine refuses requests of a version that is newer than its own (docs.docker.com, "Docker Engine API"), and distributions keep old engines.
    /// </summary>
    private static void SpeakAsTheEngineDoes()
    {
        const string Address = "/var/run/docker.sock";
        if ((Environment.GetEnvironmentVariable("DOCKER_HOST") ?? Environment.GetEnvironmentVariable(ApiVersion)) is not null || !File.Exists(Address))
            return;

        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, ct) => Connect(Address, ct) }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, "http://engine/_ping"));
            var given = answer.Headers.TryGetValues("Api-Version", out var versions) ? versions.First() : null;
            if (Version.TryParse(given, out var version) && version < OldestThatIsSpoken)
                Environment.SetEnvironmentVariable(ApiVersion, version.ToString());
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            // Nobody answers.
        }
    }

    private static async ValueTask<Stream> Connect(string socket, CancellationToken ct)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
        return new NetworkStream(connection, ownsSocket: true);
    }
}
