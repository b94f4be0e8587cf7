namespace MarketBot.Domain.Accounts;

/// <summary>An account of the marketplace's own site (Django's <c>auth_user</c>); admins log in with one.</summary>
public sealed class MarketplaceAccount
{
    /// <summary>Length of <c>auth_user.username</c> (django/contrib/auth/models.py), in code points.</summary>
    public const int MaxUsernameLength = 150;

    private readonly List<AccountGroup> _groups = [];

    private MarketplaceAccount(int id, string username, string passwordHash, bool isActive, DateTime dateJoined)
    {
        Id = id;
        Username = username;
        PasswordHash = passwordHash;
        IsActive = isActive;
        DateJoined = dateJoined;
    }

    /// <summary>The row's key; 0 until it is stored.</summary>
    public int Id { get; private set; }

    /// <summary>The login name, NFKC-normalised as Django stores it.</summary>
    public string Username { get; private set; }

    /// <summary>Django's encoded password hash (column <c>password</c>).</summary>
    public string PasswordHash { get; private set; }

    /// <summary>False: the account is switched off and may not log in anywhere.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The time when the account was made, UTC.</summary>
    public DateTime DateJoined { get; private set; }

    /// <summary>The groups the account is in.</summary>
    public IReadOnlyList<AccountGroup> Groups => _groups;

    /// <summary>A new, active account in one group.</summary>
    public static MarketplaceAccount Create(string username, string passwordHash, AccountGroup group, DateTime now)
    {
        var account = new MarketplaceAccount(0, username, passwordHash, isActive: true, now);
        account._groups.Add(group);
        return account;
    }

    /// <summary>Replaces the password; logins made with the old one end.</summary>
    public void SetPassword(string passwordHash) => PasswordHash = passwordHash;

    /// <summary>Says if the account is in the group of that name.</summary>
    public bool IsIn(string group) => _groups.Any(g => string.Equals(g.Name, group, StringComparison.Ordinal));
}

/// <summary>A group of accounts (Django's <c>auth_group</c>).</summary>
public sealed class AccountGroup
{
    /// <summary>Length of <c>auth_group.name</c>.</summary>
    public const int MaxNameLength = 150;

    /// <summary>A group by its name.</summary>
    public AccountGroup(string name) => Name = name;

    /// <summary>The row's key.</summary>
    public int Id { get; private set; }

    /// <summary>The unique name.</summary>
    public string Name { get; private set; }
}
