using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// The switches of shops as their sellers know them (table <c>marketbot_known_shops</c>), and what the sellers are to be told of them
/// (<c>marketbot_notices</c>), changed with the current unit of work.
/// </summary>
internal sealed class KnownShops(MarketBotContext context, ScopedReads reads, TimeProvider time)
{
    /// <summary>Whose rows of the audit stand in the order of their commits, shop by shop (<see cref="IShopRepository.FindForUpdate"/>).</summary>
    private const string Actions = $"'{nameof(ToggleShopActive)}', '{nameof(TogglePriceUpdating)}'";

    /// <summary>Takes the sellers of shops to know how they are switched now.</summary>
    public ValueTask<List<int>> Record(IEnumerable<long> shops) => reads.Query(
        $"""
        INSERT INTO marketbot_known_shops (shop_id, is_active, price_updating, audit_id)
        SELECT s.id, s.is_active, s.price_updating, COALESCE((SELECT MAX(a.id) FROM marketbot_audit a WHERE a.shop_id = s.id AND a.action IN ({Actions})), 0)
        FROM shops s WHERE s.id IN ({SqlList.Of(shops)})
        ON CONFLICT (shop_id) DO NOTHING RETURNING 1
        """,
        _ => 0);

    /// <summary>Forgets those shops that are gone, and notes what the sellers of the others are to be told.</summary>
    /// <param name="shops">Their ids.</param>
    /// <param name="since">The row of the audit after which a switch may have been made that was not looked at yet.</param>
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
        var switches = await Switches(shops, since);
        var sellers = await Sellers(shops);
        var notices = new Dictionary<(TelegramId Person, string Notice, long Author), NoticeArguments>();
        foreach (var made in switches)
        {
            var author = made.Author ?? Author.OnTheSite(time.GetUtcNow());
            foreach (var seller in sellers[made.Shop].Where(seller => seller.Value != author.Id))
            {
                var key = (seller, made.Notice.ToString(), author.Id);
                var arguments = new NoticeArguments(made.Name, author.Name, author.At);
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

        foreach (var alike in switches.GroupBy(made => (made.Column, made.IsOn, made.AuditId)))
        {
            await reads.Query(
                $"""
                UPDATE marketbot_known_shops SET {alike.Key.Column} = @p0, audit_id = CASE WHEN audit_id < @p1 THEN @p1 ELSE audit_id END
                WHERE shop_id IN ({SqlList.Of(alike.Select(made => made.Shop))}) RETURNING 1
                """,
                _ => 0, alike.Key.IsOn, alike.Key.AuditId);
        }
    }

    /// <summary>
    /// What is not as the sellers know it, and the last row of the audit that may say whose doing that was: read by one statement, since
    /// on PostgreSQL two may see the database before and after another switch.
    /// </summary>
    private ValueTask<List<Switch>> Switches(IReadOnlyCollection<long> shops, long since) => reads.Query(
        $"""
        WITH switched AS (
            SELECT k.shop_id, s.name, '{nameof(ToggleShopActive)}' AS action, s.is_active AS is_on, k.audit_id
            FROM marketbot_known_shops k JOIN shops s ON s.id = k.shop_id WHERE k.shop_id IN ({SqlList.Of(shops)}) AND s.is_active <> k.is_active
            UNION ALL
            SELECT k.shop_id, s.name, '{nameof(TogglePriceUpdating)}', s.price_updating, k.audit_id
            FROM marketbot_known_shops k JOIN shops s ON s.id = k.shop_id WHERE k.shop_id IN ({SqlList.Of(shops)}) AND s.price_updating <> k.price_updating)
        SELECT w.shop_id, w.name, w.action, w.is_on, COALESCE(a.id, 0), a.after, a.at, a.actor, u.first_name, u.last_name
        FROM switched w
        LEFT JOIN marketbot_audit a ON a.id = (
            SELECT MAX(o.id) FROM marketbot_audit o WHERE o.shop_id = w.shop_id AND o.action = w.action AND o.id > w.audit_id AND o.id > @p0)
        LEFT JOIN tg_bot_telegramuser u ON u.chat_id = a.actor
        ORDER BY w.shop_id, w.action
        """,
        row =>
        {
            var isOn = row.GetBoolean(3);
            var author = row.IsDBNull(8) || row.GetString(5) != Change.OnOff(isOn)
                ? null
                : new Author(row.GetInt64(7), $"{row.GetString(8)} {row.GetString(9)}".Trim(), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)).UtcDateTime);
            return new Switch(row.GetInt64(0), row.GetString(1), row.GetString(2), isOn, row.GetInt64(4), author);
        },
        since);

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

    /// <summary>A switch that its shop's sellers do not know of.</summary>
    /// <param name="Shop">The shop's id.</param>
    /// <param name="Name">The shop's name.</param>
    /// <param name="Action">The command that makes such a switch in the bot.</param>
    /// <param name="IsOn">How it stands.</param>
    /// <param name="AuditId">The last row of the audit about it; 0 for none.</param>
    /// <param name="Author">Who made it, where that is known: not so on the site, and of those who are no longer registered.</param>
    private sealed record Switch(long Shop, string Name, string Action, bool IsOn, long AuditId, Author? Author)
    {
        private bool IsOfPrices => Action == nameof(TogglePriceUpdating);

        public string Column => IsOfPrices ? "price_updating" : "is_active";

        public Notice Notice => (IsOfPrices, IsOn) switch
        {
            (false, true) => Notice.ShopOn,
            (false, false) => Notice.ShopOff,
            (true, true) => Notice.PricesOn,
            (true, false) => Notice.PricesOff,
        };
    }

    /// <summary>Whose doing a switch was.</summary>
    /// <param name="Id">The Telegram id; nobody has the id 0.</param>
    /// <param name="Name">Null for somebody on the site.</param>
    /// <param name="At">When.</param>
    private sealed record Author(long Id, string? Name, DateTime At)
    {
        public static Author OnTheSite(DateTimeOffset now) => new(0, null, now.UtcDateTime);
    }
}
