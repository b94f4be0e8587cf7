using System.Globalization;
using System.Text.Json.Serialization;
using Telegram.Bot.Serialization;
using Telegram.Bot.Types.Enums;

namespace Telegram.Bot.Types;

/// <summary>A chat as methods take it: its number, or the <c>@name</c> of a public one.</summary>
[JsonConverter(typeof(ChatIdConverter))]
public sealed class ChatId : IEquatable<ChatId>
{
    /// <summary>Names a chat by its number.</summary>
    public ChatId(long identifier) => Identifier = identifier;

    /// <summary>Names a chat by its <c>@name</c>, or by its number as text.</summary>
    /// <exception cref="ArgumentException">The text is neither.</exception>
    public ChatId(string username)
    {
        ArgumentNullException.ThrowIfNull(username);
        if (username.Length > 1 && username[0] == '@')
            Username = username;
        else if (long.TryParse(username, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var identifier))
            Identifier = identifier;
        else
            throw new ArgumentException("A chat is named by its number or by @ and its name.", nameof(username));
    }

    /// <summary>The number, up to 52 bits.</summary>
    public long? Identifier { get; }

    /// <summary>The name, with the @.</summary>
    public string? Username { get; }

    /// <summary>Names a chat by its number.</summary>
    public static implicit operator ChatId(long identifier) => new(identifier);

    /// <summary>Names a chat by its <c>@name</c>, or by its number as text.</summary>
    public static implicit operator ChatId(string username) => new(username);

    /// <summary>Names a chat that was received.</summary>
    public static implicit operator ChatId?(Chat? chat) => chat is null ? null : new(chat.Id);

    /// <summary>Whether both name the same chat in the same way.</summary>
    public static bool operator ==(ChatId? one, ChatId? other) => one is null ? other is null : one.Equals(other);

    /// <summary>Whether they name different chats, or one chat in different ways.</summary>
    public static bool operator !=(ChatId? one, ChatId? other) => !(one == other);

    /// <inheritdoc/>
    public bool Equals(ChatId? other) =>
        other is not null && Identifier == other.Identifier && string.Equals(Username, other.Username, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChatId);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Identifier, Username?.ToUpperInvariant());

    /// <inheritdoc/>
    public override string ToString() => Username ?? Identifier.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
}

/// <summary>Bot API type <c>User</c>.</summary>
public sealed class User
{
    /// <summary>The user's number, up to 52 bits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long Id { get; set; }

    /// <summary>Whether the user is a bot.</summary>
    public bool IsBot { get; set; }

    /// <summary>The first name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string FirstName { get; set; } = "";

    /// <summary>The last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The name without the @.</summary>
    public string? Username { get; set; }

    /// <summary>The IETF tag of the app's language.</summary>
    public string? LanguageCode { get; set; }

    /// <summary>Whether the user has Telegram Premium.</summary>
    public bool IsPremium { get; set; }

    /// <summary>Whether the bot can be added to groups. Only in <c>getMe</c>.</summary>
    public bool CanJoinGroups { get; set; }

    /// <summary>Whether the bot sees all messages of a group. Only in <c>getMe</c>.</summary>
    public bool CanReadAllGroupMessages { get; set; }

    /// <summary>Whether the bot answers inline queries. Only in <c>getMe</c>.</summary>
    public bool SupportsInlineQueries { get; set; }
}

/// <summary>Bot API type <c>Chat</c>.</summary>
public sealed class Chat
{
    /// <summary>The chat's number, up to 52 bits; negative for groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long Id { get; set; }

    /// <summary>The kind of chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChatType Type { get; set; }

    /// <summary>The title of a group or channel.</summary>
    public string? Title { get; set; }

    /// <summary>The name without the @.</summary>
    public string? Username { get; set; }

    /// <summary>The first name of the other party of a private chat.</summary>
    public string? FirstName { get; set; }

    /// <summary>The last name of the other party of a private chat.</summary>
    public string? LastName { get; set; }

    /// <summary>Whether the group has topics.</summary>
    public bool IsForum { get; set; }
}

/// <summary>Bot API type <c>ChatMemberUpdated</c>. In a private chat: the user blocked or unblocked the bot.</summary>
public sealed class ChatMemberUpdated
{
    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Chat Chat { get; set; } = default!;

    /// <summary>Who made the change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public User From { get; set; } = default!;

    /// <summary>When.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(UnixDateTimeConverter))]
    public DateTime Date { get; set; }

    /// <summary>The member before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChatMember OldChatMember { get; set; } = default!;

    /// <summary>The member now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChatMember NewChatMember { get; set; } = default!;

    /// <summary>Whether the user joined by a request that was granted.</summary>
    public bool ViaJoinRequest { get; set; }

    /// <summary>Whether the user joined by a link to a chat folder.</summary>
    public bool ViaChatFolderInviteLink { get; set; }
}

/// <summary>Bot API type <c>ChatMember</c>.</summary>
[JsonConverter(typeof(ChatMemberConverter))]
public abstract class ChatMember
{
    /// <summary>The member's standing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public abstract ChatMemberStatus Status { get; }

    /// <summary>The member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public User User { get; set; } = default!;
}

/// <summary>Bot API type <c>ChatMemberOwner</c>.</summary>
public sealed class ChatMemberOwner : ChatMember
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => ChatMemberStatus.Creator;

    /// <summary>Whether the owner acts as the chat.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>The title shown instead of "owner".</summary>
    public string? CustomTitle { get; set; }
}

/// <summary>Bot API type <c>ChatMemberAdministrator</c>, with the rights a bot may need.</summary>
public sealed class ChatMemberAdministrator : ChatMember
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => ChatMemberStatus.Administrator;

    /// <summary>Whether the bot may change this administrator's rights.</summary>
    public bool CanBeEdited { get; set; }

    /// <summary>Whether the administrator acts as the chat.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>Whether the administrator sees the log and hidden members.</summary>
    public bool CanManageChat { get; set; }

    /// <summary>Whether the administrator may delete others' messages.</summary>
    public bool CanDeleteMessages { get; set; }

    /// <summary>Whether the administrator may ban.</summary>
    public bool CanRestrictMembers { get; set; }

    /// <summary>Whether the administrator may make administrators.</summary>
    public bool CanPromoteMembers { get; set; }

    /// <summary>Whether the administrator may change the chat's title and picture.</summary>
    public bool CanChangeInfo { get; set; }

    /// <summary>Whether the administrator may invite.</summary>
    public bool CanInviteUsers { get; set; }

    /// <summary>Whether the administrator may post in the channel.</summary>
    public bool CanPostMessages { get; set; }

    /// <summary>Whether the administrator may edit others' posts in the channel.</summary>
    public bool CanEditMessages { get; set; }

    /// <summary>Whether the administrator may pin messages.</summary>
    public bool CanPinMessages { get; set; }

    /// <summary>Whether the administrator may manage topics.</summary>
    public bool CanManageTopics { get; set; }

    /// <summary>The title shown instead of "admin".</summary>
    public string? CustomTitle { get; set; }
}

/// <summary>Bot API type <c>ChatMemberMember</c>.</summary>
public sealed class ChatMemberMember : ChatMember
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => ChatMemberStatus.Member;

    /// <summary>When the member's subscription ends.</summary>
    [JsonConverter(typeof(BanTimeConverter))]
    public DateTime? UntilDate { get; set; }
}

/// <summary>Bot API type <c>ChatMemberRestricted</c>.</summary>
public sealed class ChatMemberRestricted : ChatMember
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => ChatMemberStatus.Restricted;

    /// <summary>Whether the user is in the chat.</summary>
    public bool IsMember { get; set; }

    /// <summary>Whether the user may write.</summary>
    public bool CanSendMessages { get; set; }

    /// <summary>When the restriction ends; null is never.</summary>
    [JsonConverter(typeof(BanTimeConverter))]
    public DateTime? UntilDate { get; set; }
}

/// <summary>Bot API type <c>ChatMemberLeft</c>.</summary>
public sealed class ChatMemberLeft : ChatMember
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => ChatMemberStatus.Left;
}

/// <summary>Bot API type <c>ChatMemberBanned</c>; of the bot in a private chat: it is blocked.</summary>
public sealed class ChatMemberBanned : ChatMember
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => ChatMemberStatus.Kicked;

    /// <summary>When the ban ends; null is never.</summary>
    [JsonConverter(typeof(BanTimeConverter))]
    public DateTime? UntilDate { get; set; }
}

/// <summary>A member with a status that came up after this library was written.</summary>
internal sealed class UnknownChatMember : ChatMember
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override ChatMemberStatus Status => default;
}
