using System.Text.Json.Serialization;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Payments;
using Telegram.Bot.Types.ReplyMarkups;

namespace Telegram.Bot.Requests;

/// <summary>Bot API method <c>sendInvoice</c>.</summary>
public sealed class SendInvoiceRequest() : RequestBase<Message>("sendInvoice")
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>The product's name, up to 32 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Title { get; set; }

    /// <summary>What is sold, up to 255 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Description { get; set; }

    /// <summary>The bot's own note, up to 128 bytes, not shown to the buyer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Payload { get; set; }

    /// <summary>The currency, <c>XTR</c> for Telegram Stars.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Currency { get; set; }

    /// <summary>The price in parts; for Telegram Stars exactly one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IEnumerable<LabeledPrice> Prices { get; set; }

    /// <summary>The payment provider's token; empty for Telegram Stars.</summary>
    public string? ProviderToken { get; set; }

    /// <summary>JSON for the payment provider.</summary>
    public string? ProviderData { get; set; }

    /// <summary>The largest tip, in the currency's smallest unit.</summary>
    public int? MaxTipAmount { get; set; }

    /// <summary>Up to four tips to offer.</summary>
    public IEnumerable<int>? SuggestedTipAmounts { get; set; }

    /// <summary>The address of a picture of the product.</summary>
    public string? PhotoUrl { get; set; }

    /// <summary>The picture's size in bytes.</summary>
    public int? PhotoSize { get; set; }

    /// <summary>The picture's width.</summary>
    public int? PhotoWidth { get; set; }

    /// <summary>The picture's height.</summary>
    public int? PhotoHeight { get; set; }

    /// <summary>Whether the buyer's name is asked for.</summary>
    public bool NeedName { get; set; }

    /// <summary>Whether the buyer's phone number is asked for.</summary>
    public bool NeedPhoneNumber { get; set; }

    /// <summary>Whether the buyer's e-mail address is asked for.</summary>
    public bool NeedEmail { get; set; }

    /// <summary>Whether the buyer's address is asked for.</summary>
    public bool NeedShippingAddress { get; set; }

    /// <summary>Whether the provider gets the phone number.</summary>
    public bool SendPhoneNumberToProvider { get; set; }

    /// <summary>Whether the provider gets the e-mail address.</summary>
    public bool SendEmailToProvider { get; set; }

    /// <summary>Whether the price depends on the shipping.</summary>
    public bool IsFlexible { get; set; }

    /// <summary>The message to reply to.</summary>
    public ReplyParameters? ReplyParameters { get; set; }

    /// <summary>The keyboard; its first button must be the pay button.</summary>
    public InlineKeyboardMarkup? ReplyMarkup { get; set; }

    /// <summary>Filled: a forwarded copy links to the bot. Empty: a forwarded copy can be paid by anyone.</summary>
    public string? StartParameter { get; set; }

    /// <summary>The forum topic.</summary>
    public int? MessageThreadId { get; set; }

    /// <summary>Whether the message arrives without a sound.</summary>
    public bool DisableNotification { get; set; }

    /// <summary>Whether forwarding and saving are prevented.</summary>
    public bool ProtectContent { get; set; }

    /// <summary>The effect shown with the message.</summary>
    public string? MessageEffectId { get; set; }

    /// <summary>Whether broadcast limits are lifted for a fee.</summary>
    public bool AllowPaidBroadcast { get; set; }

    /// <summary>The topic of a channel's direct messages.</summary>
    public int? DirectMessagesTopicId { get; set; }
}

/// <summary>Bot API method <c>createInvoiceLink</c>; the only way to sell a subscription.</summary>
public sealed class CreateInvoiceLinkRequest() : RequestBase<string>("createInvoiceLink")
{
    /// <summary>The product's name, up to 32 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Title { get; set; }

    /// <summary>What is sold, up to 255 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Description { get; set; }

    /// <summary>The bot's own note, up to 128 bytes, not shown to the buyer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Payload { get; set; }

    /// <summary>The currency, <c>XTR</c> for Telegram Stars.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Currency { get; set; }

    /// <summary>The price in parts; for Telegram Stars exactly one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IEnumerable<LabeledPrice> Prices { get; set; }

    /// <summary>The payment provider's token; empty for Telegram Stars.</summary>
    public string? ProviderToken { get; set; }

    /// <summary>JSON for the payment provider.</summary>
    public string? ProviderData { get; set; }

    /// <summary>The largest tip, in the currency's smallest unit.</summary>
    public int? MaxTipAmount { get; set; }

    /// <summary>Up to four tips to offer.</summary>
    public IEnumerable<int>? SuggestedTipAmounts { get; set; }

    /// <summary>The address of a picture of the product.</summary>
    public string? PhotoUrl { get; set; }

    /// <summary>The picture's size in bytes.</summary>
    public int? PhotoSize { get; set; }

    /// <summary>The picture's width.</summary>
    public int? PhotoWidth { get; set; }

    /// <summary>The picture's height.</summary>
    public int? PhotoHeight { get; set; }

    /// <summary>Whether the buyer's name is asked for.</summary>
    public bool NeedName { get; set; }

    /// <summary>Whether the buyer's phone number is asked for.</summary>
    public bool NeedPhoneNumber { get; set; }

    /// <summary>Whether the buyer's e-mail address is asked for.</summary>
    public bool NeedEmail { get; set; }

    /// <summary>Whether the buyer's address is asked for.</summary>
    public bool NeedShippingAddress { get; set; }

    /// <summary>Whether the provider gets the phone number.</summary>
    public bool SendPhoneNumberToProvider { get; set; }

    /// <summary>Whether the provider gets the e-mail address.</summary>
    public bool SendEmailToProvider { get; set; }

    /// <summary>Whether the price depends on the shipping.</summary>
    public bool IsFlexible { get; set; }

    /// <summary>The seconds between two payments of a subscription in Telegram Stars: 2592000.</summary>
    public int? SubscriptionPeriod { get; set; }

    /// <summary>The business connection to sell for.</summary>
    public string? BusinessConnectionId { get; set; }
}

/// <summary>Bot API method <c>answerPreCheckoutQuery</c>, due within 10 s.</summary>
public sealed class AnswerPreCheckoutQueryRequest() : RequestBase<bool>("answerPreCheckoutQuery")
{
    /// <summary>The query to answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string PreCheckoutQueryId { get; set; }

    /// <summary>Whether the payment may go on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool Ok { get; set; }

    /// <summary>What the buyer reads when it may not.</summary>
    public string? ErrorMessage { get; set; }
}

/// <summary>Bot API method <c>refundStarPayment</c>.</summary>
public sealed class RefundStarPaymentRequest() : RequestBase<bool>("refundStarPayment")
{
    /// <summary>Who gets the Stars back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long UserId { get; set; }

    /// <summary>The payment, as named in <c>successful_payment</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string TelegramPaymentChargeId { get; set; }
}
