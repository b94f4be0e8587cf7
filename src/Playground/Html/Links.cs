namespace MarketBot.Playground;

/// <summary>The addresses that Telegram accepts in links and buttons.</summary>
internal static class Links
{
    private const string UserPrefix = "tg://user?id=";

    /// <summary>The person of a <c>tg://user?id=</c> link.</summary>
    public static long? UserOf(string url) =>
        url.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase)
        && long.TryParse(url.AsSpan(UserPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : null;

    /// <summary>Null when the address is fine; otherwise Telegram's words about it, such as <c>Wrong HTTP URL</c>.</summary>
    public static string? Check(string url, out string full, bool onlyHttps = false)
    {
        full = url;
        if (url.Length == 0)
            return onlyHttps ? "Only HTTPS links are allowed" : "URL host is empty";

        var colon = url.IndexOf("://", StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : url[..colon].ToLowerInvariant();
        if (onlyHttps && scheme != "https")
            return "Only HTTPS links are allowed";
        if (scheme is "tg" or "ton" or "tonsite")
            return null;
        if (scheme is not ("" or "http" or "https"))
            return "Unsupported URL protocol";

        var rest = colon < 0 ? url : url[(colon + 3)..];
        var hostEnd = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = hostEnd < 0 ? rest : rest[..hostEnd];
        var at = authority.LastIndexOf('@');
        var host = at < 0 ? authority : authority[(at + 1)..];
        var port = host.LastIndexOf(':');
        if (port > 0 && host[^1] != ']')
            host = host[..port];
        if (host.Length == 0)
            return "URL host is empty";
        if (!host.Contains('.', StringComparison.Ordinal) || host[0] == '.' || host[^1] == '.' || host.Any(c => c is ' ' or '\n' or '\t' or '<' or '>' or '"'))
            return "Wrong HTTP URL";

        full = (scheme.Length == 0 ? "http://" : "") + url + (hostEnd < 0 ? "/" : "");
        return null;
    }
}
