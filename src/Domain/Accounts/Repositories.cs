namespace MarketBot.Domain.Accounts;

/// <summary>The registered people.</summary>
public interface ITelegramUserRepository
{
    /// <summary>The person, or null when they never registered.</summary>
    Task<TelegramUser?> Find(TelegramId id, CancellationToken ct);

    /// <summary>Stores a new person with the current unit of work.</summary>
    void Add(TelegramUser user);

    /// <summary>Up to <paramref name="count"/> people after a Telegram id, in the order of ids.</summary>
    Task<IReadOnlyList<TelegramUser>> List(TelegramId after, int count, CancellationToken ct);

    /// <summary>Removes the person and everything kept about them; false when there is nobody.</summary>
    Task<bool> Erase(TelegramId id, CancellationToken ct);
}

/// <summary>The marketplace's own accounts.</summary>
public interface IMarketplaceAccountRepository
{
    /// <summary>The account of exactly that username, with its groups, or null.</summary>
    Task<MarketplaceAccount?> FindByUsername(string username, CancellationToken ct);

    /// <summary>The password hashes of the first active members of the group: enough to tell which formats are in use and what they cost.</summary>
    Task<IReadOnlyList<string>> HashesInUse(string group, CancellationToken ct);

    /// <summary>Up to <paramref name="count"/> accounts after a key, in the order of keys.</summary>
    Task<IReadOnlyList<MarketplaceAccount>> List(int after, int count, CancellationToken ct);

    /// <summary>The group of that name, made when it is missing.</summary>
    Task<AccountGroup> FindOrAddGroup(string name, CancellationToken ct);

    /// <summary>Stores a new account with the current unit of work.</summary>
    void Add(MarketplaceAccount account);
}

/// <summary>The remembered logins of admins.</summary>
public interface IAdminLoginRepository
{
    /// <summary>Remembers that the person logged in with the account as it is now.</summary>
    Task Remember(TelegramId person, MarketplaceAccount account, CancellationToken ct);

    /// <summary>Forgets the person's login, if there is one.</summary>
    Task Forget(TelegramId person, CancellationToken ct);
}
