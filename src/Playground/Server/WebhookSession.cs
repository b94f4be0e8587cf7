using System.Net;

namespace MarketBot.Playground;

/// <summary>
/// Posts updates to one webhook as Telegram's own server does: a queue per kind and chat, whose next update waits until the head is taken; queues side by side
/// up to max_connections; the first repetition at once, then after 2, 4, 8 … seconds up to one or two minutes, or after the Retry-After of the answer.
/// </summary>
internal sealed class WebhookSession(TelegramWorld world, WebhookSettings settings, HttpClient http, Action<string, Parameters> runMethod) : IAsyncDisposable
{
    private static readonly TimeSpan GoneFor = TimeSpan.FromHours(23);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly Dictionary<long, Queue<PendingUpdate>> _queues = [];
    private readonly HashSet<Task> _drains = [];
    private readonly SemaphoreSlim _connections = new(settings.MaxConnections);
    private readonly CancellationTokenSource _stopping = new();
    private DateTimeOffset? _goneSince;

    /// <summary>Called once when the webhook answered 410 for 23 hours; the caller holds the gate.</summary>
    public required Action Gone { get; init; }

    /// <summary>Puts the update at the end of its queue; the caller holds the gate.</summary>
    public void Enqueue(PendingUpdate update)
    {
        if (_queues.TryGetValue(update.Queue, out var queue))
        {
            queue.Enqueue(update);
            return;
        }

        queue = new Queue<PendingUpdate>([update]);
        _queues.Add(update.Queue, queue);
        var drain = new Task<Task>(() => Drain(update.Queue, queue));
        var done = drain.Unwrap();
        _drains.Add(done);
        done.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        drain.Start(TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (world.Gate)
            running = [.. _drains];
        await Task.WhenAll(running);
        _connections.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Posts nothing more; what is under way is given up.</summary>
    public void Stop() => _stopping.CancelAsync();

    private void Forget(Task drain)
    {
        lock (world.Gate)
            _drains.Remove(drain);
    }

    private async Task Drain(long key, Queue<PendingUpdate> queue)
    {
        var failures = 0;
        try
        {
            while (Head(key, queue) is { } update)
            {
                var outcome = await Deliver(update);
                if (outcome.IsTaken)
                {
                    failures = 0;
                    continue;
                }

                var pause = outcome.RetryAfter ?? BackOff(failures);
                failures++;
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, world.Options.Time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The webhook was changed or the server stops.
        }
    }

    private PendingUpdate? Head(long key, Queue<PendingUpdate> queue)
    {
        lock (world.Gate)
        {
            world.Updates.DropExpired();
            while (queue.TryPeek(out var head))
            {
                if (head.State is not (UpdateState.Confirmed or UpdateState.Dropped))
                    return head;
                queue.Dequeue();
            }

            _queues.Remove(key);
            return null;
        }
    }

    private async Task<Outcome> Deliver(PendingUpdate update)
    {
        await _connections.WaitAsync(_stopping.Token);
        try
        {
            lock (world.Gate)
                world.Updates.HandedOut(update);
            return await Post(update);
        }
        finally
        {
            _connections.Release();
        }
    }

    private async Task<Outcome> Post(PendingUpdate update)
    {
        var address = new Uri(settings.Url.Contains("://", StringComparison.Ordinal) ? settings.Url : "https://" + settings.Url);
        if (!address.IsLoopback)
            return Failed("The playground delivers to this machine only");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(update.Json) };
            request.Content.Headers.ContentType = new("application/json");
            if (settings.SecretToken.Length > 0)
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", settings.SecretToken);
            using var response = await http.SendAsync(request, _stopping.Token);
            if (response.IsSuccessStatusCode)
                return Taken(update, response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsByteArrayAsync(_stopping.Token) : []);
            return Failed($"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}", response.StatusCode, RetryAfterOf(response));
        }
        catch (HttpRequestException error)
        {
            return Failed(error.HttpRequestError == HttpRequestError.ConnectionError ? "Connection refused" : "Connection closed");
        }
        catch (TaskCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return Failed("Read timeout expired");
        }
    }

    // The answer may be one call of the Bot API; nobody tells the bot what came of it.
    private Outcome Taken(PendingUpdate update, byte[] body)
    {
        if (body.Length > 0 && Parameters.FromJson(body) is { } parameters && parameters.Has("method"))
            runMethod(parameters["method"], parameters);
        lock (world.Gate)
        {
            _goneSince = null;
            world.Updates.Remove(update);
        }

        return new Outcome(true, null);
    }

    private Outcome Failed(string error, HttpStatusCode? status = null, TimeSpan? retryAfter = null)
    {
        lock (world.Gate)
        {
            var now = world.Now;
            _goneSince = status == HttpStatusCode.Gone ? _goneSince ?? now : null;
            if (world.Webhook.Url == settings.Url)
                world.Webhook = world.Webhook with { LastErrorDate = now, LastErrorMessage = error };
            if (now - _goneSince >= GoneFor)
                Gone();
            world.Notify();
        }

        return new Outcome(false, retryAfter);
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var wanted = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - world.Now,
            _ => (TimeSpan?)null,
        };
        return wanted is not { } time ? null : time < TimeSpan.Zero ? TimeSpan.Zero : time < LongestRetryAfter ? time : LongestRetryAfter;
    }

    private static TimeSpan BackOff(int failures) => failures == 0
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures, 10)), Random.Shared.Next(60, 121)));

    private readonly record struct Outcome(bool IsTaken, TimeSpan? RetryAfter);
}
