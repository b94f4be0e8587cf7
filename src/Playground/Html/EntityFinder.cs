using System.Text.RegularExpressions;

namespace MarketBot.Playground;

/// <summary>Finds what Telegram marks by itself in a text: commands, mentions, hashtags, addresses.</summary>
internal static partial class EntityFinder
{
    public static FormattedText Mark(FormattedText source)
    {
        var text = source.Text;
        if (text.AsSpan().IndexOfAny("/@#.") < 0)
            return source;

        List<TextEntity>? found = null;
        foreach (var match in Pattern().EnumerateMatches(text))
        {
            var piece = text.AsSpan(match.Index, match.Length);
            var entity = new TextEntity(TypeOf(piece), match.Index, match.Length);
            if (source.Entities.Any(e => e.Type is "code" or "pre" or "text_link" or "text_mention" && e.Offset < entity.End && entity.Offset < e.End))
                continue;
            (found ??= [.. source.Entities]).Add(entity);
        }

        if (found is null)
            return source;
        found.Sort(EntityOrder.Instance);
        return new FormattedText(text, found);
    }

    private static string TypeOf(ReadOnlySpan<char> piece) => piece[0] switch
    {
        '/' => "bot_command",
        '@' => "mention",
        '#' => "hashtag",
        _ => piece.Contains("://", StringComparison.Ordinal) || !piece.Contains('@') ? "url" : "email",
    };

    [GeneratedRegex(
        @"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])"
        + @"|(?<![\w@.])[\w.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}\b"
        + @"|(?<![\w@])@[a-zA-Z0-9_]{3,32}\b"
        + @"|(?<![\w#])#\w*\p{L}\w*"
        + @"|\bhttps?://[^\s<>""]*[^\s<>"".,;:!?)\]}']"
        + @"|(?<![\w@./])(?:[a-zA-Z0-9-]+\.)+(?:com|org|net|ru|io|me|dev|app)\b(?:/[^\s<>""]*[^\s<>"".,;:!?)\]}'])?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
