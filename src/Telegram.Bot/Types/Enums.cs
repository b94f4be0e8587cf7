using System.Text.Json.Serialization;
using Telegram.Bot.Serialization;

namespace Telegram.Bot.Types.Enums;

#pragma warning disable CS1591 // Each member is the word of the Bot API that its enum names.

/// <summary>The kinds of <c>Update</c>, as in <c>allowed_updates</c>.</summary>
[JsonConverter(typeof(EnumConverter<UpdateType>))]
public enum UpdateType
{
    Unknown = 0,
    Message,
    InlineQuery,
    ChosenInlineResult,
    CallbackQuery,
    EditedMessage,
    ChannelPost,
    EditedChannelPost,
    ShippingQuery,
    PreCheckoutQuery,
    Poll,
    PollAnswer,
    MyChatMember,
    ChatMember,
    ChatJoinRequest,
    MessageReaction,
    MessageReactionCount,
    ChatBoost,
    RemovedChatBoost,
    BusinessConnection,
    BusinessMessage,
    EditedBusinessMessage,
    DeletedBusinessMessages,
    PurchasedPaidMedia,
}

/// <summary>What a <c>Message</c> consists of.</summary>
[JsonConverter(typeof(EnumConverter<MessageType>))]
public enum MessageType
{
    Unknown = 0,
    Text,
    Photo,
    Audio,
    Video,
    Voice,
    Document,
    Sticker,
    Location,
    Contact,
    Venue,
    Game,
    VideoNote,
    Invoice,
    SuccessfulPayment,
    NewChatMembers = 16,
    LeftChatMember,
    NewChatTitle,
    NewChatPhoto,
    PinnedMessage,
    DeleteChatPhoto,
    GroupChatCreated,
    SupergroupChatCreated,
    ChannelChatCreated,
    MigrateFromChatId,
    MigrateToChatId,
    Poll,
    Dice,
    MessageAutoDeleteTimerChanged,
    WebAppData = 31,
    VideoChatScheduled,
    VideoChatStarted,
    VideoChatEnded,
    VideoChatParticipantsInvited,
    Animation,
    ForumTopicCreated,
    ForumTopicClosed,
    ForumTopicReopened,
    ForumTopicEdited,
    GeneralForumTopicHidden,
    GeneralForumTopicUnhidden,
    WriteAccessAllowed,
    UsersShared,
    ChatShared,
    Story,
    RefundedPayment = 55,
}

/// <summary>The <c>type</c> of a <c>Chat</c>; zero is one this library does not know.</summary>
[JsonConverter(typeof(EnumConverter<ChatType>))]
public enum ChatType
{
    Private = 1,
    Group,
    Channel,
    Supergroup,
    Sender,
}

/// <summary>The <c>status</c> of a <c>ChatMember</c>; zero is one this library does not know.</summary>
[JsonConverter(typeof(EnumConverter<ChatMemberStatus>))]
public enum ChatMemberStatus
{
    Creator = 1,
    Administrator,
    Member,
    Left,
    Kicked,
    Restricted,
}

/// <summary>The <c>type</c> of a <c>MessageEntity</c>; zero is one this library does not know.</summary>
[JsonConverter(typeof(EnumConverter<MessageEntityType>))]
public enum MessageEntityType
{
    Mention = 1,
    Hashtag,
    BotCommand,
    Url,
    Email,
    Bold,
    Italic,
    Code,
    Pre,
    TextLink,
    TextMention,
    PhoneNumber,
    Cashtag,
    Underline,
    Strikethrough,
    Spoiler,
    CustomEmoji,
    Blockquote,
    ExpandableBlockquote,
}

/// <summary>The <c>parse_mode</c> of a text.</summary>
[JsonConverter(typeof(EnumConverter<ParseMode>))]
public enum ParseMode
{
    None = 0,

    [JsonStringEnumMemberName("Markdown")]
    Markdown,

    [JsonStringEnumMemberName("HTML")]
    Html,

    [JsonStringEnumMemberName("MarkdownV2")]
    MarkdownV2,
}

/// <summary>The <c>action</c> of <c>sendChatAction</c>.</summary>
[JsonConverter(typeof(EnumConverter<ChatAction>))]
public enum ChatAction
{
    Typing = 1,
    UploadPhoto,
    RecordVideo,
    UploadVideo,
    RecordVoice,
    UploadVoice,
    UploadDocument,
    FindLocation,
    RecordVideoNote,
    UploadVideoNote,
    ChooseSticker,
}

/// <summary>The <c>type</c> of a <c>BotCommandScope</c>.</summary>
[JsonConverter(typeof(EnumConverter<BotCommandScopeType>))]
public enum BotCommandScopeType
{
    Default = 1,
    AllPrivateChats,
    AllGroupChats,
    AllChatAdministrators,
    Chat,
    ChatAdministrators,
    ChatMember,
}

#pragma warning restore CS1591
