namespace MarketBot.Application.Administration;

/// <summary>A registered person and the shops bound to them.</summary>
[Allow(Who.Operator)]
public sealed record ShowUser(TelegramId Person) : IQuery<UserWithShops>;

/// <summary>A registered person and their shops, at most the first 1000.</summary>
public sealed record UserWithShops(UserDetails User, IReadOnlyList<ShopDetails> Shops);

internal sealed class ShowUserHandler(ITelegramUserRepository users, IShopRepository shops, IMapper mapper) : IRequestHandler<ShowUser, Result<UserWithShops>>
{
    private const int MostShops = 1000;

    public async Task<Result<UserWithShops>> Handle(ShowUser request, CancellationToken cancellationToken)
    {
        if (await users.Find(request.Person, cancellationToken) is not { } user)
            return AccountRefusals.UserNotFound;

        IReadOnlyList<Shop> bound = user.Role == Role.Admin ? [] : await shops.ListOf(user, MostShops, cancellationToken);
        return new UserWithShops(mapper.Map<UserDetails>(user), mapper.Map<ShopDetails[]>(bound));
    }
}
