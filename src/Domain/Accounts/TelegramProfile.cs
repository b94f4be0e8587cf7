namespace MarketBot.Domain.Accounts;

/// <summary>The profile that Telegram sends with an update (Bot API: <c>User</c>).</summary>
/// <param name="Id">The person.</param>
/// <param name="FirstName">Given name; Telegram demands one.</param>
/// <param name="LastName">Family name, or empty.</param>
/// <param name="Username">Without the @, or empty.</param>
/// <param name="LanguageCode">IETF tag of the person's client, or null.</param>
public sealed record TelegramProfile(TelegramId Id, string FirstName, string LastName = "", string Username = "", string? LanguageCode = null)
{
    /// <summary>Length of the name columns of <c>tg_bot_telegramuser</c>, in code points.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The same profile, cut to what the columns hold.</summary>
    public TelegramProfile Fitted() => this with
    {
        FirstName = Text.Cut(FirstName, MaxNameLength),
        LastName = Text.Cut(LastName, MaxNameLength),
        Username = Text.Cut(Username, MaxNameLength),
    };
}
