using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Telegram.Bot.Types.Enums;

namespace Telegram.Bot.Types;

/// <summary>Bot API type <c>BotCommand</c>: a line of the command menu.</summary>
public sealed class BotCommand
{
    /// <summary>Creates an empty line.</summary>
    public BotCommand()
    {
    }

    /// <summary>Creates a line.</summary>
    [SetsRequiredMembers]
    public BotCommand(string command, string description) => (Command, Description) = (command, description);

    /// <summary>The word: 1 to 32 of a-z, 0-9 and _.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Command { get; set; }

    /// <summary>What it does, up to 256 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Description { get; set; }

    /// <summary>Creates a line from a pair.</summary>
    public static implicit operator BotCommand((string Command, string Description) line) => new(line.Command, line.Description);
}

/// <summary>Bot API type <c>BotCommandScope</c>: whose menu it is. A menu shows or hides words, it grants nothing.</summary>
[JsonDerivedType(typeof(BotCommandScopeDefault))]
[JsonDerivedType(typeof(BotCommandScopeAllPrivateChats))]
[JsonDerivedType(typeof(BotCommandScopeAllGroupChats))]
[JsonDerivedType(typeof(BotCommandScopeAllChatAdministrators))]
[JsonDerivedType(typeof(BotCommandScopeChat))]
[JsonDerivedType(typeof(BotCommandScopeChatAdministrators))]
[JsonDerivedType(typeof(BotCommandScopeChatMember))]
public abstract class BotCommandScope
{
    /// <summary>The kind of scope.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public abstract BotCommandScopeType Type { get; }

    /// <summary>Everybody without a narrower menu.</summary>
    public static BotCommandScopeDefault Default() => new();

    /// <summary>All private chats.</summary>
    public static BotCommandScopeAllPrivateChats AllPrivateChats() => new();

    /// <summary>All groups.</summary>
    public static BotCommandScopeAllGroupChats AllGroupChats() => new();

    /// <summary>The administrators of all groups.</summary>
    public static BotCommandScopeAllChatAdministrators AllChatAdministrators() => new();

    /// <summary>One chat.</summary>
    public static BotCommandScopeChat Chat(ChatId chatId) => new() { ChatId = chatId };

    /// <summary>The administrators of one group.</summary>
    public static BotCommandScopeChatAdministrators ChatAdministrators(ChatId chatId) => new() { ChatId = chatId };

    /// <summary>One member of one group.</summary>
    public static BotCommandScopeChatMember ChatMember(ChatId chatId, long userId) => new() { ChatId = chatId, UserId = userId };
}

/// <summary>Bot API type <c>BotCommandScopeDefault</c>.</summary>
public sealed class BotCommandScopeDefault : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.Default;
}

/// <summary>Bot API type <c>BotCommandScopeAllPrivateChats</c>.</summary>
public sealed class BotCommandScopeAllPrivateChats : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.AllPrivateChats;
}

/// <summary>Bot API type <c>BotCommandScopeAllGroupChats</c>.</summary>
public sealed class BotCommandScopeAllGroupChats : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.AllGroupChats;
}

/// <summary>Bot API type <c>BotCommandScopeAllChatAdministrators</c>.</summary>
public sealed class BotCommandScopeAllChatAdministrators : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.AllChatAdministrators;
}

/// <summary>Bot API type <c>BotCommandScopeChat</c>.</summary>
public sealed class BotCommandScopeChat : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.Chat;

    /// <summary>The chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }
}

/// <summary>Bot API type <c>BotCommandScopeChatAdministrators</c>.</summary>
public sealed class BotCommandScopeChatAdministrators : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.ChatAdministrators;

    /// <summary>The group.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }
}

/// <summary>Bot API type <c>BotCommandScopeChatMember</c>.</summary>
public sealed class BotCommandScopeChatMember : BotCommandScope
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override BotCommandScopeType Type => BotCommandScopeType.ChatMember;

    /// <summary>The group.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ChatId ChatId { get; set; }

    /// <summary>The member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long UserId { get; set; }
}
