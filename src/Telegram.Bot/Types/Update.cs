using System.Text.Json.Serialization;
using Telegram.Bot.Serialization;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.Payments;

namespace Telegram.Bot.Types;

/// <summary>Bot API type <c>Update</c>, with the kinds of update that are modelled here; any other has the type <see cref="UpdateType.Unknown"/>.</summary>
public sealed class Update
{
    /// <summary>Every kind there is a name for, to be used as <c>allowed_updates</c>.</summary>
    public static readonly UpdateType[] AllTypes = [.. Enum.GetValues<UpdateType>().Where(type => type != UpdateType.Unknown)];

    /// <summary>The update's number: rising, but starting anew at random after an idle week.</summary>
    [JsonPropertyName("update_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Id { get; set; }

    /// <summary>A new message.</summary>
    public Message? Message { get; set; }

    /// <summary>A message after a change.</summary>
    public Message? EditedMessage { get; set; }

    /// <summary>A new post in a channel.</summary>
    public Message? ChannelPost { get; set; }

    /// <summary>A post in a channel after a change.</summary>
    public Message? EditedChannelPost { get; set; }

    /// <summary>A tapped inline button.</summary>
    public CallbackQuery? CallbackQuery { get; set; }

    /// <summary>A buyer's address, when the price depends on it.</summary>
    public ShippingQuery? ShippingQuery { get; set; }

    /// <summary>A buyer is about to pay.</summary>
    public PreCheckoutQuery? PreCheckoutQuery { get; set; }

    /// <summary>The bot's own standing in a chat changed.</summary>
    public ChatMemberUpdated? MyChatMember { get; set; }

    /// <summary>A member's standing in a chat changed.</summary>
    public ChatMemberUpdated? ChatMember { get; set; }

    /// <summary>Which of the properties is filled.</summary>
    [JsonIgnore]
    public UpdateType Type => this switch
    {
        { Message: not null } => UpdateType.Message,
        { EditedMessage: not null } => UpdateType.EditedMessage,
        { ChannelPost: not null } => UpdateType.ChannelPost,
        { EditedChannelPost: not null } => UpdateType.EditedChannelPost,
        { CallbackQuery: not null } => UpdateType.CallbackQuery,
        { ShippingQuery: not null } => UpdateType.ShippingQuery,
        { PreCheckoutQuery: not null } => UpdateType.PreCheckoutQuery,
        { MyChatMember: not null } => UpdateType.MyChatMember,
        { ChatMember: not null } => UpdateType.ChatMember,
        _ => UpdateType.Unknown,
    };
}

/// <summary>Bot API type <c>CallbackQuery</c>: someone tapped an inline button.</summary>
public sealed class CallbackQuery
{
    /// <summary>What <c>answerCallbackQuery</c> is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Id { get; set; } = "";

    /// <summary>Who tapped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public User From { get; set; } = default!;

    /// <summary>The message with the button. Its <c>Date</c> is <c>default</c> when it is no longer accessible: then only chat and id are known.</summary>
    public Message? Message { get; set; }

    /// <summary>The message with the button, if it was sent by an inline query.</summary>
    public string? InlineMessageId { get; set; }

    /// <summary>One number per chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ChatInstance { get; set; } = "";

    /// <summary>The button's data. A modified app can send any.</summary>
    public string? Data { get; set; }

    /// <summary>The game of a game button.</summary>
    public string? GameShortName { get; set; }
}

/// <summary>Bot API type <c>WebhookInfo</c>.</summary>
public sealed class WebhookInfo
{
    /// <summary>The address; empty without a webhook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Url { get; set; } = "";

    /// <summary>Whether a certificate was given to <c>setWebhook</c>.</summary>
    public bool HasCustomCertificate { get; set; }

    /// <summary>How many updates wait on the server.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int PendingUpdateCount { get; set; }

    /// <summary>The IP address in use.</summary>
    public string? IpAddress { get; set; }

    /// <summary>When a delivery last failed.</summary>
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime? LastErrorDate { get; set; }

    /// <summary>Why it failed.</summary>
    public string? LastErrorMessage { get; set; }

    /// <summary>When the server last failed to fetch updates from Telegram.</summary>
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime? LastSynchronizationErrorDate { get; set; }

    /// <summary>How many connections the server may open.</summary>
    public int? MaxConnections { get; set; }

    /// <summary>The kinds that are delivered; null is the default.</summary>
    public UpdateType[]? AllowedUpdates { get; set; }
}

/// <summary>Bot API type <c>ResponseParameters</c>: what a refused caller can do.</summary>
public sealed class ResponseParameters
{
    /// <summary>Where the chat went when it became a supergroup.</summary>
    public long? MigrateToChatId { get; set; }

    /// <summary>How many seconds to wait.</summary>
    public int? RetryAfter { get; set; }
}

/// <summary>Bot API type <c>InputFile</c>: a file to send.</summary>
public abstract class InputFile
{
    /// <summary>A file read from a stream.</summary>
    public static InputFileStream FromStream(Stream stream, string? fileName = default) => new(stream, fileName);
}

/// <summary>A file that is uploaded with the request.</summary>
public sealed class InputFileStream(Stream content, string? fileName = default) : InputFile
{
    /// <summary>The bytes; read once, from where the stream stands.</summary>
    public Stream Content { get; } = content;

    /// <summary>The name to tell the server.</summary>
    public string? FileName { get; } = fileName;
}
