using MarketBot.Domain.Accounts;

namespace MarketBot.Domain.Shops;

/// <summary>The shops, as far as a person reaches them: a seller those they are bound to, an admin all.</summary>
public interface IShopRepository
{
    /// <summary>The shop with its warehouses; null: none, or not theirs.</summary>
    Task<Shop?> FindFor(TelegramUser user, ShopId id, CancellationToken ct);

    /// <summary>The same, and nobody else changes the shop until the current unit of work ends.</summary>
    Task<Shop?> FindForUpdate(TelegramUser user, ShopId id, CancellationToken ct);

    /// <summary>The shop of that key; refused when there is none, or more than one.</summary>
    Task<Result<Shop>> FindByKey(ApiKey key, CancellationToken ct);

    /// <summary>Some keys of the marketplace, old and new ones, to learn their shape from.</summary>
    Task<IReadOnlyList<ApiKey>> SampleKeys(int count, CancellationToken ct);

    /// <summary>A page of the person's shops.</summary>
    Task<ShopStretch> List(TelegramUser user, ShopListPlace place, int pageSize, CancellationToken ct);

    /// <summary>The number of the person's shops; may be 30 s old.</summary>
    Task<int> Count(TelegramUser user, CancellationToken ct);

    /// <summary>The key of the shop that is <paramref name="skip"/> places behind the first; null when the list is shorter.</summary>
    Task<ShopId?> KeyAt(TelegramUser user, int skip, CancellationToken ct);

    /// <summary>The person's shops in whose name, slug, id or client id the text occurs, whatever the case.</summary>
    /// <param name="user">The person whose shops are searched.</param>
    /// <param name="text">The text to search for.</param>
    /// <param name="limit">The largest number of shops to find.</param>
    /// <param name="budget">The longest time that the search may take.</param>
    /// <param name="ct">Ends it early.</param>
    Task<ShopSearchResult> Search(TelegramUser user, string text, int limit, TimeSpan budget, CancellationToken ct);

    /// <summary>Of the given shops, the ones that the person may reach, in the order of keys.</summary>
    Task<IReadOnlyList<ListedShop>> Pick(TelegramUser user, IReadOnlyCollection<ShopId> ids, CancellationToken ct);

    /// <summary>Binds the shop to the seller; twice is fine.</summary>
    /// <returns>False when it was bound already.</returns>
    Task<bool> Bind(TelegramUser user, Shop shop, CancellationToken ct);

    /// <summary>Ends a binding; false when there was none.</summary>
    Task<bool> Unbind(TelegramUser user, ShopId shop, CancellationToken ct);

    /// <summary>The first <paramref name="count"/> shops that the person reaches, in the order of keys, without warehouses.</summary>
    Task<IReadOnlyList<Shop>> ListOf(TelegramUser user, int count, CancellationToken ct);

    /// <summary>Up to <paramref name="count"/> shops after a key, whoever they belong to.</summary>
    Task<IReadOnlyList<Shop>> ListAll(ShopId after, int count, CancellationToken ct);

    /// <summary>Finds the slugs and API keys that are in use already. Other callers wait until the current unit of work ends.</summary>
    Task<TakenShopNames> FindTaken(IReadOnlyCollection<string> slugs, IReadOnlyCollection<ApiKey> keys, CancellationToken ct);

    /// <summary>Stores a new shop with the current unit of work.</summary>
    void Add(Shop shop);
}

/// <summary>Names that are in use by other shops.</summary>
/// <param name="Slugs">Taken slugs.</param>
/// <param name="Keys">Taken API keys.</param>
public sealed record TakenShopNames(IReadOnlySet<string> Slugs, IReadOnlySet<ApiKey> Keys);
