using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// The switches of shops as their sellers know them (table <c>marketbot_known_shops</c>), and what the sellers are to be told of them
/// (<c>marketbot_notices</c>), changed with the current unit of work.
/// </summary>
internal sealed class KnownShops(MarketBotContext context, ScopedReads reads, TimeProvider time)
{
    /// <summary>Takes the sellers of shops to know how they are switched now.</summary>
    public ValueTask<List<int>> Record(IEnumerable<long> shops) => reads.Query(
        $"""
        INSERT INTO marketbot_known_shops (shop_id, is_active, price_updating) SELECT id, is_active, price_updating FROM shops WHERE id IN ({SqlList.Of(shops)})
        ON CONFLICT (shop_id) DO NOTHING RETURNING 1
        """,
        _ => 0);

    /// <summary>Forgets those shops that are gone, and notes what the sellers of the others are to be told.</summary>
    /// <param name="shops">Their ids.</param>
    /// <param name="since">The last row of the audit that was there at the last look.</param>
    /// <param name="ct">Ends it early.</param>
    public async Task Update(IReadOnlyCollection<long> shops, long since, CancellationToken ct)
    {
        await Forget(shops);
        await NoteSwitches(shops, since, ct);
    }

    /// <summary>Moves what was noted for people into the outbox; no more is added to it.</summary>
    /// <param name="people">Telegram ids.</param>
    /// <param name="ct">Ends it early.</param>
    public async Task Tell(IEnumerable<long> people, CancellationToken ct)
    {
        var ids = people.Select(id => new TelegramId(id)).ToList();
        var notices = await context.Notices.Where(n => ids.Contains(n.TelegramId)).ToListAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        context.AddRange(notices.Select(n => OutboxRow.Of(n.TelegramId, n.Notice, n.Arguments, now)));
        context.RemoveRange(notices);
    }

    private ValueTask<List<int>> Forget(IEnumerable<long> shops) => reads.Query(
        $"DELETE FROM marketbot_known_shops WHERE shop_id IN ({SqlList.Of(shops)}) AND NOT EXISTS (SELECT 1 FROM shops s WHERE s.id = shop_id) RETURNING 1", _ => 0);

    /// <summary>In the transaction that notes what sellers are to be told, they are taken to know it.</summary>
    private async Task NoteSwitches(IReadOnlyCollection<long> shops, long since, CancellationToken ct)
    {
        var changes = await Changes(shops);
        var authors = await Authors(shops, since);
        var sellers = await Sellers(shops);
        var notices = new Dictionary<(TelegramId Person, string Notice, long Author), NoticeArguments>();
        foreach (var (change, what) in changes.SelectMany(change => change.Switches.Select(what => (change, what))))
        {
            var author = authors.GetValueOrDefault((change.Shop, what.Action)) is { } known && known.MadeIt == what.MakesIt ? known : Author.OnTheSite(time.GetUtcNow());
            foreach (var seller in sellers[change.Shop].Where(seller => seller.Value != author.Id))
            {
                var key = (seller, what.Notice.ToString(), author.Id);
                var arguments = new NoticeArguments(change.Name, author.Name, author.At);
                notices[key] = notices.TryGetValue(key, out var others) ? others.And(arguments) : arguments;
            }
        }

        foreach (var (key, arguments) in notices)
        {
            if (await context.Notices.FindAsync([key.Person, key.Notice, key.Author], ct) is { } begun)
                begun.Arguments = NoticeArguments.FromJson(begun.Arguments).And(arguments).ToJson();
            else
                context.Add(new NoticeRow { TelegramId = key.Person, Notice = key.Notice, Author = key.Author, Arguments = arguments.ToJson() });
        }

        foreach (var alike in changes.GroupBy(change => (change.IsActive, change.IsUpdating)))
        {
            await reads.Query(
                $"UPDATE marketbot_known_shops SET is_active = @p0, price_updating = @p1 WHERE shop_id IN ({SqlList.Of(alike.Select(change => change.Shop))}) RETURNING 1",
                _ => 0, alike.Key.IsActive, alike.Key.IsUpdating);
        }
    }

    private ValueTask<List<ShopChange>> Changes(IEnumerable<long> shops) => reads.Query(
        $"""
        SELECT k.shop_id, s.name, k.is_active, s.is_active, k.price_updating, s.price_updating FROM marketbot_known_shops k JOIN shops s ON s.id = k.shop_id
        WHERE k.shop_id IN ({SqlList.Of(shops)}) AND (s.is_active <> k.is_active OR s.price_updating <> k.price_updating) ORDER BY k.shop_id
        """,
        row => new ShopChange(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5)));

    /// <summary>Who switched the shops last, where that was in the bot and after the last look; nobody for whom is no longer registered.</summary>
    private async Task<Dictionary<(long Shop, string Action), Author?>> Authors(IEnumerable<long> shops, long since)
    {
        var rows = await reads.Query(
            $"""
            SELECT a.shop_id, a.action, a.after, a.at, a.actor, u.first_name, u.last_name FROM marketbot_audit a LEFT JOIN tg_bot_telegramuser u ON u.chat_id = a.actor
            WHERE a.shop_id IN ({SqlList.Of(shops)}) AND a.id > @p0 AND a.action IN ('{nameof(ToggleShopActive)}', '{nameof(TogglePriceUpdating)}') ORDER BY a.id
            """,
            row => (
                What: (row.GetInt64(0), row.GetString(1)),
                Who: row.IsDBNull(5) ? null : new Author(row.GetInt64(4), $"{row.GetString(5)} {row.GetString(6)}".Trim(), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)).UtcDateTime, row.GetString(2))),
            since);
        return rows.GroupBy(row => row.What).ToDictionary(rows => rows.Key, rows => rows.Last().Who);
    }

    private async Task<ILookup<long, TelegramId>> Sellers(IEnumerable<long> shops)
    {
        var rows = await reads.Query(
            $"""
            SELECT b.shop_id, u.chat_id FROM tg_bot_telegramuser_shops b JOIN tg_bot_telegramuser u ON u.id = b.telegramuser_id
            WHERE b.shop_id IN ({SqlList.Of(shops)}) AND u.role = 'SE' AND u.is_active AND NOT u.is_banned AND NOT u.is_logged_out
            """,
            row => (Shop: row.GetInt64(0), Seller: new TelegramId(row.GetInt64(1))));
        return rows.ToLookup(row => row.Shop, row => row.Seller);
    }

    private sealed record ShopChange(long Shop, string Name, bool WasActive, bool IsActive, bool WasUpdating, bool IsUpdating)
    {
        public IEnumerable<(string Action, string MakesIt, Notice Notice)> Switches
        {
            get
            {
                if (IsActive != WasActive)
                    yield return (nameof(ToggleShopActive), Change.OnOff(IsActive), IsActive ? Notice.ShopOn : Notice.ShopOff);
                if (IsUpdating != WasUpdating)
                    yield return (nameof(TogglePriceUpdating), Change.OnOff(IsUpdating), IsUpdating ? Notice.PricesOn : Notice.PricesOff);
            }
        }
    }

    /// <summary>Whose doing a switch was.</summary>
    /// <param name="Id">The Telegram id; nobody has the id 0.</param>
    /// <param name="Name">Null for somebody on the site.</param>
    /// <param name="At">When.</param>
    /// <param name="MadeIt">What it was after that.</param>
    private sealed record Author(long Id, string? Name, DateTime At, string MadeIt)
    {
        public static Author OnTheSite(DateTimeOffset now) => new(0, null, now.UtcDateTime, "");
    }
}
