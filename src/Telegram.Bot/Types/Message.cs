using System.Text.Json.Serialization;
using Telegram.Bot.Serialization;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.Payments;
using Telegram.Bot.Types.ReplyMarkups;

namespace Telegram.Bot.Types;

/// <summary>Bot API type <c>Message</c>, and <c>InaccessibleMessage</c>: that one has only chat and number, and a <c>default</c> date.</summary>
public sealed class Message
{
    /// <summary>The message's number within its chat.</summary>
    [JsonPropertyName("message_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Id { get; set; }

    /// <summary>The same as <see cref="Id"/>.</summary>
    [JsonIgnore]
    public int MessageId => Id;

    /// <summary>When it was sent; <c>default</c> if it is inaccessible.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime Date { get; set; }

    /// <summary>When it was last edited.</summary>
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime? EditDate { get; set; }

    /// <summary>The chat it is in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Chat Chat { get; set; } = default!;

    /// <summary>The forum topic.</summary>
    public int? MessageThreadId { get; set; }

    /// <summary>Who sent it; null for a channel's post.</summary>
    public User? From { get; set; }

    /// <summary>The chat it was sent as.</summary>
    public Chat? SenderChat { get; set; }

    /// <summary>The business connection it came through.</summary>
    public string? BusinessConnectionId { get; set; }

    /// <summary>Whether it is in a forum topic.</summary>
    public bool IsTopicMessage { get; set; }

    /// <summary>Whether it is a channel's post, forwarded to the discussion group by itself.</summary>
    public bool IsAutomaticForward { get; set; }

    /// <summary>The message it replies to.</summary>
    public Message? ReplyToMessage { get; set; }

    /// <summary>The bot it was sent through.</summary>
    public User? ViaBot { get; set; }

    /// <summary>Whether it cannot be forwarded.</summary>
    public bool HasProtectedContent { get; set; }

    /// <summary>The album it belongs to.</summary>
    public string? MediaGroupId { get; set; }

    /// <summary>Who signed the channel's post.</summary>
    public string? AuthorSignature { get; set; }

    /// <summary>The text.</summary>
    public string? Text { get; set; }

    /// <summary>The markup of the text.</summary>
    public MessageEntity[]? Entities { get; set; }

    /// <summary>How links are previewed.</summary>
    public LinkPreviewOptions? LinkPreviewOptions { get; set; }

    /// <summary>The effect shown with it.</summary>
    public string? EffectId { get; set; }

    /// <summary>It is an animation; <see cref="Document"/> is filled then too.</summary>
    public Animation? Animation { get; set; }

    /// <summary>It is a piece of music.</summary>
    public Audio? Audio { get; set; }

    /// <summary>It is a file.</summary>
    public Document? Document { get; set; }

    /// <summary>It is a photo, in several sizes.</summary>
    public PhotoSize[]? Photo { get; set; }

    /// <summary>It is a sticker.</summary>
    public Sticker? Sticker { get; set; }

    /// <summary>It is a forwarded story.</summary>
    public Story? Story { get; set; }

    /// <summary>It is a video.</summary>
    public Video? Video { get; set; }

    /// <summary>It is a round video.</summary>
    public VideoNote? VideoNote { get; set; }

    /// <summary>It is a voice message.</summary>
    public Voice? Voice { get; set; }

    /// <summary>The text below a file.</summary>
    public string? Caption { get; set; }

    /// <summary>The markup of the caption.</summary>
    public MessageEntity[]? CaptionEntities { get; set; }

    /// <summary>It is a contact.</summary>
    public Contact? Contact { get; set; }

    /// <summary>It is a thrown die.</summary>
    public Dice? Dice { get; set; }

    /// <summary>It is a game.</summary>
    public Game? Game { get; set; }

    /// <summary>It is a poll.</summary>
    public Poll? Poll { get; set; }

    /// <summary>It is a place; <see cref="Location"/> is filled then too.</summary>
    public Venue? Venue { get; set; }

    /// <summary>It is a location.</summary>
    public Location? Location { get; set; }

    /// <summary>Service message: these joined.</summary>
    public User[]? NewChatMembers { get; set; }

    /// <summary>Service message: this one left.</summary>
    public User? LeftChatMember { get; set; }

    /// <summary>Service message: the new title.</summary>
    public string? NewChatTitle { get; set; }

    /// <summary>Service message: the new picture.</summary>
    public PhotoSize[]? NewChatPhoto { get; set; }

    /// <summary>Service message: the picture is gone.</summary>
    public bool? DeleteChatPhoto { get; set; }

    /// <summary>Service message: the group was created.</summary>
    public bool? GroupChatCreated { get; set; }

    /// <summary>Service message: the supergroup was created.</summary>
    public bool? SupergroupChatCreated { get; set; }

    /// <summary>Service message: the channel was created.</summary>
    public bool? ChannelChatCreated { get; set; }

    /// <summary>Service message: messages now live this long.</summary>
    public MessageAutoDeleteTimerChanged? MessageAutoDeleteTimerChanged { get; set; }

    /// <summary>Service message: the group became this supergroup.</summary>
    public long? MigrateToChatId { get; set; }

    /// <summary>Service message: the supergroup was this group.</summary>
    public long? MigrateFromChatId { get; set; }

    /// <summary>Service message: this was pinned.</summary>
    public Message? PinnedMessage { get; set; }

    /// <summary>It is an invoice.</summary>
    public Invoice? Invoice { get; set; }

    /// <summary>Service message: this was paid.</summary>
    public SuccessfulPayment? SuccessfulPayment { get; set; }

    /// <summary>Service message: this was paid back.</summary>
    public RefundedPayment? RefundedPayment { get; set; }

    /// <summary>Service message: users were chosen.</summary>
    public UsersShared? UsersShared { get; set; }

    /// <summary>Service message: a chat was chosen.</summary>
    public ChatShared? ChatShared { get; set; }

    /// <summary>Service message: the bot may write to the user.</summary>
    public WriteAccessAllowed? WriteAccessAllowed { get; set; }

    /// <summary>Service message: a topic was created.</summary>
    public ForumTopicCreated? ForumTopicCreated { get; set; }

    /// <summary>Service message: a topic was changed.</summary>
    public ForumTopicEdited? ForumTopicEdited { get; set; }

    /// <summary>Service message: the topic was closed.</summary>
    public ForumTopicClosed? ForumTopicClosed { get; set; }

    /// <summary>Service message: the topic was opened again.</summary>
    public ForumTopicReopened? ForumTopicReopened { get; set; }

    /// <summary>Service message: the general topic was hidden.</summary>
    public GeneralForumTopicHidden? GeneralForumTopicHidden { get; set; }

    /// <summary>Service message: the general topic is shown again.</summary>
    public GeneralForumTopicUnhidden? GeneralForumTopicUnhidden { get; set; }

    /// <summary>Service message: a video chat is planned.</summary>
    public VideoChatScheduled? VideoChatScheduled { get; set; }

    /// <summary>Service message: a video chat began.</summary>
    public VideoChatStarted? VideoChatStarted { get; set; }

    /// <summary>Service message: a video chat ended.</summary>
    public VideoChatEnded? VideoChatEnded { get; set; }

    /// <summary>Service message: users were invited to a video chat.</summary>
    public VideoChatParticipantsInvited? VideoChatParticipantsInvited { get; set; }

    /// <summary>Service message: a Mini App sent this.</summary>
    public WebAppData? WebAppData { get; set; }

    /// <summary>The buttons below it.</summary>
    public InlineKeyboardMarkup? ReplyMarkup { get; set; }

    /// <summary>What it consists of.</summary>
    [JsonIgnore]
    public MessageType Type => this switch
    {
        { Text: not null } => MessageType.Text,
        { Animation: not null } => MessageType.Animation,
        { Audio: not null } => MessageType.Audio,
        { Document: not null } => MessageType.Document,
        { Photo: not null } => MessageType.Photo,
        { Sticker: not null } => MessageType.Sticker,
        { Story: not null } => MessageType.Story,
        { Video: not null } => MessageType.Video,
        { VideoNote: not null } => MessageType.VideoNote,
        { Voice: not null } => MessageType.Voice,
        { Contact: not null } => MessageType.Contact,
        { Dice: not null } => MessageType.Dice,
        { Game: not null } => MessageType.Game,
        { Poll: not null } => MessageType.Poll,
        { Venue: not null } => MessageType.Venue,
        { Location: not null } => MessageType.Location,
        { NewChatMembers: not null } => MessageType.NewChatMembers,
        { LeftChatMember: not null } => MessageType.LeftChatMember,
        { NewChatTitle: not null } => MessageType.NewChatTitle,
        { NewChatPhoto: not null } => MessageType.NewChatPhoto,
        { DeleteChatPhoto: not null } => MessageType.DeleteChatPhoto,
        { GroupChatCreated: not null } => MessageType.GroupChatCreated,
        { SupergroupChatCreated: not null } => MessageType.SupergroupChatCreated,
        { ChannelChatCreated: not null } => MessageType.ChannelChatCreated,
        { MessageAutoDeleteTimerChanged: not null } => MessageType.MessageAutoDeleteTimerChanged,
        { MigrateToChatId: not null } => MessageType.MigrateToChatId,
        { MigrateFromChatId: not null } => MessageType.MigrateFromChatId,
        { PinnedMessage: not null } => MessageType.PinnedMessage,
        { Invoice: not null } => MessageType.Invoice,
        { SuccessfulPayment: not null } => MessageType.SuccessfulPayment,
        { RefundedPayment: not null } => MessageType.RefundedPayment,
        { UsersShared: not null } => MessageType.UsersShared,
        { ChatShared: not null } => MessageType.ChatShared,
        { WriteAccessAllowed: not null } => MessageType.WriteAccessAllowed,
        { ForumTopicCreated: not null } => MessageType.ForumTopicCreated,
        { ForumTopicEdited: not null } => MessageType.ForumTopicEdited,
        { ForumTopicClosed: not null } => MessageType.ForumTopicClosed,
        { ForumTopicReopened: not null } => MessageType.ForumTopicReopened,
        { GeneralForumTopicHidden: not null } => MessageType.GeneralForumTopicHidden,
        { GeneralForumTopicUnhidden: not null } => MessageType.GeneralForumTopicUnhidden,
        { VideoChatScheduled: not null } => MessageType.VideoChatScheduled,
        { VideoChatStarted: not null } => MessageType.VideoChatStarted,
        { VideoChatEnded: not null } => MessageType.VideoChatEnded,
        { VideoChatParticipantsInvited: not null } => MessageType.VideoChatParticipantsInvited,
        { WebAppData: not null } => MessageType.WebAppData,
        _ => MessageType.Unknown,
    };
}

/// <summary>Bot API type <c>MessageEntity</c>: markup of a piece of a text.</summary>
public sealed class MessageEntity
{
    /// <summary>The kind of markup.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MessageEntityType Type { get; set; }

    /// <summary>Where it begins, in UTF-16 units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Offset { get; set; }

    /// <summary>How long it is, in UTF-16 units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Length { get; set; }

    /// <summary>The address of a text link.</summary>
    public string? Url { get; set; }

    /// <summary>The user of a mention without a name.</summary>
    public User? User { get; set; }

    /// <summary>The programming language of a code block.</summary>
    public string? Language { get; set; }

    /// <summary>The emoji's number.</summary>
    public string? CustomEmojiId { get; set; }
}

/// <summary>Bot API type <c>LinkPreviewOptions</c>.</summary>
public sealed class LinkPreviewOptions
{
    /// <summary>Whether there is no preview.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>The link to preview instead of the first one.</summary>
    public string? Url { get; set; }

    /// <summary>Whether the picture is small.</summary>
    public bool PreferSmallMedia { get; set; }

    /// <summary>Whether the picture is large.</summary>
    public bool PreferLargeMedia { get; set; }

    /// <summary>Whether it stands above the text.</summary>
    public bool ShowAboveText { get; set; }

    /// <summary>Preview or none.</summary>
    public static implicit operator LinkPreviewOptions(bool disabled) => new() { IsDisabled = disabled };

    /// <summary>A preview of this link.</summary>
    public static implicit operator LinkPreviewOptions(string url) => new() { Url = url };
}

/// <summary>Bot API type <c>ReplyParameters</c>: which message is replied to.</summary>
public sealed class ReplyParameters
{
    /// <summary>The message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int MessageId { get; set; }

    /// <summary>Its chat, if it is another one.</summary>
    public ChatId? ChatId { get; set; }

    /// <summary>Whether to send even if that message is gone.</summary>
    public bool AllowSendingWithoutReply { get; set; }

    /// <summary>The piece of it that is quoted.</summary>
    public string? Quote { get; set; }

    /// <summary>The markup of the quote.</summary>
    public ParseMode QuoteParseMode { get; set; }

    /// <summary>The markup of the quote as entities.</summary>
    public MessageEntity[]? QuoteEntities { get; set; }

    /// <summary>Where the quote begins, in UTF-16 units.</summary>
    public int? QuotePosition { get; set; }

    /// <summary>A reply to a message of the same chat.</summary>
    public static implicit operator ReplyParameters(int replyToMessageId) => new() { MessageId = replyToMessageId };

    /// <summary>A reply to a message.</summary>
    public static implicit operator ReplyParameters?(Message? message) => message is null ? null : new() { MessageId = message.Id, ChatId = message.Chat.Id };
}
