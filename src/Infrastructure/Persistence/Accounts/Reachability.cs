using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Persistence.Accounts;

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
