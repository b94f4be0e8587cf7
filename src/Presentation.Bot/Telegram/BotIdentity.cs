using Telegram.Bot;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Who the bot itself is (Bot API: <c>getMe</c>), asked once.</summary>
internal sealed class BotIdentity(ITelegramBotClient bot)
{
    private string? _username;

    /// <summary>The bot's username, without the @.</summary>
    public async Task<string> Username(CancellationToken ct) => _username ??= (await bot.GetMe(ct)).Username ?? "";
}
