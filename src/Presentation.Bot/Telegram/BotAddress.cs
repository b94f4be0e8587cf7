using System.Collections;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>The address of the bot's methods. The Bot API puts the token into each URL, so this class also takes the token out of texts.</summary>
internal sealed class BotAddress
{
    private const string Mask = "***";
    // A shorter secret (a test's) would be found by chance in ordinary words.
    private const int TellingLength = 8;

    private readonly string _token;
    private readonly string _secret;
    private readonly string _server;

    /// <summary>Takes over the token, and of the server's address the path, too.</summary>
    public BotAddress(string token, string server)
    {
        _token = token;
        var secret = token[(token.IndexOf(':', StringComparison.Ordinal) + 1)..];
        _secret = secret.Length < TellingLength ? token : secret;
        MaskedToken = $"{token.Split(':')[0]}:{Mask}";
        _server = new Uri(server).GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    /// <summary>The masked token, which the client uses.</summary>
    public string MaskedToken { get; }

    /// <summary>The URL that a masked one stands for. The client leaves out the server's path, so that is put in, too.</summary>
    public BotUri Open(Uri masked)
    {
        var shown = _server + masked.PathAndQuery;
        return new BotUri(shown.Replace(MaskedToken, _token, StringComparison.Ordinal), shown);
    }

    /// <summary>The text without the token.</summary>
    public string Redact(string text) => text.Replace(_secret, Mask, StringComparison.Ordinal);

    /// <summary>Looks for the token in the text and the data of an exception.</summary>
    public bool IsToldBy(Exception exception)
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

    /// <summary>A copy of an exception without the token that keeps what a caller decides by.</summary>
    public Exception Redact(Exception exception)
    {
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
}

/// <summary>A URL with the token, which shows itself without, also when it is interpolated.</summary>
internal sealed class BotUri(string open, string masked) : Uri(open, UriKind.Absolute), ISpanFormattable
{
    public override string ToString() => masked;

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => masked;

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var fits = masked.TryCopyTo(destination);
        charsWritten = fits ? masked.Length : 0;
        return fits;
    }
}
