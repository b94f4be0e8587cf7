namespace MarketBot.Application.Shops;

/// <summary>Binds one more shop to the calling seller, by its API key; binding it twice is fine.</summary>
/// <param name="Key">The key as typed.</param>
[Allow(Who.Seller)]
public sealed record BindShop(Secret Key) : ICommand<string>, IChecksSecretFirst;

internal sealed class BindShopValidator : AbstractValidator<BindShop>
{
    public BindShopValidator() => RuleFor(c => c.Key).Parses(key => ApiKey.Parse(key.Reveal()));
}

internal sealed class BindShopHandler(ICaller caller, CommandTransaction transaction, IThrottle throttle, IShopRepository shops, IAudit audit)
    : IRequestHandler<BindShop, Result<string>>
{
    public async Task<Result<string>> Handle(BindShop request, CancellationToken cancellationToken)
    {
        if (await throttle.Reserve(SecretKind.ShopKey, null, cancellationToken) is { } wait)
            return wait;
        if (await transaction.Begin<BindShop>(cancellationToken) is { } lost)
            return lost;

        var found = await shops.FindByKey(ApiKey.Parse(request.Key.Reveal()).Value, cancellationToken);
        if (found.Refusal is { } unknown)
            return unknown;

        if (await shops.Bind(caller.SignedIn, found.Value, cancellationToken))
            audit.Record(new Change(nameof(BindShop), found.Value.Id, caller.Profile.Id, After: "bound"));
        await throttle.Forgive(cancellationToken);
        return found.Value.Name;
    }
}
