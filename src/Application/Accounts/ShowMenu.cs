namespace MarketBot.Application.Accounts;

/// <summary>The menu of the caller's role.</summary>
[Allow(Who.Seller | Who.Admin, EvenInactive = true)]
public sealed record ShowMenu : IQuery<Home>;

internal sealed class ShowMenuHandler(ICaller caller) : IRequestHandler<ShowMenu, Result<Home>>
{
    public Task<Result<Home>> Handle(ShowMenu request, CancellationToken cancellationToken) => Task.FromResult<Result<Home>>(Home.Of(caller));
}
