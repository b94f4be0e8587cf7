namespace MarketBot.Domain.Accounts;

/// <summary>A person who registered with the bot; one row of <c>tg_bot_telegramuser</c>, shared with the marketplace.</summary>
public sealed class TelegramUser
{
    /// <summary>A user as it is stored.</summary>
    public TelegramUser(
        long id, TelegramId telegramId, string firstName, string lastName, string username, Role role, DateTime createdAt, bool isBanned, bool isActive,
        bool isLoggedOut)
    {
        Id = id;
        TelegramId = telegramId;
        FirstName = firstName;
        LastName = lastName;
        Username = username;
        Role = role;
        CreatedAt = createdAt;
        IsBanned = isBanned;
        IsActive = isActive;
        IsLoggedOut = isLoggedOut;
    }

    /// <summary>The row's key; 0 until it is stored.</summary>
    public long Id { get; private set; }

    /// <summary>The person (column <c>chat_id</c>).</summary>
    public TelegramId TelegramId { get; private set; }

    /// <summary>Given name.</summary>
    public string FirstName { get; private set; }

    /// <summary>Family name, or empty.</summary>
    public string LastName { get; private set; }

    /// <summary>Telegram username without the @, or empty.</summary>
    public string Username { get; private set; }

    /// <summary>Seller or admin.</summary>
    public Role Role { get; private set; }

    /// <summary>The time of the first registration, UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>May do nothing at all.</summary>
    public bool IsBanned { get; private set; }

    /// <summary>Has a running subscription.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Signed out, until the next registration or login.</summary>
    public bool IsLoggedOut { get; private set; }

    /// <summary>A person's first registration: active, not banned, signed in.</summary>
    /// <param name="profile">Their profile at Telegram.</param>
    /// <param name="role">The role that they proved with a key or a password.</param>
    /// <param name="now">UTC.</param>
    public static TelegramUser Register(TelegramProfile profile, Role role, DateTime now)
    {
        var fitted = profile.Fitted();
        return new TelegramUser(
            0, fitted.Id, fitted.FirstName, fitted.LastName, fitted.Username, role, now, isBanned: false, isActive: true, isLoggedOut: false);
    }

    /// <summary>A known person proved a role again: names and role are refreshed, ban and subscription stay as they are.</summary>
    public void SignIn(TelegramProfile profile, Role role)
    {
        var fitted = profile.Fitted();
        FirstName = fitted.FirstName;
        LastName = fitted.LastName;
        Username = fitted.Username;
        Role = role;
        IsLoggedOut = false;
    }

    /// <summary>Ends the session of the person on this account; twice is fine.</summary>
    public void SignOut() => IsLoggedOut = true;

    /// <summary>Bans, or lifts the ban.</summary>
    public void SetBanned(bool banned) => IsBanned = banned;

    /// <summary>Starts or ends the subscription.</summary>
    public void SetActive(bool active) => IsActive = active;
}
