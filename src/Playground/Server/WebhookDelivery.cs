namespace MarketBot.Playground;

/// <summary>Delivers to the webhook that is set, if one is. Only addresses on this machine are called.</summary>
internal sealed class WebhookDelivery : IAsyncDisposable
{
    private readonly TelegramWorld _world;
    private readonly BotApi _api;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly List<WebhookSession> _sessions = [];
    private WebhookSession? _session;

    public WebhookDelivery(TelegramWorld world, BotApi api)
    {
        (_world, _api) = (world, api);
        api.Updates.WebhookChanged = Restart;
        world.Updates.Arrived += update => _session?.Enqueue(update);
    }

    public async ValueTask DisposeAsync()
    {
        WebhookSession[] sessions;
        lock (_world.Gate)
        {
            _session = null;
            sessions = [.. _sessions];
        }

        foreach (var session in sessions)
            await session.DisposeAsync();
        _http.Dispose();
    }

    // Under the gate. What waits for the bot goes to the new webhook; an update under way may arrive at both.
    private void Restart()
    {
        _session?.Stop();
        _session = null;
        if (_world.Webhook.Url.Length == 0)
            return;
        _session = new WebhookSession(_world, _world.Webhook, _http, _api.RunFromWebhook) { Gone = Remove };
        _sessions.Add(_session);
        foreach (var update in _world.Updates.Pending)
            _session.Enqueue(update);
    }

    private void Remove()
    {
        _world.Webhook = WebhookSettings.None;
        Restart();
    }
}
