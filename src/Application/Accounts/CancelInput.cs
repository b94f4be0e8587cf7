namespace MarketBot.Application.Accounts;

/// <summary>Ends the waiting for an answer.</summary>
[Allow(Who.Anyone, EvenInactive = true)]
public sealed record CancelInput : IQuery<Cancelled>;

/// <summary>The caller's place after a cancelled question.</summary>
/// <param name="Home">The first screen.</param>
/// <param name="WasAwaited">True when the bot was waiting for an answer.</param>
public sealed record Cancelled(Home Home, bool WasAwaited);

internal sealed class CancelInputHandler(ICaller caller) : IRequestHandler<CancelInput, Result<Cancelled>>
{
    public Task<Result<Cancelled>> Handle(CancelInput request, CancellationToken cancellationToken)
    {
        var wasAwaited = caller.Session.Awaited is not null;
        caller.Session.Await(null);
        return Task.FromResult<Result<Cancelled>>(new Cancelled(Home.Of(caller), wasAwaited));
    }
}
