namespace MarketBot.Domain.Accounts;

/// <summary>Expected refusals around people and accounts.</summary>
public static class AccountRefusals
{
    /// <summary>Name, password, group or state of the account: one answer for all, so that nothing can be guessed from it.</summary>
    public static readonly Refusal LoginFailed = new("account.login_failed");

    /// <summary>The password is right, but the site still keeps it under a hash too weak to be trusted; logging in there renews the hash.</summary>
    public static readonly Refusal PasswordOutdated = new("account.password_outdated");

    /// <summary>
    /// This machine cannot check the passwords of all admins: said to everybody who is not logged in, so that nothing can be guessed from it.
    /// </summary>
    public static readonly Refusal PasswordUncheckable = new("account.password_uncheckable");

    /// <summary>The username is empty or too long to be one.</summary>
    public static readonly Refusal UsernameInvalid = new("account.username_invalid");

    /// <summary>An account of that name exists.</summary>
    public static readonly Refusal UsernameTaken = new("account.username_taken");

    /// <summary>No account of that name.</summary>
    public static readonly Refusal NotFound = new("account.not_found");

    /// <summary>A new password must not be empty, longer than is ever checked, or have blanks around it.</summary>
    public static readonly Refusal PasswordInvalid = new("account.password_invalid");

    /// <summary>No such registered person.</summary>
    public static readonly Refusal UserNotFound = new("user.not_found");
}
