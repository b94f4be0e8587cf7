using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using Microsoft.Extensions.Caching.Memory;

namespace MarketBot.Infrastructure.Persistence.Shops;

/// <summary>Counts and search results that may be 30 s old; bounded, whatever the number of users.</summary>
internal sealed class ShopListCache : IDisposable
{
    private const int MostEntries = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MostEntries });

    public Task<int> Count(TelegramUser user, Func<Task<int>> count) => Remember((ListOf(user), "count"), count);

    public Task<ShopSearchResult> Search(TelegramUser user, string text, Func<Task<ShopSearchResult>> search) => Remember((ListOf(user), $"search {text}"), search);

    /// <summary>The person's own list has changed.</summary>
    public void Forget(TelegramUser user) => _cache.Remove(Owner(user));

    public void Dispose() => _cache.Dispose();

    private async Task<T> Remember<T>(object key, Func<Task<T>> make)
    {
        if (_cache.TryGetValue<T>(key, out var known))
            return known!;

        var made = await make();
        _cache.Set(key, made, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
        return made;
    }

    /// <summary>Stands for the person's list as it is: what is known of it is found with it alone.</summary>
    private object ListOf(TelegramUser user) => _cache.GetOrCreate(
        Owner(user),
        entry =>
        {
            (entry.Size, entry.SlidingExpiration) = (1, Lifetime);
            return new object();
        })!;

    /// <summary>All admins see the same list.</summary>
    private static long Owner(TelegramUser user) => user.Role == Role.Admin ? 0 : user.Id;
}
