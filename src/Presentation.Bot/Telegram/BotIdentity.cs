using Telegram.Bot;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>The bot's own account (Bot API: <c>getMe</c>), asked for once.</summary>
internal sealed class BotIdentity(ITelegramBotClient bot)
{
    private string? _username;

    /// <summary>The bot's username, without the @.</summary>
    public async Task<string> Username(CancellationToken ct) => _username ??= (await bot.GetMe(ct)).Username ?? "";
}
