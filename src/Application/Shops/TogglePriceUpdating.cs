namespace MarketBot.Application.Shops;

/// <summary>Switches price updating of one of the caller's shops on or off, to the wanted state.</summary>
[Allow(Who.Seller | Who.Admin)]
public sealed record TogglePriceUpdating(ShopId Shop, bool MakeUpdating) : ICommand<ShopCard>;

internal sealed class TogglePriceUpdatingHandler(ICaller caller, IShopRepository shops, IAudit audit, IMapper mapper)
    : IRequestHandler<TogglePriceUpdating, Result<ShopCard>>
{
    public async Task<Result<ShopCard>> Handle(TogglePriceUpdating request, CancellationToken cancellationToken)
    {
        if (await shops.FindForUpdate(caller.SignedIn, request.Shop, cancellationToken) is not { } shop)
            return ShopRefusals.NotYours;

        if (shop.PriceUpdating != request.MakeUpdating)
            audit.Record(new Change(nameof(TogglePriceUpdating), shop.Id, Before: Change.OnOff(shop.PriceUpdating), After: Change.OnOff(request.MakeUpdating)));
        shop.SwitchPriceUpdatingTo(request.MakeUpdating);
        return mapper.Map<ShopCard>(shop);
    }
}
