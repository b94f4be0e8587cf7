using MarketBot.Playground;
using MarketBot.Presentation.Bot.Core;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Runs the bot until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>With a token against Telegram, without one against the Playground.</summary>
    public static async Task<int> Run(Settings settings, TextWriter writer, CancellationToken ct)
    {
        if (!settings.IsPlayground)
        {
            await RunBot(settings, seed: false, ct);
            return 0;
        }

        await using var playground = await StartPlayground(new PlaygroundOptions { Port = settings.PlaygroundPort, Page = true, People = DemoMarketplace.People }, ct);
        await writer.WriteLineAsync($"No Telegram:Token is configured, so the bot runs in the Playground with demo shops: open {playground.Url}");
        var local = settings with
        {
            Telegram = new TelegramOptions { Token = playground.Token, ApiBaseUrl = playground.Url.ToString(), MaxConcurrency = settings.Telegram.MaxConcurrency },
        };
        await RunBot(local, seed: true, ct);
        return 0;
    }

    /// <summary>The Playground alone, for any bot.</summary>
    public static async Task<int> Playground(Settings settings, int port, bool strictLimits, TextWriter writer, CancellationToken ct)
    {
        if (!settings.IsPlayground)
            throw new OperatorException("The Playground does not start where a real Telegram:Token is configured.");

        await using var playground = await StartPlayground(new PlaygroundOptions { Port = port, Page = true, People = DemoMarketplace.People, StrictLimits = strictLimits }, ct);
        await writer.WriteLineAsync($"Bot API server and chat page: {playground.Url}");
        await writer.WriteLineAsync($"Token for the bot under test: {playground.Token}");
        var stopped = new TaskCompletionSource();
        await using var stop = ct.Register(() => stopped.TrySetResult());
        await stopped.Task;
        return 0;
    }

    private static async Task RunBot(Settings settings, bool seed, CancellationToken ct)
    {
        using var host = Composition.BuildHost(settings);
        await Composition.UpgradeDatabase(host.Services, ct);
        if (seed)
            await DemoMarketplace.Seed(host.Services, ct);
        await host.RunAsync(ct);
    }

    private static async Task<PlaygroundServer> StartPlayground(PlaygroundOptions options, CancellationToken ct)
    {
        try
        {
            return await PlaygroundServer.Start(options, ct);
        }
        catch (IOException taken)
        {
            throw new OperatorException($"The Playground cannot listen on 127.0.0.1:{options.Port}: is the port in use? Choose another with --Playground:Port.", taken);
        }
    }
}
