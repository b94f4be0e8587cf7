using MarketBot.Application.Accounts;

namespace MarketBot.Application.Administration;

/// <summary>Replaces the password of a standalone marketplace's account; logins made with the old one end at their next tap.</summary>
[Allow(Who.Operator)]
public sealed record SetAccountPassword(string Username, Secret Password) : ICommand;

internal sealed class SetAccountPasswordValidator : AbstractValidator<SetAccountPassword>
{
    public SetAccountPasswordValidator()
    {
        RuleFor(c => c.Username).Parses(Username.Parse);
        RuleFor(c => c.Password).Holds(NewPassword.IsValid, AccountRefusals.PasswordInvalid);
    }
}

internal sealed class SetAccountPasswordHandler(IMarketplaceAccountRepository accounts, IPasswords passwords, IAudit audit)
    : IRequestHandler<SetAccountPassword, Result>
{
    public async Task<Result> Handle(SetAccountPassword request, CancellationToken cancellationToken)
    {
        if (await accounts.FindByUsername(Username.Parse(request.Username).Value, cancellationToken) is not { } account)
            return AccountRefusals.NotFound;

        account.SetPassword(passwords.Hash(request.Password));
        audit.Record(new Change(nameof(SetAccountPassword), After: account.Username));
        return Result.Done;
    }
}
