using System.Collections.Concurrent;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>The only place that turns replies into Bot API calls.</summary>
internal sealed partial class ReplySender(ITelegramBotClient bot, TokenHealth token, IOptions<BotOptions> options, TimeProvider time, ILogger<ReplySender> log)
    : IReplySender
{
    private const int MostToastCharacters = 200;
    private const int MostRetries = 2;

    /// <summary>The one answer after which the call may have been carried out.</summary>
    private const int GatewayTimeout = 504;

    /// <summary>The longest pause that the sender waits out. A reply that Telegram wants later goes through the outbox, so that no lane waits for it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private const int MostQuietChats = 10_000;

    /// <summary>Chats to which Telegram wants nothing sent for a while: since when and how long, whatever the clock is put to.</summary>
    private readonly ConcurrentDictionary<long, (long Since, TimeSpan Wait)> _quiet = new();

    /// <summary>Calls that may be made twice: an edit, an answer, a deletion.</summary>
    private readonly ResiliencePipeline _repeatable =
        Retry("reply.repeatable", time, e => e is ApiRequestException refused ? refused.ErrorCode is 429 or >= 500 : e is RequestException);

    /// <summary>Calls that must not be made twice, so only what surely was not carried out is repeated.</summary>
    private readonly ResiliencePipeline _once = Retry("reply.once", time, e => e is ApiRequestException { ErrorCode: 429 } || NeverLeft(e));

    private readonly Language _default = LanguageChoice.Parse(options.Value.DefaultLanguage) ?? Language.Ru;

    /// <inheritdoc />
    public Task<SendResult> Send(IReply reply, CancellationToken ct) => Send((Outgoing)reply, ct);

    /// <inheritdoc />
    public IReply Read(byte[] reply) => Outgoing.FromBytes(reply);

    /// <inheritdoc />
    public IReply Write(TelegramId person, Notice notice, NoticeArguments arguments, Session? session) =>
        new Outgoing { ChatId = person.Value, Html = Words.Of(LanguageChoice.For(session, _default)).Say(notice, arguments).Markup };

    /// <summary>Shows the reply. A message with a secret goes first; then the answer to the press and the screen go out side by side.</summary>
    public async Task<SendResult> Send(Outgoing reply, CancellationToken ct)
    {
        var html = reply.Html;
        if (reply.DeleteMessageId is { } secret && (await Try(() => Delete(reply.ChatId, secret, ct), ct)).Outcome != SendOutcome.Sent)
            html = reply.HtmlWithWarning;

        var answer = reply.QueryId is { } query ? Try(() => Answer(query, reply.Toast, reply.IsAlert, ct), ct) : null;
        var screen = html is null ? SendResult.Sent : QuietFor(reply.ChatId) is { } rest
            ? new SendResult(SendOutcome.Later, rest) : await Show(reply, html, ct);
        if (answer is not null)
            await answer;
        if (screen.RetryAfter is { } wait)
            KeepQuiet(reply.ChatId, wait);
        return screen;
    }

    /// <summary>Sends a message that answers nothing.</summary>
    public Task<SendResult> Send(long chatId, Html text, CancellationToken ct) => Send(new Outgoing { ChatId = chatId, Html = text.Markup }, ct);

    /// <summary>Shows "typing" (Bot API: <c>sendChatAction</c>); nobody misses it when it fails.</summary>
    public Task ShowTyping(long chatId, CancellationToken ct) => Try(() => bot.SendChatAction(chatId, ChatAction.Typing, cancellationToken: ct), ct);

    private TimeSpan? QuietFor(long chatId)
    {
        if (!_quiet.TryGetValue(chatId, out var quiet))
            return null;
        if (Rest(quiet) is var rest && rest > TimeSpan.Zero)
            return rest;

        _quiet.TryRemove(chatId, out _);
        return null;
    }

    private TimeSpan Rest((long Since, TimeSpan Wait) quiet) => quiet.Wait - time.GetElapsedTime(quiet.Since);

    private void KeepQuiet(long chatId, TimeSpan wait)
    {
        if (_quiet.Count >= MostQuietChats)
        {
            foreach (var (chat, quiet) in _quiet)
            {
                if (Rest(quiet) <= TimeSpan.Zero)
                    _quiet.TryRemove(chat, out _);
            }
        }

        _quiet[chatId] = (time.GetTimestamp(), wait);
    }

    private async Task Delete(long chatId, int messageId, CancellationToken ct)
    {
        try
        {
            await _repeatable.Execute(() => bot.DeleteMessage(chatId, messageId, ct), ct);
        }
        catch (ApiRequestException gone) when (gone.Message.Contains("message to delete not found", StringComparison.OrdinalIgnoreCase))
        {
            // A retry of a deletion that had been carried out, or the person was faster.
        }
    }

    private async Task Answer(string queryId, string? toast, bool isAlert, CancellationToken ct)
    {
        var text = toast is null ? null : Domain.Common.Text.Cut(toast, MostToastCharacters);
        try
        {
            await _repeatable.Execute(() => bot.AnswerCallbackQuery(queryId, text, isAlert, cancellationToken: ct), ct);
        }
        catch (ApiRequestException late) when (late.Message.Contains("query is too old", StringComparison.OrdinalIgnoreCase))
        {
            // Callbacks live 150 s; the screen tells the person all the same.
        }
    }

    /// <summary>An edit that may have been carried out may be made again; a new message may not.</summary>
    private async Task<SendResult> Show(Outgoing reply, string html, CancellationToken ct)
    {
        if (reply.EditMessageId is { } message && await Try(() => Edit(reply, message, html, ct), ct) is { Outcome: not SendOutcome.Gone } edited)
            return edited.IsUncertain ? edited with { IsUncertain = false } : edited;

        return await Try(() => SendNew(reply.ChatId, html, reply.Keyboard, ct), ct);
    }

    private async Task Edit(Outgoing reply, int message, string html, CancellationToken ct)
    {
        var edit = new EditScreen { ChatId = reply.ChatId, MessageId = message, Html = html, Keyboard = reply.Keyboard };
        try
        {
            await _repeatable.Execute(() => bot.SendRequest(edit, ct), ct);
        }
        catch (ApiRequestException same) when (same.Message.Contains("message is not modified", StringComparison.OrdinalIgnoreCase))
        {
            // A double tap, or a retry of an edit that had been carried out.
        }
    }

    private async Task SendNew(long chatId, string html, IReadOnlyList<IReadOnlyList<OutgoingButton>> keyboard, CancellationToken ct)
    {
        var message = new SendScreen { ChatId = chatId, Html = html, Keyboard = keyboard };
        try
        {
            await _once.Execute(() => bot.SendRequest(message, ct), ct);
        }
        catch (ApiRequestException moved) when (moved.Parameters?.MigrateToChatId is { } supergroup && supergroup != chatId)
        {
            await SendNew(supergroup, html, keyboard, ct);
        }
    }

    private static bool IsGone(ApiRequestException refused) => refused.ErrorCode == 400
        && (refused.Message.Contains("message to edit not found", StringComparison.OrdinalIgnoreCase)
            || refused.Message.Contains("message can't be edited", StringComparison.OrdinalIgnoreCase)
            || refused.Message.Contains("MESSAGE_ID_INVALID", StringComparison.OrdinalIgnoreCase));

    private async Task<SendResult> Try(Func<Task> call, CancellationToken ct)
    {
        try
        {
            await call();
            token.Works();
            return SendResult.Sent;
        }
        catch (ApiRequestException blocked) when (blocked.ErrorCode == 403)
        {
            return new SendResult(SendOutcome.Unreachable);
        }
        catch (ApiRequestException revoked) when (token.Blames(revoked))
        {
            return new SendResult(SendOutcome.Later);
        }
        catch (ApiRequestException busy) when (busy.ErrorCode is 429 or >= 500)
        {
            NotSentYet(busy.ErrorCode, busy.Message);
            return new SendResult(SendOutcome.Later, Retries.Asked(busy), IsUncertain: busy.ErrorCode == GatewayTimeout);
        }
        catch (ApiRequestException gone) when (IsGone(gone))
        {
            return new SendResult(SendOutcome.Gone);
        }
        catch (ApiRequestException refused)
        {
            NotSent(refused);
            return new SendResult(SendOutcome.Refused);
        }
        catch (RequestException failed) when (!ct.IsCancellationRequested)
        {
            NotSentYet((int?)failed.HttpStatusCode ?? 0, failed.Message);
            return new SendResult(SendOutcome.Later, IsUncertain: !NeverLeft(failed) && (int?)failed.HttpStatusCode is not >= 500 or GatewayTimeout);
        }
    }

    private static ResiliencePipeline Retry(string name, TimeProvider time, Func<Exception, bool> mayRepeat) =>
        Retries.Named(name, time, new RetryStrategyOptions
        {
            ShouldHandle = args =>
                ValueTask.FromResult(args.Outcome.Exception is { } e && mayRepeat(e) && (Retries.Asked(e) ?? TimeSpan.Zero) <= LongestWait),
            MaxRetryAttempts = MostRetries,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = args => ValueTask.FromResult(Retries.Asked(args.Outcome.Exception)),
        });

    private static bool NeverLeft(Exception failed) => failed is RequestException { InnerException: HttpRequestException { HttpRequestError: var error } }
        && error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    [LoggerMessage(Level = LogLevel.Error, Message = "Telegram refused a reply")]
    private partial void NotSent(Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "A reply could not be sent directly ({Status}): {Reason}")]
    private partial void NotSentYet(int status, string reason);
}
