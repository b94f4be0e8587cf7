namespace MarketBot.Application.Accounts;

/// <summary>Opens the conversation: the menu for those who are signed in, the choice of a role for all others.</summary>
[Allow(Who.Anyone, EvenInactive = true)]
public sealed record Start : IQuery<Home>;

internal sealed class StartHandler(ICaller caller) : IRequestHandler<Start, Result<Home>>
{
    public Task<Result<Home>> Handle(Start request, CancellationToken cancellationToken) => Task.FromResult<Result<Home>>(Home.Of(caller));
}
