namespace MarketBot.Playground;

/// <summary>Writes a formatted text back as HTML, one canonical form for every way it may have been sent.</summary>
internal static class HtmlRenderer
{
    public static string Render(FormattedText source)
    {
        var entities = source.Entities.Where(e => Opening(e) is not null).Order(EntityOrder.Instance).ToList();
        var html = new StringBuilder(source.Text.Length + (entities.Count * 16));
        var open = new Stack<TextEntity>();
        var next = 0;
        for (var i = 0; i <= source.Text.Length; i++)
        {
            while (open.Count > 0 && open.Peek().End <= i)
                html.Append(Closing(open.Pop()));
            while (next < entities.Count && entities[next].Offset <= i)
            {
                open.Push(entities[next]);
                html.Append(Opening(entities[next++]));
            }

            if (i < source.Text.Length)
                Append(html, source.Text[i]);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, char c)
    {
        switch (c)
        {
            case '<': html.Append("&lt;"); break;
            case '>': html.Append("&gt;"); break;
            case '&': html.Append("&amp;"); break;
            default: html.Append(c); break;
        }
    }

    private static string? Opening(TextEntity entity) => entity.Type switch
    {
        "bold" => "<b>",
        "italic" => "<i>",
        "underline" => "<u>",
        "strikethrough" => "<s>",
        "spoiler" => "<tg-spoiler>",
        "code" => "<code>",
        "pre" when entity.Language is { } language => $"<pre><code class=\"language-{Quote(language)}\">",
        "pre" => "<pre>",
        "blockquote" => "<blockquote>",
        "expandable_blockquote" => "<blockquote expandable>",
        "text_link" => $"<a href=\"{Quote(entity.Url ?? "")}\">",
        "text_mention" => $"<a href=\"tg://user?id={entity.UserId}\">",
        "custom_emoji" => $"<tg-emoji emoji-id=\"{entity.CustomEmojiId}\">",
        _ => null,
    };

    private static string Closing(TextEntity entity) => entity.Type switch
    {
        "bold" => "</b>",
        "italic" => "</i>",
        "underline" => "</u>",
        "strikethrough" => "</s>",
        "spoiler" => "</tg-spoiler>",
        "code" => "</code>",
        "pre" when entity.Language is not null => "</code></pre>",
        "pre" => "</pre>",
        "blockquote" or "expandable_blockquote" => "</blockquote>",
        "custom_emoji" => "</tg-emoji>",
        _ => "</a>",
    };

    private static string Quote(string value) => value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
