namespace MarketBot.Application.Shops;

/// <summary>The data on a shop's own screen.</summary>
public sealed record ShopCard(ShopId Id, string Name, string VendorName, bool IsActive, bool PriceUpdating, IReadOnlyList<string> Warehouses);

/// <summary>A shop in a list.</summary>
public sealed record ShopRow(ShopId Id, string Name, bool IsActive);

internal sealed class ShopProfile : Profile
{
    public ShopProfile()
    {
        CreateMap<Shop, ShopCard>().ForCtorParam(nameof(ShopCard.Warehouses), o => o.MapFrom(shop => shop.Warehouses.Select(w => w.Name)));
        CreateMap<ListedShop, ShopRow>();
    }
}
