using System.Text.Json.Serialization;
using Telegram.Bot.Serialization;

namespace Telegram.Bot.Types;

/// <summary>Bot API type <c>MessageAutoDeleteTimerChanged</c>.</summary>
public sealed class MessageAutoDeleteTimerChanged
{
    /// <summary>How many seconds messages live.</summary>
    public int MessageAutoDeleteTime { get; set; }
}

/// <summary>Bot API type <c>UsersShared</c>, without the users.</summary>
public sealed class UsersShared
{
    /// <summary>The button's number.</summary>
    public int RequestId { get; set; }
}

/// <summary>Bot API type <c>ChatShared</c>.</summary>
public sealed class ChatShared
{
    /// <summary>The button's number.</summary>
    public int RequestId { get; set; }

    /// <summary>The chat.</summary>
    public long ChatId { get; set; }

    /// <summary>Its title.</summary>
    public string? Title { get; set; }

    /// <summary>Its name without the @.</summary>
    public string? Username { get; set; }
}

/// <summary>Bot API type <c>WriteAccessAllowed</c>.</summary>
public sealed class WriteAccessAllowed
{
    /// <summary>Whether a Mini App asked for it.</summary>
    public bool FromRequest { get; set; }

    /// <summary>The Mini App that was opened by a link.</summary>
    public string? WebAppName { get; set; }

    /// <summary>Whether the bot was added to the attachment menu.</summary>
    public bool FromAttachmentMenu { get; set; }
}

/// <summary>Bot API type <c>WebAppData</c>.</summary>
public sealed class WebAppData
{
    /// <summary>What the Mini App sent. A modified app can send any.</summary>
    public string Data { get; set; } = "";

    /// <summary>What stood on the button. A modified app can send any.</summary>
    public string ButtonText { get; set; } = "";
}

/// <summary>Bot API type <c>ForumTopicCreated</c>.</summary>
public sealed class ForumTopicCreated
{
    /// <summary>The topic's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The icon's colour.</summary>
    public int IconColor { get; set; }

    /// <summary>The icon.</summary>
    public string? IconCustomEmojiId { get; set; }
}

/// <summary>Bot API type <c>ForumTopicEdited</c>.</summary>
public sealed class ForumTopicEdited
{
    /// <summary>The new name.</summary>
    public string? Name { get; set; }

    /// <summary>The new icon.</summary>
    public string? IconCustomEmojiId { get; set; }
}

/// <summary>Bot API type <c>ForumTopicClosed</c>.</summary>
public sealed class ForumTopicClosed;

/// <summary>Bot API type <c>ForumTopicReopened</c>.</summary>
public sealed class ForumTopicReopened;

/// <summary>Bot API type <c>GeneralForumTopicHidden</c>.</summary>
public sealed class GeneralForumTopicHidden;

/// <summary>Bot API type <c>GeneralForumTopicUnhidden</c>.</summary>
public sealed class GeneralForumTopicUnhidden;

/// <summary>Bot API type <c>VideoChatStarted</c>.</summary>
public sealed class VideoChatStarted;

/// <summary>Bot API type <c>VideoChatEnded</c>.</summary>
public sealed class VideoChatEnded
{
    /// <summary>The length in seconds.</summary>
    public int Duration { get; set; }
}

/// <summary>Bot API type <c>VideoChatParticipantsInvited</c>.</summary>
public sealed class VideoChatParticipantsInvited
{
    /// <summary>Who was invited.</summary>
    public User[] Users { get; set; } = [];
}

/// <summary>Bot API type <c>VideoChatScheduled</c>.</summary>
public sealed class VideoChatScheduled
{
    /// <summary>When it is to begin.</summary>
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime StartDate { get; set; }
}
