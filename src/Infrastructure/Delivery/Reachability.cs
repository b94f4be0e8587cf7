using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>Remembers whom the bot cannot write to, because they blocked it or left Telegram (Bot API: error 403).</summary>
internal interface IReachability
{
    /// <summary>A call was refused with 403.</summary>
    Task MarkUnreachable(TelegramId person, CancellationToken ct);

    /// <summary>The person wrote again, or unblocked the bot.</summary>
    Task MarkReachable(TelegramId person, CancellationToken ct);
}

/// <summary>Remembers it in <c>marketbot_reachability</c>.</summary>
internal sealed class Reachability(MarketBotContext context, WriteGate gate, TimeProvider time) : IReachability
{
    public async Task MarkUnreachable(TelegramId person, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var turn = await gate.Enter(ct);
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO marketbot_reachability (telegram_id, blocked_at) VALUES ({person.Value}, {now}) ON CONFLICT (telegram_id) DO NOTHING", ct);
    }

    public async Task MarkReachable(TelegramId person, CancellationToken ct)
    {
        using var turn = await gate.Enter(ct);
        await context.Reachability.Where(r => r.TelegramId == person).ExecuteDeleteAsync(ct);
    }
}
