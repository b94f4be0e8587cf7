using System.Globalization;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Notices what others change in the marketplace's tables, and tells those whom it concerns: a ban to the person, a switch
/// of a shop to its sellers. What they know stands in the database and changes in the transaction that tells them, so
/// nothing is told twice, and what happened while the bot was off is told after its start. The first look of all only records.
/// </summary>
internal sealed partial class Watch(IServiceScopeFactory scopes, IInstance instance, TimeProvider time, ILogger<Watch> log) : BackgroundService
{
    /// <summary>How many changes one transaction tells.</summary>
    private const int Stretch = 500;

    private const string NewlyBanned =
        "SELECT u.chat_id FROM tg_bot_telegramuser u WHERE u.is_banned AND NOT EXISTS (SELECT 1 FROM marketbot_known_bans k WHERE k.telegram_id = u.chat_id)";

    private const string NoLongerBanned =
        "SELECT k.telegram_id FROM marketbot_known_bans k WHERE EXISTS (SELECT 1 FROM tg_bot_telegramuser u WHERE u.chat_id = k.telegram_id AND NOT u.is_banned)";

    private const string Switched =
        """
        SELECT k.shop_id, s.name, k.is_active, s.is_active, k.price_updating, s.price_updating
        FROM marketbot_known_shops k JOIN shops s ON s.id = k.shop_id WHERE s.is_active <> k.is_active OR s.price_updating <> k.price_updating
        """;

    private const string NewlyBound =
        """
        SELECT s.id, s.is_active, s.price_updating FROM (
            SELECT DISTINCT b.shop_id AS id FROM tg_bot_telegramuser_shops b WHERE NOT EXISTS (SELECT 1 FROM marketbot_known_shops k WHERE k.shop_id = b.shop_id)
        ) n JOIN shops s ON s.id = n.id WHERE true
        """;

    private const string NoLongerBound =
        "SELECT k.shop_id FROM marketbot_known_shops k WHERE NOT EXISTS (SELECT 1 FROM tg_bot_telegramuser_shops b WHERE b.shop_id = k.shop_id)";

    /// <summary>A row when there is anything to do; as a rule there is none, and this keeps no writer waiting.</summary>
    private const string Anything =
        $"""
        SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM marketbot_watch w WHERE w.audit_id = (SELECT COALESCE(MAX(a.id), 0) FROM marketbot_audit a))
            OR EXISTS ({NewlyBanned}) OR EXISTS ({NoLongerBanned}) OR EXISTS ({Switched}) OR EXISTS ({NewlyBound}) OR EXISTS ({NoLongerBound})
        """;

    /// <summary>Also locks the row, where the database has no lock on the whole: who looks, looks alone.</summary>
    private const string TakeTurn = "UPDATE marketbot_watch SET audit_id = audit_id RETURNING audit_id";

    private const string WhoSwitched =
        """
        SELECT a.actor, a.after, a.at, u.first_name, u.last_name FROM marketbot_audit a LEFT JOIN tg_bot_telegramuser u ON u.chat_id = a.actor
        WHERE a.shop_id = @p0 AND a.action = @p1 AND a.id > @p2 ORDER BY a.id DESC LIMIT 1
        """;

    private const string SellersOf =
        """
        SELECT u.chat_id FROM tg_bot_telegramuser_shops b JOIN tg_bot_telegramuser u ON u.id = b.telegramuser_id
        WHERE b.shop_id = @p0 AND u.role = 'SE' AND u.is_active AND NOT u.is_banned AND NOT u.is_logged_out AND u.chat_id <> @p1
        """;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                if (instance.IsLeader)
                    await Look(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    private async Task Look(CancellationToken ct)
    {
        try
        {
            bool isMore;
            do
            {
                await using var scope = scopes.CreateAsyncScope();
                isMore = await LookOnce(scope.ServiceProvider, ct);
            }
            while (isMore);
            Looked();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            CannotLook(failure);
        }
    }

    /// <returns>Whether there may be more to tell.</returns>
    private async Task<bool> LookOnce(IServiceProvider services, CancellationToken ct)
    {
        var reads = services.GetRequiredService<ScopedReads>();
        if ((await reads.Query(Anything, row => row.GetInt32(0))).Count == 0)
            return false;

        var work = services.GetRequiredService<IUnitOfWork>();
        var context = services.GetRequiredService<MarketBotContext>();
        await work.Begin(ct);
        var turn = await reads.Query(TakeTurn, row => row.GetInt64(0));
        var newest = (await reads.Query("SELECT COALESCE(MAX(id), 0) FROM marketbot_audit", row => row.GetInt64(0)))[0];
        var isMore = false;
        if (turn is [var seen])
        {
            isMore = await TellBans(context, reads) | await TellSwitches(context, reads, seen);
            if (!isMore)
                await reads.Query("UPDATE marketbot_watch SET audit_id = @p0 RETURNING id", row => row.GetInt32(0), newest);
        }
        else
        {
            await reads.Query($"INSERT INTO marketbot_known_bans (telegram_id) {NewlyBanned} ON CONFLICT (telegram_id) DO NOTHING RETURNING 1", _ => 0);
            context.Add(new WatchRow { Id = WatchRow.Only, AuditId = newest });
        }

        await context.Database.ExecuteSqlRawAsync($"DELETE FROM marketbot_known_shops WHERE shop_id IN ({NoLongerBound})", ct);
        await context.Database.ExecuteSqlRawAsync($"INSERT INTO marketbot_known_shops (shop_id, is_active, price_updating) {NewlyBound} ON CONFLICT (shop_id) DO NOTHING", ct);
        if (await work.Commit(ct) is not null)
            return false;

        await work.Complete(null, null, ct);
        return isMore;
    }

    private async Task<bool> TellBans(MarketBotContext context, ScopedReads reads)
    {
        var banned = await reads.Query(
            $"INSERT INTO marketbot_known_bans (telegram_id) {NewlyBanned} LIMIT {Stretch} ON CONFLICT (telegram_id) DO NOTHING RETURNING telegram_id",
            row => new TelegramId(row.GetInt64(0)));
        var restored = await reads.Query(
            $"DELETE FROM marketbot_known_bans WHERE telegram_id IN ({NoLongerBanned} LIMIT {Stretch}) RETURNING telegram_id",
            row => new TelegramId(row.GetInt64(0)));
        await reads.Query("DELETE FROM marketbot_known_bans WHERE NOT EXISTS (SELECT 1 FROM tg_bot_telegramuser u WHERE u.chat_id = telegram_id) RETURNING 1", _ => 0);
        foreach (var person in banned)
            Tell(context, person, Notice.Banned, null);
        foreach (var person in restored)
            Tell(context, person, Notice.Unbanned, null);
        return banned.Count == Stretch || restored.Count == Stretch;
    }

    private async Task<bool> TellSwitches(MarketBotContext context, ScopedReads reads, long seen)
    {
        var changes = await reads.Query(
            $"{Switched} ORDER BY k.shop_id LIMIT {Stretch}",
            row => (Shop: row.GetInt64(0), Name: row.GetString(1), WasActive: row.GetBoolean(2), IsActive: row.GetBoolean(3), WasUpdating: row.GetBoolean(4), IsUpdating: row.GetBoolean(5)));
        foreach (var change in changes)
        {
            if (change.IsActive != change.WasActive)
                await TellSellers(nameof(ToggleShopActive), change.IsActive, change.IsActive ? Notice.ShopOn : Notice.ShopOff);
            if (change.IsUpdating != change.WasUpdating)
                await TellSellers(nameof(TogglePriceUpdating), change.IsUpdating, change.IsUpdating ? Notice.PricesOn : Notice.PricesOff);
            await reads.Query(
                "UPDATE marketbot_known_shops SET is_active = @p1, price_updating = @p2 WHERE shop_id = @p0 RETURNING shop_id", row => row.GetInt64(0), change.Shop, change.IsActive, change.IsUpdating);

            async Task TellSellers(string action, bool isOn, Notice notice)
            {
                var (who, name, at) = await Author(reads, change.Shop, action, isOn, seen);
                foreach (var seller in await reads.Query(SellersOf, row => new TelegramId(row.GetInt64(0)), change.Shop, who))
                    Tell(context, seller, notice, new NoticeArguments(change.Name, name, at));
            }
        }

        return changes.Count == Stretch;
    }

    /// <summary>Who made a shop what it is now, if that was in the bot and since the last look; nobody has the id 0.</summary>
    private async Task<(long Who, string? Name, DateTime At)> Author(ScopedReads reads, long shop, string action, bool isOn, long seen)
    {
        var last = await reads.Query(
            WhoSwitched,
            row => row.IsDBNull(0) || row.IsDBNull(3) || row.GetString(1) != Change.OnOff(isOn)
                ? ((long, string?, DateTime)?)null
                : (row.GetInt64(0), $"{row.GetString(3)} {row.GetString(4)}".Trim(), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)).UtcDateTime),
            shop, action, seen);
        return last is [{ } author] ? author : (0, null, time.GetUtcNow().UtcDateTime);
    }

    private void Tell(MarketBotContext context, TelegramId person, Notice notice, NoticeArguments? arguments)
    {
        var now = time.GetUtcNow().UtcDateTime;
        context.Add(new OutboxRow
        {
            ChatId = person,
            Name = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            Notice = notice.ToString(),
            Arguments = arguments?.ToJson(),
            CreatedAt = now,
            DueAt = now,
        });
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Looked at what others have changed")]
    private partial void Looked();

    [LoggerMessage(Level = LogLevel.Warning, Message = "What others have changed cannot be looked at; trying again")]
    private partial void CannotLook(Exception failure);
}

/// <summary>The bans that people were told of, changed with the current unit of work.</summary>
internal sealed class KnownBans(MarketBotContext context) : IKnownBans
{
    public Task Know(TelegramId person, bool isBanned, CancellationToken ct) => isBanned
        ? context.Database.ExecuteSqlAsync($"INSERT INTO marketbot_known_bans (telegram_id) VALUES ({person.Value}) ON CONFLICT (telegram_id) DO NOTHING", ct)
        : context.Database.ExecuteSqlAsync($"DELETE FROM marketbot_known_bans WHERE telegram_id = {person.Value}", ct);
}
