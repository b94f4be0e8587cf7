using System.Text.Json.Serialization;
using Telegram.Bot.Types;

namespace Telegram.Bot.Requests;

/// <summary>Bot API method <c>getMe</c>.</summary>
public sealed class GetMeRequest() : ParameterlessRequest<User>("getMe");

/// <summary>Bot API method <c>setMyCommands</c>: the command menu.</summary>
public sealed class SetMyCommandsRequest() : RequestBase<bool>("setMyCommands")
{
    /// <summary>Up to 100 commands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IEnumerable<BotCommand> Commands { get; set; }

    /// <summary>Who sees them; null is everybody.</summary>
    public BotCommandScope? Scope { get; set; }

    /// <summary>The two-letter language of the readers; null is all without commands of their own.</summary>
    public string? LanguageCode { get; set; }
}

/// <summary>Bot API method <c>deleteMyCommands</c>.</summary>
public sealed class DeleteMyCommandsRequest() : RequestBase<bool>("deleteMyCommands")
{
    /// <summary>Whose menu is deleted; null is everybody's.</summary>
    public BotCommandScope? Scope { get; set; }

    /// <summary>The two-letter language of the readers.</summary>
    public string? LanguageCode { get; set; }
}

/// <summary>Bot API method <c>setMyDescription</c>: the text in an empty chat with the bot.</summary>
public sealed class SetMyDescriptionRequest() : RequestBase<bool>("setMyDescription")
{
    /// <summary>Up to 512 characters; empty removes it for the language.</summary>
    public string? Description { get; set; }

    /// <summary>The two-letter language of the readers.</summary>
    public string? LanguageCode { get; set; }
}

/// <summary>Bot API method <c>setMyShortDescription</c>: the text on the bot's profile.</summary>
public sealed class SetMyShortDescriptionRequest() : RequestBase<bool>("setMyShortDescription")
{
    /// <summary>Up to 120 characters; empty removes it for the language.</summary>
    public string? ShortDescription { get; set; }

    /// <summary>The two-letter language of the readers.</summary>
    public string? LanguageCode { get; set; }
}
