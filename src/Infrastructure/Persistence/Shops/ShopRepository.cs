using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Persistence.Shops;

internal sealed class ShopRepository(MarketBotContext context, ShopListCache cache, TimeProvider time) : IShopRepository
{
    private const int RowsBetweenClockReadings = 256;

    public Task<Shop?> FindFor(TelegramUser user, ShopId id, CancellationToken ct) =>
        Of(user).Include(s => s.Warehouses.OrderBy(w => w.Id)).FirstOrDefaultAsync(s => s.Id == id, ct);

    public async Task<Result<Shop>> FindByKey(ApiKey key, CancellationToken ct) =>
        await context.Shops.Where(s => s.ApiKey == key).OrderBy(s => s.Id).Take(2).ToListAsync(ct) switch
        {
            [var only] => only,
            [] => ShopRefusals.KeyNotRecognised,
            _ => ShopRefusals.KeyShared,
        };

    public async Task<ShopStretch> List(TelegramUser user, ShopListPlace place, int pageSize, CancellationToken ct)
    {
        var key = place.Key;
        var ids = Keys(user);
        var page = await Load(
            place.From switch
            {
                ShopListFrom.At => ids.Where(id => id >= key).OrderBy(id => id),
                ShopListFrom.After => ids.Where(id => id > key).OrderBy(id => id),
                ShopListFrom.Before => ids.Where(id => id < key).OrderByDescending(id => id),
                _ => ids.OrderBy(id => id),
            },
            pageSize + 1,
            ct);
        var more = page.Count > pageSize;
        if (more)
            page.RemoveAt(place.From == ShopListFrom.Before ? 0 : pageSize);
        if (place.From == ShopListFrom.Before)
            return new ShopStretch(page, HasBefore: more, HasAfter: await ids.AnyAsync(id => id >= key, ct));

        var hasBefore = place.From switch
        {
            ShopListFrom.Start => false,
            ShopListFrom.After => await ids.AnyAsync(id => id <= key, ct),
            _ => await ids.AnyAsync(id => id < key, ct),
        };
        return new ShopStretch(page, hasBefore, more);
    }

    public Task<int> Count(TelegramUser user, CancellationToken ct) => cache.Count(user, () => Keys(user).CountAsync(ct));

    public async Task<ShopId?> KeyAt(TelegramUser user, int skip, CancellationToken ct) =>
        await Keys(user).OrderBy(id => id).Skip(skip).Take(1).ToListAsync(ct) is [var key] ? key : null;

    public Task<ShopSearchResult> Search(TelegramUser user, string text, int limit, TimeSpan budget, CancellationToken ct) =>
        cache.Search(user, text, () => Scan(user, text, limit, budget, ct));

    public async Task<IReadOnlyList<Shop>> Pick(TelegramUser user, IReadOnlyCollection<ShopId> ids, CancellationToken ct) =>
        await Of(user).AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(ct);

    public async Task<bool> Bind(TelegramUser user, Shop shop, CancellationToken ct)
    {
        cache.Forget(user);
        if (user.Id != 0 && await context.Bindings.AnyAsync(b => b.User == user && b.ShopId == shop.Id, ct))
            return false;

        context.Add(ShopBinding.Between(user, shop.Id));
        return true;
    }

    public async Task<bool> Unbind(TelegramUser user, ShopId shop, CancellationToken ct)
    {
        cache.Forget(user);
        return await context.Bindings.Where(b => b.User == user && b.ShopId == shop).ExecuteDeleteAsync(ct) > 0;
    }

    public async Task<IReadOnlyList<Shop>> ListAll(ShopId after, int count, CancellationToken ct) =>
        await context.Shops.AsNoTracking().Where(s => s.Id > after).OrderBy(s => s.Id).Take(count).ToListAsync(ct);

    public async Task<TakenShopNames> FindTaken(IReadOnlyCollection<string> slugs, IReadOnlyCollection<ApiKey> keys, CancellationToken ct)
    {
        var takenSlugs = await context.Shops.Where(s => slugs.Contains(s.Slug)).Select(s => s.Slug!).ToListAsync(ct);
        var takenKeys = await context.Shops.Where(s => keys.Contains(s.ApiKey)).Select(s => s.ApiKey).Distinct().ToListAsync(ct);
        return new TakenShopNames(takenSlugs.ToHashSet(), takenKeys.ToHashSet());
    }

    public void Add(Shop shop) => context.Add(shop);

    private IQueryable<Shop> Of(TelegramUser user) =>
        user.Role == Role.Admin ? context.Shops : context.Shops.Where(s => context.Bindings.Any(b => b.User == user && b.ShopId == s.Id));

    private IQueryable<ShopId> Keys(TelegramUser user) =>
        user.Role == Role.Admin ? context.Shops.Select(s => s.Id) : context.Bindings.Where(b => b.User == user).Select(b => b.ShopId);

    private Task<List<Shop>> Load(IQueryable<ShopId> keys, int count, CancellationToken ct)
    {
        var page = keys.Take(count);
        return context.Shops.AsNoTracking().Where(s => page.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(ct);
    }

    private async Task<ShopSearchResult> Scan(TelegramUser user, string text, int limit, TimeSpan budget, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var found = new List<ShopId>();
        var rows = 0;
        await foreach (var shop in Of(user).OrderBy(s => s.Id).Select(s => new { s.Id, s.Name, s.Slug, s.ClientId }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (Has(shop.Name, text) || Has(shop.Slug, text) || Has(shop.ClientId, text) || shop.Id.ToString() == text)
            {
                if (found.Count == limit)
                    return new ShopSearchResult(found, WasCut: true);
                found.Add(shop.Id);
            }

            if (++rows % RowsBetweenClockReadings == 0 && time.GetElapsedTime(started) > budget)
                return new ShopSearchResult(found, WasCut: true);
        }

        return new ShopSearchResult(found, WasCut: false);
    }

    /// <summary>In .NET, since SQLite's own comparison knows no case outside ASCII.</summary>
    private static bool Has(string? column, string text) => column?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
