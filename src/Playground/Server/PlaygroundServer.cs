using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MarketBot.Playground;

/// <summary>A local Telegram on 127.0.0.1: a strict Bot API server with simulated people, and the chat page.</summary>
public sealed class PlaygroundServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebhookDelivery _webhook;

    private PlaygroundServer(WebApplication app, TelegramWorld world, WebhookDelivery webhook, Uri url)
    {
        (_app, World, _webhook, Url) = (app, world, webhook, url);
    }

    /// <summary>The address, such as <c>http://127.0.0.1:5080/</c>: the base of the Bot API and, if served, the chat page.</summary>
    public Uri Url { get; }

    /// <summary>The people, chats and records behind the server.</summary>
    public TelegramWorld World { get; }

    /// <summary>The token that is served.</summary>
    public string Token => World.Options.Token;

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PlaygroundServer> Start(PlaygroundOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var world = new TelegramWorld(options);
        var api = new BotApi(world);
        var webhook = new WebhookDelivery(world, api);
        var page = options.Page ? new ChatPage(world, [.. api.Methods]) : null;

        // The empty builder reads no settings file, no environment and no command line, so nothing can add an address or a logger.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 50 << 20;
        });

        var app = builder.Build();
        app.Run(context => Dispatch(context, api, page));
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await app.DisposeAsync();
            await webhook.DisposeAsync();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var server = new PlaygroundServer(app, world, webhook, new Uri(address.TrimEnd('/') + "/"));
        page?.Open(server.Url, server._stopping.Token);
        return server;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _webhook.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static Task Dispatch(HttpContext context, BotApi api, ChatPage? page)
    {
        var path = context.Request.Path;
        if (path.Value is not { } text || !text.StartsWith("/bot", StringComparison.Ordinal))
            return page?.Handle(context) ?? NotFound(context);

        // Bots send no Origin; a page in a browser that does has no business here.
        if (context.Request.Headers.Origin.Count == 0)
            return api.Handle(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // The host that started the playground decides when to stop; Ctrl+C and SIGTERM are its business.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
