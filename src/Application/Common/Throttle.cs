namespace MarketBot.Application.Common;

/// <summary>The kind of secret that attempts are counted for.</summary>
public enum SecretKind
{
    /// <summary>A shop's API key.</summary>
    ShopKey,

    /// <summary>The password of a marketplace account.</summary>
    Password,
}

/// <summary>
/// Bounds guessing, in storage that outlives a restart: 5 wrong secrets per 15 minutes and 20 wrong keys per day for a Telegram user, 20 wrong passwords per
/// hour for a marketplace account over all users, whether or not the account exists.
/// </summary>
public interface IThrottle
{
    /// <summary>
    /// Reserves an attempt before the secret is checked, in a short transaction of its own. The same update reserves
    /// once, however often it is delivered. Where only attempts whose outcome is not known yet are in the way, it waits for
    /// them, outside any transaction and off the caller's place under the limit of updates.
    /// </summary>
    /// <param name="kind">The kind of secret.</param>
    /// <param name="account">The marketplace account's username as typed, for passwords.</param>
    /// <param name="ct">Ends it early.</param>
    /// <returns>Null: go on; otherwise a refusal that says how long to wait.</returns>
    Task<Refusal?> Reserve(SecretKind kind, string? account, CancellationToken ct);

    /// <summary>The password was wrong: in a short transaction of its own, so that nobody waits for the outcome any more.</summary>
    Task Fail(CancellationToken ct);

    /// <summary>The secret was right: with the current unit of work, the attempt no longer counts.</summary>
    Task Forgive(CancellationToken ct);
}
