using System.Globalization;
using System.Text.Json.Serialization;

namespace Telegram.Bot;

/// <summary>The token, the server and the retry policy of a <see cref="TelegramBotClient"/>. Prints without the token.</summary>
public class TelegramBotClientOptions
{
    private const string TelegramServer = "https://api.telegram.org";

    /// <summary>Checks and takes over the settings.</summary>
    /// <param name="token">The token from @BotFather, <c>bot id:secret</c>.</param>
    /// <param name="baseUrl">Another Bot API server, such as <c>http://localhost:8081</c>; its path and query are not used.</param>
    /// <param name="useTestEnvironment">Whether to use Telegram's test environment.</param>
    /// <exception cref="ArgumentException">The token or the URL is malformed. The message does not quote them.</exception>
    public TelegramBotClientOptions(string token, string? baseUrl = null, bool useTestEnvironment = false)
    {
        ArgumentNullException.ThrowIfNull(token);
        BotId = ReadBotId(token) ?? throw new ArgumentException("The bot token is malformed; it looks like 123456:letters-and-digits.", nameof(token));
        Token = token;
        BaseUrl = baseUrl;
        UseTestEnvironment = useTestEnvironment;
        Server = baseUrl is null ? TelegramServer : ReadServer(baseUrl);
    }

    /// <summary>The token from @BotFather. Secret.</summary>
    [JsonIgnore]
    public string Token { get; }

    /// <summary>The other Bot API server, if one was given.</summary>
    public string? BaseUrl { get; }

    /// <summary>Whether Telegram's test environment is used.</summary>
    public bool UseTestEnvironment { get; }

    /// <summary>The bot's user id, read from the token.</summary>
    public long BotId { get; }

    /// <summary>Whether another server than api.telegram.org is used.</summary>
    public bool LocalBotServer => BaseUrl is not null;

    /// <summary>A 429 is waited out and repeated when its <c>retry_after</c> is not above this many seconds; 0 switches repeating off.</summary>
    public int RetryThreshold { get; set; } = 60;

    /// <summary>How many times one request is sent at most, the first time included.</summary>
    public int RetryCount { get; set; } = 3;

    internal string Server { get; }

    /// <summary>The bot id, never the token.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{nameof(TelegramBotClientOptions)} of bot {BotId}");

    private static long? ReadBotId(string token)
    {
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 1 or > 16 || !long.TryParse(token.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;

        // Only characters that a URL path leaves as they are: what was percent-encoded would slip past the redaction.
        var secret = token.AsSpan(colon + 1);
        foreach (var c in secret)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not '_' and not '-')
                return null;
        }

        return secret.IsEmpty ? null : id;
    }

    private static string ReadServer(string baseUrl) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Authority.Length > 0
            ? $"{uri.Scheme}://{uri.Authority}"
            : throw new ArgumentException("The base URL is malformed; it looks like http://localhost:8081.", nameof(baseUrl));
}
