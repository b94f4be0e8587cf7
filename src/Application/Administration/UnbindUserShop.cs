namespace MarketBot.Application.Administration;

/// <summary>Revokes a person's binding to a shop.</summary>
[Allow(Who.Operator)]
public sealed record UnbindUserShop(TelegramId Person, ShopId Shop) : ICommand;

internal sealed class UnbindUserShopHandler(ITelegramUserRepository users, IShopRepository shops, IAudit audit) : IRequestHandler<UnbindUserShop, Result>
{
    public async Task<Result> Handle(UnbindUserShop request, CancellationToken cancellationToken)
    {
        if (await users.Find(request.Person, cancellationToken) is not { } user)
            return AccountRefusals.UserNotFound;

        if (!await shops.Unbind(user, request.Shop, cancellationToken))
            return ShopRefusals.NotYours;

        audit.Record(new Change(nameof(UnbindUserShop), request.Shop, request.Person, Before: "bound"));
        return Result.Done;
    }
}
