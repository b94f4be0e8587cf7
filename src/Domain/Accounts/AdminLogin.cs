namespace MarketBot.Domain.Accounts;

/// <summary>Remembers with which account, and which password of it, a person logged in as an admin.</summary>
public sealed class AdminLogin
{
    /// <summary>A login.</summary>
    /// <param name="telegramId">The person who logged in.</param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="fingerprint">The fingerprint of the account's password hash at that moment.</param>
    /// <param name="at">The time of the login, UTC.</param>
    public AdminLogin(TelegramId telegramId, int accountId, string fingerprint, DateTime at)
    {
        TelegramId = telegramId;
        AccountId = accountId;
        Fingerprint = fingerprint;
        At = at;
    }

    /// <summary>The person who logged in.</summary>
    public TelegramId TelegramId { get; private set; }

    /// <summary>The id of the account.</summary>
    public int AccountId { get; private set; }

    /// <summary>The fingerprint of the password hash the login was made with.</summary>
    public string Fingerprint { get; private set; }

    /// <summary>The time of the login, UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>Logs in anew, perhaps with another account.</summary>
    public void Renew(int accountId, string fingerprint, DateTime at) => (AccountId, Fingerprint, At) = (accountId, fingerprint, at);
}
