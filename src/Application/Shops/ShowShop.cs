namespace MarketBot.Application.Shops;

/// <summary>One of the caller's shops.</summary>
[Allow(Who.Seller | Who.Admin)]
public sealed record ShowShop(ShopId Shop) : IQuery<ShopCard>;

internal sealed class ShowShopHandler(ICaller caller, IShopRepository shops, IMapper mapper) : IRequestHandler<ShowShop, Result<ShopCard>>
{
    public async Task<Result<ShopCard>> Handle(ShowShop request, CancellationToken cancellationToken) =>
        await shops.FindFor(caller.SignedIn, request.Shop, cancellationToken) is { } shop ? mapper.Map<ShopCard>(shop) : ShopRefusals.NotYours;
}
