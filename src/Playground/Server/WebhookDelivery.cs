using System.Net;

namespace MarketBot.Playground;

/// <summary>Posts updates to the bot's webhook, one after the other, and repeats what failed. Only addresses on this machine are called.</summary>
internal sealed class WebhookDelivery : IAsyncDisposable
{
    private readonly TelegramWorld _world;
    private readonly BotApi _api;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource _stopping = new();
    private Task _delivery = Task.CompletedTask;

    public WebhookDelivery(TelegramWorld world, BotApi api)
    {
        (_world, _api) = (world, api);
        api.Updates.WebhookChanged = () =>
        {
            if (world.Webhook.Url.Length > 0 && _delivery.IsCompleted)
                _delivery = Task.Run(Deliver);
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _delivery;
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task Deliver()
    {
        try
        {
            var failures = 0;
            while (_world.Webhook is { Url.Length: > 0 } webhook)
            {
                var change = _world.NextChange();
                if (Head() is not { } update)
                {
                    await change.WaitAsync(_stopping.Token);
                    continue;
                }

                if (await Post(webhook, update))
                {
                    lock (_world.Gate)
                        _world.Updates.Remove(update);
                    failures = 0;
                    continue;
                }

                // The first repetition at once, then 2, 4, 8 ... seconds.
                if (failures++ > 0)
                    await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, failures - 1))), _world.Options.Time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private PendingUpdate? Head()
    {
        lock (_world.Gate)
        {
            _world.Updates.DropExpired();
            return _world.Updates.Pending.Count > 0 ? _world.Updates.Pending[0] : null;
        }
    }

    private async Task<bool> Post(WebhookSettings webhook, PendingUpdate update)
    {
        var address = new Uri(webhook.Url.Contains("://", StringComparison.Ordinal) ? webhook.Url : "https://" + webhook.Url);
        if (!address.IsLoopback)
            return Failed(webhook, "The playground delivers to this machine only");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(update.Json) };
            request.Content.Headers.ContentType = new("application/json");
            if (webhook.SecretToken.Length > 0)
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", webhook.SecretToken);
            using var response = await _http.SendAsync(request, _stopping.Token);
            if (!response.IsSuccessStatusCode)
                return Failed(webhook, $"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}");
            if (response.StatusCode == HttpStatusCode.OK)
                RunMethodInAnswer(await response.Content.ReadAsByteArrayAsync(_stopping.Token));
            return true;
        }
        catch (HttpRequestException error)
        {
            return Failed(webhook, error.HttpRequestError == HttpRequestError.ConnectionError ? "Connection refused" : "Connection closed");
        }
        catch (TaskCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return Failed(webhook, "Read timeout expired");
        }
    }

    private void RunMethodInAnswer(byte[] body)
    {
        if (body.Length == 0 || Parameters.FromJson(body) is not { } parameters || !parameters.Has("method"))
            return;
        _api.RunFromWebhook(parameters["method"], parameters);
    }

    private bool Failed(WebhookSettings webhook, string error)
    {
        lock (_world.Gate)
        {
            if (_world.Webhook.Url == webhook.Url)
                _world.Webhook = _world.Webhook with { LastErrorDate = _world.Now, LastErrorMessage = error };
            _world.Notify();
        }

        return false;
    }
}
