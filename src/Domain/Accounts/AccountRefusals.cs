using MarketBot.Domain.Common;

namespace MarketBot.Domain.Accounts;

/// <summary>Expected refusals around people and accounts.</summary>
public static class AccountRefusals
{
    /// <summary>Name, password, group or state of the account: one answer for all, so that nothing can be guessed from it.</summary>
    public static readonly Refusal LoginFailed = new("account.login_failed");

    /// <summary>The username is empty or too long to be one.</summary>
    public static readonly Refusal UsernameInvalid = new("account.username_invalid");

    /// <summary>An account of that name exists.</summary>
    public static readonly Refusal UsernameTaken = new("account.username_taken");

    /// <summary>No account of that name.</summary>
    public static readonly Refusal NotFound = new("account.not_found");

    /// <summary>A new password must not be empty or longer than a Telegram message.</summary>
    public static readonly Refusal PasswordInvalid = new("account.password_invalid");

    /// <summary>No such registered person.</summary>
    public static readonly Refusal UserNotFound = new("user.not_found");
}
