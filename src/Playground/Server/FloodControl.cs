namespace MarketBot.Playground;

/// <summary>
/// Telegram's flood limits, with StrictLimits only: about one message a second in a chat, thirty a second over all, twenty a minute in a group. Telegram
/// documents the rates and "short bursts"; how long a burst may be is not documented, five and thirty are assumed.
/// </summary>
internal sealed class FloodControl(TelegramWorld world)
{
    private const int BurstInChat = 5;
    private const int BurstOverall = 30;
    private const int PerSecondOverall = 30;
    private const int PerMinuteInGroup = 20;

    private readonly TokenBucket _overall = new();

    /// <summary>Counts a message that is about to be sent; the caller holds the gate.</summary>
    /// <exception cref="ApiFailure">429: too many.</exception>
    public void Count(Chat chat)
    {
        if (!world.Options.StrictLimits)
            return;

        var now = world.Now;
        var bucket = chat.Flood ??= new TokenBucket();
        var wait = chat.Group is null ? bucket.Wait(now, 1, BurstInChat) : bucket.Wait(now, PerMinuteInGroup / 60.0, PerMinuteInGroup);
        wait = Math.Max(wait, _overall.Wait(now, PerSecondOverall, BurstOverall));
        if (wait > 0)
            throw ApiFailure.TooManyRequests((int)Math.Ceiling(wait));
        bucket.Take();
        _overall.Take();
    }
}

/// <summary>Tokens come back at a rate, up to a burst.</summary>
internal sealed class TokenBucket
{
    private double _tokens;
    private DateTimeOffset? _at;

    /// <summary>Seconds until there is a token; 0 when there is one.</summary>
    public double Wait(DateTimeOffset now, double perSecond, double burst)
    {
        _tokens = _at is { } before ? Math.Min(burst, _tokens + ((now - before).TotalSeconds * perSecond)) : burst;
        _at = now;
        return _tokens >= 1 - 1e-9 ? 0 : (1 - _tokens) / perSecond;
    }

    public void Take() => _tokens--;
}
