namespace MarketBot.Application.Shops;

/// <summary>Unlinks a shop from the calling seller; the shop itself stays as it is.</summary>
[Allow(Who.Seller)]
public sealed record UnbindShop(ShopId Shop) : ICommand<string>;

internal sealed class UnbindShopHandler(ICaller caller, IShopRepository shops, IAudit audit) : IRequestHandler<UnbindShop, Result<string>>
{
    public async Task<Result<string>> Handle(UnbindShop request, CancellationToken cancellationToken)
    {
        if (await shops.FindFor(caller.SignedIn, request.Shop, cancellationToken) is not { } shop
            || !await shops.Unbind(caller.SignedIn, shop.Id, cancellationToken))
            return ShopRefusals.NotYours;

        audit.Record(new Change(nameof(UnbindShop), shop.Id, caller.Profile.Id, Before: "bound"));
        return shop.Name;
    }
}
