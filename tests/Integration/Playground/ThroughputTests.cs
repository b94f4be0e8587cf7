using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

/// <summary>The server's CPU time per call, which other load on the machine does not change; docs/performance.md has the figures.</summary>
public class ThroughputTests(ITestOutputHelper output)
{
    private const int Connections = 32;
    private const int People = 2_000;
    private const long MostMemory = 768L << 20;

    /// <summary>Ten thousand a second; what the compiler did not optimise may take longer.</summary>
    private static double MostMicroseconds => IsOptimized ? 100 : 300;

    private static bool IsOptimized =>
        Environment.GetEnvironmentVariable("PLAYGROUND_PROGRAM") is { Length: > 0 }
        || typeof(PlaygroundServer).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static int Calls => int.TryParse(Environment.GetEnvironmentVariable("PLAYGROUND_CALLS"), out var calls) ? calls : 20_000;

    [Fact]
    public async Task A_core_carries_ten_thousand_calls_a_second_and_memory_stays()
    {
        await using var server = await StandAlone.Start();
        using var control = new PlaygroundClient(server.Url);
        for (var id = 1; id <= Connections; id++)
        {
            await control.AddPerson(id, "Load");
            await control.Send(id, "/start");
        }

        await server.Load(Connections, 10_000);
        var (cpuBefore, memoryBefore) = server.Usage();
        var started = Stopwatch.GetTimestamp();
        await server.Load(Connections, Calls);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (cpuAfter, memoryAfter) = server.Usage();
        var microseconds = (cpuAfter - cpuBefore).TotalMicroseconds / Calls;

        output.WriteLine(
            $"{Calls} calls of sendMessage: {Calls / elapsed.TotalSeconds:F0} per second here, {microseconds:F1} µs of CPU each, so {1e6 / microseconds:F0} "
            + $"per second and core");
        output.WriteLine($"resident memory {memoryBefore >> 20} MB before, {memoryAfter >> 20} MB after");
        Assert.True(microseconds <= MostMicroseconds, $"{microseconds:F1} µs of CPU per call.");
        Assert.True(memoryAfter < MostMemory, $"{memoryAfter >> 20} MB resident.");
    }

    [Fact]
    public async Task The_idlest_people_their_messages_and_their_updates_fall_off()
    {
        await using var bot = await RawBot.Start(new PlaygroundOptions { MaxPeople = 100, MaxMessages = 300, People = [new DemoPerson(1, "Demo")] });
        for (var id = 2; id <= People; id++)
        {
            var person = bot.World.AddPerson(id, "Passer-by");
            person.Send("/start");
            await bot.Send(person, "hello");
            if (id % 50 == 0)
                await bot.Call("getUpdates", new { offset = bot.World.NextUpdateId });
        }

        Assert.InRange(bot.World.People.Count, 50, 101);
        Assert.NotNull(bot.World.FindPerson(1));
        Assert.NotNull(bot.World.FindPerson(People));
        Assert.InRange(bot.World.People.Sum(p => p.Chat.Messages.Count), 1, 300);
    }

    /// <summary><c>marketbot playground</c> as a process of its own.</summary>
    private sealed class StandAlone : IAsyncDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        private readonly Process _process;
        private readonly string _api;

        private StandAlone(Process process, Uri url, string token) => (_process, Url, _api) = (process, url, $"{url}bot{token}/");

        public Uri Url { get; }

        public static async Task<StandAlone> Start()
        {
            var port = Ports.Free();
            var program = Environment.GetEnvironmentVariable("PLAYGROUND_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "marketbot.dll");
            string[] command = ["dotnet", program, "playground", "--port", $"{port}"];
            if (Environment.GetEnvironmentVariable("PLAYGROUND_CORE") is { Length: > 0 } core)
                command = ["taskset", "-c", core, .. command];
            var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
            var url = new Uri((await process.StandardOutput.ReadLineAsync(RawBot.Ct))!.Split(' ')[^1]);
            var token = (await process.StandardOutput.ReadLineAsync(RawBot.Ct))!.Split(' ')[^1];
            return new StandAlone(process, url, token);
        }

        public (TimeSpan Cpu, long Memory) Usage()
        {
            _process.Refresh();
            return (_process.TotalProcessorTime, _process.WorkingSet64);
        }

        public Task Load(int chats, int calls) => Task.WhenAll(Enumerable.Range(1, chats).Select(chat => Task.Run(async () =>
        {
            for (var i = 0; i < calls / chats; i++)
            {
                using var response = await _http.PostAsJsonAsync(
                    _api + "sendMessage", new { chat_id = chat, text = $"<b>Hello</b> number {i}", parse_mode = "HTML", reply_markup = Keyboard }, RawBot.Ct);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        })));

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        private static readonly JsonElement Keyboard =
            JsonSerializer.Deserialize<JsonElement>(
                """{"inline_keyboard":[[{"text":"Yes","callback_data":"yes:17"},{"text":"No","callback_data":"no:17"}]"""
                + """,[{"text":"Back","callback_data":"menu"}]]}""");
    }
}
