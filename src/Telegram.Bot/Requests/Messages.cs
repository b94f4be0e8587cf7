using System.Text.Json.Serialization;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Telegram.Bot.Requests;

/// <summary>Bot API method <c>sendMessage</c>.</summary>
public sealed class SendMessageRequest() : RequestBase<Message>("sendMessage")
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>The text, up to 4096 characters without its markup.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text { get; set; }

    /// <summary>The markup of the text.</summary>
    public ParseMode ParseMode { get; set; }

    /// <summary>The message to reply to.</summary>
    public ReplyParameters? ReplyParameters { get; set; }

    /// <summary>The keyboard.</summary>
    public ReplyMarkup? ReplyMarkup { get; set; }

    /// <summary>How links are previewed.</summary>
    public LinkPreviewOptions? LinkPreviewOptions { get; set; }

    /// <summary>The forum topic.</summary>
    public int? MessageThreadId { get; set; }

    /// <summary>The markup as entities, instead of <see cref="ParseMode"/>.</summary>
    public IEnumerable<MessageEntity>? Entities { get; set; }

    /// <summary>Whether the message arrives without a sound.</summary>
    public bool DisableNotification { get; set; }

    /// <summary>Whether forwarding and saving are prevented.</summary>
    public bool ProtectContent { get; set; }

    /// <summary>The effect shown with the message.</summary>
    public string? MessageEffectId { get; set; }

    /// <summary>The business connection to send for.</summary>
    public string? BusinessConnectionId { get; set; }

    /// <summary>Whether broadcast limits are lifted for a fee.</summary>
    public bool AllowPaidBroadcast { get; set; }

    /// <summary>The topic of a channel's direct messages.</summary>
    public int? DirectMessagesTopicId { get; set; }
}

/// <summary>Bot API method <c>editMessageText</c> for a message of a chat.</summary>
public sealed class EditMessageTextRequest() : RequestBase<Message>("editMessageText")
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>The message to edit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int MessageId { get; set; }

    /// <summary>The new text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text { get; set; }

    /// <summary>The markup of the text.</summary>
    public ParseMode ParseMode { get; set; }

    /// <summary>The markup as entities, instead of <see cref="ParseMode"/>.</summary>
    public IEnumerable<MessageEntity>? Entities { get; set; }

    /// <summary>How links are previewed.</summary>
    public LinkPreviewOptions? LinkPreviewOptions { get; set; }

    /// <summary>The new keyboard; null removes it.</summary>
    public InlineKeyboardMarkup? ReplyMarkup { get; set; }

    /// <summary>The business connection the message was sent for.</summary>
    public string? BusinessConnectionId { get; set; }
}

/// <summary>Bot API method <c>editMessageReplyMarkup</c> for a message of a chat.</summary>
public sealed class EditMessageReplyMarkupRequest() : RequestBase<Message>("editMessageReplyMarkup")
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>The message to edit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int MessageId { get; set; }

    /// <summary>The new keyboard; null removes it.</summary>
    public InlineKeyboardMarkup? ReplyMarkup { get; set; }

    /// <summary>The business connection the message was sent for.</summary>
    public string? BusinessConnectionId { get; set; }
}

/// <summary>Bot API method <c>deleteMessage</c>.</summary>
public sealed class DeleteMessageRequest() : RequestBase<bool>("deleteMessage")
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>The message to delete.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int MessageId { get; set; }
}

/// <summary>Bot API method <c>sendChatAction</c>: "is typing" for up to 5 s.</summary>
public sealed class SendChatActionRequest() : RequestBase<bool>("sendChatAction")
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>What the bot seems to do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatAction Action { get; set; }

    /// <summary>The forum topic.</summary>
    public int? MessageThreadId { get; set; }

    /// <summary>The business connection to act for.</summary>
    public string? BusinessConnectionId { get; set; }
}

/// <summary>Bot API method <c>answerCallbackQuery</c>: ends the spinner on a tapped button.</summary>
public sealed class AnswerCallbackQueryRequest() : RequestBase<bool>("answerCallbackQuery")
{
    /// <summary>The query to answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string CallbackQueryId { get; set; }

    /// <summary>The toast, up to 200 characters.</summary>
    public string? Text { get; set; }

    /// <summary>Whether a dialog is shown instead of a toast.</summary>
    public bool ShowAlert { get; set; }

    /// <summary>The address of a game, or a <c>t.me</c> link to the bot, to open.</summary>
    public string? Url { get; set; }

    /// <summary>For how many seconds the app may reuse the answer.</summary>
    public int? CacheTime { get; set; }
}
