using MarketBot.Infrastructure.Delivery;
using Polly;
using Polly.Retry;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Asks Telegram for updates (Bot API: <c>getUpdates</c>). A batch is confirmed by the next call only once it is stored. Whatever goes wrong, it waits a little
/// and asks again; a poll that gets no answer is given up and asked anew.
/// </summary>
internal sealed partial class PollingSource(
    ITelegramBotClient bot, UpdateIntake intake, ILeadership leadership, TokenHealth token, Metrics metrics, TimeProvider time,
    ILogger<PollingSource> log) : BackgroundService
{
    /// <summary>The kinds of updates the bot handles.</summary>
    public static readonly UpdateType[] Kinds = [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember];

    /// <summary>Seconds that Telegram may hold an empty answer back; its own limit is 50.</summary>
    private const int PollTimeout = 30;

    private const int BatchSize = 100;
    private static readonly TimeSpan Deaf = TimeSpan.FromSeconds(PollTimeout + 10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConflictPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenLogLines = TimeSpan.FromSeconds(30);

    private long? _offset;
    private bool _isFailing;
    private long? _lastComplaint;

    /// <summary>Asks for as long as the process runs; where there are several, only while this one leads.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var untilAnswered = UntilAnswered();
        metrics.Polled();
        try
        {
            while (true)
                await untilAnswered.ExecuteAsync(async stop => await Ask(stop), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }

        if (_offset is { } last && leadership.IsLeader)
            await Confirm(last);
    }

    private ResiliencePipeline UntilAnswered() => Retries.Named("polling", time, new RetryStrategyOptions
    {
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is not null && !args.Context.CancellationToken.IsCancellationRequested),
        MaxRetryAttempts = Retries.Forever,
        Delay = FirstPause,
        MaxDelay = LongestPause,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception switch
        {
            ApiRequestException { Parameters.RetryAfter: { } seconds } => TimeSpan.FromSeconds(seconds),
            ApiRequestException { ErrorCode: 401 or 404 } => Minute,
            ApiRequestException { ErrorCode: 409 } => ConflictPause,
            _ => (TimeSpan?)null,
        }),
        OnRetry = args =>
        {
            token.Blames(args.Outcome.Exception!);
            _isFailing = true;
            Complain(args.Outcome.Exception!, args.RetryDelay);
            return ValueTask.CompletedTask;
        },
    });

    private async Task Ask(CancellationToken stop)
    {
        await leadership.Leads(stop);
        JsonElement[] updates;
        try
        {
            updates = await Poll(_offset, stop);
        }
        catch (ApiRequestException conflict) when (conflict.ErrorCode == 409 && conflict.Message.Contains("webhook", StringComparison.OrdinalIgnoreCase))
        {
            // A webhook of an earlier configuration keeps updates from being polled; those that wait stay.
            WebhookWasSet();
            await bot.DeleteWebhook(dropPendingUpdates: false, stop);
            return;
        }

        metrics.Polled();
        token.Works();
        if (updates.Length > 0)
        {
            await intake.Take(updates, CancellationToken.None);
            _offset = updates[^1].GetProperty("update_id").GetInt64() + 1;
        }

        if (_isFailing)
            Resumed();
        _isFailing = false;
    }

    private async Task<JsonElement[]> Poll(long? offset, CancellationToken stoppingToken)
    {
        using var deaf = new CancellationTokenSource(Deaf, time);
        var leading = leadership.Leading;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deaf.Token, stoppingToken, leading);
        try
        {
            return await bot.SendRequest(new GetRawUpdates { Offset = offset, Limit = BatchSize, Timeout = PollTimeout, AllowedUpdates = Kinds }, either.Token);
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested)
        {
            return [];
        }
        catch (OperationCanceledException) when (deaf.IsCancellationRequested)
        {
            throw new RequestException($"Telegram did not answer getUpdates within {Deaf.TotalSeconds} s.");
        }
    }

    /// <summary>Confirms the stored updates before the process ends. Without that Telegram would send them again, and they would be recognised.</summary>
    private async Task Confirm(long offset)
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await bot.SendRequest(new GetRawUpdates { Offset = offset, Limit = 1, Timeout = 0, AllowedUpdates = Kinds }, soon.Token);
        }
        catch (Exception failed) when (failed is RequestException or OperationCanceledException)
        {
            Complain(failed, TimeSpan.Zero);
        }
    }

    /// <summary>One line for half a minute, however often it fails.</summary>
    private void Complain(Exception failed, TimeSpan wait)
    {
        if (_lastComplaint is { } last && time.GetElapsedTime(last) < BetweenLogLines)
            return;

        _lastComplaint = time.GetTimestamp();
        CannotPoll(failed.Message, wait.TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram gave no updates ({Reason}); asking again in {Seconds:F1} s, and so on")]
    private partial void CannotPoll(string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "A webhook is set at Telegram although this bot polls; it is removed")]
    private partial void WebhookWasSet();

    [LoggerMessage(Level = LogLevel.Information, Message = "Telegram gives updates again")]
    private partial void Resumed();
}
