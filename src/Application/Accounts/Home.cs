namespace MarketBot.Application.Accounts;

/// <summary>What a person's first screen depends on.</summary>
/// <param name="Role">Their role; null when they are not signed in.</param>
/// <param name="IsActive">Whether their subscription runs.</param>
public sealed record Home(Role? Role, bool IsActive)
{
    /// <summary>The first screen of somebody who is not signed in.</summary>
    public static Home SignedOut { get; } = new(null, true);

    internal static Home Of(ICaller caller) => caller.IsSignedIn ? Of(caller.User!) : SignedOut;

    internal static Home Of(TelegramUser user) => new(user.Role, user.IsActive);
}
