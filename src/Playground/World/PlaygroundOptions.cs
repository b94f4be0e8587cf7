namespace MarketBot.Playground;

/// <summary>The settings of a Playground, which only ever listens on 127.0.0.1.</summary>
public sealed record PlaygroundOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The one token that is served. It must look like Telegram's: digits, a colon, a key.</summary>
    public string Token { get; init; } = "4200000001:local-playground-not-a-real-token";

    /// <summary>The bot's name (getMe).</summary>
    public string BotName { get; init; } = "MarketBot";

    /// <summary>The bot's username without <c>@</c> (getMe).</summary>
    public string BotUsername { get; init; } = "marketbot_playground_bot";

    /// <summary>
    /// Also Telegram's limits: messages a second in a chat, in a group and over all, repeated getUpdates with one offset, delayed repeats of a conflict, one
    /// setWebhook a second.
    /// </summary>
    public bool StrictLimits { get; init; }

    /// <summary>The clock of this Telegram: dates, expiry of updates and callbacks, long polling, delays.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Serve the chat page at <c>/</c> and the control API at <c>/playground/api/</c>.</summary>
    public bool Page { get; init; }

    /// <summary>The people that exist from the start, in the page's order.</summary>
    public IReadOnlyList<DemoPerson> People { get; init; } = [];

    /// <summary>The number of finished API calls that are remembered.</summary>
    public int MaxCalls { get; init; } = 10_000;

    /// <summary>The number of messages that a chat keeps; older ones fall off.</summary>
    public int MaxMessagesPerChat { get; init; } = 1_000;

    /// <summary>The number of messages kept over all chats; the oldest fall off.</summary>
    public int MaxMessages { get; init; } = 100_000;

    /// <summary>The number of people kept; those who did nothing for the longest time fall off, with their chats.</summary>
    public int MaxPeople { get; init; } = 50_000;

    /// <summary>An additional action of a reset on the page, such as renewing the bot's own demo data; null for none.</summary>
    public Func<CancellationToken, Task>? Reseed { get; init; }

    internal long BotId =>
        long.TryParse(Token.AsSpan(0, Math.Max(0, Token.IndexOf(':', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new ArgumentException("Token: digits, a colon and a key are expected.", nameof(Token));
}

/// <summary>A person who exists from the start, with a hint for the page of what to try as them.</summary>
public sealed record DemoPerson(long Id, string FirstName)
{
    /// <summary>The last name, if any.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The username without <c>@</c>.</summary>
    public string? Username { get; init; }

    /// <summary>The IETF tag of the person's app.</summary>
    public string? LanguageCode { get; init; } = "ru";

    /// <summary>True when they wrote to the bot before this Telegram began, so that it may write to them.</summary>
    public bool HasStarted { get; init; }

    /// <summary>A hint of something to try as this person, such as a demo key; shown on the page only.</summary>
    public string Hint { get; init; } = "";
}
