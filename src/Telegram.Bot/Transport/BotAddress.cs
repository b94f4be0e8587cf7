using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;

namespace Telegram.Bot.Transport;

/// <summary>Knows the URL of each method. The Bot API puts the token into it, so this is also where the token is taken out of texts.</summary>
internal sealed class BotAddress
{
    private const string Mask = "***";
    // A shorter secret (a test's) would be found by chance in ordinary words.
    private const int TellingLength = 8;

    private readonly ConcurrentDictionary<string, BotUri> _methods = new(StringComparer.Ordinal);
    private readonly string _open;
    private readonly string _masked;
    private readonly string _token;
    private readonly string _secret;

    public BotAddress(TelegramBotClientOptions options)
    {
        _token = options.Token;
        var secret = _token[(_token.IndexOf(':', StringComparison.Ordinal) + 1)..];
        _secret = secret.Length < TellingLength ? _token : secret;
        var environment = options.UseTestEnvironment ? "/test" : "";
        _open = $"{options.Server}/bot{_token}{environment}/";
        _masked = string.Create(CultureInfo.InvariantCulture, $"{options.Server}/bot{options.BotId}:{Mask}{environment}/");
    }

    public BotUri Of(string method) =>
        _methods.GetOrAdd(method, static (name, self) => new BotUri(self._open + name, self._masked + name), this);

    public string Redact(string text) => text.Replace(_secret, Mask, StringComparison.Ordinal);

    /// <summary>The exception itself if it is clean, otherwise a copy without the token that keeps what a caller decides by.</summary>
    public Exception Redact(Exception exception)
    {
        if (!Tells(exception))
            return exception;

        var message = Redact(exception.Message);
        var inner = exception.InnerException is { } cause ? Redact(cause) : null;
        return exception switch
        {
            HttpRequestException http => new HttpRequestException(http.HttpRequestError, message, inner, http.StatusCode),
            HttpIOException io => new HttpIOException(io.HttpRequestError, message, inner),
            TaskCanceledException => new TaskCanceledException(message, inner),
            IOException => new IOException(message, inner),
            _ => new HttpRequestException($"{exception.GetType().Name}: {message}", inner),
        };
    }

    private bool Tells(Exception exception)
    {
        if (exception.ToString().Contains(_secret, StringComparison.Ordinal))
            return true;

        for (var level = exception; level is not null; level = level.InnerException)
        {
            foreach (DictionaryEntry entry in level.Data)
            {
                if ($"{entry.Key} {entry.Value}".Contains(_secret, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }
}

/// <summary>A URL with the token, which shows itself without, also when it is interpolated.</summary>
internal sealed class BotUri(string open, string masked) : Uri(open, UriKind.Absolute), ISpanFormattable
{
    public Uri Masked { get; } = new(masked, UriKind.Absolute);

    public override string ToString() => Masked.OriginalString;

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var fits = ToString().TryCopyTo(destination);
        charsWritten = fits ? ToString().Length : 0;
        return fits;
    }
}
