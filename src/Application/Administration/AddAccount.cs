using System.Text;
using MarketBot.Application.Accounts;
using Microsoft.Extensions.Options;

namespace MarketBot.Application.Administration;

/// <summary>Adds an admin's account to a standalone marketplace: active and in the admins' group.</summary>
[Allow(Who.Operator)]
public sealed record AddAccount(string Username, Secret Password) : ICommand;

internal static class NewPassword
{
    public static bool IsValid(Secret password) => password.Reveal() is { Length: > 0 } text
        && Encoding.UTF8.GetByteCount(text) <= IPasswords.MaxBytes && text.Trim() == text && !text.Contains('\0', StringComparison.Ordinal);
}

internal sealed class AddAccountValidator : AbstractValidator<AddAccount>
{
    public AddAccountValidator()
    {
        RuleFor(c => c.Username).Parses(Username.Parse);
        RuleFor(c => c.Password).Holds(NewPassword.IsValid, AccountRefusals.PasswordInvalid);
    }
}

internal sealed class AddAccountHandler(
    IMarketplaceAccountRepository accounts, IPasswords passwords, IAudit audit, IOptions<BotOptions> options, TimeProvider time)
    : IRequestHandler<AddAccount, Result>
{
    public async Task<Result> Handle(AddAccount request, CancellationToken cancellationToken)
    {
        var username = Username.Parse(request.Username).Value;
        if (await accounts.FindByUsername(username, cancellationToken) is not null)
            return AccountRefusals.UsernameTaken;

        var group = await accounts.FindOrAddGroup(options.Value.AdminGroup, cancellationToken);
        accounts.Add(MarketplaceAccount.Create(username, passwords.Hash(request.Password), group, time.GetUtcNow().UtcDateTime));
        audit.Record(new Change(nameof(AddAccount), After: username));
        return Result.Done;
    }
}
