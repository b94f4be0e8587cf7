namespace MarketBot.Application.Administration;

/// <summary>Adds shops to a standalone marketplace: all of them, or none.</summary>
[Allow(Who.Operator)]
public sealed record AddShops(IReadOnlyList<NewShop> Shops) : ICommand<ShopImport>;

/// <summary>A shop to be added.</summary>
/// <param name="Name">1 to 50 characters.</param>
/// <param name="Key">The API key that proves ownership, 1 to 50 characters, of no other shop.</param>
/// <param name="Slug">Up to 50 characters, of no other shop; empty or null: none.</param>
/// <param name="ClientId">Up to 8 characters.</param>
/// <param name="VendorName">Up to 50 characters.</param>
/// <param name="IsActive">True when the shop trades from the start.</param>
/// <param name="PriceUpdating">True when its prices are updated from the start.</param>
/// <param name="Warehouses">The warehouses that it ships from; null: none yet.</param>
public sealed record NewShop(
    string Name,
    Secret Key,
    string? Slug = null,
    string ClientId = "",
    string VendorName = "",
    bool IsActive = false,
    bool PriceUpdating = false,
    IReadOnlyList<NewWarehouse>? Warehouses = null);

/// <summary>A warehouse of a shop to be added.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WarehouseId">Its number at the trading platform, not negative.</param>
public sealed record NewWarehouse(string Name, long WarehouseId);

/// <summary>The result of an import.</summary>
/// <param name="Added">The number of shops added: all, or 0 when there are errors.</param>
/// <param name="Errors">The errors, each with the shop's index in the list.</param>
public sealed record ShopImport(int Added, IReadOnlyList<ShopImportError> Errors);

/// <summary>The error of one shop.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Reason">A refusal with words.</param>
/// <param name="Field">The field that is wrong.</param>
public sealed record ShopImportError(int Index, Refusal Reason, string Field);

internal sealed class NewShopValidator : AbstractValidator<NewShop>
{
    public NewShopValidator()
    {
        RuleFor(s => s.Name).Holds(name => name.Trim().Length > 0 && Text.Fits(name, Shop.MaxNameLength), ShopRefusals.ShopDataInvalid);
        RuleFor(s => s.Key).Parses(key => ApiKey.Parse(key.Reveal()));
        RuleFor(s => s.Slug).Holds(slug => Text.Fits(slug, Shop.MaxNameLength), ShopRefusals.ShopDataInvalid);
        RuleFor(s => s.ClientId).Holds(id => Text.Fits(id, Shop.MaxClientIdLength), ShopRefusals.ShopDataInvalid);
        RuleForEach(s => s.Warehouses).Holds(w => w.WarehouseId >= 0 && Text.Fits(w.Name, Shop.MaxNameLength), ShopRefusals.ShopDataInvalid);
        RuleFor(s => s.VendorName).Holds(name => Text.Fits(name, Shop.MaxNameLength), ShopRefusals.ShopDataInvalid);
    }
}

internal sealed class AddShopsHandler(IShopRepository shops, IAudit audit) : IRequestHandler<AddShops, Result<ShopImport>>
{
    private static readonly NewShopValidator Validator = new();

    public async Task<Result<ShopImport>> Handle(AddShops request, CancellationToken cancellationToken)
    {
        var errors = request.Shops.SelectMany(BrokenRules).ToList();
        var valid = request.Shops.Select((shop, index) => (shop, index)).ExceptBy(errors.Select(e => e.Index), s => s.index)
            .Select(s => (s.shop, s.index, key: ApiKey.Parse(s.shop.Key.Reveal()).Value, slug: string.IsNullOrEmpty(s.shop.Slug) ? null : s.shop.Slug))
            .ToList();

        var taken = await shops.FindTaken([.. valid.Select(v => v.slug).OfType<string>()], [.. valid.Select(v => v.key)], cancellationToken);
        var slugs = new HashSet<string>(taken.Slugs);
        var keys = new HashSet<ApiKey>(taken.Keys);
        foreach (var (_, index, key, slug) in valid)
        {
            if (slug is not null && !slugs.Add(slug))
                errors.Add(new ShopImportError(index, ShopRefusals.SlugTaken, nameof(NewShop.Slug)));
            if (!keys.Add(key))
                errors.Add(new ShopImportError(index, ShopRefusals.KeyTaken, nameof(NewShop.Key)));
        }

        if (errors.Count > 0)
            return new ShopImport(0, [.. errors.OrderBy(e => e.Index)]);

        audit.Record(new Change(nameof(AddShops), After: $"{valid.Count} added"));
        foreach (var (shop, _, key, slug) in valid)
        {
            var added = new Shop(default, shop.Name.Trim(), slug, shop.ClientId, key, shop.VendorName, shop.IsActive, shop.PriceUpdating);
            foreach (var warehouse in shop.Warehouses ?? [])
                added.Add(Warehouse.Create(warehouse.Name, warehouse.WarehouseId));
            shops.Add(added);
        }

        return new ShopImport(valid.Count, []);
    }

    private static IEnumerable<ShopImportError> BrokenRules(NewShop shop, int index) =>
        Validator.Validate(shop).Errors.Select(e => new ShopImportError(index, (Refusal)e.CustomState, e.PropertyName));
}
