namespace MarketBot.Application.Common;

/// <summary>The sender of a request, taken from the update and never from the request itself.</summary>
public interface ICaller
{
    /// <summary>The sender's profile at Telegram.</summary>
    TelegramProfile Profile { get; }

    /// <summary>The registered person, signed in or not; null when they never registered.</summary>
    TelegramUser? User { get; }

    /// <summary>Registered, not signed out and, for an admin, with a login that still holds.</summary>
    bool IsSignedIn { get; }

    /// <summary>True for the command line of the machine, which is nobody in Telegram.</summary>
    bool IsOperator { get; }

    /// <summary>True when the person was last known to have blocked the bot.</summary>
    bool WasUnreachable { get; }

    /// <summary>The session of the conversation with this person.</summary>
    Session Session { get; }

    /// <summary>Names the attempt at a secret that this update is; the same for a repeated delivery (Bot API: <c>Update.update_id</c>).</summary>
    long UpdateId { get; }

    /// <summary>The signed-in person.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; the gate lets no such request pass.</exception>
    TelegramUser SignedIn => IsSignedIn ? User! : throw new InvalidOperationException("Nobody is signed in.");
}

/// <summary>The stored data about a caller, read in one round trip.</summary>
/// <param name="User">The registered person.</param>
/// <param name="LoginHolds">True when a remembered admin login still holds: account active, in the group, same password.</param>
/// <param name="Session">The session of the conversation, if there is one.</param>
/// <param name="WasUnreachable">True when the person was last known to have blocked the bot.</param>
/// <param name="HasWaiting">True when a message waits to be sent to the person.</param>
public sealed record CallerState(TelegramUser? User, bool LoginHolds, Session? Session, bool WasUnreachable, bool HasWaiting = false);

/// <summary>Reads what is stored about a caller.</summary>
public interface ICallerStore
{
    /// <summary>Reads it. Inside a transaction of the current unit of work the person can be changed, and is saved with it.</summary>
    Task<CallerState> Load(TelegramId id, CancellationToken ct);
}

/// <summary>The caller of the current scope; nothing about rights outlives it.</summary>
public sealed class Caller(ICallerStore store) : ICaller
{
    private TelegramProfile? _profile;
    private CallerState _state = new(null, false, null, false);
    private Session? _session;

    /// <inheritdoc />
    public TelegramProfile Profile => _profile ?? throw new InvalidOperationException("The caller is not known yet.");

    /// <inheritdoc />
    public TelegramUser? User => _state.User;

    /// <inheritdoc />
    public bool IsSignedIn => User is { IsLoggedOut: false } user && (user.Role != Role.Admin || _state.LoginHolds);

    /// <inheritdoc />
    public bool IsOperator { get; private set; }

    /// <inheritdoc />
    public bool WasUnreachable => _state.WasUnreachable;

    /// <summary>True when a message was waiting to be sent to the person.</summary>
    public bool HasWaiting => _state.HasWaiting;

    /// <inheritdoc />
    public Session Session => _session ?? throw new InvalidOperationException("The caller is not known yet.");

    /// <inheritdoc />
    public long UpdateId { get; private set; }

    /// <summary>The same; null where the caller is not known, or is the command line.</summary>
    public Session? KnownSession => _session;

    /// <summary>The scope belongs to the sender of an update.</summary>
    public async Task Identify(TelegramProfile profile, long updateId, CancellationToken ct)
    {
        _profile = profile;
        UpdateId = updateId;
        _state = await store.Load(profile.Id, ct);
        _session = _state.Session ?? new Session(profile.Id);
        if (User is not null)
            _session.Hear(profile.LanguageCode);
    }

    /// <summary>The scope belongs to the command line.</summary>
    public void IdentifyOperator() => IsOperator = true;

    /// <summary>Reads the caller's rights again, as they are in the transaction that has begun.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        if (_profile is not null)
            _state = await store.Load(_profile.Id, ct);
    }

    /// <summary>The caller has just proved who they are: the rest of this update sees them signed in.</summary>
    public void SignedInAs(TelegramUser user)
    {
        _state = _state with { User = user, LoginHolds = true };
        Session.Hear(Profile.LanguageCode);
    }
}
