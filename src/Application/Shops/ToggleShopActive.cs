namespace MarketBot.Application.Shops;

/// <summary>Switches one of the caller's shops on or off, to the wanted state; saying it twice changes nothing more.</summary>
[Allow(Who.Seller | Who.Admin)]
public sealed record ToggleShopActive(ShopId Shop, bool MakeActive) : ICommand<ShopCard>;

internal sealed class ToggleShopActiveHandler(ICaller caller, IShopRepository shops, IAudit audit, IMapper mapper)
    : IRequestHandler<ToggleShopActive, Result<ShopCard>>
{
    public async Task<Result<ShopCard>> Handle(ToggleShopActive request, CancellationToken cancellationToken)
    {
        if (await shops.FindForUpdate(caller.SignedIn, request.Shop, cancellationToken) is not { } shop)
            return ShopRefusals.NotYours;

        if (shop.IsActive != request.MakeActive)
            audit.Record(new Change(nameof(ToggleShopActive), shop.Id, Before: Change.OnOff(shop.IsActive), After: Change.OnOff(request.MakeActive)));
        shop.SwitchTo(request.MakeActive);
        return mapper.Map<ShopCard>(shop);
    }
}
