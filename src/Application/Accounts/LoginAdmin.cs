using Microsoft.Extensions.Options;

namespace MarketBot.Application.Accounts;

/// <summary>
/// Logs the caller in as an admin by a marketplace account that is active and in the admins' group. Whatever is wrong,
/// the answer and its time are the same; only a right password learns that the site has to renew its hash.
/// </summary>
/// <param name="Username">The username, as typed.</param>
/// <param name="Password">The password, as typed; nothing is trimmed.</param>
[Allow(Who.Stranger)]
public sealed record LoginAdmin(string Username, Secret Password) : ICommand<Home>, IChecksSecretFirst;

internal sealed class LoginAdminValidator : AbstractValidator<LoginAdmin>
{
    public LoginAdminValidator() => RuleFor(c => c.Username).Parses(Username.Parse);
}

internal sealed class LoginAdminHandler(
    Caller caller,
    CommandTransaction transaction,
    IThrottle throttle,
    IPasswords passwords,
    IMarketplaceAccountRepository accounts,
    IAdminLoginRepository logins,
    ITelegramUserRepository users,
    IAudit audit,
    IOptions<BotOptions> options,
    TimeProvider time)
    : IRequestHandler<LoginAdmin, Result<Home>>
{
    public async Task<Result<Home>> Handle(LoginAdmin request, CancellationToken cancellationToken)
    {
        var username = await NameOf(Username.Parse(request.Username).Value, cancellationToken);
        if (await throttle.Reserve(SecretKind.Password, username, cancellationToken) is { } wait)
            return wait;

        var known = await accounts.FindByUsername(username, cancellationToken);
        // An unknown name takes as long as a known one, so that time tells nothing about names.
        var encoded = MayLogIn(known) ? known!.PasswordHash : null;
        var inUse = await accounts.HashesInUse(options.Value.AdminGroup, cancellationToken);
        var no = await passwords.Check(encoded, inUse, request.Password, cancellationToken);
        if (no is not null && no != AccountRefusals.PasswordOutdated)
        {
            await throttle.Fail(cancellationToken);
            return no;
        }

        if (await transaction.Begin<LoginAdmin>(cancellationToken) is { } lost)
            return lost;
        if (await accounts.FindByUsername(username, cancellationToken) is not { } account || account.PasswordHash != encoded || !MayLogIn(account))
            return AccountRefusals.LoginFailed;
        if (no is not null)
            return no;

        var user = caller.User;
        audit.Record(new Change(nameof(LoginAdmin), Person: caller.Profile.Id, Before: user?.Role.ToString(), After: nameof(Role.Admin)));
        if (user is null)
            users.Add(user = TelegramUser.Register(caller.Profile, Role.Admin, time.GetUtcNow().UtcDateTime));
        else
            user.SignIn(caller.Profile, Role.Admin);
        await logins.Remember(caller.Profile.Id, account, cancellationToken);
        await throttle.Forgive(cancellationToken);
        caller.SignedInAs(user);
        return Home.Of(user);
    }

    /// <summary>
    /// A text with a blank is the name of an account where there is such an account. Otherwise the person sent a password behind the name, and only what stands
    /// before the blank is the name.
    /// </summary>
    private async Task<string> NameOf(string typed, CancellationToken ct)
    {
        var blank = typed.IndexOf(' ', StringComparison.Ordinal);
        return blank <= 0 || await accounts.FindByUsername(typed, ct) is not null ? typed : typed[..blank];
    }

    private bool MayLogIn(MarketplaceAccount? account) => account is { IsActive: true } && account.IsIn(options.Value.AdminGroup);
}
