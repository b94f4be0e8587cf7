namespace MarketBot.Domain.Shops;

/// <summary>The beginning of a page in a list of shops that is ordered by key.</summary>
public enum ShopListFrom
{
    /// <summary>The first page.</summary>
    Start,

    /// <summary>The page whose first shop has the key, or the next one that exists.</summary>
    At,

    /// <summary>The page after the key.</summary>
    After,

    /// <summary>The page before the key.</summary>
    Before,
}

/// <summary>A place in a list of shops. Read by key, so a page costs the same wherever it is.</summary>
/// <param name="From">The meaning of <paramref name="Key"/>.</param>
/// <param name="Key">The shop that bounds the page.</param>
/// <param name="Page">The page's number, from 1: for the counter only.</param>
public sealed record ShopListPlace(ShopListFrom From, ShopId Key, int Page)
{
    /// <summary>The first page.</summary>
    public static ShopListPlace First { get; } = new(ShopListFrom.Start, default, 1);
}

/// <summary>What a list shows of a shop.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">The name people know it by.</param>
/// <param name="IsActive">Whether the shop trades.</param>
/// <param name="PriceUpdating">Whether its prices are updated.</param>
public sealed record ListedShop(ShopId Id, string Name, bool IsActive, bool PriceUpdating);

/// <summary>A stretch of a list.</summary>
/// <param name="Shops">The shops of one page, in the order of keys.</param>
/// <param name="HasBefore">True when there are shops before it.</param>
/// <param name="HasAfter">True when there are shops after it.</param>
public sealed record ShopStretch(IReadOnlyList<ListedShop> Shops, bool HasBefore, bool HasAfter);

/// <summary>The shops that a search found.</summary>
/// <param name="Keys">The keys of the shops found, ascending; at most the limit asked for.</param>
/// <param name="WasCut">The search ran out of its time or of its limit: there may be more.</param>
public sealed record ShopSearchResult(IReadOnlyList<ShopId> Keys, bool WasCut);
