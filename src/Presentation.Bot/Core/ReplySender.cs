using MarketBot.Presentation.Bot.Updates;
using Polly;
using Polly.Retry;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace MarketBot.Presentation.Bot.Core;

/// <summary>How sending went.</summary>
internal enum Delivery
{
    /// <summary>The person sees it, or there was nothing to see.</summary>
    Sent,

    /// <summary>The person blocked the bot or left Telegram (Bot API: error 403).</summary>
    Unreachable,

    /// <summary>Telegram could not be reached or refused; it is in the log.</summary>
    Failed,
}

/// <summary>The only place that turns replies into Bot API calls.</summary>
internal sealed partial class ReplySender(ITelegramBotClient bot, RouteTable routes, TimeProvider time, ILogger<ReplySender> log)
{
    private const int MostToastCharacters = 200;
    private const int MostRetries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Calls that may be made twice: an edit, an answer, a deletion.</summary>
    private readonly ResiliencePipeline _repeatable = Retry(time, e => e is ApiRequestException refused ? refused.ErrorCode is 429 or >= 500 : e is RequestException);

    /// <summary>Calls that must not be made twice, so only what surely was not carried out is repeated.</summary>
    private readonly ResiliencePipeline _once = Retry(
        time,
        e => e is ApiRequestException { ErrorCode: 429 }
            or RequestException { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } });

    /// <summary>Shows the reply; the message with a secret goes first.</summary>
    public async Task<Delivery> Send(Incoming to, Reply reply, bool deletesMessage, Language language, CancellationToken ct)
    {
        if (deletesMessage && to is IncomingMessage secret && !await Delete(secret, ct))
            reply = WithWarning(reply, language);

        if (to is not IncomingPress press)
            return reply.Text is { } text ? await Try(() => SendNew(to.ChatId, text, reply.Keyboard, ct), ct) : Delivery.Sent;

        var answer = Try(() => Answer(press, reply, ct), ct);
        var screen = reply.Text is { } shown ? Try(() => Edit(press, shown, reply.Keyboard, ct), ct) : Task.FromResult(Delivery.Sent);
        await answer;
        return await screen;
    }

    /// <summary>Sends a message that answers nothing.</summary>
    public Task<Delivery> Send(long chatId, Html text, CancellationToken ct) => Try(() => SendNew(chatId, text, Keyboard.None, ct), ct);

    /// <summary>Shows "typing" (Bot API: <c>sendChatAction</c>); nobody misses it when it fails.</summary>
    public Task ShowTyping(long chatId, CancellationToken ct) => Try(() => bot.SendChatAction(chatId, ChatAction.Typing, cancellationToken: ct), ct);

    /// <summary>Answers a press with words only.</summary>
    public Task AnswerOnly(string queryId, Plain toast, CancellationToken ct) =>
        Try(() => bot.AnswerCallbackQuery(queryId, Cut(toast), showAlert: true, cancellationToken: ct), ct);

    private static Reply WithWarning(Reply reply, Language language)
    {
        var warning = CommonTexts.Of(language).DeleteItYourself;
        return Reply.Screen(reply.Text is { } text ? Html.Paragraphs(warning, text) : warning, reply.Keyboard);
    }

    private async Task<bool> Delete(IncomingMessage secret, CancellationToken ct) => await Try(
        async () =>
        {
            try
            {
                await _repeatable.ExecuteAsync(async token => await bot.DeleteMessage(secret.ChatId, secret.MessageId, token), ct);
            }
            catch (ApiRequestException gone) when (gone.Message.Contains("message to delete not found", StringComparison.OrdinalIgnoreCase))
            {
                // A retry of a deletion that had been carried out, or the person was faster.
            }
        },
        ct) == Delivery.Sent;

    private async Task Answer(IncomingPress press, Reply reply, CancellationToken ct)
    {
        try
        {
            await _repeatable.ExecuteAsync(
                async token => await bot.AnswerCallbackQuery(
                    press.QueryId, reply.Toast is { } toast ? Cut(toast) : null, showAlert: reply.IsAlert, cancellationToken: token),
                ct);
        }
        catch (ApiRequestException late) when (late.Message.Contains("query is too old", StringComparison.OrdinalIgnoreCase))
        {
            // Callbacks live 150 s; the screen below tells the person all the same.
        }
    }

    private async Task Edit(IncomingPress press, Html text, Keyboard keyboard, CancellationToken ct)
    {
        if (press.MessageId is not { } message)
        {
            await SendNew(press.ChatId, text, keyboard, ct);
            return;
        }

        try
        {
            await _repeatable.ExecuteAsync(
                async token => await bot.EditMessageText(
                    press.ChatId, message, text.Markup, ParseMode.Html, replyMarkup: Markup(keyboard), linkPreviewOptions: NoPreview, cancellationToken: token),
                ct);
        }
        catch (ApiRequestException same) when (same.Message.Contains("message is not modified", StringComparison.OrdinalIgnoreCase))
        {
            // A double tap, or a retry of an edit that had been carried out.
        }
        catch (ApiRequestException gone) when (IsGone(gone))
        {
            await SendNew(press.ChatId, text, keyboard, ct);
        }
    }

    private Task<Telegram.Bot.Types.Message> SendNew(long chatId, Html text, Keyboard keyboard, CancellationToken ct) => _once.ExecuteAsync(
        async token => await bot.SendMessage(
            chatId, text.Markup, ParseMode.Html, replyMarkup: Markup(keyboard), linkPreviewOptions: NoPreview, cancellationToken: token),
        ct).AsTask();

    private static Telegram.Bot.Types.LinkPreviewOptions NoPreview => new() { IsDisabled = true };

    private static bool IsGone(ApiRequestException refused) => refused.ErrorCode == 400
        && (refused.Message.Contains("message to edit not found", StringComparison.OrdinalIgnoreCase)
            || refused.Message.Contains("message can't be edited", StringComparison.OrdinalIgnoreCase)
            || refused.Message.Contains("MESSAGE_ID_INVALID", StringComparison.OrdinalIgnoreCase));

    private InlineKeyboardMarkup? Markup(Keyboard keyboard) => keyboard.Rows.Count == 0
        ? null
        : new InlineKeyboardMarkup(keyboard.Rows.Select(row => row.Select(button => button.Url is { } url
            ? InlineKeyboardButton.WithUrl(button.Label.Text, url)
            : InlineKeyboardButton.WithCallbackData(button.Label.Text, routes.Write(button.Press!))).ToArray()).ToArray());

    private static string Cut(Plain toast) => Domain.Common.Text.Cut(toast.Text, MostToastCharacters);

    private async Task<Delivery> Try(Func<Task> call, CancellationToken ct)
    {
        try
        {
            await call();
            return Delivery.Sent;
        }
        catch (ApiRequestException blocked) when (blocked.ErrorCode == 403)
        {
            return Delivery.Unreachable;
        }
        catch (RequestException failed) when (!ct.IsCancellationRequested)
        {
            NotSent(failed);
            return Delivery.Failed;
        }
    }

    private static ResiliencePipeline Retry(TimeProvider time, Func<Exception, bool> mayRepeat) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && mayRepeat(e) && (Asked(e) ?? TimeSpan.Zero) <= LongestWait),
            MaxRetryAttempts = MostRetries,
            Delay = TimeSpan.FromMilliseconds(300),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = args => ValueTask.FromResult(Asked(args.Outcome.Exception)),
        })
        .Build();

    /// <summary>How long Telegram asked to wait (Bot API: <c>ResponseParameters.retry_after</c>).</summary>
    private static TimeSpan? Asked(Exception? refused) =>
        refused is ApiRequestException { Parameters.RetryAfter: { } seconds } ? TimeSpan.FromSeconds(seconds) : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply could not be sent")]
    private partial void NotSent(Exception failure);
}
