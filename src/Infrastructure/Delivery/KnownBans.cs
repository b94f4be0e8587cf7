using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>The bans that people were told of (table <c>marketbot_known_bans</c>), changed with the current unit of work.</summary>
internal sealed class KnownBans(MarketBotContext context, ScopedReads reads, TimeProvider time) : IKnownBans
{
    public Task Know(TelegramId person, bool isBanned, CancellationToken ct) => isBanned
        ? context.Database.ExecuteSqlAsync($"INSERT INTO marketbot_known_bans (telegram_id) VALUES ({person.Value}) ON CONFLICT (telegram_id) DO NOTHING", ct)
        : context.Database.ExecuteSqlAsync($"DELETE FROM marketbot_known_bans WHERE telegram_id = {person.Value}", ct);

    /// <summary>Tells people of their ban, or of its end.</summary>
    /// <param name="people">Keys of rows in <c>tg_bot_telegramuser</c>.</param>
    /// <param name="isSilent">They are only taken to know.</param>
    public async Task Tell(IEnumerable<long> people, bool isSilent)
    {
        var banned = await reads.Query(
            $"INSERT INTO marketbot_known_bans (telegram_id) SELECT chat_id FROM tg_bot_telegramuser WHERE is_banned AND id IN ({SqlList.Of(people)}) ON CONFLICT (telegram_id) DO NOTHING RETURNING telegram_id",
            row => new TelegramId(row.GetInt64(0)));
        var restored = await reads.Query(
            $"DELETE FROM marketbot_known_bans WHERE telegram_id IN (SELECT chat_id FROM tg_bot_telegramuser WHERE NOT is_banned AND id IN ({SqlList.Of(people)})) RETURNING telegram_id",
            row => new TelegramId(row.GetInt64(0)));
        if (isSilent)
            return;

        var now = time.GetUtcNow().UtcDateTime;
        context.AddRange(banned.Select(person => OutboxRow.Of(person, nameof(Notice.Banned), null, now)));
        context.AddRange(restored.Select(person => OutboxRow.Of(person, nameof(Notice.Unbanned), null, now)));
    }

    /// <summary>Forgets those of people who are no longer registered.</summary>
    /// <param name="people">Telegram ids.</param>
    public ValueTask<List<int>> Forget(IEnumerable<long> people) => reads.Query(
        $"DELETE FROM marketbot_known_bans WHERE telegram_id IN ({SqlList.Of(people)}) AND NOT EXISTS (SELECT 1 FROM tg_bot_telegramuser u WHERE u.chat_id = telegram_id) RETURNING 1", _ => 0);
}
