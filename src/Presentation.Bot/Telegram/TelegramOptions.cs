namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>The connection to Telegram: the configuration section <c>Telegram</c>.</summary>
internal sealed class TelegramOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telegram";

    /// <summary>The bot's token from BotFather; empty: the Playground is started instead.</summary>
    public string Token { get; set; } = "";

    /// <summary>The token before this one, so that updates stored under it can still be read.</summary>
    public string PreviousToken { get; set; } = "";

    /// <summary>The Bot API server.</summary>
    public string ApiBaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary>The way in which updates arrive.</summary>
    public UpdateMode Mode { get; set; } = UpdateMode.Polling;

    /// <summary>The public https address to which Telegram sends updates in the mode Webhook.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>The secret that Telegram sends with every update, 1 to 256 of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>The address the process listens on in the mode Webhook.</summary>
    public string WebhookListen { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The path of that address where updates arrive.</summary>
    public string WebhookPath { get; set; } = "/telegram/webhook";

    /// <summary>Updates handled at once, 1 to 1024.</summary>
    public int MaxConcurrency { get; set; } = 64;
}

/// <summary>The way in which updates arrive.</summary>
internal enum UpdateMode
{
    /// <summary>The bot asks for them (Bot API: <c>getUpdates</c>).</summary>
    Polling,

    /// <summary>Telegram sends them (Bot API: <c>setWebhook</c>).</summary>
    Webhook,
}
