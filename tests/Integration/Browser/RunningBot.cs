using System.Text.RegularExpressions;
using MarketBot.Infrastructure;
using MarketBot.Presentation.Bot.CommandLine;
using Microsoft.Extensions.Configuration;

namespace MarketBot.Tests.Integration.Browser;

/// <summary>The process <c>marketbot</c> without a token, on a free port and with a database of its own.</summary>
internal sealed partial class RunningBot : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder;
    private readonly Task<int> _run;

    private RunningBot(Uri url, string folder, Task<int> run, CancellationTokenSource stop) => (Url, _folder, _run, _stop) = (url, folder, run, stop);

    public Uri Url { get; }

    public static async Task<RunningBot> Start()
    {
        var folder = Directory.CreateTempSubdirectory("marketbot-browser-").FullName;
        var settings = Settings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Playground:Port"] = "0",
            ["Logging:LogLevel:Default"] = "Warning",
        }).Build()) with
        {
            PlaygroundDatabase = new DatabaseOptions(DatabaseKind.Sqlite, $"Data Source={Path.Combine(folder, "bot.db")}"),
        };
        var stop = new CancellationTokenSource();
        var output = new FirstLine();
        var run = Task.Run(() => RunCommand.Run(settings, output, stop.Token));
        var first = await Task.WhenAny(run, output.Line).WaitAsync(TestContext.Current.CancellationToken);
        if (first == run)
            await run;
        return new RunningBot(new Uri(Address().Match(await output.Line).Value), folder, run, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _run;
        }
        catch (OperationCanceledException)
        {
            // It was still starting; why the test did not wait for it is its own failure.
        }

        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override Task WriteLineAsync(string? value)
        {
            _line.TrySetResult(value ?? "");
            return Task.CompletedTask;
        }
    }
}
