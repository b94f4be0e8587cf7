using MarketBot.Domain.Accounts;

namespace MarketBot.Domain.Shops;

/// <summary>A shop of the marketplace (table <c>shops</c>).</summary>
public sealed class Shop
{
    /// <summary>Length of the name, slug and vendor columns, in code points.</summary>
    public const int MaxNameLength = 50;

    /// <summary>Length of <c>client_id</c>.</summary>
    public const int MaxClientIdLength = 8;

    private readonly List<Warehouse> _warehouses = [];

    /// <summary>A shop as it is stored, or a new one with the id 0.</summary>
    public Shop(ShopId id, string name, string? slug, string clientId, ApiKey apiKey, string vendorName, bool isActive, bool priceUpdating)
    {
        Id = id;
        Name = name;
        Slug = slug;
        ClientId = clientId;
        ApiKey = apiKey;
        VendorName = vendorName;
        IsActive = isActive;
        PriceUpdating = priceUpdating;
    }

    /// <summary>The key.</summary>
    public ShopId Id { get; private set; }

    /// <summary>The name people know it by.</summary>
    public string Name { get; private set; }

    /// <summary>Its part of a URL; unique, may be missing.</summary>
    public string? Slug { get; private set; }

    /// <summary>The shop's number at the trading platform.</summary>
    public string ClientId { get; private set; }

    /// <summary>The key that proves ownership.</summary>
    public ApiKey ApiKey { get; private set; }

    /// <summary>The key of the shipping service; another service's secret that the bot stores but never shows.</summary>
    public string ShipperApiKey { get; private set; } = "";

    /// <summary>The name of the supplier.</summary>
    public string VendorName { get; private set; }

    /// <summary>True while the shop trades.</summary>
    public bool IsActive { get; private set; }

    /// <summary>True while its prices are updated.</summary>
    public bool PriceUpdating { get; private set; }

    /// <summary>The warehouses that it ships from.</summary>
    public IReadOnlyList<Warehouse> Warehouses => _warehouses;

    /// <summary>Adds a warehouse.</summary>
    public void Add(Warehouse warehouse) => _warehouses.Add(warehouse);

    /// <summary>Switches trading to the wanted state; saying it twice changes nothing.</summary>
    public void SwitchTo(bool active) => IsActive = active;

    /// <summary>Switches price updating to the wanted state; saying it twice changes nothing.</summary>
    public void SwitchPriceUpdatingTo(bool updating) => PriceUpdating = updating;
}

/// <summary>A warehouse of a shop (table <c>warehouses</c>).</summary>
public sealed class Warehouse
{
    private Warehouse(long id, string name, long warehouseId)
    {
        Id = id;
        Name = name;
        WarehouseId = warehouseId;
    }

    /// <summary>The row's key.</summary>
    public long Id { get; private set; }

    /// <summary>The warehouse's name.</summary>
    public string Name { get; private set; }

    /// <summary>Its number at the trading platform.</summary>
    public long WarehouseId { get; private set; }

    /// <summary>A new warehouse.</summary>
    public static Warehouse Create(string name, long warehouseId) => new(0, name, warehouseId);
}

/// <summary>Says that a seller once showed the shop's key (table <c>tg_bot_telegramuser_shops</c>).</summary>
public sealed class ShopBinding
{
    private ShopBinding(long id, ShopId shopId)
    {
        Id = id;
        ShopId = shopId;
    }

    /// <summary>The row's key.</summary>
    public long Id { get; private set; }

    /// <summary>The shop.</summary>
    public ShopId ShopId { get; private set; }

    /// <summary>The seller.</summary>
    public TelegramUser User { get; private set; } = null!;

    /// <summary>A new binding.</summary>
    public static ShopBinding Between(TelegramUser user, ShopId shop) => new(0, shop) { User = user };
}
