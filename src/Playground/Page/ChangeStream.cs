using Microsoft.AspNetCore.Http;

namespace MarketBot.Playground;

/// <summary>Server-sent events: one line for every burst of changes; the page then reads what it shows.</summary>
internal sealed class ChangeStream(TelegramWorld world)
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(30);

    public CancellationToken Stopping { get; set; }

    public async Task Write(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, Stopping);
        long? since = null;
        try
        {
            while (true)
            {
                var change = world.NextChange();
                var (version, line) = Line(since);
                if (version != since)
                {
                    await context.Response.WriteAsync($"data: {line}\n\n", end.Token);
                    await context.Response.Body.FlushAsync(end.Token);
                    if (since is not null)
                        await Task.Delay(Burst, end.Token);
                }

                since = version;
                await change.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the server stops.
        }
    }

    private (long Version, string Line) Line(long? since)
    {
        lock (world.Gate)
        {
            var chats = since is { } version ? world.ChatsSince(version).Select(c => c.Id).ToList() : [];
            return (world.Version,
                JsonSerializer.Serialize(
                    new { fresh = since is null, epoch = world.Epoch, profile = world.ProfileVersion, chats, journal = world.Journal.Revision },
                    PageModel.Json));
        }
    }
}
