namespace MarketBot.Application.Accounts;

/// <summary>Registers the caller as a seller, or signs them in again, by the API key of any of their shops.</summary>
/// <param name="Key">The key as typed.</param>
[Allow(Who.Stranger)]
public sealed record RegisterSeller(Secret Key) : ICommand<Registered>, IChecksSecretFirst;

/// <summary>A seller who has just been registered.</summary>
/// <param name="Home">Their first screen.</param>
/// <param name="ShopName">The shop whose key it was.</param>
public sealed record Registered(Home Home, string ShopName);

internal sealed class RegisterSellerValidator : AbstractValidator<RegisterSeller>
{
    public RegisterSellerValidator() => RuleFor(c => c.Key).Parses(key => ApiKey.Parse(key.Reveal()));
}

internal sealed class RegisterSellerHandler(
    Caller caller, CommandTransaction transaction, IThrottle throttle, ITelegramUserRepository users, IShopRepository shops, IAudit audit, TimeProvider time)
    : IRequestHandler<RegisterSeller, Result<Registered>>
{
    public async Task<Result<Registered>> Handle(RegisterSeller request, CancellationToken cancellationToken)
    {
        if (await throttle.Reserve(SecretKind.ShopKey, null, cancellationToken) is { } wait)
            return wait;
        if (await transaction.Begin<RegisterSeller>(cancellationToken) is { } lost)
            return lost;

        var found = await shops.FindByKey(ApiKey.Parse(request.Key.Reveal()).Value, cancellationToken);
        if (found.Refusal is { } unknown)
            return unknown;

        var user = caller.User;
        audit.Record(new Change(nameof(RegisterSeller), found.Value.Id, caller.Profile.Id, user?.Role.ToString(), nameof(Role.Seller)));
        if (user is null)
            users.Add(user = TelegramUser.Register(caller.Profile, Role.Seller, time.GetUtcNow().UtcDateTime));
        else
            user.SignIn(caller.Profile, Role.Seller);
        await shops.Bind(user, found.Value, cancellationToken);
        await throttle.Forgive(cancellationToken);
        caller.SignedInAs(user);
        return new Registered(Home.Of(user), found.Value.Name);
    }
}
