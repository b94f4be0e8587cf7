using System.Net.Sockets;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Telegram;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Runs the bot until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>Runs the bot: with a token against Telegram, without one against the Playground.</summary>
    public static async Task<int> Run(Settings settings, TextWriter writer, CancellationToken ct)
    {
        using var signals = new StopSignals(ct);
        try
        {
            await (settings.IsPlayground ? RunDemo(settings, writer, signals) : RunBot(settings, signals));
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // The signal came before the host had begun.
        }

        return 0;
    }

    private static async Task RunDemo(Settings settings, TextWriter writer, StopSignals signals)
    {
        var ct = signals.Token;

        if (settings.HasDatabase)
            throw new OperatorException(
                "Telegram:Token is empty, but ConnectionStrings:MarketBot is set: set the token, too. (The Playground, where the bot runs without a token, has "
                + "a database of its own and leaves yours alone.)");

        DemoRun? demo = null;
        var options = new PlaygroundOptions
        {
            Port = settings.PlaygroundPort,
            Page = true,
            People = DemoMarketplace.People,
            Reseed = stop => demo?.Reseed(stop) ?? Task.CompletedTask,
        };
        await using var playground = await StartPlayground(options, ct);
        await writer.WriteLineAsync($"No Telegram:Token is configured, so the bot runs in the Playground with demo shops: open {playground.Url}");
        demo = new DemoRun(settings with
        {
            Database = settings.PlaygroundDatabase,
            Telegram =
                new TelegramOptions { Token = playground.Token, ApiBaseUrl = playground.Url.ToString(), MaxConcurrency = settings.Telegram.MaxConcurrency },
        });
        signals.Running();
        await demo.Run(ct);
    }

    /// <summary>The Playground alone, for any bot.</summary>
    public static async Task<int> Playground(Settings settings, int port, bool strictLimits, TextWriter writer, CancellationToken ct)
    {
        if (!settings.IsPlayground)
            throw new OperatorException("The Playground does not start where a real Telegram:Token is configured.");

        // The hints belong to the demo marketplace, which another bot does not have.
        var people = DemoMarketplace.People.Select(p => p with { Hint = "" }).ToList();
        await using var playground =
            await StartPlayground(new PlaygroundOptions { Port = port, Page = true, People = people, StrictLimits = strictLimits }, ct);
        await writer.WriteLineAsync($"Bot API server and chat page: {playground.Url}");
        await writer.WriteLineAsync($"Token for the bot under test: {playground.Token}");
        var stopped = new TaskCompletionSource();
        await using var stop = ct.Register(() => stopped.TrySetResult());
        await stopped.Task;
        return 0;
    }

    private static async Task RunBot(Settings settings, StopSignals signals)
    {
        using var host = Composition.BuildHost(settings);
        await Composition.UpgradeDatabase(host.Services, signals.Token);
        signals.Running();
        try
        {
            await host.RunAsync(signals.Token);
        }
        catch (IOException taken)
            when (settings.Telegram.Mode == UpdateMode.Webhook && taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new OperatorException($"Telegram:WebhookListen: {ListenAddress.Parse(settings.Telegram.WebhookListen)} is in use already.", taken);
        }
        catch (Exception refused) when (settings.Telegram.Mode == UpdateMode.Webhook && SocketErrorIn(refused) is { } error)
        {
            var why = error switch
            {
                SocketError.AddressNotAvailable => "is not an address of this machine",
                SocketError.AccessDenied => "may not be listened on by this user; ports below 1024 are for root",
                _ => $"cannot be listened on ({error})",
            };
            throw new OperatorException($"Telegram:WebhookListen: {ListenAddress.Parse(settings.Telegram.WebhookListen)} {why}.", refused);
        }
    }

    /// <summary>Kestrel passes on what the socket says, as it is or inside of its own exception.</summary>
    private static SocketError? SocketErrorIn(Exception? failure) => failure switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => SocketErrorIn(failure.InnerException),
    };

    private static async Task<PlaygroundServer> StartPlayground(PlaygroundOptions options, CancellationToken ct)
    {
        try
        {
            return await PlaygroundServer.Start(options, ct);
        }
        catch (IOException taken)
        {
            throw new OperatorException(
                $"The Playground cannot listen on 127.0.0.1:{options.Port}: is the port in use? Choose another with --Playground:Port.", taken);
        }
    }
}
