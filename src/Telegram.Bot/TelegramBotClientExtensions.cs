using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.Payments;
using Telegram.Bot.Types.ReplyMarkups;

namespace Telegram.Bot;

/// <summary>The Bot API methods as calls. What each parameter means is said at the property of the same name of its request.</summary>
public static class TelegramBotClientExtensions
{
    /// <summary>Bot API method <c>getUpdates</c>: waits for updates and forgets those before <paramref name="offset"/>.</summary>
    public static Task<Update[]> GetUpdates(
        this ITelegramBotClient botClient,
        int? offset = default,
        int? limit = default,
        int? timeout = default,
        IEnumerable<UpdateType>? allowedUpdates = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new GetUpdatesRequest
        {
            Offset = offset,
            Limit = limit,
            Timeout = timeout,
            AllowedUpdates = allowedUpdates,
        }, cancellationToken);

    /// <summary>Bot API method <c>setWebhook</c>: has updates posted to <paramref name="url"/>.</summary>
    public static Task SetWebhook(
        this ITelegramBotClient botClient,
        string url,
        InputFileStream? certificate = default,
        string? ipAddress = default,
        int? maxConnections = default,
        IEnumerable<UpdateType>? allowedUpdates = default,
        bool dropPendingUpdates = default,
        string? secretToken = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SetWebhookRequest
        {
            Url = url,
            Certificate = certificate,
            IpAddress = ipAddress,
            MaxConnections = maxConnections,
            AllowedUpdates = allowedUpdates,
            DropPendingUpdates = dropPendingUpdates,
            SecretToken = secretToken,
        }, cancellationToken);

    /// <summary>Bot API method <c>deleteWebhook</c>.</summary>
    public static Task DeleteWebhook(
        this ITelegramBotClient botClient,
        bool dropPendingUpdates = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new DeleteWebhookRequest { DropPendingUpdates = dropPendingUpdates }, cancellationToken);

    /// <summary>Bot API method <c>getWebhookInfo</c>.</summary>
    public static Task<WebhookInfo> GetWebhookInfo(
        this ITelegramBotClient botClient,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new GetWebhookInfoRequest(), cancellationToken);

    /// <summary>Bot API method <c>getMe</c>.</summary>
    public static Task<User> GetMe(
        this ITelegramBotClient botClient,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new GetMeRequest(), cancellationToken);

    /// <summary>Bot API method <c>sendMessage</c>; answers with the sent message.</summary>
    public static Task<Message> SendMessage(
        this ITelegramBotClient botClient,
        ChatId chatId,
        string text,
        ParseMode parseMode = default,
        ReplyParameters? replyParameters = default,
        ReplyMarkup? replyMarkup = default,
        LinkPreviewOptions? linkPreviewOptions = default,
        int? messageThreadId = default,
        IEnumerable<MessageEntity>? entities = default,
        bool disableNotification = default,
        bool protectContent = default,
        string? messageEffectId = default,
        string? businessConnectionId = default,
        bool allowPaidBroadcast = default,
        int? directMessagesTopicId = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SendMessageRequest
        {
            ChatId = chatId,
            Text = text,
            ParseMode = parseMode,
            ReplyParameters = replyParameters,
            ReplyMarkup = replyMarkup,
            LinkPreviewOptions = linkPreviewOptions,
            MessageThreadId = messageThreadId,
            Entities = entities,
            DisableNotification = disableNotification,
            ProtectContent = protectContent,
            MessageEffectId = messageEffectId,
            BusinessConnectionId = businessConnectionId,
            AllowPaidBroadcast = allowPaidBroadcast,
            DirectMessagesTopicId = directMessagesTopicId,
        }, cancellationToken);

    /// <summary>Bot API method <c>sendChatAction</c>.</summary>
    public static Task SendChatAction(
        this ITelegramBotClient botClient,
        ChatId chatId,
        ChatAction action,
        int? messageThreadId = default,
        string? businessConnectionId = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SendChatActionRequest
        {
            ChatId = chatId,
            Action = action,
            MessageThreadId = messageThreadId,
            BusinessConnectionId = businessConnectionId,
        }, cancellationToken);

    /// <summary>Bot API method <c>answerCallbackQuery</c>: ends the spinner on a tapped button.</summary>
    public static Task AnswerCallbackQuery(
        this ITelegramBotClient botClient,
        string callbackQueryId,
        string? text = default,
        bool showAlert = default,
        string? url = default,
        int? cacheTime = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new AnswerCallbackQueryRequest
        {
            CallbackQueryId = callbackQueryId,
            Text = text,
            ShowAlert = showAlert,
            Url = url,
            CacheTime = cacheTime,
        }, cancellationToken);

    /// <summary>Bot API method <c>setMyCommands</c>.</summary>
    public static Task SetMyCommands(
        this ITelegramBotClient botClient,
        IEnumerable<BotCommand> commands,
        BotCommandScope? scope = default,
        string? languageCode = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SetMyCommandsRequest { Commands = commands, Scope = scope, LanguageCode = languageCode }, cancellationToken);

    /// <summary>Bot API method <c>deleteMyCommands</c>.</summary>
    public static Task DeleteMyCommands(
        this ITelegramBotClient botClient,
        BotCommandScope? scope = default,
        string? languageCode = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new DeleteMyCommandsRequest { Scope = scope, LanguageCode = languageCode }, cancellationToken);

    /// <summary>Bot API method <c>setMyDescription</c>.</summary>
    public static Task SetMyDescription(
        this ITelegramBotClient botClient,
        string? description = default,
        string? languageCode = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SetMyDescriptionRequest { Description = description, LanguageCode = languageCode }, cancellationToken);

    /// <summary>Bot API method <c>setMyShortDescription</c>.</summary>
    public static Task SetMyShortDescription(
        this ITelegramBotClient botClient,
        string? shortDescription = default,
        string? languageCode = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SetMyShortDescriptionRequest { ShortDescription = shortDescription, LanguageCode = languageCode }, cancellationToken);

    /// <summary>Bot API method <c>editMessageText</c>; answers with the edited message. Without <paramref name="replyMarkup"/> the keyboard goes.</summary>
    public static Task<Message> EditMessageText(
        this ITelegramBotClient botClient,
        ChatId chatId,
        int messageId,
        string text,
        ParseMode parseMode = default,
        IEnumerable<MessageEntity>? entities = default,
        LinkPreviewOptions? linkPreviewOptions = default,
        InlineKeyboardMarkup? replyMarkup = default,
        string? businessConnectionId = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new EditMessageTextRequest
        {
            ChatId = chatId,
            MessageId = messageId,
            Text = text,
            ParseMode = parseMode,
            Entities = entities,
            LinkPreviewOptions = linkPreviewOptions,
            ReplyMarkup = replyMarkup,
            BusinessConnectionId = businessConnectionId,
        }, cancellationToken);

    /// <summary>Bot API method <c>editMessageReplyMarkup</c>; answers with the edited message. Without <paramref name="replyMarkup"/> the keyboard goes.</summary>
    public static Task<Message> EditMessageReplyMarkup(
        this ITelegramBotClient botClient,
        ChatId chatId,
        int messageId,
        InlineKeyboardMarkup? replyMarkup = default,
        string? businessConnectionId = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new EditMessageReplyMarkupRequest
        {
            ChatId = chatId,
            MessageId = messageId,
            ReplyMarkup = replyMarkup,
            BusinessConnectionId = businessConnectionId,
        }, cancellationToken);

    /// <summary>Bot API method <c>deleteMessage</c>.</summary>
    public static Task DeleteMessage(
        this ITelegramBotClient botClient,
        ChatId chatId,
        int messageId,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new DeleteMessageRequest { ChatId = chatId, MessageId = messageId }, cancellationToken);

    /// <summary>Bot API method <c>sendInvoice</c>; answers with the sent message.</summary>
    public static Task<Message> SendInvoice(
        this ITelegramBotClient botClient,
        ChatId chatId,
        string title,
        string description,
        string payload,
        string currency,
        IEnumerable<LabeledPrice> prices,
        string? providerToken = default,
        string? providerData = default,
        int? maxTipAmount = default,
        IEnumerable<int>? suggestedTipAmounts = default,
        string? photoUrl = default,
        int? photoSize = default,
        int? photoWidth = default,
        int? photoHeight = default,
        bool needName = default,
        bool needPhoneNumber = default,
        bool needEmail = default,
        bool needShippingAddress = default,
        bool sendPhoneNumberToProvider = default,
        bool sendEmailToProvider = default,
        bool isFlexible = default,
        ReplyParameters? replyParameters = default,
        InlineKeyboardMarkup? replyMarkup = default,
        string? startParameter = default,
        int? messageThreadId = default,
        bool disableNotification = default,
        bool protectContent = default,
        string? messageEffectId = default,
        bool allowPaidBroadcast = default,
        int? directMessagesTopicId = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new SendInvoiceRequest
        {
            ChatId = chatId,
            Title = title,
            Description = description,
            Payload = payload,
            Currency = currency,
            Prices = prices,
            ProviderToken = providerToken,
            ProviderData = providerData,
            MaxTipAmount = maxTipAmount,
            SuggestedTipAmounts = suggestedTipAmounts,
            PhotoUrl = photoUrl,
            PhotoSize = photoSize,
            PhotoWidth = photoWidth,
            PhotoHeight = photoHeight,
            NeedName = needName,
            NeedPhoneNumber = needPhoneNumber,
            NeedEmail = needEmail,
            NeedShippingAddress = needShippingAddress,
            SendPhoneNumberToProvider = sendPhoneNumberToProvider,
            SendEmailToProvider = sendEmailToProvider,
            IsFlexible = isFlexible,
            ReplyParameters = replyParameters,
            ReplyMarkup = replyMarkup,
            StartParameter = startParameter,
            MessageThreadId = messageThreadId,
            DisableNotification = disableNotification,
            ProtectContent = protectContent,
            MessageEffectId = messageEffectId,
            AllowPaidBroadcast = allowPaidBroadcast,
            DirectMessagesTopicId = directMessagesTopicId,
        }, cancellationToken);

    /// <summary>Bot API method <c>createInvoiceLink</c>; answers with the link.</summary>
    public static Task<string> CreateInvoiceLink(
        this ITelegramBotClient botClient,
        string title,
        string description,
        string payload,
        string currency,
        IEnumerable<LabeledPrice> prices,
        string? providerToken = default,
        string? providerData = default,
        int? maxTipAmount = default,
        IEnumerable<int>? suggestedTipAmounts = default,
        string? photoUrl = default,
        int? photoSize = default,
        int? photoWidth = default,
        int? photoHeight = default,
        bool needName = default,
        bool needPhoneNumber = default,
        bool needEmail = default,
        bool needShippingAddress = default,
        bool sendPhoneNumberToProvider = default,
        bool sendEmailToProvider = default,
        bool isFlexible = default,
        int? subscriptionPeriod = default,
        string? businessConnectionId = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new CreateInvoiceLinkRequest
        {
            Title = title,
            Description = description,
            Payload = payload,
            Currency = currency,
            Prices = prices,
            ProviderToken = providerToken,
            ProviderData = providerData,
            MaxTipAmount = maxTipAmount,
            SuggestedTipAmounts = suggestedTipAmounts,
            PhotoUrl = photoUrl,
            PhotoSize = photoSize,
            PhotoWidth = photoWidth,
            PhotoHeight = photoHeight,
            NeedName = needName,
            NeedPhoneNumber = needPhoneNumber,
            NeedEmail = needEmail,
            NeedShippingAddress = needShippingAddress,
            SendPhoneNumberToProvider = sendPhoneNumberToProvider,
            SendEmailToProvider = sendEmailToProvider,
            IsFlexible = isFlexible,
            SubscriptionPeriod = subscriptionPeriod,
            BusinessConnectionId = businessConnectionId,
        }, cancellationToken);

    /// <summary>Bot API method <c>answerPreCheckoutQuery</c>: an <paramref name="errorMessage"/> refuses the payment, none lets it go on.</summary>
    public static Task AnswerPreCheckoutQuery(
        this ITelegramBotClient botClient,
        string preCheckoutQueryId,
        string? errorMessage = default,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new AnswerPreCheckoutQueryRequest
        {
            PreCheckoutQueryId = preCheckoutQueryId,
            Ok = errorMessage is null,
            ErrorMessage = errorMessage,
        }, cancellationToken);

    /// <summary>Bot API method <c>refundStarPayment</c>.</summary>
    public static Task RefundStarPayment(
        this ITelegramBotClient botClient,
        long userId,
        string telegramPaymentChargeId,
        CancellationToken cancellationToken = default) =>
        botClient.SendRequest(new RefundStarPaymentRequest { UserId = userId, TelegramPaymentChargeId = telegramPaymentChargeId }, cancellationToken);
}
