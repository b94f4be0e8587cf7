using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>
/// Asks Telegram for updates (Bot API: <c>getUpdates</c>) and hands them to the lanes. A batch is confirmed only when all
/// of it is handled; whatever goes wrong, it waits a little and asks again.
/// </summary>
internal sealed partial class PollingSource(ITelegramBotClient bot, Lanes lanes, UpdateHandler handler, TimeProvider time, ILogger<PollingSource> log) : BackgroundService
{
    /// <summary>Seconds that Telegram may hold an empty answer back; its own limit is 50.</summary>
    private const int PollTimeout = 30;

    private const int BatchSize = 100;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConflictPause = TimeSpan.FromSeconds(3);
    private static readonly UpdateType[] Kinds = [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int? offset = null;
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var updates = await bot.GetUpdates(offset, BatchSize, PollTimeout, Kinds, stoppingToken);
                pause = FirstPause;
                if (updates.Length == 0)
                    continue;

                await Task.WhenAll(updates.Select(u => lanes.Enqueue(UpdateHandler.LaneOf(u), () => Handle(u))));
                offset = updates[^1].Id + 1;
                if (stoppingToken.IsCancellationRequested)
                    await Confirm(offset.Value);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                var wait = PauseAfter(failed, ref pause);
                CannotPoll(failed, wait.TotalSeconds);
                await Wait(wait, stoppingToken);
            }
        }
    }

    private async Task Handle(Update update)
    {
        try
        {
            await handler.Handle(update, CancellationToken.None);
        }
        catch (Exception failure)
        {
            NotHandled(failure, update.Id);
        }
    }

    /// <summary>What is handled is confirmed before the process ends, or the next one would get it again.</summary>
    private async Task Confirm(int offset)
    {
        try
        {
            await bot.GetUpdates(offset, limit: 1, timeout: 0, Kinds, CancellationToken.None);
        }
        catch (RequestException failed)
        {
            CannotPoll(failed, 0);
        }
    }

    private static TimeSpan PauseAfter(Exception failed, ref TimeSpan pause)
    {
        switch (failed)
        {
            case ApiRequestException { Parameters.RetryAfter: { } seconds }:
                return TimeSpan.FromSeconds(seconds);
            case ApiRequestException { ErrorCode: 401 or 404 }:
                return Minute;
            case ApiRequestException { ErrorCode: 409 }:
                return ConflictPause;
            default:
                var now = pause * (0.75 + (Random.Shared.NextDouble() / 2));
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                return now;
        }
    }

    private async Task Wait(TimeSpan pause, CancellationToken ct)
    {
        try
        {
            await Task.Delay(pause, time, ct);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram gave no updates; asking again in {Seconds:F1} s")]
    private partial void CannotPoll(Exception failure, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Update {UpdateId} could not be handled")]
    private partial void NotHandled(Exception failure, int updateId);
}
