using MarketBot.Application.Common;

namespace MarketBot.Application.Accounts;

/// <summary>Passwords as the marketplace's Django stores them (django/contrib/auth/hashers.py).</summary>
public interface IPasswords
{
    /// <summary>Whether the password belongs to the encoded hash; in constant time, and bounded whatever the hash says.</summary>
    /// <param name="encoded">The stored hash.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="ct">Ends the waiting for a turn; a hash under way is finished.</param>
    Task<bool> Verify(string encoded, Secret password, CancellationToken ct);

    /// <summary>Whether the encoded hash is of a format that can be checked; a decoy is checked in place of any other, so that its time tells nothing.</summary>
    bool CanVerify(string encoded);

    /// <summary>An encoded hash of the format and cost that Django makes today.</summary>
    string Hash(Secret password);

    /// <summary>A hash that no password matches and that costs as much to check as the given one, or as a new one.</summary>
    string Decoy(string? like);

    /// <summary>Tells one encoded hash from another without giving it away.</summary>
    string Fingerprint(string encoded);
}
