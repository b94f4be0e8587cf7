using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Persistence.Shops;

internal sealed class ShopRepository(
    Lazy<MarketBotContext> lazy, ShopQueries queries, ScopedReads reads, DatabaseProvider database, ShopListCache cache, Findings findings, TimeProvider time) : IShopRepository
{
    /// <summary>How many shops of one key are named; there may be more.</summary>
    private const int MostOfOneKey = 10;

    private const int RowsAtOnce = 2000;

    private MarketBotContext Context => lazy.Value;

    public Task<Shop?> FindFor(TelegramUser user, ShopId id, CancellationToken ct) => queries.For(user).Find(Context, user.Id, id);

    public async Task<Shop?> FindForUpdate(TelegramUser user, ShopId id, CancellationToken ct)
    {
        await database.Hold(Context, id, ct);
        return await FindFor(user, id, ct);
    }

    public async Task<Result<Shop>> FindByKey(ApiKey key, CancellationToken ct)
    {
        var found = await Context.Shops.Where(s => s.ApiKey == key).OrderBy(s => s.Id).Take(MostOfOneKey).ToListAsync(ct);
        if (found.Count > 1)
            findings.OneKeyOf([.. found.Select(s => s.Id)]);
        return found switch
        {
            [var only] => only,
            [] => ShopRefusals.KeyNotRecognised,
            _ => ShopRefusals.KeyShared,
        };
    }

    public async Task<IReadOnlyList<ApiKey>> SampleKeys(int count, CancellationToken ct)
    {
        var keys = Context.Shops.AsNoTracking();
        var oldest = await keys.OrderBy(s => s.Id).Take(count / 2).Select(s => s.ApiKey).ToListAsync(ct);
        return oldest.Count < count / 2 ? oldest : [.. oldest, .. await keys.OrderByDescending(s => s.Id).Take(count / 2).Select(s => s.ApiKey).ToListAsync(ct)];
    }

    public async Task<ShopStretch> List(TelegramUser user, ShopListPlace place, int pageSize, CancellationToken ct)
    {
        var page = await reads.Query(
            ShopListSql.Of(user.Role, place.From),
            row => (Shop: new ListedShop(new ShopId(row.GetInt64(0)), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3)), HasOther: row.GetBoolean(4)),
            place.Key.Value,
            pageSize + 1,
            user.Id);
        var more = page.Count > pageSize;
        if (more)
            page.RemoveAt(pageSize);
        if (place.From == ShopListFrom.Before)
            page.Reverse();

        var hasOther = page is [var any, ..]
            ? any.HasOther
            : place.From != ShopListFrom.Start && (await reads.Query(ShopListSql.AnyBeside(user.Role, place.From), row => row.GetBoolean(0), place.Key.Value, 0, user.Id))[0];
        var shops = page.ConvertAll(row => row.Shop);
        return place.From == ShopListFrom.Before
            ? new ShopStretch(shops, HasBefore: more, HasAfter: hasOther)
            : new ShopStretch(shops, HasBefore: hasOther, HasAfter: more);
    }

    public Task<int> Count(TelegramUser user, CancellationToken ct) => cache.Count(user, () => Keys(user).CountAsync(ct));

    public async Task<ShopId?> KeyAt(TelegramUser user, int skip, CancellationToken ct) =>
        await Keys(user).OrderBy(id => id).Skip(skip).Take(1).ToListAsync(ct) is [var key] ? key : null;

    public Task<ShopSearchResult> Search(TelegramUser user, string text, int limit, TimeSpan budget, CancellationToken ct) =>
        cache.Search(user, text, () => Scan(user, text, limit, budget, ct));

    public async Task<IReadOnlyList<ListedShop>> Pick(TelegramUser user, IReadOnlyCollection<ShopId> ids, CancellationToken ct) => await Of(user)
        .Where(s => ids.Contains(s.Id)).OrderBy(s => s.Id).Select(s => new ListedShop(s.Id, s.Name, s.IsActive, s.PriceUpdating)).ToListAsync(ct);

    public async Task<bool> Bind(TelegramUser user, Shop shop, CancellationToken ct)
    {
        cache.Forget(user);
        if (user.Id != 0 && await Context.Bindings.AnyAsync(b => b.User == user && b.ShopId == shop.Id, ct))
            return false;

        await database.CheckReferencesAtOnce(Context, ct);
        Context.Add(ShopBinding.Between(user, shop.Id));
        return true;
    }

    public async Task<bool> Unbind(TelegramUser user, ShopId shop, CancellationToken ct)
    {
        cache.Forget(user);
        return await Context.Bindings.Where(b => b.User == user && b.ShopId == shop).ExecuteDeleteAsync(ct) > 0;
    }

    public async Task<IReadOnlyList<Shop>> ListOf(TelegramUser user, int count, CancellationToken ct) =>
        await Of(user).AsNoTracking().OrderBy(s => s.Id).Take(count).ToListAsync(ct);

    public async Task<IReadOnlyList<Shop>> ListAll(ShopId after, int count, CancellationToken ct) =>
        await Context.Shops.AsNoTracking().Where(s => s.Id > after).OrderBy(s => s.Id).Take(count).ToListAsync(ct);

    public async Task<TakenShopNames> FindTaken(IReadOnlyCollection<string> slugs, IReadOnlyCollection<ApiKey> keys, CancellationToken ct)
    {
        await database.Serialise(Context, nameof(FindTaken), ct);
        var takenSlugs = await Context.Shops.Where(s => slugs.Contains(s.Slug)).Select(s => s.Slug!).ToListAsync(ct);
        var takenKeys = await Context.Shops.Where(s => keys.Contains(s.ApiKey)).Select(s => s.ApiKey).Distinct().ToListAsync(ct);
        return new TakenShopNames(takenSlugs.ToHashSet(), takenKeys.ToHashSet());
    }

    public void Add(Shop shop) => Context.Add(shop);

    private IQueryable<Shop> Of(TelegramUser user) => queries.For(user).All(Context, user).Select(r => r.Shop);

    private IQueryable<ShopId> Keys(TelegramUser user) => queries.For(user).All(Context, user).Select(r => r.Key);

    private async Task<ShopSearchResult> Scan(TelegramUser user, string text, int limit, TimeSpan budget, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var found = new List<ShopId>();

        // In stretches: PostgreSQL's driver reads a result to its end, however early one leaves it.
        for (var last = default(ShopId); ;)
        {
            var shops = await Of(user).Where(s => s.Id > last).OrderBy(s => s.Id).Take(RowsAtOnce).Select(s => new { s.Id, s.Name, s.Slug, s.ClientId }).ToListAsync(ct);
            foreach (var shop in shops.Where(s => Has(s.Name, text) || Has(s.Slug, text) || Has(s.ClientId, text) || s.Id.ToString() == text))
            {
                if (found.Count == limit)
                    return new ShopSearchResult(found, WasCut: true);
                found.Add(shop.Id);
            }

            if (shops.Count < RowsAtOnce)
                return new ShopSearchResult(found, WasCut: false);
            if (time.GetElapsedTime(started) > budget)
                return new ShopSearchResult(found, WasCut: true);
            last = shops[^1].Id;
        }
    }

    /// <summary>In .NET, since SQLite's own comparison knows no case outside ASCII.</summary>
    private static bool Has(string? column, string text) => column?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
