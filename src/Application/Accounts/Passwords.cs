namespace MarketBot.Application.Accounts;

/// <summary>Passwords as the marketplace's Django stores them (django/contrib/auth/hashers.py).</summary>
public interface IPasswords
{
    /// <summary>Most bytes of a password that is looked at, in UTF-8.</summary>
    const int MaxBytes = 4096;

    /// <summary>
    /// Checks a password: in constant time, bounded whatever the hash says, and as slow without a hash, or with one that
    /// cannot be checked, as with one of those in use.
    /// </summary>
    /// <param name="encoded">The stored hash; null when there is no such account.</param>
    /// <param name="inUse">Hashes of other accounts: what a check costs here, and what this machine must be able to check.</param>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="ct">Ends the waiting for a turn; a hash under way is finished.</param>
    /// <returns>
    /// Null when it fits; <see cref="Domain.Accounts.AccountRefusals.PasswordOutdated"/> when it fits a hash too weak to be
    /// trusted; otherwise the same refusal for every account.
    /// </returns>
    Task<Refusal?> Check(string? encoded, IReadOnlyList<string> inUse, Secret password, CancellationToken ct);

    /// <summary>An encoded hash of the format and cost that Django makes today.</summary>
    string Hash(Secret password);

    /// <summary>Tells one encoded hash from another without giving it away.</summary>
    string Fingerprint(string encoded);
}
