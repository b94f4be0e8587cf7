namespace MarketBot.Presentation.Bot.Routing;

/// <summary>The data of an update that a screen may use.</summary>
/// <param name="Caller">The sender and their conversation.</param>
/// <param name="Language">The language of the answer.</param>
/// <param name="Text">The text they sent; null when they pressed a button or sent something else.</param>
internal sealed record Turn(ICaller Caller, Language Language, string? Text)
{
    /// <summary>The part of the message that has a key's shape and that nobody asked for; null: none.</summary>
    public string? Key { get; init; }

    /// <summary>The sender's profile at Telegram.</summary>
    public TelegramProfile Person => Caller.Profile;

    /// <summary>The role of a signed-in sender; null for anybody else.</summary>
    public Role? Role => Caller.IsSignedIn ? Caller.User!.Role : null;
}
