using MarketBot.Domain.Accounts;

namespace MarketBot.Application.Common;

/// <summary>Remembers whom the bot cannot write to, because they blocked it or left Telegram (Bot API: error 403).</summary>
public interface IReachability
{
    /// <summary>A call was refused with 403.</summary>
    Task MarkUnreachable(TelegramId person, CancellationToken ct);

    /// <summary>The person wrote again, or unblocked the bot.</summary>
    Task MarkReachable(TelegramId person, CancellationToken ct);
}
