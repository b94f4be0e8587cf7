namespace MarketBot.Application.Accounts;

/// <summary>Signs the caller out: until the next registration or login only /start, /help and /language work.</summary>
[Allow(Who.Seller | Who.Admin, EvenInactive = true)]
public sealed record SignOut : ICommand;

internal sealed class SignOutHandler(ICaller caller, IAdminLoginRepository logins, IAudit audit) : IRequestHandler<SignOut, Result>
{
    public async Task<Result> Handle(SignOut request, CancellationToken cancellationToken)
    {
        caller.SignedIn.SignOut();
        caller.Session.Forget();
        await logins.Forget(caller.Profile.Id, cancellationToken);
        audit.Record(new Change(nameof(SignOut), Person: caller.Profile.Id, Before: "signed in", After: "signed out"));
        return Result.Done;
    }
}
