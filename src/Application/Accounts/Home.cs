namespace MarketBot.Application.Accounts;

/// <summary>The role and subscription that decide a person's first screen.</summary>
/// <param name="Role">Their role; null when they are not signed in.</param>
/// <param name="IsActive">True while their subscription runs.</param>
public sealed record Home(Role? Role, bool IsActive)
{
    /// <summary>The first screen of somebody who is not signed in.</summary>
    public static Home SignedOut { get; } = new(null, true);

    internal static Home Of(ICaller caller) => caller.IsSignedIn ? Of(caller.User!) : SignedOut;

    internal static Home Of(TelegramUser user) => new(user.Role, user.IsActive);
}
