namespace MarketBot.Playground;

/// <summary>getUpdates with real long polling, and the webhook's settings.</summary>
internal sealed class UpdateMethods
{
    private const int MaxTimeout = 50;

    private readonly TelegramWorld _world;
    private ParkedPoll? _parked;
    private int _previousOffset;
    private DateTimeOffset _previousStart = DateTimeOffset.MinValue;
    private DateTimeOffset _nextConflict = DateTimeOffset.MinValue;
    private DateTimeOffset _nextSetWebhook = DateTimeOffset.MinValue;

    public UpdateMethods(TelegramWorld world)
    {
        _world = world;
        world.Updates.Arrived += _ => WakeUp();
    }

    /// <summary>Called after setWebhook and deleteWebhook changed anything.</summary>
    public Action WebhookChanged { get; set; } = () => { };

    public Task<byte[]> GetUpdates(Parameters parameters, CancellationToken gone)
    {
        lock (_world.Gate)
        {
            if (_world.Webhook.Url.Length > 0)
                return Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");

            var offset = parameters.Int("offset", 0);
            var limit = parameters.Int("limit", 100, 1, 100);
            var timeout = parameters.Int("timeout", 0, 0, MaxTimeout);
            Allow(parameters);
            if (_world.Options.StrictLimits)
                Throttle(offset, ref limit, ref timeout);

            var batch = _world.Updates.Take(offset, limit);
            if (batch.Count > 0 || timeout == 0)
                return Task.FromResult(Json(batch));

            Abort("terminated by other getUpdates request; make sure that only one bot instance is running");
            var poll = new ParkedPoll(limit);
            poll.Deadline = _world.Options.Time.CreateTimer(_ => Finish(poll), null, TimeSpan.FromSeconds(timeout), Timeout.InfiniteTimeSpan);
            poll.Gone = gone.UnsafeRegister(_ => Finish(poll), null);
            if (!gone.IsCancellationRequested)
                Park(poll);
            return poll.Answer.Task;
        }
    }

    public byte[] SetWebhook(Parameters parameters) => Change(parameters, parameters["url"]);

    public byte[] DeleteWebhook(Parameters parameters) => Change(parameters, "");

    public byte[] GetWebhookInfo(Parameters parameters) => TelegramJson.Bytes(_world, static (w, world) =>
    {
        var webhook = world.Webhook;
        w.WriteStartObject();
        w.WriteString("url", webhook.Url);
        w.WriteBoolean("has_custom_certificate", false);
        w.WriteNumber("pending_update_count", world.Updates.Count);
        if (webhook.LastErrorDate is { } date)
        {
            w.WriteNumber("last_error_date", date.ToUnixTimeSeconds());
            w.WriteString("last_error_message", webhook.LastErrorMessage);
        }

        if (webhook.Url.Length > 0)
        {
            w.WriteNumber("max_connections", webhook.MaxConnections);
            if (webhook.IpAddress.Length > 0)
                w.WriteString("ip_address", webhook.IpAddress);
        }

        if (world.Updates.Allowed.Any())
        {
            w.WriteStartArray("allowed_updates");
            foreach (var kind in world.Updates.Allowed)
                w.WriteStringValue(kind);
            w.WriteEndArray();
        }

        w.WriteEndObject();
    });

    private byte[] Change(Parameters parameters, string url)
    {
        if (url.Length > 0 && _world.Options.StrictLimits)
        {
            if (_world.Now < _nextSetWebhook)
                throw ApiFailure.TooManyRequests(1);
            _nextSetWebhook = _world.Now.AddSeconds(1);
        }

        var secret = parameters["secret_token"];
        if (url.Length > 0)
            CheckWebhook(url, secret);
        Allow(parameters);
        if (parameters.Bool("drop_pending_updates"))
            _world.Updates.Clear();

        var webhook = url.Length == 0 ? WebhookSettings.None : new WebhookSettings(url)
        {
            SecretToken = secret,
            MaxConnections = parameters.Int("max_connections", 40, 1, 100),
            IpAddress = parameters["ip_address"],
        };
        if (webhook == _world.Webhook with { LastErrorDate = null, LastErrorMessage = "" })
            return TelegramJson.True;
        if (url.Length > 0)
            Abort("terminated by setWebhook request");
        _world.Webhook = webhook;
        _world.Notify();
        WebhookChanged();
        return TelegramJson.True;
    }

    // Telegram's rules, but for this machine: a webhook on loopback may be plain HTTP on any port, as with a local Bot API server.
    private static void CheckWebhook(string url, string secret)
    {
        if (!Uri.TryCreate(url.Contains("://", StringComparison.Ordinal) ? url : "https://" + url, UriKind.Absolute, out var address))
            throw ApiFailure.BadRequest("invalid webhook URL specified");
        if (secret.Length > 256)
            throw ApiFailure.BadRequest("secret token is too long");
        if (!secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw ApiFailure.BadRequest("secret token contains unallowed characters");
        if (address.IsLoopback)
            return;
        if (address.Scheme != Uri.UriSchemeHttps)
            throw ApiFailure.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
        if (address.Port is not (443 or 80 or 88 or 8443))
            throw ApiFailure.BadRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    }

    // Left out, the previous setting stays; what is not a list of strings is ignored.
    private void Allow(Parameters parameters)
    {
        try
        {
            if (parameters.Json("allowed_updates", "allowed updates") is { ValueKind: JsonValueKind.Array } kinds
                && kinds.EnumerateArray().All(k => k.ValueKind == JsonValueKind.String))
                _world.Updates.Allow([.. kinds.EnumerateArray().Select(k => k.GetString()!.ToLowerInvariant())]);
        }
        catch (ApiFailure)
        {
            // Not JSON: ignored like Telegram does.
        }
    }

    private void Throttle(int offset, ref int limit, ref int timeout)
    {
        var now = _world.Now;
        if (offset == _previousOffset && timeout < 3 && now < _previousStart.AddSeconds(3))
            timeout = 3;
        if (offset == _previousOffset && now < _previousStart.AddSeconds(0.5))
            limit = 1;
        (_previousOffset, _previousStart) = (offset, now);
    }

    private void Park(ParkedPoll? poll)
    {
        _parked = poll;
        _world.IsPolled = poll is not null;
        _world.Notify();
    }

    private void WakeUp()
    {
        if (_parked is not { } poll)
            return;
        Park(null);
        poll.Complete(Json(_world.Updates.Take(0, poll.Limit)));
    }

    private void Finish(ParkedPoll poll)
    {
        lock (_world.Gate)
        {
            if (_parked == poll)
                Park(null);
            poll.Complete(Json([]));
        }
    }

    private void Abort(string why)
    {
        if (_parked is not { } poll)
            return;
        Park(null);
        poll.Fail(ApiFailure.Conflict(why));
    }

    // Repeated conflicts are answered late, so that a careless bot does not spin.
    private async Task<byte[]> Conflict(string why)
    {
        TimeSpan wait;
        lock (_world.Gate)
        {
            var now = _world.Now;
            wait = _world.Options.StrictLimits && now < _nextConflict ? _nextConflict - now : TimeSpan.Zero;
            if (wait == TimeSpan.Zero)
                _nextConflict = now.AddSeconds(3);
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _world.Options.Time);
        throw ApiFailure.Conflict(why);
    }

    private static byte[] Json(List<PendingUpdate> batch)
    {
        if (batch.Count == 0)
            return "[]"u8.ToArray();
        var json = new byte[batch.Sum(u => u.Json.Length) + batch.Count + 1];
        json[0] = (byte)'[';
        var at = 1;
        foreach (var update in batch)
        {
            update.Json.CopyTo(json, at);
            at += update.Json.Length;
            json[at++] = (byte)',';
        }

        json[^1] = (byte)']';
        return json;
    }

    private sealed class ParkedPoll(int limit)
    {
        public int Limit => limit;

        public TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ITimer? Deadline { get; set; }

        public CancellationTokenRegistration Gone { get; set; }

        public void Complete(byte[] json)
        {
            Release();
            Answer.TrySetResult(json);
        }

        public void Fail(ApiFailure failure)
        {
            Release();
            Answer.TrySetException(failure);
        }

        private void Release()
        {
            Deadline?.Dispose();
            Gone.Unregister();
        }
    }
}
